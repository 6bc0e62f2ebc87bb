// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <vector>

namespace cutaway {

[[nodiscard]] std::vector<Finding> packageFilesModified(const AuditContext &context);

} // namespace cutaway
