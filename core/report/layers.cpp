// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/jsonparts.h"
#include "core/report/layerfacts.h"
#include "core/report/report.h"
#include "core/report/sections.h"
#include "core/report/table.h"

#include <string>

namespace cutaway {
namespace {

/// The line under a layer that says what happens to its bytes later.
std::string fateOf(const LayerNumbers &numbers)
{
    if (numbers.shadowedBytes == 0) {
        return {};
    }
    std::string text = "hidden later: " + sections::causeList(numbers.shadowedBy) + "; by";
    for (const auto &[layer, bytes] : numbers.hiddenByLayers) {
        text += (text.ends_with("by") ? " layer " : ", ") + std::to_string(layer) + " ("
                + formatBytes(bytes) + ')';
    }
    return text;
}

std::string identityOf(const Layer &layer)
{
    std::string text;
    const auto add = [&text](std::string_view name, const std::string &value) {
        if (!value.empty()) {
            text += (text.empty() ? "" : " · ") + std::string(name) + value;
        }
    };
    const bool isPlain = layer.digest == layer.diffId;
    add(isPlain ? "" : "blob ", layer.digest.shortText());
    add("diff ID ", isPlain ? std::string() : layer.diffId.shortText());
    add("", layer.compression == "none" ? "not compressed" : layer.compression);
    add("unpacked ", layer.unpackedBytes ? formatBytes(*layer.unpackedBytes) : std::string());
    add("", displayText(layer.problem));
    if (layer.verified) {
        add("",
            !*layer.verified        ? "NOT what was declared"
            : layer.verifiedEarlier ? "verified earlier"
                                    : "verified");
    }
    return text;
}

} // namespace

std::string layersText(const Inspection &inspection, const TextStyle &style)
{
    const Image &image = *inspection.image;
    std::string text = sections::layerTable(inspection, style);
    text += sections::heading("Each layer", style);
    const auto fit = [&style](const std::string &line) {
        return style.width > 0 ? elidedEnd(line, static_cast<std::size_t>(style.width)) : line;
    };
    for (std::uint32_t i = 0; i < image.layers.size(); ++i) {
        const std::string step = instructionLine(image, i, style.secrets);
        text += painted(fit("  " + std::to_string(i) + "  " + step), Paint::Bold, style) + '\n';
        text += wrapped(identityOf(image.layers[i]), "     ", style);
        if (const std::string fate = fateOf(inspection.analysis.layers[i]); !fate.empty()) {
            text += painted(wrapped(fate, "     ", style), Paint::Amber, style);
        }
    }
    if (!image.historyAligned && !image.config.history.empty()) {
        text += "\n  The history has " + formatCount(image.config.history.size(), "line", "lines")
                + " that do not match the layers one to one; see `history` in the JSON report.\n";
    }
    return text;
}

std::string layersJson(const Inspection &inspection, Secrets secrets)
{
    jsonparts::Value report = jsonparts::document();
    report["complete"] = inspection.image->complete && inspection.analysis.complete;
    report["layers"] = jsonparts::layers(inspection, secrets);
    return jsonparts::written(report);
}

} // namespace cutaway
