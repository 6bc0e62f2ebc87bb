// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/findingfacts.h"
#include "core/report/formats.h"
#include "core/report/jsonparts.h"

namespace cutaway {
namespace {

std::string_view gitlabSeverity(Severity severity)
{
    switch (severity) {
    case Severity::Info: return "info";
    case Severity::Low: return "minor";
    case Severity::Medium: return "major";
    case Severity::High: return "critical";
    case Severity::Critical: return "blocker";
    }
    return "info";
}

} // namespace

std::string auditGitlab(const Inspection &inspection, const AuditReportOptions & /*options*/)
{
    using jsonparts::Value;
    Value list = Value::array();
    for (const Finding &finding : inspection.findings) {
        if (finding.suppressed) {
            continue;
        }
        const EvidencePlace place = placeOf(*inspection.image, finding);
        list.push_back(
            {{"description", displayText(finding.summary) + (finding.isKnown ? " (known)" : "")},
             {"check_name", finding.ruleId},
             {"fingerprint", finding.fingerprint},
             {"severity", gitlabSeverity(finding.severity)},
             {"location", {{"path", place.uri}, {"lines", {{"begin", 1}}}}}});
    }
    return jsonparts::written(list);
}

} // namespace cutaway
