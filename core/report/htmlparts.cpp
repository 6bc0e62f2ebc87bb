// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/htmlparts.h"

#include "core/audit/rule.h"
#include "core/base/text.h"
#include "core/report/escape.h"

#include <cmath>
#include <map>

namespace cutaway::html {
namespace {

constexpr std::size_t kGainsShown = 10;
constexpr double kLeastGain = 0.05; ///< less is shown as nothing

std::string gradeColumn(const Inspection &inspection)
{
    const Score &score = inspection.score;
    const std::string letter = gradeName(score);
    std::string text = "<div class=\"grade-" + (score.isKnown ? letter : "none") + "\">\n"
                       + "<p class=\"letter\" aria-label=\"Grade " + letter + "\">" + letter
                       + "</p>\n<p class=\"score\">";
    text += score.isKnown ? "score <b>" + pointsText(score.value) + "</b> of 100"
                          : "too few rules could be asked";
    text += "</p>\n";
    for (const Score::Ceiling &ceiling : score.ceilings) {
        text += "<p class=\"soft small\">no better than " + std::string(1, ceiling.grade)
                + " with <code>" + markupText(ceiling.ruleId) + "</code></p>\n";
    }
    const FindingCounts counts = countFindings(inspection);
    text += "<ul class=\"counts\">\n";
    for (const Severity severity : kSeveritiesDown) {
        const std::size_t count = counts.bySeverity.at(static_cast<std::size_t>(severity));
        if (count > 0) {
            text += "<li>" + element("span", "num", formatNumber(count)) + severityBadge(severity)
                    + "</li>\n";
        }
    }
    if (counts.known > 0) {
        text += "<li>" + element("span", "num", formatNumber(counts.known))
                + element("span", "soft", "known") + "</li>\n";
    }
    if (counts.suppressed > 0) {
        text += "<li>" + element("span", "num", formatNumber(counts.suppressed))
                + element("span", "soft", "suppressed") + "</li>\n";
    }
    return text + "</ul>\n</div>\n";
}

std::string sumColumn(const Score &score)
{
    if (!score.isKnown) {
        return {};
    }
    std::string text = "<table class=\"sum\">\n<tbody>\n<tr><td class=\"num\">100.0</td>"
                       "<td>to begin with</td><td></td></tr>\n";
    for (const Score::Penalty &penalty : score.penalties) {
        const bool isTaken = penalty.points > 0;
        text += "<tr>"
                + element("td", "num", (isTaken ? "−" : "+") + pointsText(std::abs(penalty.points)))
                + element("td", "", penalty.what) + element("td", "soft small", penalty.reason)
                + "</tr>\n";
    }
    return text + "<tr class=\"total\">" + element("td", "num", pointsText(score.value))
           + "<td>score</td><td></td></tr>\n</tbody>\n</table>\n";
}

std::string gains(const Score &score)
{
    std::string rows;
    std::size_t shown = 0;
    for (const Score::Gain &gain : score.gains) {
        if (gain.points < kLeastGain || shown == kGainsShown) {
            break;
        }
        const Rule *rule = findRule(gain.ruleId);
        rows += "<tr>" + element("td", "num gain", '+' + pointsText(gain.points))
                + "<td><a href=\"#" + markupText(gain.ruleId) + "\"><code>"
                + markupText(gain.ruleId) + "</code></a></td>"
                + element("td", "", rule == nullptr ? "" : rule->fix) + "</tr>\n";
        ++shown;
    }
    return rows.empty()
               ? std::string()
               : sectionHead("gains", "What mending gains") + "<table class=\"gains\">\n<tbody>\n"
                     + rows + "</tbody>\n</table>\n";
}

} // namespace

std::string element(std::string_view tag, std::string_view kind, std::string_view text)
{
    const std::string name(tag);
    return '<' + name + (kind.empty() ? "" : " class=\"" + std::string(kind) + '"') + '>'
           + markupText(text) + "</" + name + ">\n";
}

std::string severityBadge(Severity severity)
{
    const std::string name(severityName(severity));
    return "<span class=\"badge " + name + "\"><svg aria-hidden=\"true\"><use href=\"#s-" + name
           + "\"/></svg>" + name + "</span>";
}

std::string sectionHead(std::string_view id, std::string_view title)
{
    return "<h2 id=\"" + std::string(id) + "\">" + markupText(title) + "</h2>\n";
}

std::string gradeSection(const Inspection &inspection)
{
    return "<section class=\"card\">\n" + gradeColumn(inspection) + sumColumn(inspection.score)
           + "</section>\n" + gains(inspection.score);
}

std::string suppressedSection(const Inspection &inspection)
{
    std::string rows;
    for (const Finding &finding : inspection.findings) {
        if (!finding.suppressed) {
            continue;
        }
        const std::string notes = suppressionNotes(*finding.suppressed);
        rows += "<tr><td>" + severityBadge(finding.severity) + "</td><td><code>"
                + markupText(finding.ruleId) + "</code>" + element("p", "", finding.summary)
                + "</td><td>" + element("p", "", finding.suppressed->reason)
                + (notes.empty() ? "" : element("p", "soft small", notes)) + "</td></tr>\n";
    }
    return rows.empty() ? std::string()
                        : sectionHead("suppressed", "Suppressed")
                              + "<table>\n<thead><tr><th>severity</th><th>finding</th>"
                                "<th>why it does not count</th></tr></thead>\n<tbody>\n"
                              + rows + "</tbody>\n</table>\n";
}

std::string skippedSection(const Inspection &inspection)
{
    std::map<std::string_view, std::string> byReason;
    for (const SkippedRule &skipped : inspection.skipped) {
        byReason[skipped.reason] += "<code>" + markupText(skipped.ruleId) + "</code> ";
    }
    std::string rows;
    for (const auto &[reason, ids] : byReason) {
        rows += "<tr>" + element("td", "", reason) + "<td class=\"ids\">" + ids + "</td></tr>\n";
    }
    return rows.empty() ? std::string()
                        : sectionHead("skipped", "Rules that could not be asked")
                              + "<table>\n<thead><tr><th>reason</th><th>rules</th></tr></thead>\n"
                                "<tbody>\n"
                              + rows + "</tbody>\n</table>\n";
}

} // namespace cutaway::html
