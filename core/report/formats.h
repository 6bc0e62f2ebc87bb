// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The formats of the audit's report: one table for the command line and the window.
namespace cutaway {

/// What a report is to say besides the inspection. Without a timestamp equal inspections give equal
/// bytes.
struct AuditReportOptions
{
    /// For text; `secrets` for JSON too. The other formats are made to be passed on and never show
    /// a secret.
    TextStyle style = {};
    std::optional<Severity> failOn = Severity::High; ///< JUnit's failures begin here
    bool all = false; ///< SARIF: also rules that found nothing or were not asked
    // NOLINTNEXTLINE(readability-redundant-member-init): so that it may be left out.
    std::string timestamp = {}; ///< RFC 3339
};

struct AuditFormat
{
    std::string_view name;   ///< "sarif"
    std::string_view title;  ///< "SARIF", for people
    std::string_view ending; ///< of file names: "sarif"
    std::string (*write)(const Inspection &inspection, const AuditReportOptions &options);
};

/// Text first.
[[nodiscard]] std::span<const AuditFormat> auditFormats();
[[nodiscard]] const AuditFormat *findAuditFormat(std::string_view name);

/// SARIF 2.1.0: one result a rule and layer.
[[nodiscard]] std::string auditSarif(const Inspection &inspection,
                                     const AuditReportOptions &options);
/// JUnit's XML: a suite a family, a case a rule.
[[nodiscard]] std::string auditJunit(const Inspection &inspection,
                                     const AuditReportOptions &options);
/// For the comment on a change: at most 60,000 bytes.
[[nodiscard]] std::string auditMarkdown(const Inspection &inspection,
                                        const AuditReportOptions &options);
/// One file that needs nothing else: no scripts, no network; light and dark; prints.
[[nodiscard]] std::string auditHtml(const Inspection &inspection,
                                    const AuditReportOptions &options);
/// GitLab's code quality report; suppressed findings are left out, for it has no word for them;
/// those that a baseline has say "(known)".
[[nodiscard]] std::string auditGitlab(const Inspection &inspection,
                                      const AuditReportOptions &options);
/// A row a finding, and one a rule that was not asked.
[[nodiscard]] std::string auditCsv(const Inspection &inspection, const AuditReportOptions &options);

} // namespace cutaway
