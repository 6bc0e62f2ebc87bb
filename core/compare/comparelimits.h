// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace cutaway::limits {

/// Pairs of build steps that are held against one another to find what two histories share; beyond
/// that what stands between their common beginning and end counts as other.
inline constexpr std::size_t kStepPairs = 4'000'000;

/// A size has changed when it is another by so many bytes and by so large a part.
inline constexpr std::uint64_t kNoticedBytes = 64ULL * 1024;
inline constexpr double kNoticedShare = 0.01;

} // namespace cutaway::limits
