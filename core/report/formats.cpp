// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/formats.h"

#include <algorithm>
#include <array>

namespace cutaway {
namespace {

std::string text(const Inspection &inspection, const AuditReportOptions &options)
{
    return auditText(inspection, options.style);
}

std::string json(const Inspection &inspection, const AuditReportOptions &options)
{
    return auditJson(inspection, options.style.secrets, options.timestamp);
}

constexpr std::array kFormats = {
    AuditFormat{"text", "Text", "txt", &text},
    AuditFormat{"json", "JSON", "json", &json},
    AuditFormat{"html", "HTML", "html", &auditHtml},
    AuditFormat{"markdown", "Markdown", "md", &auditMarkdown},
    AuditFormat{"sarif", "SARIF", "sarif", &auditSarif},
    AuditFormat{"junit", "JUnit", "xml", &auditJunit},
    AuditFormat{"gitlab", "GitLab code quality", "json", &auditGitlab},
    AuditFormat{"csv", "CSV", "csv", &auditCsv},
};

} // namespace

std::span<const AuditFormat> auditFormats()
{
    return kFormats;
}

const AuditFormat *findAuditFormat(std::string_view name)
{
    const auto *const found = std::ranges::find(kFormats, name, &AuditFormat::name);
    return found == kFormats.end() ? nullptr : found;
}

} // namespace cutaway
