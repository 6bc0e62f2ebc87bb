// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <vector>

namespace cutaway {

/// The checks of the family `size`.
[[nodiscard]] std::vector<Finding> temporaryFiles(const AuditContext &context);
[[nodiscard]] std::vector<Finding> logFiles(const AuditContext &context);
[[nodiscard]] std::vector<Finding> buildTools(const AuditContext &context);
[[nodiscard]] std::vector<Finding> leftoverArchives(const AuditContext &context);
[[nodiscard]] std::vector<Finding> sparseUserLogs(const AuditContext &context);
[[nodiscard]] std::vector<Finding> largeImage(const AuditContext &context);

} // namespace cutaway
