// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/jsonparts.h"

#include <string>

namespace cutaway {

/// The bills of materials that came with the image, and how they differ from what was found; empty
/// where there are none.
[[nodiscard]] std::string billsText(const Inspection &inspection, const TextStyle &style);
/// Adds `bills` and `unlisted`.
void addBills(jsonparts::Value &report, const Inspection &inspection);

} // namespace cutaway
