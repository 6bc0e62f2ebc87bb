// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

/// What GitHub takes or shows of a SARIF log, and what a comment on a change may hold.
namespace cutaway::limits {

inline constexpr std::size_t kSarifResults = 25'000;
inline constexpr std::size_t kSarifLocations = 100; ///< of one result
inline constexpr std::size_t kSarifSummaries = 3;   ///< told in one result's message
inline constexpr std::size_t kSarifTags = 10;
inline constexpr std::size_t kMarkdownBytes = 60'000;

} // namespace cutaway::limits
