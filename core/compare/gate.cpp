// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/gate.h"

#include "core/base/text.h"
#include "core/tree/view.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace cutaway {
namespace {

using Asked = GateCheck::State;

/// "93.41 %".
std::string percent(double share)
{
    constexpr double kParts = 10'000;
    const auto parts = static_cast<std::uint64_t>(std::llround(share * kParts));
    const std::string rest = std::to_string(parts % 100);
    return std::to_string(parts / 100) + '.' + (rest.size() < 2 ? "0" : "") + rest + " %";
}

/// How both images stand to one limit.
struct Standing
{
    std::string before;
    std::string after;
    std::string limit;
    bool isBeyond = false;  ///< the second image
    bool isFarther = false; ///< than the first
};

GateCheck limitCheck(std::string name, const Standing &standing)
{
    if (!standing.isBeyond) {
        return {Asked::Pass,
                std::move(name),
                standing.after + " is within the limit of " + standing.limit};
    }
    const std::string message = standing.after + " is beyond the limit of " + standing.limit;
    return standing.isFarther
               ? GateCheck{Asked::Fail, std::move(name), message + "; it was " + standing.before}
               : GateCheck{Asked::Pass, std::move(name), message + ", but no worse than before"};
}

GateCheck bytesCheck(std::string name,
                     std::uint64_t before,
                     std::uint64_t after,
                     std::uint64_t limit)
{
    return limitCheck(std::move(name),
                      {formatBytes(before),
                       formatBytes(after),
                       formatBytes(limit),
                       after > limit,
                       after > before});
}

GateCheck findingsCheck(const Comparison &comparison, std::optional<Severity> failOn)
{
    GateCheck check{Asked::Skip, "newFindings", "the policy lets every severity pass"};
    if (!failOn) {
        return check;
    }
    std::uint64_t count = 0;
    const Finding *first = nullptr;
    for (const FindingPair &pair : comparison.findings) {
        const bool isRaised =
            pair.kind == FindingPair::Kind::Changed && pair.after->severity > pair.before->severity;
        const bool isNew = pair.kind == FindingPair::Kind::New || isRaised;
        if (isNew && pair.after->severity >= *failOn && !pair.after->isKnown) {
            first = count++ == 0 ? pair.after : first;
        }
    }
    const std::string from = std::string(severityName(*failOn)) + " or worse";
    check.state = count == 0 ? Asked::Pass : Asked::Fail;
    check.message = count == 0 ? "none is " + from
                               : formatCount(count, "new finding is ", "new findings are ") + from
                                     + ": " + first->ruleId + ": " + first->summary;
    return check;
}

GateCheck gradeCheck(const Score &before, const Score &after)
{
    if (!before.isKnown || !after.isKnown) {
        return {Asked::Skip, "grade", "too few rules could be asked"};
    }
    const bool isWorse = after.grade > before.grade;
    return {isWorse ? Asked::Fail : Asked::Pass,
            "grade",
            gradeName(after) + (isWorse ? " is worse than " : " is no worse than ")
                + gradeName(before)};
}

GateCheck efficiencyCheck(const DiveNumbers &before, const DiveNumbers &after, double limit)
{
    return limitCheck("lowestEfficiency",
                      {percent(before.efficiency),
                       percent(after.efficiency),
                       percent(limit),
                       after.efficiency < limit,
                       after.efficiency < before.efficiency});
}

/// An image of one layer has no layers of its own: its share is none.
GateCheck shareCheck(const DiveNumbers &before, const DiveNumbers &after, double limit)
{
    const double first = before.userWastedPercent.value_or(0);
    const double second = after.userWastedPercent.value_or(0);
    return limitCheck(
        "highestUserWastedPercent",
        {percent(first), percent(second), percent(limit), second > limit, second > first});
}

void addBudgets(const Comparison &comparison, const Policy &policy, std::vector<GateCheck> &checks)
{
    if (policy.budgets.empty()) {
        return;
    }
    const TreeView first(comparison.before->image->tree, {});
    const TreeView second(comparison.after->image->tree, {});
    const auto bytesAt = [](const TreeView &view, const std::string &path) {
        const NodeId node = view.tree().find(path);
        return node == kNone || !view.isShown(node) ? 0 : view.bytes(node);
    };
    for (const auto &[path, limit] : policy.budgets) {
        checks.push_back(bytesCheck(
            "budget " + displayText(path), bytesAt(first, path), bytesAt(second, path), limit));
    }
}

} // namespace

std::vector<GateCheck> checkGate(const Comparison &comparison, const Policy &policy)
{
    const Inspection &before = *comparison.before;
    const Inspection &after = *comparison.after;
    const Thresholds thresholds = settingsOf(policy).thresholds;
    const DiveNumbers &first = before.analysis.dive;
    const DiveNumbers &second = after.analysis.dive;
    std::vector<GateCheck> checks = {
        findingsCheck(comparison, failOnOf(policy)),
        gradeCheck(before.score, after.score),
        efficiencyCheck(first, second, thresholds.layerMinEfficiency),
        bytesCheck(
            "highestWastedBytes", first.wastedBytes, second.wastedBytes, thresholds.layerMaxWasted),
        shareCheck(first, second, thresholds.layerMaxWastedPct),
        bytesCheck("size", before.analysis.fileBytes, after.analysis.fileBytes, thresholds.sizeMax),
    };
    addBudgets(comparison, policy, checks);
    return checks;
}

bool isPassed(const std::vector<GateCheck> &checks)
{
    return std::ranges::find(checks, Asked::Fail, &GateCheck::state) == checks.end();
}

std::string_view stateName(GateCheck::State state)
{
    switch (state) {
    case Asked::Pass: return "pass";
    case Asked::Fail: return "fail";
    case Asked::Skip: return "skip";
    }
    return {};
}

} // namespace cutaway
