// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/databases.h"

#include "core/packages/readers.h"
#include "core/packages/recordcodec.h"
#include "core/tree/paths.h"

#include <array>

namespace cutaway {

namespace {

constexpr std::string_view kStatusParts = "var/lib/dpkg/status.d/";

struct Place
{
    std::string_view path;
    DatabaseFile kind = DatabaseFile::None;
};

constexpr std::array kPlaces = {
    Place{"var/lib/dpkg/status", DatabaseFile::DpkgStatus},
    Place{"var/lib/dpkg/diversions", DatabaseFile::DpkgDiversions},
    Place{"lib/apk/db/installed", DatabaseFile::ApkInstalled},
    Place{"usr/lib/apk/db/installed", DatabaseFile::ApkInstalled},
    Place{"usr/lib/opkg/status", DatabaseFile::OpkgStatus},
    Place{"var/lib/opkg/status", DatabaseFile::OpkgStatus},
    Place{"opt/lib/opkg/status", DatabaseFile::OpkgStatus},
    Place{"var/lib/rpm/Packages.db", DatabaseFile::RpmSlots},
    Place{"usr/lib/sysimage/rpm/Packages.db", DatabaseFile::RpmSlots},
    Place{"var/lib/rpm/rpmdb.sqlite", DatabaseFile::RpmSqlite},
    Place{"usr/lib/sysimage/rpm/rpmdb.sqlite", DatabaseFile::RpmSqlite},
    Place{"usr/share/rpm/rpmdb.sqlite", DatabaseFile::RpmSqlite},
    Place{"var/lib/rpm/Packages", DatabaseFile::RpmBerkeley},
    Place{"usr/share/rpm/Packages", DatabaseFile::RpmBerkeley},
};

/// ".../node_modules/name/package.json" and ".../node_modules/@scope/name/package.json".
bool isNodeModule(std::string_view folder)
{
    std::string_view above = folderOf(folder);
    if (baseName(above).starts_with('@')) {
        above = folderOf(above);
    }
    return baseName(above) == "node_modules";
}

DatabaseFile pythonFile(std::string_view name, std::string_view folder)
{
    const bool isDistInfo = folder.ends_with(".dist-info");
    const bool isEggInfo = folder.ends_with(".egg-info") || baseName(folder) == "EGG-INFO";
    if ((name == "METADATA" && isDistInfo) || (name == "PKG-INFO" && isEggInfo)
        || (name.ends_with(".egg-info") && name.contains('-'))) {
        return DatabaseFile::PythonMetadata;
    }
    return name == "RECORD" && isDistInfo ? DatabaseFile::PythonRecord : DatabaseFile::None;
}

DatabaseFile dpkgPart(std::string_view path)
{
    const std::string_view name = path.substr(kStatusParts.size());
    if (name.empty() || name.contains('/')) {
        return DatabaseFile::None;
    }
    return name.ends_with(".md5sums") ? DatabaseFile::FileSums : DatabaseFile::DpkgPart;
}

} // namespace

std::string_view folderOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

DatabaseFile databaseFile(std::string_view path)
{
    while (path.starts_with('/') || path.starts_with("./")) {
        path.remove_prefix(path.front() == '/' ? 1 : 2);
    }
    for (const Place &place : kPlaces) {
        if (path == place.path) {
            return place.kind;
        }
    }
    if (path.starts_with(kStatusParts)) {
        return dpkgPart(path);
    }
    const std::string_view name = baseName(path);
    const std::string_view folder = folderOf(path);
    if (name == "package.json") {
        return isNodeModule(folder) ? DatabaseFile::NodePackage : DatabaseFile::None;
    }
    if (name.ends_with(".list")) {
        const bool isList = folder == "var/lib/dpkg/info" || folder.ends_with("lib/opkg/info");
        return isList ? DatabaseFile::FileList : DatabaseFile::None;
    }
    if (folderOf(folder) == "var/lib/pacman/local") {
        return name == "desc"    ? DatabaseFile::PacmanDesc
               : name == "files" ? DatabaseFile::PacmanFiles
                                 : DatabaseFile::None;
    }
    if (name.ends_with(".gemspec")) {
        const bool isInstalled =
            baseName(folder) == "specifications" || folder.ends_with("specifications/default");
        return isInstalled ? DatabaseFile::GemSpecification : DatabaseFile::None;
    }
    return pythonFile(name, folder);
}

bool namesPackages(DatabaseFile kind)
{
    return kind > DatabaseFile::None && kind < DatabaseFile::FileList;
}

bool isLongDatabase(DatabaseFile kind)
{
    return kind == DatabaseFile::RpmSlots || kind == DatabaseFile::RpmSqlite;
}

PackageRecords readDatabase(DatabaseFile kind, std::string_view path, std::string_view text)
{
    switch (kind) {
    case DatabaseFile::DpkgStatus: return readDpkgStatus(text);
    case DatabaseFile::DpkgPart: return readDpkgPart(text);
    case DatabaseFile::OpkgStatus: return readOpkgStatus(text);
    case DatabaseFile::ApkInstalled: return readApkInstalled(text);
    case DatabaseFile::PacmanDesc: return readPacmanDesc(text);
    case DatabaseFile::PythonMetadata: {
        std::string_view telling = path.ends_with(".egg-info") ? path : folderOf(path);
        if (baseName(telling) == "EGG-INFO") {
            telling = folderOf(telling);
        }
        return readPythonMetadata(text, baseName(telling));
    }
    case DatabaseFile::NodePackage: return readNodePackage(text);
    case DatabaseFile::GemSpecification: return readGemSpecification(text);
    case DatabaseFile::RpmSlots:
    case DatabaseFile::RpmSqlite: return decodeRecords(text).value_or(PackageRecords{{}, 1});
    case DatabaseFile::RpmBerkeley:
    case DatabaseFile::None:
    case DatabaseFile::FileList:
    case DatabaseFile::FileSums:
    case DatabaseFile::PacmanFiles:
    case DatabaseFile::PythonRecord:
    case DatabaseFile::DpkgDiversions: break;
    }
    return {};
}

} // namespace cutaway
