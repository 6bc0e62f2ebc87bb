// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rule.h"
#include "core/report/escape.h"
#include "core/report/findingfacts.h"
#include "core/report/formats.h"

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {
namespace {

/// Lines end as RFC 4180 has it.
std::string rowOf(const std::vector<std::string> &cells)
{
    std::string row;
    for (const std::string &cell : cells) {
        row += (row.empty() ? "" : ",") + csvCell(cell);
    }
    return row + "\r\n";
}

std::string layerOf(const Finding &finding)
{
    return finding.layer ? std::to_string(*finding.layer) : std::string();
}

/// Path of the first file that the finding names, else the field or step.
std::string whereOf(const Inspection &inspection, const Finding &finding)
{
    for (const Evidence &evidence : finding.evidence) {
        if (!evidence.path.empty()) {
            return evidence.path;
        }
    }
    return placeOf(*inspection.image, finding).uri;
}

std::vector<std::string> cellsOf(const Inspection &inspection, const Finding &finding)
{
    const Rule *rule = findRule(finding.ruleId);
    const bool hasLayer = finding.layer && *finding.layer < inspection.image->layers.size();
    return {finding.suppressed ? "suppressed"
            : finding.isKnown  ? "known"
                               : "open",
            std::string(severityName(finding.severity)),
            finding.ruleId,
            finding.summary,
            whereOf(inspection, finding),
            layerOf(finding),
            hasLayer ? inspection.image->layers[*finding.layer].digest.text() : std::string(),
            std::string(originName(finding.origin)),
            std::string(confidenceName(finding.confidence)),
            std::to_string(finding.bytes),
            finding.suppressed ? std::string("0.0") : pointsText(finding.points),
            rule == nullptr ? std::string() : rule->fix,
            finding.suppressed ? finding.suppressed->reason : std::string(),
            finding.fingerprint};
}

} // namespace

std::string auditCsv(const Inspection &inspection, const AuditReportOptions &options)
{
    std::vector<std::string> titles = {"status",
                                       "severity",
                                       "rule",
                                       "message",
                                       "where",
                                       "layer",
                                       "layer digest",
                                       "origin",
                                       "confidence",
                                       "bytes",
                                       "points",
                                       "fix",
                                       "reason",
                                       "fingerprint"};
    std::vector<std::string> ends = {imageName(*inspection.image)};
    const std::size_t columns = titles.size();
    titles.emplace_back("image");
    for (const Provenance &part : provenanceOf(inspection, options.timestamp)) {
        titles.emplace_back(part.name);
        ends.push_back(part.value);
    }
    std::string text = rowOf(titles);
    const auto add = [&](std::vector<std::string> cells) {
        cells.insert(cells.end(), ends.begin(), ends.end());
        text += rowOf(cells);
    };
    for (const Finding &finding : inspection.findings) {
        add(cellsOf(inspection, finding));
    }
    for (const SkippedRule &skipped : inspection.skipped) {
        std::vector<std::string> cells(columns);
        cells[0] = "skipped";
        cells[2] = skipped.ruleId;
        cells[columns - 2] = skipped.reason;
        add(std::move(cells));
    }
    return text;
}

} // namespace cutaway
