// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/apply.h"

#include "core/audit/policy/profiles.h"

#include <algorithm>
#include <ranges>

namespace cutaway {
namespace {

bool isAboutThePolicy(const Rule &rule)
{
    return rule.family() == "policy" || rule.family() == "assert";
}

} // namespace

RuleChoice::RuleChoice(const Policy &policy)
{
    const ProfileRow &row = profileRow(policy.profile);
    const std::vector<std::string> only = ruleIdsOf(row.only);
    for (const Rule &rule : allRules()) {
        const bool isChosen = (only.empty() || std::ranges::find(only, rule.id) != only.end())
                              && rule.severity >= row.atLeast;
        if (!isChosen && !isAboutThePolicy(rule)) {
            m_outside.insert(rule.id);
        }
    }
    for (const ProfileRow::Severities &change : row.severities) {
        for (const std::string &id : ruleIdsOf(change.rules)) {
            m_severities[id] = change.severity;
        }
    }
    for (const Policy::SeverityChange &change : policy.severities) {
        for (const std::string &id : change.rules) {
            m_severities[id] = change.severity;
        }
    }
    for (const Policy::Switch &change : policy.switches) {
        for (const std::string &id : change.rules) {
            if (change.isOn) {
                m_off.erase(id);
                m_outside.erase(id);
            } else {
                m_off.insert(id);
            }
        }
    }
}

std::string_view RuleChoice::whyOff(const Rule &rule) const
{
    const std::string_view id = rule.id;
    return m_off.contains(id)       ? "switched off by the policy"
           : m_outside.contains(id) ? "not in the profile"
                                    : "";
}

std::optional<Severity> RuleChoice::severityOf(const std::string &ruleId) const
{
    const auto found = m_severities.find(ruleId);
    return found == m_severities.end() ? std::nullopt : std::optional(found->second);
}

AppliedPolicy applyPolicy(const Policy &policy,
                          const RuleChoice &choice,
                          std::vector<Finding> &findings)
{
    AppliedPolicy applied;
    applied.profile = policy.profile;
    applied.files = policy.files;
    applied.digest = policy.digest;
    applied.failOn = failOnOf(policy);
    applied.failOnGrade = policy.failOnGrade;
    applied.minConfidence = policy.minConfidence.value_or(Confidence::Heuristic);
    applied.hasBaseline = policy.baseline.has_value();
    applied.leftOut = std::erase_if(findings, [&](const Finding &finding) {
        return finding.confidence < applied.minConfidence;
    });
    for (Finding &finding : findings) {
        finding.severity = choice.severityOf(finding.ruleId).value_or(finding.severity);
        finding.isKnown = policy.baseline && policy.baseline->contains(finding.fingerprint);
    }
    return applied;
}

} // namespace cutaway
