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
[[nodiscard]] std::vector<Finding> wrapperNoExec(const AuditContext &context);
[[nodiscard]] std::vector<Finding> argsDropped(const AuditContext &context);
[[nodiscard]] std::vector<Finding> runtimeInstall(const AuditContext &context);
[[nodiscard]] std::vector<Finding> noInit(const AuditContext &context);
[[nodiscard]] std::vector<Finding> stopSignal(const AuditContext &context);
[[nodiscard]] std::vector<Finding> missingLibraries(const AuditContext &context);

/// Why the kernel would not start the file, by its content: its interpreter is not there, its lines
/// end as in Windows, it is for another machine. Empty where it would, or nobody can tell.
[[nodiscard]] std::string startFault(const AuditContext &context, EntryId entry);

/// The text of `["sh", "-c", text]`; nothing where the words are no such thing.
[[nodiscard]] const std::string *shellText(const std::vector<std::string> &words);
/// What the configuration says is run, as shell commands: the words of the command, or what its
/// shell text says.
[[nodiscard]] ShellScript startedCommands(const AuditContext &context);

} // namespace cutaway
