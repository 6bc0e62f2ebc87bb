// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// "8000-8010/tcp" taken apart; `protocol` is "tcp" where none is written.
struct ExposedPorts
{
    int first = 0;
    int last = 0;
    std::string protocol;
};
/// Nothing where the text is no such thing, or a number is not from 1 to 65535.
[[nodiscard]] std::optional<ExposedPorts> parsePorts(std::string_view text);

/// A variable that a template reads which an entry script fills in, without a default.
struct TemplateVariable
{
    std::string name;
    EntryId entry = kNone; ///< of the template
};
/// Of the templates that commands of the scripts name: envsubst, confd, dockerize, gomplate …
[[nodiscard]] std::vector<TemplateVariable> templateVariables(const AuditContext &context);

/// A variable that an entry script reads, and to which none of them gives a value before.
struct ScriptVariable
{
    std::string name;
    std::string script;   ///< path of one that reads it; empty for the text of a shell form
    std::string fallback; ///< of `${X:-fallback}`, as written
    bool isRequired = false;
};
/// Those that may come from outside, by name; what every shell has is left out.
[[nodiscard]] std::vector<ScriptVariable> scriptVariables(const AuditContext &context);

/// The checks of the family `contract`: ports, state, labels and the rest.
[[nodiscard]] std::vector<Finding> privilegedPort(const AuditContext &context);
[[nodiscard]] std::vector<Finding> sshPort(const AuditContext &context);
[[nodiscard]] std::vector<Finding> oddPort(const AuditContext &context);
[[nodiscard]] std::vector<Finding> undeclaredPort(const AuditContext &context);
[[nodiscard]] std::vector<Finding> volumeData(const AuditContext &context);
[[nodiscard]] std::vector<Finding> undeclaredState(const AuditContext &context);
[[nodiscard]] std::vector<Finding> hostsFilesBaked(const AuditContext &context);
[[nodiscard]] std::vector<Finding> apiLabelSchema(const AuditContext &context);
[[nodiscard]] std::vector<Finding> workingDirectory(const AuditContext &context);
[[nodiscard]] std::vector<Finding> onBuildTriggers(const AuditContext &context);
[[nodiscard]] std::vector<Finding> noUsageDoc(const AuditContext &context);
[[nodiscard]] std::vector<Finding> appInVolume(const AuditContext &context);
[[nodiscard]] std::vector<Finding> undocumentedEnv(const AuditContext &context);
[[nodiscard]] std::vector<Finding> buildOnlyEnv(const AuditContext &context);
[[nodiscard]] std::vector<Finding> environmentSpecific(const AuditContext &context);

} // namespace cutaway
