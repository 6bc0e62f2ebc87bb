// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/findingfacts.h"
#include "core/report/formats.h"
#include "core/report/markdownparts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {
namespace {

constexpr std::size_t kRowsAtTop = 10;
constexpr std::size_t kEvidenceShown = 5;

std::string_view signOf(Severity severity)
{
    switch (severity) {
    case Severity::Info: return "⚪ info";
    case Severity::Low: return "🔵 low";
    case Severity::Medium: return "🟡 medium";
    case Severity::High: return "🟠 high";
    case Severity::Critical: return "🔴 critical";
    }
    return {};
}

std::string gradeHeading(const Score &score)
{
    if (!score.isKnown) {
        return "## Cutaway: no grade, too few rules could be asked\n\n";
    }
    std::string text =
        "## Cutaway: grade " + gradeName(score) + ", score " + pointsText(score.value) + "\n\n";
    for (const Score::Ceiling &ceiling : score.ceilings) {
        text += std::string("No better than ") + ceiling.grade + " with "
                + markdownCode(ceiling.ruleId) + ".\n";
    }
    return text + (score.ceilings.empty() ? "" : "\n");
}

std::string imageLine(const Inspection &inspection)
{
    const Image &image = *inspection.image;
    std::string text = shortCode(imageName(image));
    const std::string platform = image.config.platform.text();
    text += platform.empty() ? "" : " · " + markdownText(platform);
    text += " · " + formatBytes(inspection.analysis.fileBytes) + " in "
            + formatCount(image.layers.size(), "layer", "layers");
    const FindingCounts counts = countFindings(inspection);
    text += " · " + countWords(counts);
    text += counts.known > 0 ? " · " + formatNumber(counts.known) + " known" : "";
    text += counts.suppressed > 0 ? " · " + formatNumber(counts.suppressed) + " suppressed" : "";
    return text + "\n\n";
}

/// What a table can say of where: the first file, or the step, or the configuration.
std::string whereOf(const Inspection &inspection, const Finding &finding)
{
    for (const Evidence &evidence : finding.evidence) {
        if (!evidence.path.empty()) {
            return shortCode(evidence.path);
        }
    }
    for (const Evidence &evidence : finding.evidence) {
        if (!evidence.field.empty()) {
            return shortCode(evidence.field);
        }
    }
    return finding.layer ? "layer " + std::to_string(*finding.layer)
                         : markdownCode(placeOf(*inspection.image, finding).uri);
}

std::string topTable(const Inspection &inspection, const std::vector<RuleFindings> &rules)
{
    if (rules.empty()) {
        return "No findings.\n";
    }
    std::string text = "| Severity | Rule | What | Where | Gain |\n|---|---|---|---|--:|\n";
    for (const RuleFindings &rule : rules | std::views::take(kRowsAtTop)) {
        const Finding &first = *rule.findings.front();
        const std::size_t more = rule.findings.size() - 1;
        text += "| " + std::string(signOf(rule.severity())) + " | " + markdownCode(rule.ruleId)
                + " | " + markdownText(first.summary)
                + (more > 0 ? " And " + formatNumber(more) + " more." : "") + " | "
                + whereOf(inspection, first) + " | "
                + (rule.points < 0.05 ? "–" : "+" + pointsText(rule.points)) + " |\n";
    }
    if (rules.size() > kRowsAtTop) {
        text +=
            "\n… and " + formatCount(rules.size() - kRowsAtTop, "rule", "rules") + " more below.\n";
    }
    return text;
}

std::string findingItem(const Finding &finding)
{
    std::string text = "- " + std::string(signOf(finding.severity)) + " · "
                       + markdownCode(finding.ruleId) + ": " + markdownText(finding.summary)
                       + (finding.origin == Origin::Base ? " *In the base.*" : "")
                       + (finding.isKnown ? " *Known.*" : "") + '\n';
    const std::size_t shown = std::min(finding.evidence.size(), kEvidenceShown);
    for (std::size_t i = 0; i < shown; ++i) {
        const Evidence &evidence = finding.evidence[i];
        const std::string words = evidenceWords(evidence);
        if (evidence.path.empty() && words.empty()) {
            continue;
        }
        text += "  - " + shortCode(evidence.path)
                + (evidence.path.empty() || words.empty() ? "" : " ")
                + (words.empty() ? "" : shortCode(words)) + '\n';
    }
    if (shown < finding.evidence.size()) {
        text += "  - … " + formatNumber(finding.evidence.size() - shown) + " more\n";
    }
    return text;
}

/// The findings of one family, each rule followed by its fix.
std::string familyDetails(std::string_view family, const std::vector<const RuleFindings *> &rules)
{
    std::vector<std::string> items;
    FindingCounts counts;
    for (const RuleFindings *rule : rules) {
        for (const Finding *finding : rule->findings) {
            items.push_back(findingItem(*finding));
            ++counts.bySeverity.at(static_cast<std::size_t>(finding->severity));
        }
        if (const Rule *known = findRule(rule->ruleId); known != nullptr) {
            items.back() += "  - **Fix**: " + markdownText(known->fix) + '\n';
        }
    }
    return details("<b>" + markupText(family) + "</b>: " + countWords(counts), bounded(items));
}

std::string sumDetails(const Score &score)
{
    if (!score.isKnown) {
        return {};
    }
    std::string body = "| Points | | |\n|--:|---|---|\n| 100.0 | to begin with | |\n";
    for (const Score::Penalty &penalty : score.penalties) {
        body += std::string("| ") + (penalty.points > 0 ? "−" : "+")
                + pointsText(std::abs(penalty.points)) + " | " + markdownText(penalty.what) + " | "
                + markdownText(penalty.reason) + " |\n";
    }
    return details("The sum", body + "| **" + pointsText(score.value) + "** | **score** | |\n");
}

std::string suppressedDetails(const Inspection &inspection)
{
    std::vector<std::string> items;
    for (const Finding &finding : inspection.findings) {
        if (!finding.suppressed) {
            continue;
        }
        const std::string notes = suppressionNotes(*finding.suppressed);
        items.push_back("- " + markdownCode(finding.ruleId) + ": " + markdownText(finding.summary)
                        + " **Reason**: " + markdownText(finding.suppressed->reason)
                        + (notes.empty() ? "" : " (" + markdownText(notes) + ")") + '\n');
    }
    return items.empty()
               ? std::string()
               : details("Suppressed: " + formatCount(items.size(), "finding", "findings"),
                         bounded(items));
}

std::string skippedDetails(const Inspection &inspection)
{
    std::map<std::string_view, std::string> byReason;
    for (const SkippedRule &skipped : inspection.skipped) {
        std::string &rules = byReason[skipped.reason];
        rules += (rules.empty() ? "" : ", ") + markdownCode(skipped.ruleId);
    }
    if (byReason.empty()) {
        return {};
    }
    std::vector<std::string> items;
    for (const auto &[reason, rules] : byReason) {
        items.push_back("- " + markdownText(reason) + ": " + rules + '\n');
    }
    return details("Not asked: " + formatCount(inspection.skipped.size(), "rule", "rules"),
                   bounded(items));
}

} // namespace

std::string auditMarkdown(const Inspection &inspection, const AuditReportOptions &options)
{
    MarkdownDocument document;
    const std::vector<RuleFindings> rules = findingsByRule(inspection);
    document.add(gradeHeading(inspection.score));
    document.add(imageLine(inspection));
    document.add(topTable(inspection, rules));
    std::vector<std::string_view> families;
    std::map<std::string_view, std::vector<const RuleFindings *>> byFamily;
    for (const RuleFindings &rule : rules) {
        const std::string_view family = rule.ruleId.substr(0, rule.ruleId.find('/'));
        if (!byFamily.contains(family)) {
            families.push_back(family);
        }
        byFamily[family].push_back(&rule);
    }
    document.add(sumDetails(inspection.score));
    for (const std::string_view family : families) {
        document.add(familyDetails(family, byFamily[family]));
    }
    document.add(suppressedDetails(inspection));
    document.add(skippedDetails(inspection));
    std::string end;
    for (const Provenance &part : provenanceOf(inspection, options.timestamp)) {
        end += (end.empty() ? "" : " · ") + std::string(part.name) + ' ' + markdownText(part.value);
    }
    return document.text("\n<sub>" + end + "</sub>\n");
}

} // namespace cutaway
