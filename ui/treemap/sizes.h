// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/analysis.h"
#include "core/tree/view.h"

#include <vector>

namespace cutaway::treemap {

/// What each path of a tree weighs, with all below it, in bytes; and which file below it weighs
/// most by the way down: the heaviest child's heaviest child, and so on. By node; 12 bytes each.
struct Sizes
{
    std::vector<std::uint64_t> bytes;
    std::vector<NodeId> lead; ///< the node itself where nothing below it weighs more

    std::uint64_t total() const { return bytes.empty() ? 0 : bytes[kRoot]; }
};

/// Sums up from what each path weighs by itself. Linear.
[[nodiscard]] Sizes sumUp(const PathTree &tree, std::vector<std::uint64_t> own);

/// What each path of the view weighs by itself: bytes of its content; a file of several names has
/// them at its first. In the view of a layer's changes what the layer ships; where that is nothing,
/// what it hides of lower layers.
[[nodiscard]] std::vector<std::uint64_t> ownBytes(const TreeView &view);

/// Bytes that are shipped at each path and not visible in the end, of all layers together.
[[nodiscard]] std::vector<std::uint64_t> hiddenBytes(const PathTree &tree,
                                                     const std::vector<WasteItem> &waste);

} // namespace cutaway::treemap
