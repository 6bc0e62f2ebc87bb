// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/htmlparts.h"
#include "core/report/rulewords.h"

#include <algorithm>

namespace cutaway::html {
namespace {

constexpr std::size_t kFindingsShown = 25; ///< of one rule
constexpr std::size_t kEvidenceShown = 10; ///< of one finding
constexpr double kLeastGain = 0.05;        ///< less is shown as nothing

std::string evidenceItem(const Evidence &evidence)
{
    std::string text = "<li><span>";
    if (!evidence.path.empty()) {
        text += "<code>" + markupText(evidence.path) + "</code> ";
    }
    if (!evidence.field.empty()) {
        text += "<code class=\"field\">" + markupText(evidence.field) + "</code> ";
    }
    if (!evidence.text.empty()) {
        const std::string_view kind = evidence.path.empty() ? "mono" : "soft small note";
        text +=
            "<span class=\"" + std::string(kind) + "\">" + markupText(evidence.text) + "</span>";
    }
    text += "</span>";
    return text
           + (evidence.bytes > 0 ? element("span", "num soft small", formatBytes(evidence.bytes))
                                 : "")
           + "</li>\n";
}

/// "layer 3 · in the base · likely"
std::string notesOf(const Finding &finding)
{
    std::string notes;
    const auto add = [&notes](std::string_view note) {
        notes += (notes.empty() ? "" : " · ") + std::string(note);
    };
    if (finding.layer) {
        add("layer " + std::to_string(*finding.layer));
    }
    if (finding.origin == Origin::Base) {
        add("in the base");
    }
    if (finding.isKnown) {
        add("known");
    }
    if (finding.confidence != Confidence::Certain) {
        add(confidenceName(finding.confidence));
    }
    if (finding.state != State::Visible) {
        add(stateName(finding.state));
    }
    return notes;
}

std::string foundBlock(const Finding &finding)
{
    const std::string notes = notesOf(finding);
    std::string text =
        "<div class=\"found\">\n<p>" + markupText(finding.summary)
        + (notes.empty() ? "" : " <span class=\"soft small note\">" + markupText(notes) + "</span>")
        + "</p>\n";
    const std::size_t shown = std::min(finding.evidence.size(), kEvidenceShown);
    if (shown == 0) {
        return text + "</div>\n";
    }
    text += "<ul class=\"evidence\">\n";
    for (std::size_t i = 0; i < shown; ++i) {
        text += evidenceItem(finding.evidence[i]);
    }
    if (shown < finding.evidence.size()) {
        text += "<li>"
                + element("span",
                          "soft small",
                          "… " + formatNumber(finding.evidence.size() - shown) + " more")
                + "</li>\n";
    }
    return text + "</ul>\n</div>\n";
}

std::string adviceBlock(const Rule &rule)
{
    std::string text = "<dl class=\"advice\">\n<div>" + element("dt", "", "Why")
                       + element("dd", "", rule.why) + "</div>\n<div>"
                       + element("dt", "", "How to fix it") + element("dd", "", rule.fix)
                       + "</div>\n<div class=\"wide\">" + element("dt", "", "Where it says so")
                       + "<dd class=\"refs small\">";
    std::string links;
    for (const RuleReference &reference : referencesOf(rule)) {
        links += (links.empty() ? "" : " · ") + std::string("<a rel=\"noreferrer\" href=\"")
                 + markupText(reference.url) + "\">" + markupText(reference.title) + "</a>";
    }
    text += links + "</dd></div>\n";
    if (*rule.aliases != '\0') {
        text += "<div class=\"wide\">" + element("dt", "", "Known elsewhere as")
                + element("dd", "small mono", rule.aliases) + "</div>\n";
    }
    return text + "</dl>\n";
}

std::string article(const RuleFindings &found)
{
    const Rule *rule = findRule(found.ruleId);
    std::string text = "<article class=\"rule\" id=\"" + markupText(found.ruleId) + "\">\n<header>"
                       + severityBadge(found.severity())
                       + element("h3", "", rule == nullptr ? found.ruleId : rule->title);
    text += found.points < kLeastGain ? "<span></span>"
                                      : element("span", "gain", '+' + pointsText(found.points));
    text += element("code", "", found.ruleId) + "</header>\n";
    const std::size_t shown = std::min(found.findings.size(), kFindingsShown);
    for (std::size_t i = 0; i < shown; ++i) {
        text += foundBlock(*found.findings[i]);
    }
    if (shown < found.findings.size()) {
        text += element("p",
                        "found soft small",
                        "… " + formatCount(found.findings.size() - shown, "finding", "findings")
                            + " more of this rule");
    }
    return text + (rule == nullptr ? std::string() : adviceBlock(*rule)) + "</article>\n";
}

} // namespace

std::string findingsSection(const Inspection &inspection)
{
    std::string text = sectionHead("findings", "Findings");
    const std::vector<RuleFindings> rules = findingsByRule(inspection);
    if (rules.empty()) {
        return text + element("p", "empty", "No rule that could be asked found anything to mend.");
    }
    for (const RuleFindings &found : rules) {
        text += article(found);
    }
    return text;
}

} // namespace cutaway::html
