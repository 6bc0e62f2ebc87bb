// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/package.h"

#include <string>
#include <vector>

namespace cutaway {

/// Names under which the software may stand in lists of products (CPE 2.3, NISTIR 7695), the
/// likeliest first: guesses, for nobody but those lists knows. A few at the most, none without a
/// version.
[[nodiscard]] std::vector<std::string> cpeCandidates(const PackageRecord &package);

} // namespace cutaway
