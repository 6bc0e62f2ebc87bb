// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/auditpolicy.h"
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/audit/policy/gate.h"
#include "core/base/text.h"
#include "core/report/formats.h"

#include <ctime>

namespace cutaway::cli {
namespace {

Result<> writeBaseline(const Context &context, const Inspection &inspection)
{
    const std::optional<std::string> path = context.arguments.value("--write-baseline");
    if (!path) {
        return {};
    }
    Output file;
    if (const Result<> opened = file.openFile(*path); !opened) {
        return opened;
    }
    file.write(auditJson(inspection, Secrets::Redacted));
    return file.finish();
}

AuditReportOptions optionsOf(const Context &context, std::optional<Severity> failOn)
{
    AuditReportOptions options;
    options.style = context.style;
    options.failOn = failOn;
    options.all = context.arguments.has("--all");
    if (context.arguments.has("--timestamp")) {
        options.timestamp = formatTime(std::time(nullptr), 0);
    }
    return options;
}

} // namespace

int runAudit(Context &context)
{
    const Result<PolicyPtr> policy = policyOf(context.arguments);
    if (!policy) {
        (void)failWith(context, policy.error());
        return ExitUsage;
    }
    const std::expected<Inspected, int> opened = openImage(context, *policy);
    if (!opened) {
        return opened.error();
    }
    const Inspection &inspection = *opened->inspection;
    const AuditReportOptions options = optionsOf(context, inspection.policy.failOn);
    context.output.write(findAuditFormat(context.format)->write(inspection, options));
    const Result<> more = context.moreOutputs.write([&](const std::string &format) {
        AuditReportOptions forFile = options;
        forFile.style.width = 0;
        forFile.style.colour = false;
        return findAuditFormat(format)->write(inspection, forFile);
    });
    if (!more) {
        return failWith(context, more.error());
    }
    if (const Result<> written = writeBaseline(context, inspection); !written) {
        return failWith(context, written.error());
    }
    const int code = finish(context, *inspection.image);
    return code == ExitOk && failsGate(inspection) ? static_cast<int>(ExitGateFailed) : code;
}

} // namespace cutaway::cli
