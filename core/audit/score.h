// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A sum that anybody can check: 100, less a point for each percent of the image that could be
/// saved, less what each rule that found something costs.
struct Score
{
    struct Penalty
    {
        std::string what;   ///< a rule's id, "bytes", the family whose limit gives points back, or
                            ///< "limit" where the sum would end below 0
        double points = 0;  ///< taken off; negative where a limit gives some back
        std::string reason; ///< "high, certain" …
    };
    struct Ceiling
    {
        char grade = 'F'; ///< no better than this
        std::string ruleId;
    };
    struct Gain
    {
        std::string ruleId;
        double points = 0; ///< that the value gains when all that the rule found is mended
    };
    bool isKnown = false;           ///< too few rules could be asked otherwise
    double value = 0;               ///< 0 … 100
    char grade = 'F';               ///< 'A' … 'F', ceilings kept
    std::vector<Penalty> penalties; ///< biggest first, then as families are listed
    std::vector<Ceiling> ceilings;  ///< those that are below what the value would give
    std::vector<Gain> gains;        ///< what to mend first; biggest first, none of 0
};

/// Adds it all up and sets `points` of each finding. Suppressed findings and those of the families
/// policy and assert weigh nothing. `imageBytes` are the file bytes of all layers.
[[nodiscard]] Score scoreOf(std::vector<Finding> &findings,
                            std::uint64_t imageBytes,
                            std::size_t rulesAsked,
                            std::size_t rulesSkipped);

/// "A", …, or "N/A".
[[nodiscard]] std::string gradeName(const Score &score);

} // namespace cutaway
