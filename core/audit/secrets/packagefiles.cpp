// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/packagefiles.h"

#include "core/packages/readers.h"

#include <algorithm>
#include <array>

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

bool isPublicVendor(std::string_view maintainer)
{
    return std::ranges::any_of(
        kPublicVendors, [&](std::string_view vendor) { return maintainer.ends_with(vendor); });
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
    for (const PackagedFile &file : readDpkgSums(text)) {
        owned.files.push_back({pathKey(file.path), sumKey(file.digest)});
    }
    return owned;
}

std::string publicPackages(std::string_view status)
{
    std::string names;
    for (const PackageRecord &package : readDpkgPart(status).packages) {
        if (isPublicVendor(package.supplier)) {
            names.append(package.name).append("\n");
        }
    }
    return names;
}

OwnedFiles apkFiles(std::string_view installed)
{
    OwnedFiles owned;
    owned.sum = OwnedFiles::Sum::Sha1;
    for (const PackageRecord &package : readApkInstalled(installed).packages) {
        for (const PackagedFile &file : package.files) {
            if (isPublicVendor(package.supplier) && !file.digest.empty()) {
                owned.files.push_back({pathKey(file.path), sumKey(file.digest)});
            }
        }
    }
    return owned;
}

} // namespace cutaway
