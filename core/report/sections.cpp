// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/sections.h"

#include "core/base/text.h"
#include "core/report/layerfacts.h"
#include "core/report/table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

namespace cutaway::sections {
namespace {

constexpr std::size_t kNotesShown = 20;

using Kind = TextTable::Kind;

std::string changeOf(const LayerNumbers &numbers)
{
    std::string text;
    const auto add = [&text](std::string_view sign, std::uint32_t count) {
        if (count > 0) {
            text += (text.empty() ? "" : " ") + std::string(sign) + formatNumber(count);
        }
    };
    add("+", numbers.added);
    add("~", numbers.modified);
    add("-", numbers.removed);
    return text.empty() ? "–" : text;
}

std::vector<TextTable::Cell> layerCells(const Inspection &inspection,
                                        std::uint32_t index,
                                        Secrets secrets)
{
    const Layer &layer = inspection.image->layers[index];
    const LayerNumbers &numbers = inspection.analysis.layers[index];
    std::string instruction = instructionLine(*inspection.image, index, secrets);
    if (instruction.empty()) {
        instruction = layer.digest.isEmpty() ? displayText(layer.descriptor.member)
                                             : layer.digest.shortText();
    }
    const std::string wire = layer.wireBytes ? bytesOrDash(*layer.wireBytes) : "?";
    const std::string number = std::to_string(index);
    const std::string origin(numbers.isBase ? "base" : "");
    if (!layer.isRead()) {
        std::string text = std::string(layerStateName(layer.state)) + "; " + instruction;
        return {{number}, {wire}, {"?"}, {"?"}, {}, {origin}, {std::move(text), Paint::Red}};
    }
    const bool wrong = layer.verified == false;
    return {{number},
            {wire},
            {bytesOrDash(numbers.fileBytes)},
            {bytesOrDash(numbers.shadowedBytes),
             numbers.shadowedBytes > 0 ? Paint::Amber : Paint::Plain},
            {changeOf(numbers)},
            {origin, Paint::Dim},
            {wrong ? "not what was declared; " + instruction : instruction,
             wrong ? Paint::Red : Paint::Plain}};
}

} // namespace

std::string heading(std::string_view title, const TextStyle &style)
{
    return '\n' + painted(title, Paint::Bold, style) + '\n';
}

Paint paintOf(Severity severity)
{
    switch (severity) {
    case Severity::Info: return Paint::Dim;
    case Severity::Low: return Paint::Blue;
    case Severity::Medium: return Paint::Amber;
    case Severity::High:
    case Severity::Critical: return Paint::Red;
    }
    return Paint::Plain;
}

std::string percent(double fraction)
{
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.2f %%", fraction * 100);
    return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

std::string percentDown(double fraction)
{
    constexpr double kParts = 10'000;
    constexpr double kNoise = 1e-9; // of a fraction that is a round number
    return percent(std::floor(fraction * kParts + kNoise) / kParts);
}

std::string bytesOrDash(std::uint64_t bytes)
{
    return bytes == 0 ? "–" : formatBytes(bytes);
}

std::string layerTable(const Inspection &inspection, const TextStyle &style)
{
    TextTable table({{"#", Kind::Number},
                     {"wire", Kind::Number},
                     {"files", Kind::Number},
                     {"hidden later", Kind::Number},
                     {"changes", Kind::Text},
                     {"", Kind::Text},
                     {"step", Kind::Prose}},
                    style,
                    "  ");
    for (std::uint32_t i = 0; i < inspection.image->layers.size(); ++i) {
        table.addRow(layerCells(inspection, i, style.secrets));
    }
    return table.text();
}

std::string wasteTable(const Inspection &inspection, std::size_t rows, const TextStyle &style)
{
    const std::vector<WasteItem> &waste = inspection.analysis.waste;
    const PathTree &tree = *inspection.image->tree;
    TextTable table({{"size", Kind::Number},
                     {"layer", Kind::Number},
                     {"hidden by", Kind::Number},
                     {"why", Kind::Text},
                     {"path", Kind::Path}},
                    style,
                    "  ");
    for (std::size_t i = 0; i < std::min(rows, waste.size()); ++i) {
        const WasteItem &item = waste[i];
        table.addRow({{formatBytes(item.bytes), Paint::Amber},
                      {std::to_string(item.layer)},
                      {std::to_string(item.hiddenBy)},
                      {std::string(causeWords(item.cause))},
                      {displayText(tree.path(tree.entry(item.entry).node))}});
    }
    std::string text = table.text();
    if (waste.size() > rows) {
        text += "  … " + formatCount(waste.size() - rows, "file", "files") + " more\n";
    }
    return text;
}

std::vector<Cause> causesBySize(const std::array<std::uint64_t, kCauseCount> &bytes)
{
    std::vector<Cause> causes;
    for (std::size_t i = 1; i < bytes.size(); ++i) {
        if (bytes[i] > 0) {
            causes.push_back(static_cast<Cause>(i));
        }
    }
    std::ranges::sort(causes, [&bytes](Cause a, Cause b) {
        const std::uint64_t left = bytes[static_cast<std::size_t>(a)];
        const std::uint64_t right = bytes[static_cast<std::size_t>(b)];
        return left != right ? left > right : a < b;
    });
    return causes;
}

std::string causeList(const std::array<std::uint64_t, kCauseCount> &bytes)
{
    std::string text;
    for (const Cause cause : causesBySize(bytes)) {
        text += text.empty() ? "" : ", ";
        text += std::string(causeWords(cause)) + ' '
                + formatBytes(bytes[static_cast<std::size_t>(cause)]);
    }
    return text;
}

std::string notes(const Notes &notes, const TextStyle &style)
{
    const std::vector<Note> &list = notes.list();
    if (list.empty()) {
        return {};
    }
    std::string text = heading("Notes", style);
    for (std::size_t i = 0; i < std::min(kNotesShown, list.size()); ++i) {
        text += "  " + painted(list[i].code, Paint::Amber, style) + '\n';
        text += wrapped(displayText(list[i].message), "    ", style);
    }
    const std::uint64_t more = list.size() - std::min(kNotesShown, list.size()) + notes.leftOut();
    if (more > 0) {
        text += "  … " + formatCount(more, "note", "notes") + " more\n";
    }
    return text;
}

} // namespace cutaway::sections
