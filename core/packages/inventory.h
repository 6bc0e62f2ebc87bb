// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/filecontents.h"
#include "core/image/image.h"
#include "core/packages/bills.h"
#include "core/packages/owners.h"
#include "core/packages/package.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace cutaway {

/// What one layer holds of a package's files.
struct LayerShare
{
    LayerIndex layer = 0;
    std::uint64_t bytes = 0;       ///< that a container sees
    std::uint64_t hiddenBytes = 0; ///< that a later layer deleted or replaced
};

/// Why a package is there.
enum class Reason : std::uint8_t {
    Unknown,     ///< the database does not tell what was asked for
    Asked,       ///< by name, or the system does not work without
    Needed,      ///< by one that was asked for, or by one that this needs
    Recommended, ///< needed by none of these: there because one is recommended
    None,        ///< came with a package that is gone, or that does not ask for it any more
};

/// A package over the layers of an image.
struct Package
{
    PackageRecord record;              ///< the last that was seen of it; its `files` are empty
    std::string purl;                  ///< packageUrl()
    NodeId database = kNone;           ///< the file that names it
    bool knowsFiles = false;           ///< the database says which files are its own
    std::vector<NodeId> files;         ///< in the final file system, no directories; sorted
    std::uint64_t bytes = 0;           ///< visible ones of these files, hard links once
    LayerIndex layer = 0;              ///< the first that has it
    std::vector<LayerIndex> changedBy; ///< layers with another version, or it again
    LayerIndex removedBy = kNoLayer;
    std::vector<NodeId> directories; ///< that its list names; sorted
    std::vector<NodeId> gone;        ///< files that it had once and has no more; sorted
    std::vector<LayerShare> layers;  ///< where the bytes of all these files lie, layers in order
    Reason reason = Reason::Unknown;

    bool isVisible() const { return removedBy == kNoLayer; }
    /// A container has it, its files in order.
    bool isThere() const { return isVisible() && record.isInstalled(); }
    /// What it weighs, as far as that is known.
    std::uint64_t weight() const { return knowsFiles ? bytes : record.declaredBytes.value_or(0); }
};

/// Bytes below a directory that belong to no package.
struct UnownedPlace
{
    NodeId directory = kRoot;
    std::uint64_t bytes = 0;
    std::uint32_t files = 0;
};

/// Whose bytes a layer holds; each file's count once.
struct LayerOwners
{
    std::array<std::uint64_t, kEcosystemCount> ecosystemBytes = {}; ///< visible ones, of packages
    std::uint64_t hiddenBytes = 0; ///< of packages, deleted or replaced by a later layer
    std::uint64_t unownedBytes = 0;
    std::uint64_t unownedHiddenBytes = 0;
};

/// A file, and the package whose it is: a place in the list.
struct DifferingFile
{
    NodeId node = kNone;
    std::uint32_t package = 0;
};

/// What came of holding files against the checksums of their packages.
struct FileChecks
{
    std::vector<DifferingFile> different; ///< nodes in order
    std::uint32_t compared = 0;           ///< of those that may have changed
    std::uint32_t leftOut = 0;            ///< the others of them: too much to read, or unreadable
};

/// Visible ones, of packages of all kinds.
[[nodiscard]] std::uint64_t ownedBytes(const LayerOwners &layer);

/// All packages of an image.
struct Packages
{
    /// Heaviest first, those of the final file system before those that are gone.
    std::vector<Package> list;
    /// Visible bytes of packages, a file that two of them claim counted once: for each ecosystem,
    /// and all.
    std::array<std::uint64_t, kEcosystemCount> ecosystemBytes = {};
    std::uint64_t ownedBytes = 0;
    std::uint64_t unownedBytes = 0; ///< visible ones of no package
    /// Where those are, most bytes first; directories two levels deep at the most.
    std::vector<UnownedPlace> unowned;
    Notes notes;
    std::vector<LayerOwners> layers;  ///< of each layer
    PackageOwners owners;             ///< of paths, by place in `list`
    std::optional<FileChecks> checks; ///< nothing where nobody asked (integrity.h)
    Distribution distribution;
    FoundBills bills; ///< of materials, that came with the image

    /// The package whose file that is, or was last; nullptr where it is of none.
    const Package *ownerOf(NodeId node) const
    {
        const std::uint32_t owner = owners.of(node);
        return owner == kNone ? nullptr : &list[owner];
    }
};

/// How many packages a layer adds, changes and removes.
struct PackageChanges
{
    std::uint32_t added = 0;
    std::uint32_t changed = 0;
    std::uint32_t removed = 0;
};
/// Of each layer.
[[nodiscard]] std::vector<PackageChanges> packageChanges(const Packages &packages,
                                                         std::size_t layers);

/// What is installed in an image, by the databases that lie in its layers.
[[nodiscard]] Packages findPackages(const Image &image,
                                    const FileContents &contents,
                                    const Distribution &distribution);

} // namespace cutaway
