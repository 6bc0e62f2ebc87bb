// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "core/report/escape.h"
#include "core/report/findingfacts.h"
#include "core/report/formats.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace cutaway {
namespace {

using FindingsOfRules = std::map<std::string_view, std::vector<const Finding *>>;

std::string attribute(std::string_view name, std::string_view value)
{
    return ' ' + std::string(name) + "=\"" + markupText(value) + '"';
}

/// A finding in some lines: what, where, and why it does not count.
std::string linesOf(const Inspection &inspection, const Finding &finding)
{
    constexpr std::size_t kEvidenceShown = 20;
    std::string text =
        markupText(severityName(finding.severity)) + ": " + markupText(finding.summary) + '\n';
    const std::size_t shown = std::min(finding.evidence.size(), kEvidenceShown);
    for (std::size_t i = 0; i < shown; ++i) {
        const Evidence &evidence = finding.evidence[i];
        const std::string words = evidenceWords(evidence);
        text += "  " + markupText(evidence.path)
                + (evidence.path.empty() || words.empty() ? "" : "  ") + markupText(words) + '\n';
    }
    if (shown < finding.evidence.size()) {
        text += "  and " + std::to_string(finding.evidence.size() - shown) + " more\n";
    }
    if (finding.layer && *finding.layer < inspection.image->layers.size()) {
        text += "  layer " + std::to_string(*finding.layer) + ' '
                + inspection.image->layers[*finding.layer].digest.text() + '\n';
    }
    if (finding.suppressed) {
        text += "  suppressed: " + markupText(finding.suppressed->reason) + '\n';
    }
    if (finding.isKnown) {
        text += "  known: the baseline has it\n";
    }
    return text;
}

/// A suite while it is written.
struct Suite
{
    std::string cases;
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t skipped = 0;
};

class Writer
{
public:
    Writer(const Inspection &inspection, const AuditReportOptions &options)
        : m_inspection(inspection)
        , m_options(options)
    {
        for (const Finding &finding : inspection.findings) {
            m_findings[finding.ruleId].push_back(&finding);
        }
        for (const SkippedRule &rule : inspection.skipped) {
            m_skipped[rule.ruleId] = rule.reason;
        }
    }

    std::string document()
    {
        for (const Rule &rule : allRules()) {
            addCase(rule.id);
        }
        for (const auto &[id, findings] : m_findings) { // of rules that are in no catalogue
            if (findRule(id) == nullptr) {
                addCase(id);
            }
        }
        Suite total;
        std::string suites;
        for (const std::string_view family : m_order) {
            const Suite &suite = m_suites[family];
            total.tests += suite.tests;
            total.failures += suite.failures;
            total.skipped += suite.skipped;
            suites +=
                "  <testsuite" + attribute("name", family) + counts(suite)
                + (m_options.timestamp.empty() ? "" : attribute("timestamp", m_options.timestamp))
                + ">\n" + properties() + suite.cases + "  </testsuite>\n";
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"
               + attribute("name", "Cutaway audit of " + imageName(*m_inspection.image))
               + counts(total) + ">\n" + suites + "</testsuites>\n";
    }

private:
    static std::string counts(const Suite &suite)
    {
        return attribute("tests", std::to_string(suite.tests))
               + attribute("failures", std::to_string(suite.failures)) + attribute("errors", "0")
               + attribute("skipped", std::to_string(suite.skipped));
    }

    std::string properties() const
    {
        std::string text = "    <properties>\n";
        const auto add = [&text](std::string_view name, std::string_view value) {
            text +=
                "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
        };
        for (const Provenance &part : provenanceOf(m_inspection, {})) {
            add(part.name, part.value);
        }
        add("grade", gradeName(m_inspection.score));
        return text + "    </properties>\n";
    }

    bool fails(const Finding &finding) const
    {
        return !finding.suppressed && !finding.isKnown && m_options.failOn
               && finding.severity >= *m_options.failOn;
    }

    void addCase(std::string_view id)
    {
        const std::string_view family = id.substr(0, id.find('/'));
        if (!m_suites.contains(family)) {
            m_order.push_back(family);
        }
        Suite &suite = m_suites[family];
        ++suite.tests;
        suite.cases += "    <testcase" + attribute("name", id)
                       + attribute("classname", "cutaway." + std::string(family));
        const std::string content = contentOf(id, suite);
        suite.cases += content.empty() ? "/>\n" : ">\n" + content + "    </testcase>\n";
    }

    std::string contentOf(std::string_view id, Suite &suite)
    {
        if (const auto skipped = m_skipped.find(id); skipped != m_skipped.end()) {
            ++suite.skipped;
            return "      <skipped" + attribute("message", skipped->second) + "/>\n";
        }
        std::string failing;
        std::string rest;
        const Finding *worst = nullptr;
        const auto found = m_findings.find(id);
        for (const Finding *finding :
             found == m_findings.end() ? std::vector<const Finding *>() : found->second) {
            if (!fails(*finding)) {
                rest += linesOf(m_inspection, *finding);
                continue;
            }
            worst = worst == nullptr || finding->severity > worst->severity ? finding : worst;
            failing += linesOf(m_inspection, *finding);
        }
        std::string text;
        if (worst != nullptr) {
            ++suite.failures;
            text += "      <failure" + attribute("type", severityName(worst->severity))
                    + attribute("message", worst->summary) + ">" + failing + "</failure>\n";
        }
        return text + (rest.empty() ? "" : "      <system-out>" + rest + "</system-out>\n");
    }

    const Inspection &m_inspection;
    const AuditReportOptions &m_options;
    FindingsOfRules m_findings;
    std::map<std::string_view, std::string_view> m_skipped;
    std::vector<std::string_view> m_order; ///< of families
    std::map<std::string_view, Suite> m_suites;
};

} // namespace

std::string auditJunit(const Inspection &inspection, const AuditReportOptions &options)
{
    return Writer(inspection, options).document();
}

} // namespace cutaway
