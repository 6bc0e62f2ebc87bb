// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "tests/benchmark/figures.h"

#include <cstdint>
#include <string>

namespace cutaway::benchmark {

/// How big the images are, and how often each is read.
struct Scale
{
    std::uint64_t layerBytes = 0;
    std::uint64_t imageBytes = 0; ///< of five layers together
    std::uint32_t files = 0;      ///< of the image of empty files
    std::uint32_t whiteoutLayers = 0;
    std::uint32_t whiteouts = 0; ///< a layer
    int rounds = 1;
};

/// Layers as big as the ones that the limits were found with.
inline constexpr Scale kFull = {1'210'000'000, 5'000'000'000, 1'000'000, 100, 1000, 5};
inline constexpr Scale kSmall = {4'000'000, 10'000'000, 10'000, 10, 100, 1};

struct WholeOptions
{
    Scale scale;
    std::string program; ///< cutaway-cli
    std::string self;    ///< this program
    std::string workDir; ///< images are kept there from one run to the next
};

/// Makes the images and measures the program on them, beside others that do a part of the work.
[[nodiscard]] Result<> measureWhole(const WholeOptions &options, Figures &figures);

} // namespace cutaway::benchmark
