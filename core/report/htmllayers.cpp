// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/escape.h"
#include "core/report/htmlparts.h"
#include "core/report/layerfacts.h"
#include "core/report/sections.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cutaway::html {
namespace {

constexpr std::size_t kRowsShown = 200;
constexpr double kBarWidth = 1000; ///< units of the drawing
constexpr int kBarHeight = 44;
constexpr double kLeastForNumber = 26; ///< width of a layer that has room for its number

/// The image's own layers, told apart without red and green.
constexpr std::array<std::string_view, 6> kRing = {
    "#0072b2", "#009e73", "#e69f00", "#cc79a7", "#56b4e9", "#d55e00"};

std::string number(double value)
{
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.2f", value);
    return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

/// Base layers in two greys in turn, the others round the ring.
std::vector<std::string> coloursOf(const Inspection &inspection)
{
    std::vector<std::string> colours;
    std::size_t base = 0;
    std::size_t own = 0;
    for (const LayerNumbers &layer : inspection.analysis.layers) {
        colours.push_back(layer.isBase ? (base++ % 2 == 0 ? "var(--base1)" : "var(--base2)")
                                       : std::string(kRing.at(own++ % kRing.size())));
    }
    return colours;
}

/// One layer's part of the bar: its bytes, and hatched at its end those that are hidden later.
std::string barPart(const Inspection &inspection,
                    std::size_t layer,
                    double from,
                    const std::string &colour)
{
    const LayerNumbers &numbers = inspection.analysis.layers[layer];
    const auto total = static_cast<double>(inspection.analysis.fileBytes);
    const double width = kBarWidth * static_cast<double>(numbers.fileBytes) / total;
    const double hidden = kBarWidth * static_cast<double>(numbers.shadowedBytes) / total;
    const std::string height = std::to_string(kBarHeight);
    const auto rect = [&](double x, double size, const std::string &fill) {
        return "<rect x=\"" + number(x) + "\" width=\"" + number(size) + "\" height=\"" + height
               + "\" fill=\"" + fill + "\"/>";
    };
    std::string text = "<g><title>layer " + std::to_string(layer) + ": "
                       + formatBytes(numbers.fileBytes) + "</title>" + rect(from, width, colour);
    if (hidden > 0) {
        text += rect(from + width - hidden, hidden, "url(#hatch)");
    }
    text += "<rect x=\"" + number(from) + "\" width=\"1\" height=\"" + height
            + "\" fill=\"var(--page)\"/>";
    if (width - hidden >= kLeastForNumber) {
        text += "<text x=\"" + number(from + 8) + "\" y=\"" + std::to_string(kBarHeight / 2 + 5)
                + "\" font-size=\"14\" fill=\"" + (colour == kRing.front() ? "#fff" : "#111")
                + "\">" + std::to_string(layer) + "</text>";
    }
    return text + "</g>\n";
}

std::string bar(const Inspection &inspection, const std::vector<std::string> &colours)
{
    const Analysis &analysis = inspection.analysis;
    if (analysis.fileBytes == 0) {
        return {};
    }
    std::string text = "<svg class=\"bar\" role=\"img\" aria-label=\"The layers to scale\" "
                       "viewBox=\"0 0 "
                       + number(kBarWidth) + ' ' + std::to_string(kBarHeight) + "\">\n";
    double from = 0;
    for (std::size_t i = 0; i < analysis.layers.size(); ++i) {
        if (analysis.layers[i].fileBytes == 0) {
            continue;
        }
        text += barPart(inspection, i, from, colours[i]);
        from += kBarWidth * static_cast<double>(analysis.layers[i].fileBytes)
                / static_cast<double>(analysis.fileBytes);
    }
    text += "</svg>\n";
    if (analysis.shadowedBytes > 0) {
        text += "<p class=\"key soft small\"><svg aria-hidden=\"true\"><rect width=\"22\" "
                "height=\"12\" fill=\"url(#hatch)\"/></svg>hidden by a later layer and shipped "
                "all the same: "
                + formatBytes(analysis.shadowedBytes) + " of " + formatBytes(analysis.fileBytes)
                + "</p>\n";
    }
    return text;
}

std::string row(const Inspection &inspection, std::size_t index, const std::string &colour)
{
    const Layer &layer = inspection.image->layers[index];
    const LayerNumbers &numbers = inspection.analysis.layers[index];
    const auto number = static_cast<std::uint32_t>(index);
    std::string step = instructionLine(*inspection.image, number, Secrets::Redacted);
    if (step.empty()) {
        step = layer.digest.shortText();
    }
    const auto bytes = [&layer](std::uint64_t count) {
        return layer.isRead() ? sections::bytesOrDash(count) : std::string("?");
    };
    std::string text = "<tr><td class=\"num\"><span class=\"swatch\" style=\"background:" + colour
                       + "\"></span>" + std::to_string(index) + "</td>";
    text += element("td", "num", bytes(numbers.fileBytes));
    text += element("td", "num", bytes(numbers.shadowedBytes));
    text += element("td", "soft small", numbers.isBase ? "base" : "");
    text += "<td class=\"step\">";
    if (!layer.isRead()) {
        text += element("span", "high", std::string(layerStateName(layer.state)) + ' ');
    }
    return text + "<code title=\"" + markupText(step) + "\">" + markupText(step)
           + "</code></td></tr>\n";
}

} // namespace

std::string layerSection(const Inspection &inspection)
{
    const std::size_t count = inspection.image->layers.size();
    std::string text = sectionHead("layers", "Layers");
    if (count == 0) {
        return text + element("p", "empty", "This image has no layers.");
    }
    const std::vector<std::string> colours = coloursOf(inspection);
    text += bar(inspection, colours);
    text += "<table class=\"layers\">\n<thead><tr><th class=\"num\">#</th><th "
            "class=\"num\">files</th><th class=\"num\">hidden later</th><th></th>"
            "<th>build step</th></tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < std::min(count, kRowsShown); ++i) {
        text += row(inspection, i, colours[i]);
    }
    text += "</tbody>\n</table>\n";
    if (count > kRowsShown) {
        text += element(
            "p", "soft", "… " + formatCount(count - kRowsShown, "layer", "layers") + " more");
    }
    return text;
}

} // namespace cutaway::html
