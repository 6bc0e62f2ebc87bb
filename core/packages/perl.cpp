// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"
#include "core/packages/databases.h"
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"
#include "core/tree/paths.h"

namespace cutaway {

namespace {

bool isVersion(std::string_view text)
{
    if (text.starts_with('v')) {
        text.remove_prefix(1);
    }
    return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

} // namespace

PackageRecords readPerlInstalled(std::string_view text)
{
    PackageRecords found;
    const Result<ParsedJson> parsed = parseJson(text, "install.json", BadUtf8::Replace);
    const std::string dist = parsed ? boundedText(parsed->value["dist"].toString()) : std::string();
    const std::size_t dash = dist.rfind('-');
    if (dash == std::string::npos || dash == 0
        || !isVersion(std::string_view(dist).substr(dash + 1))) {
        found.damaged = 1;
        return found;
    }
    PackageRecord package;
    package.ecosystem = Ecosystem::Cpan;
    package.name = dist.substr(0, dash);
    package.version = dist.substr(dash + 1);
    // "D/DR/DROLSKY/DateTime-1.55.tar.gz": who published it.
    package.supplier = boundedText(baseName(folderOf(parsed->value["pathname"].toString())));
    found.packages.push_back(std::move(package));
    return found;
}

/// "/usr/lib/perl5/auto/Date/Calc/.packlist" is that of Date-Calc; Perl's own has no name of a
/// module.
PackageRecords readPerlPacklist(std::string_view path)
{
    constexpr std::string_view kAuto = "/auto/";
    PackageRecords found;
    const std::string_view folder = folderOf(path);
    const std::size_t at = folder.rfind(kAuto);
    if (at == std::string_view::npos) {
        return found;
    }
    PackageRecord package;
    package.ecosystem = Ecosystem::Cpan;
    for (const char c : folder.substr(at + kAuto.size())) {
        package.name += c == '/' ? '-' : c;
    }
    package.name = boundedText(package.name);
    if (!package.name.empty()) {
        found.packages.push_back(std::move(package));
    }
    return found;
}

void forEachPerlFile(std::string_view text, const std::function<void(std::string_view path)> &visit)
{
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        const std::string_view path = line.substr(0, line.find(" type="));
        if (path.starts_with('/')) {
            visit(path);
        }
    }
}

} // namespace cutaway
