// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/policy/applied.h"
#include "core/audit/policy/policy.h"

#include <map>
#include <set>

namespace cutaway {

/// Which rules a policy asks, and how severe it takes what they find.
class RuleChoice
{
public:
    explicit RuleChoice(const Policy &policy);

    /// Why the rule is not asked; empty when it is.
    std::string_view whyOff(const Rule &rule) const;
    std::optional<Severity> severityOf(const std::string &ruleId) const;

private:
    std::set<std::string, std::less<>> m_off;
    std::set<std::string, std::less<>> m_outside; ///< of the profile
    std::map<std::string, Severity, std::less<>> m_severities;
};

/// Marks what the policy's ignores fit, and adds what is to be said on the ignores themselves.
void suppress(const Policy &policy,
              const RuleChoice &choice,
              const Image &image,
              std::vector<Finding> &findings);

/// Sets severities, leaves out what is not certain enough, marks what the baseline knows. Needs
/// fingerprints.
[[nodiscard]] AppliedPolicy applyPolicy(const Policy &policy,
                                        const RuleChoice &choice,
                                        std::vector<Finding> &findings);

} // namespace cutaway
