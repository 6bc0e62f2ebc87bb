// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// What the configuration files of well-known servers say. Each answer rests on the files that can
/// be had; without contents there is none.
namespace cutaway {

/// Whether a server that goes to the background by habit is told not to (nginx's `daemon off`,
/// redis' `daemonize no`, supervisord's `nodaemon`); nothing where no file tells.
[[nodiscard]] std::optional<bool> isConfiguredForeground(const AuditContext &context,
                                                         const ShellCommand &server);

/// Ports that the server's files tell it to listen on, loopback aside, and the file that says so.
[[nodiscard]] std::map<int, std::string> configuredListeners(const AuditContext &context,
                                                             const ShellCommand &server);

/// Whether the server is told to keep nothing: redis' `save ""`.
[[nodiscard]] bool isConfiguredStateless(const AuditContext &context, const ShellCommand &server);

/// What a supervisor would run.
struct SupervisedProgram
{
    std::string name;
    ShellCommand command; ///< without words where it is not known
};
/// Of supervisord's files, or the folders of s6 and runit.
[[nodiscard]] std::vector<SupervisedProgram> supervisedPrograms(const AuditContext &context,
                                                                const ShellCommand &supervisor);

/// Files that the server is told to write its logs to: paths of nginx and httpd directives that
/// are no link to a standard stream.
[[nodiscard]] std::vector<std::string> configuredLogFiles(const AuditContext &context,
                                                          const ShellCommand &server);

} // namespace cutaway
