// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/gate.h"

#include <algorithm>
#include <iterator>

namespace cutaway {

bool failsGate(const Finding &finding, const AppliedPolicy &policy)
{
    // An assertion is a gate of its own, however severe it is taken.
    const bool isSevere = policy.failOn && finding.severity >= *policy.failOn;
    return (isSevere || finding.ruleId.starts_with("assert/")) && !finding.suppressed
           && !finding.isKnown;
}

bool failsGate(const Inspection &inspection)
{
    const AppliedPolicy &policy = inspection.policy;
    const Score &score = inspection.score;
    return std::ranges::any_of(inspection.findings,
                               [&](const Finding &finding) { return failsGate(finding, policy); })
           || (policy.failOnGrade && score.isKnown && score.grade > *policy.failOnGrade);
}

std::vector<CisResult> cisResults(const Inspection &inspection)
{
    std::vector<CisResult> results;
    for (const CisRow &row : cisRows()) {
        CisResult result;
        result.row = &row;
        const std::vector<std::string> rules = ruleIdsOf(row.rules);
        bool isAsked = false;
        for (const std::string &id : rules) {
            isAsked = isAsked
                      || std::ranges::find(inspection.skipped, id, &SkippedRule::ruleId)
                             == inspection.skipped.end();
            if (std::ranges::any_of(inspection.findings, [&](const Finding &finding) {
                    return finding.ruleId == id && !finding.suppressed
                           && finding.severity > Severity::Info;
                })) {
                result.rules.push_back(id);
            }
        }
        result.status = !result.rules.empty() ? CisResult::Status::Fail
                        : isAsked             ? CisResult::Status::Pass
                                              : CisResult::Status::NotAsked;
        if (result.rules.empty()) {
            result.rules = rules;
        }
        results.push_back(std::move(result));
    }
    return results;
}

std::string_view cisStatusName(CisResult::Status status)
{
    switch (status) {
    case CisResult::Status::Pass: return "pass";
    case CisResult::Status::Fail: return "fail";
    case CisResult::Status::NotAsked: return "not asked";
    }
    return {};
}

} // namespace cutaway
