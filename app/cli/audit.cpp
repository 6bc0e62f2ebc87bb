// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/base/text.h"
#include "core/report/formats.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>

namespace cutaway::cli {
namespace {

constexpr std::array kSeverities = {
    Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical};

/// The least severity that fails the gate; `isKnown` is false for a word that is none.
struct Threshold
{
    std::optional<Severity> least;
    bool isKnown = false;
};

Threshold thresholdOf(std::string_view word)
{
    if (word == "none") {
        return {std::nullopt, true};
    }
    const auto *const found = std::ranges::find(kSeverities, word, &severityName);
    return found == kSeverities.end() ? Threshold() : Threshold{*found, true};
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
    const std::string word = context.arguments.valueOr("--fail-on", "high");
    const Threshold threshold = thresholdOf(word);
    if (!threshold.isKnown) {
        complain("--fail-on is '" + displayText(word)
                 + "', but must be none, info, low, medium, high or critical");
        return ExitUsage;
    }
    const std::expected<Inspected, int> opened = openImage(context);
    if (!opened) {
        return opened.error();
    }
    const Inspection &inspection = *opened->inspection;
    const AuditReportOptions options = optionsOf(context, threshold.least);
    context.output.write(findAuditFormat(context.format)->write(inspection, options));
    const Result<> written = context.moreOutputs.write([&](const std::string &format) {
        AuditReportOptions forFile = options;
        forFile.style.width = 0;
        forFile.style.colour = false;
        return findAuditFormat(format)->write(inspection, forFile);
    });
    if (!written) {
        return failWith(context, written.error());
    }
    const int code = finish(context, *inspection.image);
    const bool failed =
        threshold.least && std::ranges::any_of(inspection.findings, [&](const Finding &finding) {
            return !finding.suppressed && finding.severity >= *threshold.least;
        });
    return code == ExitOk && failed ? static_cast<int>(ExitGateFailed) : code;
}

} // namespace cutaway::cli
