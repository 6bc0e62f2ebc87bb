// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/auditpolicy.h"
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/report/comparereport.h"

namespace cutaway::cli {
namespace {

struct Pair
{
    InspectionPtr before;
    InspectionPtr after;
};

/// What was needed to inspect them is let go of at once: both stay in memory for long.
std::expected<Pair, int> openBoth(Context &context, const PolicyPtr &policy)
{
    Pair pair;
    for (std::size_t which = 0; which < 2; ++which) {
        const std::expected<Inspected, int> opened = openImage(context, policy, which);
        if (!opened) {
            return std::unexpected(opened.error());
        }
        (which == 0 ? pair.before : pair.after) = opened->inspection;
    }
    return pair;
}

void write(const Comparison &comparison,
           const std::vector<GateCheck> &gate,
           const std::string &format,
           const TextStyle &style,
           const Sink &sink)
{
    if (format == "json") {
        compareJson(comparison, gate, style.secrets, sink);
    } else {
        sink(format == "markdown" ? compareMarkdown(comparison, gate)
                                  : compareText(comparison, gate, style));
    }
}

} // namespace

int runCompare(Context &context)
{
    const Result<PolicyPtr> policy = policyOf(context.arguments);
    if (!policy) {
        (void)failWith(context, policy.error());
        return ExitUsage;
    }
    std::expected<Pair, int> pair = openBoth(context, *policy);
    if (!pair) {
        return pair.error();
    }
    const Result<Comparison> comparison =
        compare(std::move(pair->before), std::move(pair->after), context.monitor);
    if (!comparison) {
        return failWith(context, comparison.error());
    }
    const std::vector<GateCheck> gate = context.arguments.has("--gate")
                                            ? checkGate(*comparison, **policy)
                                            : std::vector<GateCheck>();
    const Result<> more = writeAnswer(
        context, [&](const std::string &format, const TextStyle &style, const Sink &sink) {
            write(*comparison, gate, format, style, sink);
        });
    if (!more) {
        return failWith(context, more.error());
    }
    const int code = finish(context, {comparison->before->image, comparison->after->image});
    return code == ExitOk && !isPassed(gate) ? static_cast<int>(ExitGateFailed) : code;
}

} // namespace cutaway::cli
