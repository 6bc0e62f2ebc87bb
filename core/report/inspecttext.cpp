// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/contracttext.h"
#include "core/report/layerfacts.h"
#include "core/report/report.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cutaway {
namespace {

constexpr std::size_t kWasteShown = 8;
constexpr std::size_t kFindingsShown = 12;
constexpr std::size_t kSeverityWidth = 10;

using Kind = TextTable::Kind;

std::string joined(const std::vector<std::string> &parts, std::string_view separator)
{
    std::string text;
    for (const std::string &part : parts) {
        if (!part.empty()) {
            text += (text.empty() ? "" : std::string(separator)) + part;
        }
    }
    return text;
}

std::string baseLine(const Image &image)
{
    if (image.base.by == BaseImage::By::Unknown) {
        return {};
    }
    const std::string name = image.base.reference.empty() ? "an image with no name given"
                                                          : displayText(image.base.reference);
    if (!knowsBaseLayers(image.base)) {
        return "built on " + name + "; which layers are its own is not recorded\n";
    }
    return "built on " + name + " (the first " + formatCount(image.base.layers, "layer", "layers")
           + ")\n";
}

std::string title(const Image &image, const TextStyle &style)
{
    std::string text = painted(displayText(image.reference), Paint::Bold, style);
    if (!image.tags.empty()) {
        text += "  " + displayText(joined(image.tags, ", "));
    }
    text += '\n';
    const std::string created = image.config.created.empty()
                                    ? std::string()
                                    : "created " + displayText(image.config.created);
    text += joined({image.sourceName,
                    displayText(image.config.platform.text()),
                    formatCount(image.layers.size(), "layer", "layers"),
                    created,
                    image.digest.shortText()},
                   " · ");
    text += '\n';
    if (!image.artifactType.empty()) {
        text += "an artifact, not an image to be run: " + displayText(image.artifactType) + '\n';
    }
    return text + baseLine(image);
}

std::string sizeTable(const Inspection &inspection, const TextStyle &style)
{
    const Analysis &analysis = inspection.analysis;
    TextTable table({{"", Kind::Text}, {"", Kind::Number}, {"", Kind::Prose}}, style, "  ");
    const auto row =
        [&table](std::string name, std::string size, std::string meaning, Paint paint) {
            table.addRow(
                {{std::move(name)}, {std::move(size), paint}, {std::move(meaning), Paint::Dim}});
        };
    row("wire", formatBytes(analysis.wireBytes), "blobs as stored or transferred", Paint::Plain);
    row("unpacked", formatBytes(analysis.unpackedBytes), "the layers' tars", Paint::Plain);
    row("files", formatBytes(analysis.fileBytes), "files of all layers", Paint::Plain);
    row("visible", formatBytes(analysis.visibleBytes), "what a container sees", Paint::Bold);
    row("shadowed",
        sections::bytesOrDash(analysis.shadowedBytes),
        analysis.shadowedBytes > 0 ? "shipped, never seen:" : "every byte shipped is seen",
        analysis.shadowedBytes > 0 ? Paint::Amber : Paint::Plain);
    for (const Cause cause : sections::causesBySize(analysis.shadowedBy)) {
        row({},
            formatBytes(analysis.shadowedBy[static_cast<std::size_t>(cause)]),
            "  " + std::string(causeWords(cause)),
            Paint::Dim);
    }
    row("duplicated",
        sections::bytesOrDash(analysis.duplicatedBytes),
        "same content at several paths",
        Paint::Plain);
    row("efficiency", sections::percentDown(analysis.efficiency), "visible of files", Paint::Plain);
    std::string text = sections::heading("Sizes", style) + table.text();
    if (!analysis.complete || !inspection.image->complete) {
        text += "  "
                + painted("Not all layers could be read: the sums cover those that were.",
                          Paint::Red,
                          style)
                + '\n';
    }
    return text;
}

std::string findings(const Inspection &inspection, const TextStyle &style)
{
    if (inspection.findings.empty()) {
        return {};
    }
    std::string text = sections::heading("Findings", style);
    const std::size_t shown = std::min(kFindingsShown, inspection.findings.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const Finding &finding = inspection.findings[i];
        const std::string_view severity = severityName(finding.severity);
        text += "  " + painted(severity, sections::paintOf(finding.severity), style)
                + std::string(kSeverityWidth - std::min(kSeverityWidth, severity.size()), ' ')
                + painted(finding.ruleId, Paint::Bold, style) + '\n';
        text += wrapped(displayText(finding.summary), "    ", style);
    }
    if (shown < inspection.findings.size()) {
        text += "  … " + formatCount(inspection.findings.size() - shown, "finding", "findings")
                + " more\n";
    }
    return text;
}

std::string elsewhere(const Image &image)
{
    std::string text;
    for (const PlatformEntry &entry : image.platforms) {
        text += (text.empty() ? "  " : ", ") + displayText(entry.platform.text())
                + (entry.present ? "" : " (not in this archive)");
    }
    return text.empty() ? text : text + '\n';
}

std::string diveLine(const DiveNumbers &dive, const TextStyle &style)
{
    const std::string share =
        dive.userWastedPercent ? sections::percent(*dive.userWastedPercent) : "not defined";
    return sections::heading("In dive's terms", style) + "  efficiency "
           + sections::percent(dive.efficiency) + " · wasted " + formatBytes(dive.wastedBytes)
           + " · user wasted " + share + '\n';
}

} // namespace

std::string inspectText(const Inspection &inspection, const TextStyle &style)
{
    const Image &image = *inspection.image;
    std::string text = title(image, style) + sizeTable(inspection, style);
    text += sections::heading("Layers", style) + sections::layerTable(inspection, style);
    text += sections::heading("Contract", style) + contractText(image.config, style);
    if (!inspection.analysis.waste.empty()) {
        text += sections::heading("Biggest waste", style)
                + sections::wasteTable(inspection, kWasteShown, style);
    }
    text += findings(inspection, style);
    if (const std::string platforms = elsewhere(image); !platforms.empty()) {
        text += sections::heading("Platforms of the same index", style) + platforms;
    }
    text += sections::notes(image.notes, style);
    return text + diveLine(inspection.analysis.dive, style);
}

} // namespace cutaway
