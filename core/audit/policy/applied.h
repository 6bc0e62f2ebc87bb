// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/audit/settings.h"

#include <optional>
#include <string>
#include <vector>

namespace cutaway {

struct Policy;

/// What of a policy held when an image was audited, for reports and gates.
struct AppliedPolicy
{
    Profile profile = Profile::Default;
    std::vector<std::string> files; ///< that it was read from; first what was asked for
    std::string digest;             ///< sha256 over what these hold; empty without files
    std::optional<Severity> failOn; ///< the least severity that fails; nothing = none
    std::optional<char> failOnGrade;
    Confidence minConfidence = Confidence::Heuristic;
    std::size_t leftOut = 0; ///< findings that were not certain enough
    bool hasBaseline = false;
};

} // namespace cutaway
