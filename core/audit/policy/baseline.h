// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <set>
#include <string>

namespace cutaway {

/// The fingerprints of the findings in an earlier `audit --format json`. InvalidInput for what is
/// no such report.
[[nodiscard]] Result<std::set<std::string, std::less<>>> readBaseline(const std::string &path);

} // namespace cutaway
