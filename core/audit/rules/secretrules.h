// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <vector>

namespace cutaway {

/// The checks of the family `secret` that need configuration and history alone. No value is ever
/// part of a finding.
[[nodiscard]] std::vector<Finding> secretVariables(const AuditContext &context);
[[nodiscard]] std::vector<Finding> secretBuildArguments(const AuditContext &context);
[[nodiscard]] std::vector<Finding> secretsInSteps(const AuditContext &context);
[[nodiscard]] std::vector<Finding> secretsInCommand(const AuditContext &context);

/// Those that need what files hold: of the final file system and of what later layers hide.
[[nodiscard]] std::vector<Finding> privateKeys(const AuditContext &context);
[[nodiscard]] std::vector<Finding> cloudCredentials(const AuditContext &context);
[[nodiscard]] std::vector<Finding> tokensInFiles(const AuditContext &context);
[[nodiscard]] std::vector<Finding> registryCredentials(const AuditContext &context);
[[nodiscard]] std::vector<Finding> dotenvSecrets(const AuditContext &context);
[[nodiscard]] std::vector<Finding> keystores(const AuditContext &context);
[[nodiscard]] std::vector<Finding> shellHistories(const AuditContext &context);

} // namespace cutaway
