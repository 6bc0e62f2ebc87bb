// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/package.h"

#include <functional>
#include <string_view>

/// Each of these takes one file's bytes apart. Nothing that stands in them is believed to be as it
/// should: what is damaged is left out and counted.
namespace cutaway {

/// dpkg's status: what was ever installed and not purged (deb-status(5), dpkg(1)).
[[nodiscard]] PackageRecords readDpkgStatus(std::string_view text);
/// One package of status.d, where distroless images keep them: there, it is installed.
[[nodiscard]] PackageRecords readDpkgPart(std::string_view text);
/// opkg's status; sizes are bytes there.
[[nodiscard]] PackageRecords readOpkgStatus(std::string_view text);

/// Lines of `digest  path`, paths from the root on (deb-md5sums(5)).
[[nodiscard]] std::vector<PackagedFile> readDpkgSums(std::string_view text);
/// Calls back with each path of a list that has one a line.
void forEachListed(std::string_view text, const std::function<void(std::string_view path)> &visit);

/// A path that one package took away from all others, whose file there lies elsewhere
/// (dpkg-divert(1)).
struct Diversion
{
    std::string from;
    std::string to;
    std::string package; ///< that took it; ":" where an administrator did
};
/// dpkg's `diversions`: three lines for each.
[[nodiscard]] std::vector<Diversion> readDiversions(std::string_view text);

/// apk's list of what is installed, files and their SHA-1 included.
[[nodiscard]] PackageRecords readApkInstalled(std::string_view text);

/// pacman's `desc` of one package.
[[nodiscard]] PackageRecords readPacmanDesc(std::string_view text);
/// Files with SHA-256 or MD5 of pacman's `mtree`, unpacked (mtree(5)); paths from the root on.
[[nodiscard]] std::vector<PackagedFile> readPacmanSums(std::string_view text);
/// The paths in its `files`.
void forEachPacmanFile(std::string_view text,
                       const std::function<void(std::string_view path)> &visit);

/// METADATA or PKG-INFO of a Python distribution (core metadata specification). `fileName` is that
/// of its folder, "name-1.0.dist-info": it tells what the text leaves out.
[[nodiscard]] PackageRecords readPythonMetadata(std::string_view text, std::string_view fileName);
/// The paths in a RECORD, relative to where the distribution lies.
void forEachPythonFile(std::string_view text,
                       const std::function<void(std::string_view path)> &visit);

/// package.json of an installed Node.js module.
[[nodiscard]] PackageRecords readNodePackage(std::string_view text);

/// The specification that RubyGems writes for an installed gem: Ruby, of which the plain
/// assignments are read.
[[nodiscard]] PackageRecords readGemSpecification(std::string_view text);

/// Composer's installed.json, of either version. Each record has the folder of the package, from
/// that of the file on, as its one file.
[[nodiscard]] PackageRecords readComposerInstalled(std::string_view text);

/// What a .NET program was published with. The files lie beside the text.
[[nodiscard]] PackageRecords readDotnetDeps(std::string_view text);

/// What cpanm and its kin write of a distribution that they installed.
[[nodiscard]] PackageRecords readPerlInstalled(std::string_view text);
/// Without a version, which no packlist tells.
[[nodiscard]] PackageRecords readPerlPacklist(std::string_view path);
/// The paths in it.
void forEachPerlFile(std::string_view text,
                     const std::function<void(std::string_view path)> &visit);

/// DESCRIPTION of an installed R package.
[[nodiscard]] PackageRecords readRDescription(std::string_view text);

/// A jar and its kin: manifest and pom.properties, and those of the archives in it, one level deep;
/// of no bytes, what the name tells. The archive's own record comes first, and is the only one that
/// has a file, which is the archive.
[[nodiscard]] PackageRecords readJavaArchive(std::string_view bytes, std::string_view fileName);

} // namespace cutaway
