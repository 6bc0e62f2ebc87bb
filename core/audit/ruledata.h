// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cutaway {

/// The day on which the data that rules go by and that ages was last held against its sources:
/// "2026-11-26". Every report names it.
[[nodiscard]] std::string ruleDataDate();

} // namespace cutaway
