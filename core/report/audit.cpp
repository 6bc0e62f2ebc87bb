// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/policy/gate.h"
#include "core/audit/rule.h"
#include "core/audit/ruledata.h"
#include "core/base/text.h"
#include "core/report/findingfacts.h"
#include "core/report/jsonparts.h"
#include "core/report/report.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace cutaway {
namespace {

using jsonparts::Value;

constexpr std::size_t kEvidenceShown = 5;
constexpr std::size_t kSeverityWidth = 10;
constexpr std::size_t kGainsShown = 10;
constexpr double kLeastGain = 0.05; ///< less is shown as nothing

std::string gradeLine(const Score &score, const TextStyle &style)
{
    if (!score.isKnown) {
        return "\nGrade N/A: too few rules could be asked\n";
    }
    const bool isGood = score.grade <= 'B';
    std::string text = '\n'
                       + painted("Grade " + gradeName(score),
                                 isGood               ? Paint::Green
                                 : score.grade <= 'C' ? Paint::Amber
                                                      : Paint::Red,
                                 style)
                       + "   score " + pointsText(score.value) + " of 100";
    for (const Score::Ceiling &ceiling : score.ceilings) {
        text += std::string(", no better than ") + ceiling.grade + " with " + ceiling.ruleId;
    }
    return text + '\n';
}

std::string sumTable(const Score &score, const TextStyle &style)
{
    TextTable table(
        {{"", TextTable::Kind::Number}, {"", TextTable::Kind::Text}, {"", TextTable::Kind::Prose}},
        style,
        "  ");
    table.addRow({{"100.0"}, {"to begin with"}, {}});
    for (const Score::Penalty &penalty : score.penalties) {
        const bool isTaken = penalty.points > 0;
        table.addRow({{(isTaken ? "-" : "+") + pointsText(std::abs(penalty.points))},
                      {penalty.what},
                      {penalty.reason, Paint::Dim}});
    }
    table.addRow({{pointsText(score.value), Paint::Bold}, {"score"}, {}});
    return sections::heading("The sum", style) + table.text();
}

/// What to mend first.
std::string gainTable(const Score &score, const TextStyle &style)
{
    TextTable table(
        {{"", TextTable::Kind::Number}, {"", TextTable::Kind::Text}, {"", TextTable::Kind::Prose}},
        style,
        "  ");
    std::size_t shown = 0;
    for (const Score::Gain &gain : score.gains) {
        if (gain.points < kLeastGain || shown == kGainsShown) {
            break;
        }
        const Rule *rule = findRule(gain.ruleId);
        table.addRow({{'+' + pointsText(gain.points), Paint::Green},
                      {gain.ruleId},
                      {rule == nullptr ? std::string() : rule->fix, Paint::Dim}});
        ++shown;
    }
    return table.isEmpty() ? std::string()
                           : sections::heading("What mending gains", style) + table.text();
}

std::string evidenceLines(const Finding &finding, const TextStyle &style)
{
    std::string text;
    const std::size_t shown = std::min(kEvidenceShown, finding.evidence.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const Evidence &evidence = finding.evidence[i];
        const std::string words = evidenceWords(evidence);
        std::string line = displayText(evidence.path);
        line += (line.empty() || words.empty() ? "" : "  ") + words;
        text += wrapped(line, "      ", style);
    }
    if (shown < finding.evidence.size()) {
        text += "      … " + formatNumber(finding.evidence.size() - shown) + " more\n";
    }
    return text;
}

std::string findingText(const Finding &finding, const TextStyle &style)
{
    const std::string_view severity = severityName(finding.severity);
    std::string text =
        "  " + painted(severity, sections::paintOf(finding.severity), style)
        + std::string(kSeverityWidth - std::min(kSeverityWidth, severity.size()), ' ')
        + painted(finding.ruleId, Paint::Bold, style);
    std::string notes;
    const auto add = [&](const std::string &note) { notes += (notes.empty() ? "" : ", ") + note; };
    if (finding.origin == Origin::Base) {
        add("in the base");
    }
    if (finding.suppressed) {
        add("suppressed: " + displayText(finding.suppressed->reason));
    }
    if (finding.isKnown) {
        add("known");
    }
    if (finding.confidence != Confidence::Certain) {
        add(std::string(confidenceName(finding.confidence)));
    }
    if (finding.points >= kLeastGain) {
        add("+" + pointsText(finding.points) + " when mended");
    }
    text += notes.empty() ? "\n" : "  " + painted(notes, Paint::Dim, style) + '\n';
    text += wrapped(displayText(finding.summary), "    ", style);
    text += evidenceLines(finding, style);
    if (const Rule *rule = findRule(finding.ruleId); rule != nullptr) {
        text += wrapped("Fix: " + std::string(rule->fix), "    ", style);
    }
    return text;
}

std::string suppressedLines(const Inspection &inspection, const TextStyle &style)
{
    std::string text;
    for (const Finding &finding : inspection.findings) {
        if (!finding.suppressed) {
            continue;
        }
        const std::string notes = suppressionNotes(*finding.suppressed);
        text += "  " + painted(finding.ruleId, Paint::Bold, style) + "  "
                + painted(severityName(finding.severity), Paint::Dim, style) + '\n';
        text += wrapped(displayText(finding.summary), "    ", style);
        text += wrapped("Reason: " + displayText(finding.suppressed->reason)
                            + (notes.empty() ? "" : " (" + notes + ")"),
                        "    ",
                        style);
    }
    return text.empty() ? text : sections::heading("Suppressed", style) + text;
}

/// The benchmark's recommendations, where the profile is about them.
std::string cisTable(const Inspection &inspection, const TextStyle &style)
{
    if (inspection.policy.profile != Profile::Cis) {
        return {};
    }
    TextTable table({{"", TextTable::Kind::Text},
                     {"", TextTable::Kind::Text},
                     {"", TextTable::Kind::Text},
                     {"", TextTable::Kind::Prose}},
                    style,
                    "  ");
    for (const CisResult &result : cisResults(inspection)) {
        const bool isGood = result.status == CisResult::Status::Pass;
        const Paint paint = isGood                                     ? Paint::Green
                            : result.status == CisResult::Status::Fail ? Paint::Red
                                                                       : Paint::Dim;
        std::string rules;
        for (const std::string &id : result.rules) {
            rules += (rules.empty() ? "" : ", ") + id;
        }
        table.addRow({{std::string(result.row->number)},
                      {std::string(cisStatusName(result.status)), paint},
                      {std::string(result.row->title)},
                      {rules, Paint::Dim}});
    }
    return sections::heading("CIS Docker Benchmark, chapter 4", style) + table.text();
}

/// Rules by the reason for which they were not asked.
std::string skippedLines(const Inspection &inspection, const TextStyle &style)
{
    if (inspection.skipped.empty()) {
        return {};
    }
    std::map<std::string, std::string> byReason;
    for (const SkippedRule &skipped : inspection.skipped) {
        std::string &rules = byReason[skipped.reason];
        rules += (rules.empty() ? "" : ", ") + skipped.ruleId;
    }
    std::string text = sections::heading(
        "Not asked: " + formatCount(inspection.skipped.size(), "rule", "rules"), style);
    for (const auto &[reason, rules] : byReason) {
        text += wrapped(displayText(reason) + ": " + rules, "  ", style);
    }
    return text;
}

} // namespace

