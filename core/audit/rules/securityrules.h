// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace cutaway {

/// The checks of the family `security`: the user, files and programs, build steps and variables.
[[nodiscard]] std::vector<Finding> userUnresolvable(const AuditContext &context);
[[nodiscard]] std::vector<Finding> userNotNumeric(const AuditContext &context);
[[nodiscard]] std::vector<Finding> emptyPassword(const AuditContext &context);
[[nodiscard]] std::vector<Finding> duplicateIds(const AuditContext &context);
[[nodiscard]] std::vector<Finding> unsafeEnvironment(const AuditContext &context);
[[nodiscard]] std::vector<Finding> privilegedRunLabel(const AuditContext &context);
[[nodiscard]] std::vector<Finding> appWritable(const AuditContext &context);
[[nodiscard]] std::vector<Finding> deviceNodes(const AuditContext &context);
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

/// Who a container's processes are, as numbers.
struct RunUser
{
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};

/// Whether config.User is root: empty, by name, by number, or a name whose number in passwd is 0.
[[nodiscard]] bool isRootUser(const AuditContext &context);
/// The user and group that config.User stands for; nothing for a name that passwd does not tell.
[[nodiscard]] std::optional<RunUser> runUser(const AuditContext &context);
/// Whether the mode lets the user write what the entry makes.
[[nodiscard]] bool mayWrite(const RunUser &user, const Entry &entry);
[[nodiscard]] std::vector<Finding> packageIntegrity(const AuditContext &context);

} // namespace cutaway
