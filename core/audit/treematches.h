// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathtree.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

struct ImageConfig;

/// Groups of path patterns that are looked for together, in one walk over the tree.
enum class PathGroup : std::uint8_t { Cache, Temporary, Log, Context, Vcs };
inline constexpr std::size_t kPathGroups = 5;

/// A path of the final file system that matches a pattern of its group.
struct PathMatch
{
    NodeId node = kNone;
    EntryId entry = kNone;   ///< what is there in the end
    std::string_view kind;   ///< the pattern's word: "apt-lists", "Dockerfile"
    std::uint64_t bytes = 0; ///< that the entry ships; 0 where other names keep them
};

/// The matches by group, in node order. A file that is both cache and temporary is cache alone, so
/// that each byte counts once.
struct TreeMatches
{
    std::array<std::vector<PathMatch>, kPathGroups> groups;

    const std::vector<PathMatch> &of(PathGroup group) const
    {
        return groups[static_cast<std::size_t>(group)];
    }
};

/// Walks the tree once.
[[nodiscard]] TreeMatches matchTree(const PathTree &tree, const ImageConfig &config);

} // namespace cutaway
