// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/properties.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <string_view>
#include <unordered_map>

namespace cutaway {

namespace {

constexpr std::array kProcess = {
    Practice{"One process, one purpose", "process/supervisor process/system-daemons"},
    Practice{"Stays in the foreground and reacts to signals",
             "process/daemonizes process/shell-form process/wrapper-no-exec process/no-init "
             "process/stop-signal"},
    Practice{"Takes arguments as a command does",
             "process/no-default-command process/shell-swallows-args process/args-dropped"},
    Practice{"Logs to the standard streams", "process/logs-to-file"},
    Practice{"Tells by its exit code how it ended",
             "",
             "Only a run can tell: restart policies rely on it."},
};

constexpr std::array kApi = {
    Practice{"Variables of the environment configure it",
             "secret/env-var contract/undocumented-env contract/environment-specific "
             "contract/build-only-env metadata/name-case"},
    Practice{"Ports are declared",
             "contract/undeclared-port contract/odd-port contract/privileged-port "
             "contract/ssh-port"},
    Practice{"Volumes are declared", "contract/undeclared-state security/sensitive-volume"},
    Practice{"Health can be asked for", "process/no-healthcheck process/healthcheck-broken"},
    Practice{"Hooks of its life cycle",
             "",
             "No field of an image holds them: see its labels, and what runs it."},
};

constexpr std::array kDescriptive = {
    Practice{"Labels say what it is, whose, and which version",
             "metadata/missing-author-label metadata/missing-description-label "
             "metadata/missing-license-label metadata/missing-repository-label "
             "metadata/missing-vendor-label metadata/missing-version-label "
             "metadata/missing-website-label metadata/missing-provenance-label "
             "metadata/maintainer metadata/inherited-label metadata/legacy-label"},
    Practice{
        "Labels can be read by programs",
        "metadata/label-json metadata/label-key-format metadata/bad-version metadata/bad-value "
        "metadata/unresolved-variable"},
    Practice{"The contract is written down", "contract/api-label-schema contract/no-usage-doc"},
};

constexpr std::array kDisposable = {
    Practice{"Nothing is lost with the container", "contract/undeclared-state"},
    Practice{"Starts at once, without setting anything up",
             "process/entrypoint-missing process/entrypoint-not-absolute process/runtime-install"},
    Practice{"Survives a sudden death",
             "",
             "Only a run can tell: kill it while it works, and start it again."},
};

constexpr std::array kImmutable = {
    Practice{"Built from a Dockerfile, never by hand",
             "repro/committed-container repro/volatile-files"},
    Practice{"What changes is in volumes, what does not is in the image",
             "contract/undeclared-state contract/volume-data contract/app-in-volume"},
    Practice{"A name that means one image", "supply/latest-tag supply/base-unpinned"},
    Practice{"The same image in test and production",
             "",
             "Compare the two images to see what sets them apart."},
};

constexpr std::array kSelfContained = {
    Practice{"All that it starts is inside",
             "process/entrypoint-missing process/runtime-install contract/app-in-volume"},
    Practice{"Depends on no host in particular", "contract/hosts-files-baked contract/workdir"},
    Practice{"Starts without any configuration",
             "",
             "Only a run can tell: start it with no variable set."},
};

constexpr std::array kSmall = {
    Practice{"Only what it needs to run", "size/large-image size/build-tools security/admin-tools"},
    Practice{"No caches", "cache/*"},
    Practice{"No leftovers",
             "size/leftover-archives size/log-files size/sparse-user-logs size/tmp-files "
             "context/*"},
    Practice{"Every byte is shipped once", "layer/*"},
};

constexpr std::array<ModuleProperty, 7> kProperties = {{
    {"process",
     "Linux process",
     "It behaves as a well-made command does: in the foreground, with signals, arguments, exit "
     "code and standard streams.",
     kProcess},
    {"api",
     "Container API",
     "What it expects of its surroundings is declared: variables, ports, volumes, health.",
     kApi},
    {"descriptive",
     "Descriptive",
     "Whoever meets it can read from the image itself what it is and how it is used.",
     kDescriptive},
    {"disposable",
     "Disposable",
     "It can be stopped, thrown away and started anew at any moment.",
     kDisposable},
    {"immutable",
     "Immutable",
     "It is the same wherever it runs; what changes lies outside.",
     kImmutable},
    {"self-contained",
     "Self-contained",
     "It needs the kernel and nothing else to start.",
     kSelfContained},
    {"small", "Small", "It holds what it needs and no more.", kSmall},
}};

/// Worse news win, and any news win over none.
Verdict joined(Verdict a, Verdict b)
{
    if (a == Verdict::Unknown || b == Verdict::Unknown) {
        return a == Verdict::Unknown ? b : a;
    }
    return std::max(a, b);
}

/// What the audit said, by rule.
class Answers
{
public:
    explicit Answers(const Inspection &inspection)
        : m_findings(inspection.findings)
    {
        for (std::size_t i = 0; i < m_findings.size(); ++i) {
            if (!m_findings[i].suppressed) {
                m_byRule[m_findings[i].ruleId].push_back(i);
            }
        }
        for (const SkippedRule &skipped : inspection.skipped) {
            m_skipped[skipped.ruleId] = &skipped.reason;
        }
    }

