// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <vector>

namespace cutaway {

/// Checks of the family `repro`: what makes two builds of one recipe differ.
[[nodiscard]] std::vector<Finding> volatileFiles(const AuditContext &context);
[[nodiscard]] std::vector<Finding> argNoDefault(const AuditContext &context);

} // namespace cutaway
