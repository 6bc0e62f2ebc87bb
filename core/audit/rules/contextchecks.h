// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <vector>

namespace cutaway {

/// Checks of the family `context` that have a file of their own.
[[nodiscard]] std::vector<Finding> editorJunk(const AuditContext &context);
[[nodiscard]] std::vector<Finding> hostArtifacts(const AuditContext &context);

} // namespace cutaway
