// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/databases.h"

#include "core/packages/readers.h"
#include "core/packages/rpm.h"
#include "core/tree/paths.h"

#include <algorithm>
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
    Place{"var/lib/apt/extended_states", DatabaseFile::AptMarks},
    Place{"etc/apk/world", DatabaseFile::ApkWorld},
    Place{"var/lib/dnf/history.sqlite", DatabaseFile::DnfHistory},
    Place{"usr/lib/sysimage/dnf/history.sqlite", DatabaseFile::DnfHistory},
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
    if (name == "INSTALLER" && isDistInfo) {
        return DatabaseFile::PythonInstaller;
    }
    return name == "RECORD" && isDistInfo ? DatabaseFile::PythonRecord : DatabaseFile::None;
}

/// Those of languages that have one file name for it.
DatabaseFile languageFile(std::string_view name, std::string_view folder)
{
    const std::string_view above = folderOf(folder);
    if (name == "package.json") {
        return isNodeModule(folder) ? DatabaseFile::NodePackage : DatabaseFile::None;
    }
    if (name == "installed.json") {
        return baseName(folder) == "composer" ? DatabaseFile::ComposerInstalled
                                              : DatabaseFile::None;
    }
    if (name == "install.json") {
        return baseName(above) == ".meta" ? DatabaseFile::PerlInstalled : DatabaseFile::None;
    }
    if (name == "DESCRIPTION") {
        const bool isLibrary = baseName(above) == "library" || baseName(above) == "site-library";
        return isLibrary ? DatabaseFile::RDescription : DatabaseFile::None;
    }
    if (name == ".packlist") {
        return DatabaseFile::PerlPacklist;
    }
    return DatabaseFile::None;
}

/// And those that are told by their ending.
DatabaseFile endingFile(std::string_view name)
{
    constexpr std::array<std::string_view, 5> kArchives = {".jar", ".war", ".ear", ".hpi", ".jpi"};
    if (std::ranges::any_of(kArchives, [&](auto end) { return name.ends_with(end); })) {
        return DatabaseFile::JavaArchive;
    }
    if (name.ends_with(".jmod")) {
        return DatabaseFile::JavaModule;
    }
    return name.ends_with(".deps.json") ? DatabaseFile::DotnetDeps : DatabaseFile::None;
}

/// Where builders and distributions put bills of materials: syft's and trivy's endings, Bitnami's
/// ".spdx-NAME.spdx", Wolfi's one for each package.
bool isBill(std::string_view name, std::string_view folder)
{
    constexpr std::array<std::string_view, 4> kEndings = {
        ".spdx.json", ".cdx.json", ".cyclonedx.json", ".spdx"};
    constexpr std::array<std::string_view, 2> kNames = {"sbom.json", "bom.json"};
    constexpr std::array<std::string_view, 2> kFolders = {"share/sbom", "lib/db/sbom"};
    return std::ranges::any_of(kEndings, [&](auto end) { return name.ends_with(end); })
           || std::ranges::any_of(kNames, [&](auto known) { return name == known; })
           || (name.ends_with(".json")
               && std::ranges::any_of(kFolders, [&](auto end) { return folder.ends_with(end); }));
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
    if (name == "copyright") {
        return folderOf(folder) == "usr/share/doc" ? DatabaseFile::DebCopyright
                                                   : DatabaseFile::None;
    }
    if (const DatabaseFile kind = languageFile(name, folder); kind != DatabaseFile::None) {
        return kind;
    }
    if (const DatabaseFile kind = endingFile(name); kind != DatabaseFile::None) {
        return kind;
    }
    if (isBill(name, folder)) {
        return DatabaseFile::BillOfMaterials;
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

bool isToldByPath(DatabaseFile kind)
{
    return kind == DatabaseFile::PerlPacklist || kind == DatabaseFile::JavaModule;
}

bool keepsRecords(DatabaseFile kind)
{
    switch (kind) {
    case DatabaseFile::RpmSlots:
    case DatabaseFile::RpmSqlite:
    case DatabaseFile::RpmBerkeley:
    case DatabaseFile::ComposerInstalled:
    case DatabaseFile::DotnetDeps:
    case DatabaseFile::PerlInstalled:
    case DatabaseFile::JavaArchive:
    case DatabaseFile::BillOfMaterials:
    case DatabaseFile::Program: return true;
    default: return false;
    }
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
    case DatabaseFile::ComposerInstalled: return readComposerInstalled(text);
    case DatabaseFile::DotnetDeps: return readDotnetDeps(text);
    case DatabaseFile::PerlInstalled: return readPerlInstalled(text);
    case DatabaseFile::PerlPacklist: return readPerlPacklist(path);
    case DatabaseFile::RDescription: return readRDescription(text);
    case DatabaseFile::JavaArchive: return readJavaArchive(text, baseName(path));
    case DatabaseFile::JavaModule: return readJavaArchive({}, baseName(path));
    case DatabaseFile::RpmSlots: return readRpmSlots(text);
    case DatabaseFile::RpmSqlite: return readRpmSqlite(std::string(text));
    case DatabaseFile::RpmBerkeley: return readRpmBerkeley(text);
    case DatabaseFile::Program:
    case DatabaseFile::None:
    case DatabaseFile::FileList:
    case DatabaseFile::FileSums:
    case DatabaseFile::PacmanFiles:
    case DatabaseFile::PythonRecord:
    case DatabaseFile::DpkgDiversions:
    case DatabaseFile::DebCopyright:
    case DatabaseFile::AptMarks:
    case DatabaseFile::ApkWorld:
    case DatabaseFile::DnfHistory:
    case DatabaseFile::PythonInstaller:
    case DatabaseFile::BillOfMaterials: break;
    }
    return {};
}

} // namespace cutaway
