// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathtree.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

struct ImageConfig;

/// Groups of path patterns that are looked for together, in one walk over the tree. A file is in at
/// most one of those about bytes, the first of them that takes it, so that each byte counts once.
enum class PathGroup : std::uint8_t {
    Cache,
    Temporary,
    Log,
    Archive,
    Debug, ///< symbols in files of their own
    Residue,
    DevFiles,
    Data,
    Docs,
    CacheInstall, ///< programs and models in ~/.cache; from here on not about bytes
    Context,
    Vcs,
    Junk,
    HostFolder, ///< what a build on the host leaves: node_modules, target
    Dump,
    PasswordFile,
    ClientConfig,  ///< of programs that download
    PackageConfig, ///< of package managers
    Sudoers,
};
inline constexpr std::size_t kPathGroups = 19;

/// A path of the final file system that matches a pattern of its group.
struct PathMatch
{
    NodeId node = kNone;
    EntryId entry = kNone;   ///< what is there in the end
    std::string_view kind;   ///< the pattern's word: "apt-lists", "Dockerfile"
    std::uint64_t bytes = 0; ///< that the entry ships; 0 where other names keep them
};

/// The matches by group, in node order.
struct TreeMatches
{
    std::array<std::vector<PathMatch>, kPathGroups> groups;

    const std::vector<PathMatch> &of(PathGroup group) const
    {
        return groups[static_cast<std::size_t>(group)];
    }
};

/// Walks the tree once. `homes` are those beside the usual ones.
[[nodiscard]] TreeMatches matchTree(const PathTree &tree,
                                    const ImageConfig &config,
                                    std::span<const std::string> homes);

} // namespace cutaway
