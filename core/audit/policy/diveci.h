// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <string>

namespace cutaway {

/// dive's three CI limits as they are written; the defaults are dive's.
struct GateLimits
{
    std::string lowestEfficiency = "0.9";
    std::string highestWastedBytes = "disabled";
    std::string highestUserWastedPercent = "0.1";
};

/// Reads a `.dive-ci` file: `rules:` with any of the three; what it does not name has its default,
/// other keys are ignored. NotFound when there is no such file.
[[nodiscard]] Result<GateLimits> readDiveCi(const std::string &path);

} // namespace cutaway
