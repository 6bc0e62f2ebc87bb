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
    RpmBerkeley,
    PythonMetadata,
    NodePackage,
    GemSpecification,
    ComposerInstalled,
    DotnetDeps,
    PerlInstalled, ///< .meta/DISTRIBUTION/install.json
    PerlPacklist,  ///< names those that have no install.json too
    RDescription,
    JavaArchive,
    JavaModule, ///< of the JDK: told by its name alone
    Program,    ///< told by what is in it, not by its name
    // Those that only tell more of packages:
    FileList, ///< dpkg's and opkg's NAME.list
    FileSums, ///< status.d/NAME.md5sums
    PacmanFiles,
    PythonRecord,
    DpkgDiversions,
    DebCopyright, ///< of which the licences are kept
    AptMarks,
    ApkWorld,
    DnfHistory, ///< of which the reasons are kept
    PythonInstaller,
    BillOfMaterials, ///< of which what it lists is kept (bills.h)
};

/// By its path, which may begin with "/" or "./". Never Program.
[[nodiscard]] DatabaseFile databaseFile(std::string_view path);
/// Whether packages are named in it.
[[nodiscard]] bool namesPackages(DatabaseFile kind);
/// Whether its path says all that is known.
[[nodiscard]] bool isToldByPath(DatabaseFile kind);
/// Whether the collector keeps its records (recordcodec.h), not its bytes, of which there are many
/// more.
[[nodiscard]] bool keepsRecords(DatabaseFile kind);
/// Of one that names packages. `path` as above.
[[nodiscard]] PackageRecords readDatabase(DatabaseFile kind,
                                          std::string_view path,
                                          std::string_view text);

/// "/a/b" of "/a/b/c"; empty where there is no slash.
[[nodiscard]] std::string_view folderOf(std::string_view path);

} // namespace cutaway
