// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/analysis.h"

#include <cstdint>
#include <vector>

namespace cutaway {

/// Neighbouring layers, both ends counted.
struct LayerRange
{
    LayerIndex first = 0;
    LayerIndex last = 0;

    bool operator==(const LayerRange &) const = default;
    bool has(LayerIndex layer) const { return first <= layer && layer <= last; }
};

/// How the image might have been built instead.
struct WhatIf
{
    std::vector<LayerRange> merged; ///< each made by one build step; no layer is in two of them
    std::vector<NodeId> dropped;    ///< paths that no step leaves behind, with all below them
};

/// What became of one layer, or of several that were merged. Bytes of regular files.
struct WhatIfLayer
{
    LayerRange layers;
    std::uint64_t before = 0;
    std::uint64_t dropped = 0; ///< of that, of paths that are not there any more
    std::uint64_t hidden = 0;  ///< of the rest, what layers of the same range hid
    std::uint64_t wireBefore = 0;
    std::uint64_t wireAfter = 0; ///< estimated: as compressible as the layers are as they are

    std::uint64_t after() const { return before - dropped - hidden; }
};

/// `before = after + dropped + hidden`, of each layer and in all.
struct WhatIfNumbers
{
    std::vector<WhatIfLayer> layers; ///< in order, all of them
    std::uint64_t before = 0;
    std::uint64_t dropped = 0;
    std::uint64_t hidden = 0;
    std::uint64_t wireBefore = 0;
    std::uint64_t wireAfter = 0;    ///< estimated
    std::uint64_t visibleAfter = 0; ///< that a container sees

    std::uint64_t after() const { return before - dropped - hidden; }
};

/// Whether it can be asked: ranges within the image, of two layers or more, and apart.
[[nodiscard]] Result<> checkWhatIf(const Image &image, const WhatIf &question);

/// Pure. `analysis` is the image's; the question has been checked.
[[nodiscard]] WhatIfNumbers whatIf(const Image &image,
                                   const Analysis &analysis,
                                   const WhatIf &question);

/// A range, and what merging it would save.
struct MergeGain
{
    LayerRange layers;
    std::uint64_t bytes = 0;
};

/// The shortest ranges of the image's own layers (those of its base are others' to build) that save
/// anything, those that save most first; at most `most`. A range that saves no more than a shorter
/// one in it is left out.
[[nodiscard]] std::vector<MergeGain> bestMerges(const Image &image,
                                                const Analysis &analysis,
                                                std::size_t most);

} // namespace cutaway