std::string auditText(const Inspection &inspection, const TextStyle &style)
{
    const Image &image = *inspection.image;
    std::string text = painted(displayText(image.reference), Paint::Bold, style);
    for (const std::string &tag : image.tags) {
        text += "  " + displayText(tag);
    }
    const FindingCounts counts = countFindings(inspection);
    text += '\n' + std::string(imageKindName(inspection.kind)) + " · "
            + formatCount(image.layers.size(), "layer", "layers") + " · " + countWords(counts);
    text += counts.known > 0 ? " · " + formatNumber(counts.known) + " known" : "";
    text += counts.suppressed > 0 ? " · " + formatNumber(counts.suppressed) + " suppressed" : "";
    text += '\n' + gradeLine(inspection.score, style);
    if (inspection.score.isKnown) {
        text += sumTable(inspection.score, style) + gainTable(inspection.score, style);
    }
    text += cisTable(inspection, style);
    if (counts.open > 0) {
        text += sections::heading("Findings", style);
        for (const Finding &finding : inspection.findings) {
            text += finding.suppressed ? std::string() : findingText(finding, style);
        }
    }
    text += suppressedLines(inspection, style) + skippedLines(inspection, style) + '\n';
    std::string made;
    for (const Provenance &part : provenanceOf(inspection, {})) {
        made +=
            (made.empty() ? "" : " · ") + std::string(part.name) + ' ' + displayText(part.value);
    }
    return text + painted(made, Paint::Dim, style) + '\n';
}

std::string auditJson(const Inspection &inspection, Secrets secrets, std::string_view timestamp)
{
    const Image &image = *inspection.image;
    const Analysis &analysis = inspection.analysis;
    Value report = jsonparts::document();
    report["ruleData"] = ruleDataDate();
    if (!timestamp.empty()) {
        report["timestamp"] = timestamp;
    }
    report["image"] = jsonparts::image(image, secrets);
    report["kind"] = imageKindName(inspection.kind);
    report["sizes"] = jsonparts::sizes(analysis);
    report["shadowedBy"] = jsonparts::causes(analysis.shadowedBy);
    report["efficiency"] = analysis.efficiency;
    report["complete"] = image.complete && analysis.complete;
    report["dive"] = jsonparts::dive(analysis.dive);
    report["score"] = jsonparts::score(inspection.score);
    report["findings"] = jsonparts::findings(inspection);
    report["skipped"] = jsonparts::skipped(inspection);
    report["contract"] = jsonparts::contract(inspection.contract, secrets);
    report["policy"] = jsonparts::policy(inspection);
    return jsonparts::writtenWithDive(report, inspection);
}

} // namespace cutaway