    RuleVerdict of(const Rule &rule) const
    {
        RuleVerdict answer{.rule = &rule};
        if (const auto skipped = m_skipped.find(rule.id); skipped != m_skipped.end()) {
            answer.reason = *skipped->second;
            return answer;
        }
        answer.verdict = Verdict::Kept;
        const auto found = m_byRule.find(rule.id);
        if (found == m_byRule.end()) {
            return answer;
        }
        answer.findings = found->second;
        for (const std::size_t at : answer.findings) {
            answer.verdict = joined(answer.verdict, verdictOf(m_findings[at].severity));
        }
        return answer;
    }

private:
    static Verdict verdictOf(Severity severity)
    {
        if (severity == Severity::Info) {
            return Verdict::Kept;
        }
        return severity == Severity::Low ? Verdict::Remarks : Verdict::Broken;
    }

    const std::vector<Finding> &m_findings;
    std::unordered_map<std::string_view, std::vector<std::size_t>> m_byRule;
    std::unordered_map<std::string_view, const std::string *> m_skipped;
};

} // namespace

std::span<const ModuleProperty> moduleProperties()
{
    return kProperties;
}

std::vector<const Rule *> rulesOf(const Practice &practice)
{
    std::vector<const Rule *> rules;
    for (auto &&part : std::views::split(std::string_view(practice.rules), ' ')) {
        const std::string_view word(part.begin(), part.end());
        if (!word.ends_with("/*")) {
            if (const Rule *rule = findRule(word)) {
                rules.push_back(rule);
            }
            continue;
        }
        for (const Rule &rule : allRules()) {
            if (rule.family() == word.substr(0, word.size() - 2)) {
                rules.push_back(&rule);
            }
        }
    }
    return rules;
}

std::string_view verdictName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Kept: return "kept";
    case Verdict::Remarks: return "remarks";
    case Verdict::Broken: return "broken";
    case Verdict::Unknown: break;
    }
    return "unknown";
}

std::vector<PropertyVerdict> propertiesOf(const Inspection &inspection)
{
    const Answers answers(inspection);
    std::vector<PropertyVerdict> verdicts;
    for (const ModuleProperty &property : kProperties) {
        PropertyVerdict verdict{.property = &property};
        for (const Practice &practice : property.practices) {
            PracticeVerdict part{.practice = &practice};
            for (const Rule *rule : rulesOf(practice)) {
                part.rules.push_back(answers.of(*rule));
                part.verdict = joined(part.verdict, part.rules.back().verdict);
            }
            verdict.verdict = joined(verdict.verdict, part.verdict);
            verdict.practices.push_back(std::move(part));
        }
        verdicts.push_back(std::move(verdict));
    }
    return verdicts;
}

} // namespace cutaway
