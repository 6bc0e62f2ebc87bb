// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/package.h"

#include <string>
#include <string_view>

namespace cutaway {

/// What a file is to a package manager.
enum class DatabaseFile : std::uint8_t {
    None,
    DpkgStatus,
    DpkgPart, ///< of one package: /var/lib/dpkg/status.d/NAME
    OpkgStatus,
    ApkInstalled,
    PacmanDesc,
    RpmSlots,
    RpmSqlite,
    RpmBerkeley, ///< of old; not read
    PythonMetadata,
    NodePackage,
    GemSpecification,
    // Those that only tell what belongs to packages:
    FileList, ///< dpkg's and opkg's NAME.list
    FileSums, ///< status.d/NAME.md5sums
    PacmanFiles,
    PythonRecord,
    DpkgDiversions,
};

/// By its path, which may begin with "/" or "./".
[[nodiscard]] DatabaseFile databaseFile(std::string_view path);
/// Whether packages are named in it.
[[nodiscard]] bool namesPackages(DatabaseFile kind);
/// Whether the collector keeps its records, not its bytes.
[[nodiscard]] bool isLongDatabase(DatabaseFile kind);
/// Of one that names packages. `path` as above; of a long database what the collector kept.
[[nodiscard]] PackageRecords readDatabase(DatabaseFile kind,
                                          std::string_view path,
                                          std::string_view text);

/// "/a/b" of "/a/b/c"; empty where there is no slash.
[[nodiscard]] std::string_view folderOf(std::string_view path);

} // namespace cutaway
