// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <vector>

namespace cutaway {

/// The checks of the family `process`: how it starts, what runs, how it tells that it is well.
[[nodiscard]] std::vector<Finding> shellForm(const AuditContext &context);
[[nodiscard]] std::vector<Finding> shellSwallowsArgs(const AuditContext &context);
[[nodiscard]] std::vector<Finding> entrypointMissing(const AuditContext &context);
[[nodiscard]] std::vector<Finding> entrypointNotAbsolute(const AuditContext &context);
[[nodiscard]] std::vector<Finding> noDefaultCommand(const AuditContext &context);
[[nodiscard]] std::vector<Finding> supervisor(const AuditContext &context);
[[nodiscard]] std::vector<Finding> systemDaemons(const AuditContext &context);
[[nodiscard]] std::vector<Finding> daemonizes(const AuditContext &context);
[[nodiscard]] std::vector<Finding> noHealthcheck(const AuditContext &context);
[[nodiscard]] std::vector<Finding> healthcheckBroken(const AuditContext &context);
[[nodiscard]] std::vector<Finding> logsToFile(const AuditContext &context);

/// The text of `["sh", "-c", text]`; nothing where the words are no such thing.
[[nodiscard]] const std::string *shellText(const std::vector<std::string> &words);
/// All that is run, as shell commands: the words of the command, or what its shell text says.
[[nodiscard]] ShellScript startedCommands(const AuditContext &context);

} // namespace cutaway
