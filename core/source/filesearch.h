// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "core/source/contentsearch.h"
#include "core/tree/filter.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cutaway {

namespace limits {

inline constexpr std::size_t kSearchHits = 2'000'000;
inline constexpr std::size_t kSearchChunk = 4096; ///< hits told at once

} // namespace limits

/// What a layer does to a path that a search came across.
struct SearchHit
{
    NodeId node = kNone;
    EntryId entry = kNone; ///< of a removed path the one that was hidden; kNone: on the way only
    LayerIndex layer = 0;
    Change change = Change::Unmodified;
};

struct SearchSummary
{
    std::uint64_t hits = 0;
    std::uint64_t bytes = 0; ///< that the layers ship for them
    bool isCut = false;      ///< there are more than limits::kSearchHits
    std::optional<ContentSearch> contents = std::nullopt; ///< where contents were asked for
};

using HitReceiver = std::function<void(std::vector<SearchHit>)>;

/// Looks for paths in what each layer adds, changes and removes, the lowest first, as
/// `files --view all --where` does, and tells what it finds in runs while it goes on. Contents are
/// read once all other terms are settled; `source` may be nullptr where the filter asks for none.
[[nodiscard]] Result<SearchSummary> searchFiles(ImageSource *source,
                                                const Image &image,
                                                const FileFilter &filter,
                                                const HitReceiver &found,
                                                Monitor &monitor);

/// Bytes that the layer ships for the hit.
[[nodiscard]] std::uint64_t bytesOf(const PathTree &tree, const SearchHit &hit);

enum class HitGrouping : std::uint8_t { Extension, Directory, Layer, Content };

/// Hits that have something in common.
struct HitGroup
{
    std::string name;         ///< raw bytes: ".so", "/usr/lib", "3"; of contents a path
    std::uint64_t count = 0;  ///< files
    std::uint64_t bytes = 0;  ///< shipped for them
    std::uint64_t wasted = 0; ///< of contents: bytes but for one of them
    SearchHit example;        ///< the largest, or the first
};
/// Regular files alone, the largest group first; contents only where several files have the same.
[[nodiscard]] std::vector<HitGroup> groupHits(const PathTree &tree,
                                              const std::vector<SearchHit> &hits,
                                              HitGrouping grouping,
                                              const Monitor &monitor);

} // namespace cutaway
