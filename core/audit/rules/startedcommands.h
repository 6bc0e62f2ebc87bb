// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <string>
#include <vector>

namespace cutaway {

/// A command that the start of a container runs, and who says so.
struct StartedCommand
{
    ShellCommand command;
    const EntryScript *script = nullptr; ///< nullptr: the words of the configuration
    std::size_t index = 0;               ///< among the commands of its script
    bool isLast = false;                 ///< of its script, `$(…)` aside

    /// Whether the script is a file rather than the text of a shell form.
    bool isInFile() const { return script != nullptr && !script->path.empty(); }
    /// Whether it is under an `if` or behind `&&` that asks for a variable to be set: opted into.
    bool isOptional() const;
};

/// All of them: the words of the command where it is no shell form, then those of entry scripts in
/// their order, and the command that a script hands over to by `exec "$@"`.
[[nodiscard]] std::vector<StartedCommand> allStartedCommands(const AuditContext &context);

/// The application itself: what entry scripts give way to in the end, inits and wrappers taken off.
/// Without words where only the running container knows.
[[nodiscard]] ShellCommand applicationOf(const AuditContext &context);

/// Whether a later command of its script takes the shell's place, or waits for what was started.
[[nodiscard]] bool isFollowedUp(const StartedCommand &started);

/// Where the command stands: a field of the configuration, or a script with its layer.
[[nodiscard]] Evidence startedEvidence(const AuditContext &context, const StartedCommand &started);
/// A finding about it, likely rather than certain.
[[nodiscard]] Finding startedFinding(const AuditContext &context,
                                     Severity severity,
                                     std::string summary,
                                     const StartedCommand &started);

} // namespace cutaway
