// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/packagefiles.h"

#include "core/audit/secrets/encodings.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cutaway {

namespace {

/// Where maintainers of what everybody can download have their addresses.
constexpr std::array<std::string_view, 7> kPublicVendors = {
    "debian.org>",
    "debian.net>",
    "ubuntu.com>",
    "canonical.com>",
    "alpinelinux.org>",
    "progress-linux.org>",
    "raspberrypi.com>",
};

template<typename Visit>
void forEachLine(std::string_view text, Visit visit)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        visit(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

bool isPublicVendor(std::string_view maintainer)
{
    return std::ranges::any_of(
        kPublicVendors, [&](std::string_view vendor) { return maintainer.ends_with(vendor); });
}

/// apk writes SHA-1 as "Q1" and base64.
std::uint64_t apkSum(std::string_view text)
{
    const auto digest = text.starts_with("Q1") ? base64Decoded(text.substr(2)) : std::nullopt;
    std::uint64_t key = 0;
    if (digest) {
        for (std::size_t i = 0; i < sizeof(key) && i < digest->size(); ++i) {
            key = (key << 8) | static_cast<unsigned char>((*digest)[i]);
        }
    }
    return key;
}

} // namespace

PackageFile packageFile(std::string_view path)
{
    if (path.ends_with(".md5sums") && path.contains("var/lib/dpkg/")) {
        return PackageFile::DpkgSums;
    }
    if (path.ends_with("var/lib/dpkg/status") || path.contains("var/lib/dpkg/status.d/")) {
        return PackageFile::DpkgStatus;
    }
    return path.ends_with("lib/apk/db/installed") ? PackageFile::ApkInstalled : PackageFile::None;
}

OwnedFiles dpkgSums(std::string_view path, std::string_view text)
{
    OwnedFiles owned;
    const std::string_view name = path.substr(path.rfind('/') + 1);
    owned.package = name.substr(0, std::min(name.find(':'), name.rfind(".md5sums")));
    forEachLine(text, [&](std::string_view line) {
        const std::size_t gap = line.find("  ");
        if (gap != std::string_view::npos) {
            owned.files.push_back({pathKey(line.substr(gap + 2)), sumKey(line.substr(0, gap))});
        }
    });
    return owned;
}

std::string publicPackages(std::string_view status)
{
    std::string names;
    std::string_view package;
    forEachLine(status, [&](std::string_view line) {
        if (line.starts_with("Package: ")) {
            package = line.substr(9);
        } else if (line.starts_with("Maintainer: ") && isPublicVendor(line)) {
            names.append(package).append("\n");
        }
    });
    return names;
}

OwnedFiles apkFiles(std::string_view installed)
{
    OwnedFiles owned;
    owned.sum = OwnedFiles::Sum::Sha1;
    std::string directory;
    std::string file;
    bool isPublic = false;
    std::vector<OwnedFiles::File> ofPackage;
    const auto endPackage = [&] {
        if (isPublic) {
            std::ranges::copy(ofPackage, std::back_inserter(owned.files));
        }
        ofPackage.clear();
        isPublic = false;
    };
    forEachLine(installed, [&](std::string_view line) {
        if (line.empty()) {
            endPackage();
        } else if (line.starts_with("m:")) {
            isPublic = isPublicVendor(line);
        } else if (line.starts_with("F:")) {
            directory = line.substr(2);
        } else if (line.starts_with("R:")) {
            file = (directory.empty() ? directory : directory + '/') + std::string(line.substr(2));
        } else if (line.starts_with("Z:")) {
            ofPackage.push_back({pathKey(file), apkSum(line.substr(2))});
        }
    });
    endPackage();
    return owned;
}

} // namespace cutaway
