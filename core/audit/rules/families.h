// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <span>

namespace cutaway {

/// The families, each a table in a file of its own; the engine asks them in this order.
[[nodiscard]] std::span<const Rule> layerRules();

} // namespace cutaway
