// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/packagelimits.h"
#include "core/packages/readers.h"
#include "core/packages/stanzas.h"

#include <algorithm>

namespace cutaway {

namespace {

/// How a database differs from the others of its kind.
struct Dialect
{
    Ecosystem ecosystem = Ecosystem::Deb;
    bool isInstalledWithoutStatus = false;
    std::uint64_t sizeUnit = 1; ///< bytes in one of Installed-Size
};

/// The third word of "install ok installed".
std::string_view stateOf(std::string_view status)
{
    for (int word = 0; word < 2; ++word) {
        const std::size_t blank = std::min(status.find(' '), status.size());
        status = withoutBlanks(status.substr(blank));
    }
    return status.substr(0, status.find(' '));
}

/// "util-linux (2.38.1-5)"; both are those of the package where nothing else is told.
void setSource(PackageRecord &package, std::string_view source)
{
    const std::size_t bracket = std::min(source.find('('), source.size());
    const std::string_view version = source.substr(std::min(bracket + 1, source.size()));
    package.source = boundedText(source.substr(0, bracket));
    package.sourceVersion = boundedText(version.substr(0, version.find(')')));
    if (package.source.empty()) {
        package.source = package.name;
    }
    if (package.sourceVersion.empty()) {
        package.sourceVersion = package.version;
    }
}

PackageRecord recordOf(const Stanza &stanza, const Dialect &dialect)
{
    PackageRecord package;
    package.ecosystem = dialect.ecosystem;
    package.name = boundedText(stanza.value("Package"));
    package.version = boundedText(stanza.value("Version"));
    package.architecture = boundedText(stanza.value("Architecture"));
    package.licence = boundedText(stanza.value("License"));
    package.supplier = boundedText(stanza.value("Maintainer"));
    package.homepage = boundedText(stanza.value("Homepage"));
    const auto size = numberOf(stanza.value("Installed-Size"));
    if (size && *size <= UINT64_MAX / dialect.sizeUnit) {
        package.declaredBytes = *size * dialect.sizeUnit;
    }
    setSource(package, stanza.value("Source"));
    addRelations(package.needs, stanza.value("Pre-Depends"), ',');
    addRelations(package.needs, stanza.value("Depends"), ',');
    addRelations(package.recommends, stanza.value("Recommends"), ',');
    addRelations(package.provides, stanza.value("Provides"), ',');
    package.isEssential = stanza.value("Essential") == "yes" || stanza.value("Protected") == "yes"
                          || stanza.value("Priority") == "required";
    return package;
}

PackageRecords readStatus(std::string_view text, const Dialect &dialect)
{
    PackageRecords found;
    Stanza stanza;
    while (found.packages.size() < limits::kPackageRecords && stanza.take(text)) {
        found.damaged += stanza.badLines();
        const std::string_view status = stanza.value("Status");
        const std::string_view state = stateOf(status);
        const bool isWithout = status.empty() && !dialect.isInstalledWithoutStatus;
        PackageRecord package = recordOf(stanza, dialect);
        if (package.name.empty()) {
            found.damaged += stanza.fields().empty() ? 0 : 1;
            continue;
        }
        if (isWithout || state == "not-installed") {
            continue;
        }
        if (package.version.empty() && (status.empty() || state != "config-files")) {
            ++found.damaged;
            continue;
        }
        if (!status.empty()) {
            package.state = boundedText(state);
        }
        found.packages.push_back(std::move(package));
    }
    return found;
}

constexpr std::uint64_t kKibibyte = 1024;

} // namespace

PackageRecords readDpkgStatus(std::string_view text)
{
    return readStatus(text, {Ecosystem::Deb, false, kKibibyte});
}

PackageRecords readDpkgPart(std::string_view text)
{
    return readStatus(text, {Ecosystem::Deb, true, kKibibyte});
}

PackageRecords readOpkgStatus(std::string_view text)
{
    return readStatus(text, {Ecosystem::Opkg, true, 1});
}

std::vector<PackagedFile> readDpkgSums(std::string_view text)
{
    constexpr std::size_t kDigits = 32;
    std::vector<PackagedFile> files;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        const std::size_t gap = line.find("  ");
        if (gap == kDigits && gap + 2 < line.size()) {
            files.push_back({std::string(line.substr(gap + 2)), std::string(line.substr(0, gap))});
        }
    }
    return files;
}

void forEachListed(std::string_view text, const std::function<void(std::string_view path)> &visit)
{
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        const std::string_view path = line.substr(0, line.find('\t'));
        if (!path.empty()) {
            visit(path);
        }
    }
}

std::vector<Diversion> readDiversions(std::string_view text)
{
    std::vector<Diversion> diversions;
    while (!text.empty()) {
        const std::string_view from = takeLine(text);
        const std::string_view to = takeLine(text);
        const std::string_view package = takeLine(text);
        if (from.starts_with('/') && to.starts_with('/') && !package.empty()) {
            diversions.push_back({std::string(from), std::string(to), std::string(package)});
        }
    }
    return diversions;
}

} // namespace cutaway
