// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/cpe.h"

#include "core/base/ascii.h"
#include "core/packages/purl.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <string_view>

namespace cutaway {

namespace {

/// A value as a formatted string has it: small letters, digits, `_`, `.` and `-` stand for
/// themselves, blanks are underscores, other visible characters are quoted, all else left out.
std::string quoted(std::string_view text)
{
    std::string value;
    for (const char c : text) {
        const bool isUpper = c >= 'A' && c <= 'Z';
        const bool isPlain =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view("_.-").contains(c);
        if (isUpper || isPlain) {
            value += asciiLower(c);
        } else if (c == ' ') {
            value += '_';
        } else if (c > ' ' && c < '\x7f') {
            value += {'\\', c};
        }
    }
    return value == "-" ? "\\-" : value; // alone it means that there is none
}

/// What upstream calls it: without the epoch and what the distribution added.
std::string_view upstreamVersion(const PackageRecord &package)
{
    std::string_view version = package.version;
    if (isOfDistribution(package.ecosystem)) {
        version.remove_prefix(version.find(':') + 1); // npos + 1 is 0
        version = version.substr(0, version.rfind('-'));
    } else if (package.ecosystem == Ecosystem::Go && version.starts_with('v')) {
        version.remove_prefix(1);
    }
    return version == "(devel)" ? std::string_view() : version;
}

std::string_view productOf(const PackageRecord &package)
{
    if (isOfDistribution(package.ecosystem) && !package.source.empty()) {
        return package.source;
    }
    const std::string_view name = package.name;
    switch (package.ecosystem) {
    case Ecosystem::Go: {
        // "github.com/a/b/v2" is the second great version of b.
        std::string_view path = name;
        const std::string_view last = baseName(path);
        if (last.size() > 1 && last.front() == 'v'
            && last.find_first_not_of("0123456789", 1) == std::string_view::npos) {
            path.remove_suffix(std::min(last.size() + 1, path.size()));
        }
        return path == "stdlib" ? "go" : baseName(path);
    }
    case Ecosystem::Maven: return name.substr(name.find(':') + 1); // npos + 1 is 0
    default: return baseName(name);
    }
}

/// The owner of a path at one of the hosts of projects, with or without a scheme.
std::string_view ownerAt(std::string_view address)
{
    for (const std::string_view host : {"github.com/", "gitlab.com/"}) {
        const std::size_t at = address.find(host);
        if (at != std::string_view::npos) {
            const std::string_view rest = address.substr(at + host.size());
            return rest.substr(0, rest.find('/'));
        }
    }
    return {};
}

/// Who may stand there as its maker; empty where nothing tells.
std::string_view vendorOf(const PackageRecord &package)
{
    const std::string_view name = package.name;
    switch (package.ecosystem) {
    case Ecosystem::Go: return name == "stdlib" ? "golang" : ownerAt(name);
    case Ecosystem::Maven: { // "org.apache.commons:…"
        const std::string_view group = name.substr(0, std::min(name.find(':'), name.size()));
        const std::size_t dot = group.find('.');
        const std::string_view rest = dot == std::string_view::npos || group.size() == name.size()
                                          ? ""
                                          : group.substr(dot + 1);
        return rest.substr(0, rest.find('.'));
    }
    case Ecosystem::Node:
    case Ecosystem::Composer: {
        const std::size_t slash = name.find('/');
        if (slash != std::string_view::npos) {
            return name.substr(name.starts_with('@') ? 1 : 0,
                               slash - (name.starts_with('@') ? 1 : 0));
        }
        break;
    }
    default: break;
    }
    return ownerAt(package.homepage);
}

} // namespace

std::vector<std::string> cpeCandidates(const PackageRecord &package)
{
    const std::string product = quoted(productOf(package));
    const std::string version = quoted(upstreamVersion(package));
    std::vector<std::string> names;
    if (product.empty() || version.empty()) {
        return names;
    }
    const bool isOfLanguage = !isOfDistribution(package.ecosystem);
    for (const std::string &vendor : {quoted(vendorOf(package)),
                                      product,
                                      isOfLanguage ? product + "_project" : std::string()}) {
        std::string name = "cpe:2.3:a:" + vendor + ':' + product + ':' + version + ":*:*:*:*:*:*:*";
        if (!vendor.empty() && std::ranges::find(names, name) == names.end()) {
            names.push_back(std::move(name));
        }
    }
    return names;
}

} // namespace cutaway
