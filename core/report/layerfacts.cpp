// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/layerfacts.h"

#include "core/audit/redaction.h"
#include "core/base/text.h"

#include <algorithm>

namespace cutaway {

const HistoryEntry *historyOf(const Image &image, std::uint32_t layer)
{
    const auto found = std::ranges::find_if(
        image.config.history, [layer](const HistoryEntry &entry) { return entry.layer == layer; });
    return found == image.config.history.end() ? nullptr : &*found;
}

std::string instructionOf(const HistoryEntry &entry, Secrets secrets)
{
    return redactLine(normaliseHistory(entry).text(), secrets).text;
}

std::string instructionLine(const Image &image, std::uint32_t layer, Secrets secrets)
{
    const HistoryEntry *entry = historyOf(image, layer);
    if (entry == nullptr) {
        return {};
    }
    std::string line;
    for (const char c : instructionOf(*entry, secrets)) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank) {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    if (line.empty()) {
        line = redactLine(entry->comment, secrets).text;
    }
    return displayText(line);
}

bool knowsBaseLayers(const BaseImage &base)
{
    return base.by == BaseImage::By::User || (base.by != BaseImage::By::Unknown && base.layers > 0);
}

std::string_view layerOrigin(const Inspection &inspection, std::uint32_t layer)
{
    if (!knowsBaseLayers(inspection.image->base)) {
        return originName(Origin::Unknown);
    }
    return originName(inspection.analysis.layers[layer].isBase ? Origin::Base : Origin::App);
}

std::string_view layerStateName(Layer::State state)
{
    switch (state) {
    case Layer::State::Waiting: return "waiting";
    case Layer::State::Read: return "read";
    case Layer::State::Damaged: return "damaged";
    case Layer::State::Absent: return "absent";
    case Layer::State::Foreign: return "foreign";
    }
    return "waiting";
}

std::string_view causeWords(Cause cause)
{
    switch (cause) {
    case Cause::None: return "";
    case Cause::MetadataCopy: return "same content again";
    case Cause::Rewritten: return "rewritten";
    case Cause::TypeChange: return "replaced by another type";
    case Cause::DeletedFile: return "deleted";
    case Cause::DeletedDirectory: return "deleted with its directory";
    case Cause::Opaque: return "hidden by an opaque directory";
    case Cause::DuplicateEntry: return "written twice in one layer";
    }
    return "";
}

} // namespace cutaway
