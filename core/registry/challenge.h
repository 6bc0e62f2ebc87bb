// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

/// How a server wants to be asked (RFC 9110, section 11.6.1).
struct Challenge
{
    std::string scheme; ///< in lower case: "bearer"
    std::string token;  ///< for schemes that have one instead of parameters
    std::vector<std::pair<std::string, std::string>> parameters; ///< names in lower case

    /// Empty where there is none of that name.
    std::string_view parameter(std::string_view name) const;
};

/// All challenges of the WWW-Authenticate headers of one answer, in order. What cannot be
/// understood ends the reading of that header.
[[nodiscard]] std::vector<Challenge> parseChallenges(std::span<const std::string> headers);

} // namespace cutaway
