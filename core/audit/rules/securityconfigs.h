// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <vector>

namespace cutaway {

/// What configuration files add to the findings of rules that look at steps and variables too.
/// Without contents there is nothing.
[[nodiscard]] std::vector<Finding> filesWithoutTlsCheck(const AuditContext &context);
[[nodiscard]] std::vector<Finding> filesWithoutSignatureCheck(const AuditContext &context);
[[nodiscard]] std::vector<Finding> filesWithPasswords(const AuditContext &context);
[[nodiscard]] std::vector<Finding> filesThatGiveRoot(const AuditContext &context, bool hasProgram);

} // namespace cutaway
