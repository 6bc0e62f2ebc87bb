// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

/// Bounds on drawing what an image holds.
namespace cutaway::limits {

inline constexpr int kTreemapDepth = 64;              ///< directories drawn one in another
inline constexpr int kTreemapChain = 64;              ///< with one child each, drawn as one
inline constexpr std::size_t kTreemapCells = 200'000; ///< from there on nothing more is opened
inline constexpr std::size_t kTreemapName = 200;      ///< bytes of a name that are shown

} // namespace cutaway::limits
