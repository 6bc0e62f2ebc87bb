// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/purl.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cutaway {

namespace {

/// Letters, digits, `.-_~` and the colon stand for themselves; all else is percent-encoded.
std::string encoded(std::string_view text)
{
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string url;
    for (const char c : text) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                             || (c >= '0' && c <= '9') || std::string_view(".-_~:").contains(c);
        if (isPlain) {
            url += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            url += {'%', kHex[byte >> 4], kHex[byte & 15U]};
        }
    }
    return url;
}

int hexDigit(char c)
{
    const char small = asciiLower(c);
    return small >= '0' && small <= '9'   ? small - '0'
           : small >= 'a' && small <= 'f' ? small - 'a' + 10
                                          : -1;
}

/// Percent signs that begin no byte stay as they are.
std::string decoded(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isByte = text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0
                            && hexDigit(text[i + 2]) >= 0;
        plain += isByte ? static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]))
                        : text[i];
        i += isByte ? 2 : 0;
    }
    return plain;
}

/// The namespace's parts, each encoded, with its slash behind it; empty parts are dropped.
std::string encodedNamespace(std::string_view text)
{
    std::string url;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('/'), text.size());
        if (end > 0) {
            url += encoded(text.substr(0, end)) + '/';
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return url;
}

/// What is in front of the last slash is the name's namespace.
struct Name
{
    std::string space;
    std::string name;
};

/// "github.com/owner/name", and those of Go's own.
Name pathName(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? Name{{}, path}
                                      : Name{path.substr(0, slash), path.substr(slash + 1)};
}

Name nameOf(const PackageRecord &package, const Distribution &distribution)
{
    switch (package.ecosystem) {
    case Ecosystem::Deb:
    case Ecosystem::Apk:
    case Ecosystem::Alpm:
    case Ecosystem::Opkg: return {lowered(distribution.id), lowered(package.name)};
    case Ecosystem::Rpm: return {lowered(distribution.id), package.name};
    case Ecosystem::Python: {
        std::string name = lowered(package.name);
        std::ranges::replace(name, '_', '-');
        return {{}, std::move(name)};
    }
    case Ecosystem::Node: {
        const std::string name = lowered(package.name);
        const std::size_t slash = name.starts_with('@') ? name.find('/') : std::string::npos;
        return slash == std::string::npos ? Name{{}, name}
                                          : Name{name.substr(0, slash), name.substr(slash + 1)};
    }
    case Ecosystem::Maven: {
        const std::size_t colon = package.name.find(':');
        return colon == std::string::npos
                   ? Name() // there is none without a group
                   : Name{package.name.substr(0, colon), package.name.substr(colon + 1)};
    }
    case Ecosystem::Go:
    case Ecosystem::Composer: return pathName(lowered(package.name));
    case Ecosystem::Cpan: return {package.supplier, package.supplier.empty() ? "" : package.name};
    case Ecosystem::Gem:
    case Ecosystem::Cargo:
    case Ecosystem::Nuget:
    case Ecosystem::Cran: return {{}, package.name};
    }
    return {};
}

} // namespace

bool isOfDistribution(Ecosystem ecosystem)
{
    return ecosystem == Ecosystem::Deb || ecosystem == Ecosystem::Apk
           || ecosystem == Ecosystem::Alpm || ecosystem == Ecosystem::Opkg
           || ecosystem == Ecosystem::Rpm;
}

std::string_view ecosystemName(Ecosystem ecosystem)
{
    constexpr std::array<std::string_view, kEcosystemCount> kNames = {"deb",
                                                                      "apk",
                                                                      "alpm",
                                                                      "opkg",
                                                                      "rpm",
                                                                      "pypi",
                                                                      "npm",
                                                                      "gem",
                                                                      "golang",
                                                                      "cargo",
                                                                      "maven",
                                                                      "composer",
                                                                      "nuget",
                                                                      "cpan",
                                                                      "cran"};
    return kNames[static_cast<std::size_t>(ecosystem)];
}

std::string packageUrl(const PackageRecord &package, const Distribution &distribution)
{
    const Name name = nameOf(package, distribution);
    if (name.name.empty()) {
        return {};
    }
    std::string url = "pkg:" + std::string(ecosystemName(package.ecosystem)) + '/'
                      + encodedNamespace(name.space) + encoded(name.name);
    // rpm's epoch is a qualifier, dpkg's is part of the version.
    const std::size_t colon =
        package.ecosystem == Ecosystem::Rpm ? package.version.find(':') : std::string::npos;
    const std::string epoch =
        colon == std::string::npos ? std::string() : package.version.substr(0, colon);
    // What Go built from a folder has no version.
    if (!package.version.empty() && package.version != "(devel)") {
        url += '@' + encoded(package.version.substr(colon + 1)); // npos + 1 is 0
    }
    // Qualifiers are sorted by their keys.
    std::string qualifiers;
    const auto add = [&qualifiers](std::string_view key, const std::string &value) {
        if (!value.empty()) {
            qualifiers +=
                (qualifiers.empty() ? '?' : '&') + std::string(key) + '=' + encoded(value);
        }
    };
    if (isOfDistribution(package.ecosystem)) {
        add("arch", package.architecture);
        const bool hasVersion = !distribution.id.empty() && !distribution.version.empty();
        add("distro",
            hasVersion ? lowered(distribution.id) + '-' + distribution.version : std::string());
        add("epoch", epoch);
    } else if (package.ecosystem == Ecosystem::Gem) {
        add("platform", package.architecture);
    }
    return url + qualifiers;
}

std::string purlOf(std::string_view type,
                   std::string_view name,
                   std::string_view version,
                   const std::vector<std::pair<std::string_view, std::string>> &qualifiers)
{
    std::string url = "pkg:" + std::string(type) + '/' + encoded(name);
    if (!version.empty()) {
        url += '@' + encoded(version);
    }
    char separator = '?';
    for (const auto &[key, value] : qualifiers) {
        if (!value.empty()) {
            url += separator + std::string(key) + '=' + encoded(value);
            separator = '&';
        }
    }
    return url;
}

std::optional<PackageKey> packageKey(std::string_view purl)
{
    constexpr std::string_view kScheme = "pkg:";
    if (!purl.starts_with(kScheme)) {
        return std::nullopt;
    }
    purl.remove_prefix(kScheme.size());
    purl = purl.substr(0, purl.find_first_of("?#"));
    const std::size_t slash = purl.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == purl.size()) {
        return std::nullopt;
    }
    const std::size_t at = purl.rfind('@');
    const bool hasVersion =
        at != std::string_view::npos && at > purl.rfind('/') + 1; // "@scope/name" has none
    PackageKey key;
    key.version = hasVersion ? decoded(purl.substr(at + 1)) : std::string();
    const std::string type = lowered(purl.substr(0, slash));
    std::string name = lowered(
        decoded(purl.substr(slash + 1, hasVersion ? at - slash - 1 : std::string_view::npos)));
    constexpr std::array<std::string_view, 5> kDistributions = {
        "alpm", "apk", "deb", "opkg", "rpm"};
    if (std::ranges::find(kDistributions, type) != kDistributions.end()) {
        name = name.substr(name.rfind('/') + 1);
    } else if (type == "pypi") {
        std::ranges::replace_if(name, [](char c) { return c == '_' || c == '.'; }, '-');
    }
    key.name = type + '/' + name;
    return key;
}

} // namespace cutaway
