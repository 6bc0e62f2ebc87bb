// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/compare/comparison.h"
#include "ui/strata/stratapairview.h"

#include <vector>

namespace cutaway {

/// The layers of two images, and which are the same, as they are drawn.
struct ComparedStrata
{
    std::vector<StrataLayer> before;
    std::vector<StrataLayer> after;
    std::vector<StrataJoin> joins;
};
[[nodiscard]] ComparedStrata comparedStrata(const Comparison &comparison);

} // namespace cutaway
