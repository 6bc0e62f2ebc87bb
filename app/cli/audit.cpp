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
    const Result<> more = writeAnswer(
        context, [&](const std::string &format, const TextStyle &style, const Sink &sink) {
            AuditReportOptions asWanted = options;
            asWanted.style = style;
            sink(findAuditFormat(format)->write(inspection, asWanted));
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
