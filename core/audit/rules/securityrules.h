// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <vector>

namespace cutaway {

/// The checks of the family `security`: the user, files and programs, build steps and variables.
[[nodiscard]] std::vector<Finding> rootUser(const AuditContext &context);
[[nodiscard]] std::vector<Finding> sensitiveVolume(const AuditContext &context);
[[nodiscard]] std::vector<Finding> setIdFiles(const AuditContext &context);
[[nodiscard]] std::vector<Finding> fileCapabilities(const AuditContext &context);
[[nodiscard]] std::vector<Finding> worldWritable(const AuditContext &context);
[[nodiscard]] std::vector<Finding> sudoInstalled(const AuditContext &context);
[[nodiscard]] std::vector<Finding> sshServer(const AuditContext &context);
[[nodiscard]] std::vector<Finding> adminTools(const AuditContext &context);
[[nodiscard]] std::vector<Finding> bakedPassword(const AuditContext &context);
[[nodiscard]] std::vector<Finding> tlsDisabled(const AuditContext &context);
[[nodiscard]] std::vector<Finding> unverifiedPackages(const AuditContext &context);

} // namespace cutaway
