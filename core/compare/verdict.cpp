// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/verdict.h"

#include "core/audit/rule.h"
#include "core/base/text.h"
#include "core/compare/comparelimits.h"
#include "core/compare/parts.h"

#include <algorithm>
#include <array>

namespace cutaway {
namespace {

using Verdict = Comparison::Verdict;

constexpr int kSeverities = static_cast<int>(Severity::Critical) + 1;

/// Findings that came and went, by severity; what changed its severity is one of each.
struct FindingTurns
{
    std::array<std::uint32_t, kSeverities> came{};
    std::array<std::uint32_t, kSeverities> went{};
    std::array<const Finding *, kSeverities> cameFirst{};
    std::array<const Finding *, kSeverities> wentFirst{};
};

FindingTurns turnsOf(const Comparison &comparison)
{
    FindingTurns turns;
    for (const FindingPair &pair : comparison.findings) {
        const bool isTurn = pair.kind == FindingPair::Kind::New
                            || pair.kind == FindingPair::Kind::Fixed
                            || (pair.kind == FindingPair::Kind::Changed
                                && pair.before->severity != pair.after->severity);
        if (!isTurn) {
            continue;
        }
        const auto count = [](const Finding *finding, auto &counts, auto &firsts) {
            if (finding != nullptr) {
                const auto at = static_cast<std::size_t>(finding->severity);
                ++counts.at(at);
                firsts.at(at) = firsts.at(at) == nullptr ? finding : firsts.at(at);
            }
        };
        count(pair.after, turns.came, turns.cameFirst);
        count(pair.before, turns.went, turns.wentFirst);
    }
    return turns;
}

/// "2 high findings more: Private keys and others".
VerdictReason findingReason(bool isWorse,
                            Severity severity,
                            std::uint32_t count,
                            const Finding &first)
{
    const std::string kind(severityName(severity));
    std::string text = formatCount(count, kind + " finding", kind + " findings");
    text += isWorse ? " more: " : " fewer: ";
    const Rule *rule = findRule(first.ruleId);
    text += rule == nullptr ? first.ruleId : std::string(rule->title);
    return {isWorse, text + (count > 1 ? " and others" : "")};
}

/// Severity by severity, the severest first; info decides nothing.
void addFindings(const FindingTurns &turns, std::vector<VerdictReason> &reasons)
{
    for (int at = kSeverities - 1; at > static_cast<int>(Severity::Info); --at) {
        const auto i = static_cast<std::size_t>(at);
        const auto severity = static_cast<Severity>(at);
        const auto addCame = [&] {
            if (turns.came[i] > 0) {
                reasons.push_back(
                    findingReason(true, severity, turns.came[i], *turns.cameFirst[i]));
            }
        };
        const auto addWent = [&] {
            if (turns.went[i] > 0) {
                reasons.push_back(
                    findingReason(false, severity, turns.went[i], *turns.wentFirst[i]));
            }
        };
        if (turns.came[i] >= turns.went[i]) {
            addCame();
            addWent();
        } else {
            addWent();
            addCame();
        }
    }
}

Verdict verdictOf(bool isWorse)
{
    return isWorse ? Verdict::Worse : Verdict::Better;
}

Verdict verdictOf(const FindingTurns &turns)
{
    for (int at = kSeverities - 1; at > static_cast<int>(Severity::Info); --at) {
        const auto i = static_cast<std::size_t>(at);
        if (turns.came[i] != turns.went[i]) {
            return verdictOf(turns.came[i] > turns.went[i]);
        }
    }
    return Verdict::Same;
}

Verdict addGrade(const Score &before, const Score &after, std::vector<VerdictReason> &reasons)
{
    if (!before.isKnown || !after.isKnown || before.grade == after.grade) {
        return Verdict::Same;
    }
    const bool isWorse = after.grade > before.grade;
    reasons.push_back(
        {isWorse, std::string("grade ") + after.grade + " instead of " + before.grade});
    return verdictOf(isWorse);
}

Verdict addSize(std::string_view what,
                std::uint64_t before,
                std::uint64_t after,
                std::vector<VerdictReason> &reasons)
{
    if (!isNoticed(before, after)) {
        return Verdict::Same;
    }
    const bool isWorse = after > before;
    const std::uint64_t by = isWorse ? after - before : before - after;
    reasons.push_back({isWorse,
                       std::string(what) + ' ' + formatBytes(after) + ", " + formatBytes(by)
                           + (isWorse ? " more" : " less")});
    return verdictOf(isWorse);
}

} // namespace

bool isNoticed(std::uint64_t before, std::uint64_t after)
{
    const std::uint64_t by = after > before ? after - before : before - after;
    return by >= limits::kNoticedBytes
           && static_cast<double>(by) >= limits::kNoticedShare * static_cast<double>(before);
}

void judge(Comparison &comparison)
{
    const Inspection &before = *comparison.before;
    const Inspection &after = *comparison.after;
    std::vector<VerdictReason> &reasons = comparison.reasons;
    const FindingTurns turns = turnsOf(comparison);
    std::vector<Verdict> verdicts = {verdictOf(turns)};
    addFindings(turns, reasons);
    verdicts.push_back(addGrade(before.score, after.score, reasons));
    verdicts.push_back(addSize(
        "visible files", before.analysis.visibleBytes, after.analysis.visibleBytes, reasons));
    verdicts.push_back(addSize("shipped and never seen",
                               before.analysis.shadowedBytes,
                               after.analysis.shadowedBytes,
                               reasons));
    verdicts.push_back(
        addSize("to be transferred", before.analysis.wireBytes, after.analysis.wireBytes, reasons));
    const auto first =
        std::ranges::find_if(verdicts, [](Verdict verdict) { return verdict != Verdict::Same; });
    comparison.verdict = first == verdicts.end() ? Verdict::Same : *first;
    const bool isWorse = comparison.verdict == Verdict::Worse;
    std::ranges::stable_partition(
        reasons, [isWorse](const VerdictReason &reason) { return reason.isWorse == isWorse; });
}

} // namespace cutaway
