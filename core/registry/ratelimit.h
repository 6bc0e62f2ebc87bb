// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/http.h"

#include <cstdint>
#include <optional>
#include <string>

namespace cutaway {

/// How often a registry lets itself be asked, as it says itself: "ratelimit-limit: 100;w=21600",
/// "ratelimit-remaining: 76;w=21600".
struct RateLimit
{
    std::uint64_t limit = 0;     ///< requests in a window; 0 = not said
    std::uint64_t remaining = 0; ///< of them
    std::uint64_t seconds = 0;   ///< length of a window; 0 = not said

    bool operator==(const RateLimit &) const = default;
};
/// Nothing where the answer does not say how many remain.
[[nodiscard]] std::optional<RateLimit> rateLimitOf(const HttpAnswer &answer);
/// For people: "76 of 100 requests left in 6 hours".
[[nodiscard]] std::string rateLimitText(const RateLimit &limit);

} // namespace cutaway
