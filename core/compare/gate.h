// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/policy/policy.h"
#include "core/compare/comparison.h"

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// One thing that a second image must not make worse.
struct GateCheck
{
    enum class State : std::uint8_t { Pass, Fail, Skip };
    State state = State::Skip;
    std::string name;    ///< "newFindings", "grade", "lowestEfficiency", "budget /usr/lib" …
    std::string message; ///< may hold text out of the images
};

/// Asks whether the second image is a step back: by findings that are new and severe enough, by its
/// grade, and by the limits of the policy, each of which fails where the second image is beyond it
/// and farther than the first. Efficiency and waste are dive's figures, as `gate` has them.
[[nodiscard]] std::vector<GateCheck> checkGate(const Comparison &comparison, const Policy &policy);
[[nodiscard]] bool isPassed(const std::vector<GateCheck> &checks);
[[nodiscard]] std::string_view stateName(GateCheck::State state); ///< "pass" …

} // namespace cutaway
