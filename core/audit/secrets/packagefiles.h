// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/secrets/secretfacts.h"

#include <optional>
#include <string>
#include <string_view>

namespace cutaway {

/// A package manager's own file, as far as it tells which files came with public packages.
enum class PackageFile : std::uint8_t { None, DpkgSums, DpkgStatus, ApkInstalled };
[[nodiscard]] PackageFile packageFile(std::string_view path);

/// "var/lib/dpkg/info/NAME.md5sums", one "digest  path" a line.
[[nodiscard]] OwnedFiles dpkgSums(std::string_view path, std::string_view text);
/// The packages in dpkg's status whose maintainer is a public distributor's, one a line.
[[nodiscard]] std::string publicPackages(std::string_view status);
/// The files of such packages in apk's list of what is installed.
[[nodiscard]] OwnedFiles apkFiles(std::string_view installed);

} // namespace cutaway
