// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/formats.h"
#include "core/report/htmlparts.h"

#include <algorithm>

namespace cutaway {
namespace {

/// No page of ours loads or runs anything; should an escape ever fail, the browser still holds.
constexpr std::string_view kPolicy = "default-src 'none'; style-src 'unsafe-inline'; "
                                     "base-uri 'none'; form-action 'none'";

std::string head(const std::string &title)
{
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\""
           + std::string(kPolicy)
           + "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
           + markupText(title) + "</title>\n<style>" + std::string(html::styleSheet())
           + "</style>\n</head>\n";
}

std::string pageHeader(const Inspection &inspection)
{
    const Image &image = *inspection.image;
    std::string facts;
    const auto add = [&facts](const std::string &fact) {
        facts += (facts.empty() || fact.empty() ? "" : " · ") + fact;
    };
    add(image.config.platform.text());
    add(std::string(imageKindName(inspection.kind)));
    add(formatCount(image.layers.size(), "layer", "layers"));
    add(formatBytes(inspection.analysis.fileBytes) + " of files");
    add(image.config.created.empty() ? std::string() : "created " + image.config.created);
    std::string names;
    for (std::size_t i = 1; i < image.tags.size(); ++i) {
        names += (names.empty() ? "also " : ", ") + image.tags[i];
    }
    return "<header>\n" + html::element("p", "brand", "Cutaway audit")
           + html::element("h1", "", imageName(image)) + html::element("p", "facts", facts)
           + (names.empty() ? "" : html::element("p", "facts", names)) + "</header>\n";
}

std::string pageFooter(const Inspection &inspection, const AuditReportOptions &options)
{
    std::string text = "<footer>\n<dl class=\"pairs small\">\n";
    for (const Provenance &part : provenanceOf(inspection, options.timestamp)) {
        text += html::element("dt", "", part.name) + html::element("dd", "", part.value);
    }
    return text + "</dl>\n</footer>\n";
}

} // namespace

std::string auditHtml(const Inspection &inspection, const AuditReportOptions &options)
{
    return head("Audit of " + imageName(*inspection.image)) + "<body>\n"
           + std::string(html::symbols()) + "<main>\n" + pageHeader(inspection)
           + html::gradeSection(inspection) + html::layerSection(inspection)
           + html::findingsSection(inspection) + html::suppressedSection(inspection)
           + html::contractSection(inspection) + html::skippedSection(inspection)
           + pageFooter(inspection, options) + "</main>\n</body>\n</html>\n";
}

} // namespace cutaway
