// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/inflate.h"
#include "core/base/json.h"
#include "core/packages/packagelimits.h"
#include "core/packages/programs.h"
#include "core/packages/stanzas.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

/// A text with its length before it, seven bits a byte, the lowest first; takes it off the bytes.
std::optional<std::string_view> takeText(std::string_view &bytes)
{
    std::uint64_t length = 0;
    for (unsigned shift = 0; shift < 35 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        length |= std::uint64_t{byte & 0x7FU} << shift;
        if ((byte & 0x80U) == 0) {
            if (length > bytes.size()) {
                return std::nullopt;
            }
            const std::string_view text = bytes.substr(0, length);
            bytes.remove_prefix(length);
            return text;
        }
    }
    return std::nullopt;
}

/// What stands between tabs; takes it off the line.
std::string_view takeWord(std::string_view &line)
{
    const std::size_t tab = std::min(line.find('\t'), line.size());
    const std::string_view word = line.substr(0, tab);
    line.remove_prefix(std::min(tab + 1, line.size()));
    return word;
}

PackageRecord goModule(std::string_view name, std::string_view version)
{
    PackageRecord package;
    package.ecosystem = Ecosystem::Go;
    package.name = boundedText(name);
    package.version = boundedText(version);
    return package;
}

/// Lines of "mod", "dep" and, for a dep that was replaced by another one, "=>".
void addModules(std::string_view text, std::vector<PackageRecord> &modules)
{
    while (!text.empty() && modules.size() < limits::kPackageRecords) {
        std::string_view line = takeLine(text);
        const std::string_view kind = takeWord(line);
        const std::string_view name = takeWord(line);
        const std::string_view version = takeWord(line);
        if (name.empty()) {
            continue;
        }
        if (kind == "mod") {
            modules.push_back(goModule(name, version));
            modules.back().files.push_back({".", {}});
        } else if (kind == "dep") {
            modules.push_back(goModule(name, version));
        } else if (kind == "=>" && !version.empty() && !modules.empty()) { // else by a folder
            modules.back().name = boundedText(name);
            modules.back().version = boundedText(version);
        }
    }
}

PackageRecord crateOf(const Json &json, const std::vector<Json> &all)
{
    PackageRecord package;
    package.ecosystem = Ecosystem::Cargo;
    package.name = boundedText(json["name"].toString());
    package.version = boundedText(json["version"].toString());
    if (json["root"].toBool()) {
        package.files.push_back({".", {}});
    }
    for (const Json &dependency : json["dependencies"].elements()) {
        const auto index = dependency.toInteger();
        if (index && std::cmp_less(*index, all.size()) && *index >= 0) {
            addRelations(
                package.needs, all[static_cast<std::size_t>(*index)]["name"].toString(), '\n');
        }
    }
    return package;
}

} // namespace

std::optional<PackageRecords> readGoBuildInfo(std::string_view bytes)
{
    constexpr std::string_view kMagic = "\xff Go buildinf:";
    constexpr std::size_t kFlags = 15;
    constexpr std::size_t kHeader = 32;
    constexpr unsigned kInline = 2; // before 1.18 there were addresses of the texts instead
    constexpr std::size_t kMark = 16;
    if (!bytes.starts_with(kMagic) || bytes.size() < kHeader
        || (static_cast<unsigned char>(bytes[kFlags]) & kInline) == 0) {
        return std::nullopt;
    }
    bytes.remove_prefix(kHeader);
    const auto version = takeText(bytes);
    const auto text = version ? takeText(bytes) : std::nullopt;
    if (!text) {
        return std::nullopt;
    }
    PackageRecords found;
    if (text->size() > 2 * kMark) { // it lies between two marks
        addModules(text->substr(kMark, text->size() - 2 * kMark), found.packages);
    }
    if (version->starts_with("go")) {
        found.packages.push_back(goModule("stdlib", version->substr(2, version->find(' ') - 2)));
        found.packages.back().licence = "BSD-3-Clause";
        if (found.packages.size() == 1) {
            found.packages.front().files.push_back({".", {}});
        }
    }
    return found.packages.empty() ? std::nullopt : std::optional(std::move(found));
}

std::optional<PackageRecords> readRustAuditData(std::string_view bytes)
{
    const auto text =
        inflateAll(std::as_bytes(std::span(bytes)), DeflateForm::Zlib, limits::kRustAuditBytes);
    const auto parsed =
        text ? parseJson(*text, ".dep-v0", BadUtf8::Replace) : std::unexpected(text.error());
    if (!parsed) {
        return std::nullopt;
    }
    PackageRecords found;
    const std::vector<Json> &all = parsed->value["packages"].elements();
    for (const Json &each : all) {
        if (each["kind"].toString() == "build"
            || found.packages.size() >= limits::kPackageRecords) {
            continue;
        }
        PackageRecord package = crateOf(each, all);
        if (package.name.empty()) {
            ++found.damaged;
        } else {
            found.packages.push_back(std::move(package));
        }
    }
    return found.packages.empty() ? std::nullopt : std::optional(std::move(found));
}

} // namespace cutaway
