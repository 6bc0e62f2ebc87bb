// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <optional>
#include <string_view>
#include <vector>

namespace cutaway {

/// How bad it is that a variable of this name has this value for everybody to read; nothing where
/// it is no secret. Names decide, then the value: its length, its entropy, whether it only stands
/// for one.
[[nodiscard]] std::optional<Severity> secretSeverity(std::string_view name, std::string_view value);

/// The checks of the family `secret` that need configuration and history alone. No value is ever
/// part of a finding.
[[nodiscard]] std::vector<Finding> secretVariables(const AuditContext &context);
[[nodiscard]] std::vector<Finding> secretBuildArguments(const AuditContext &context);
[[nodiscard]] std::vector<Finding> secretsInSteps(const AuditContext &context);
[[nodiscard]] std::vector<Finding> secretsInCommand(const AuditContext &context);

} // namespace cutaway
