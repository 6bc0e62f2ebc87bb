// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"

#include "core/base/text.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::size_t kStepBytes = 160;
constexpr std::size_t kDigestDigits = 32; ///< hexadecimal runs of this length are taken for digests

/// The step as the history has it, line breaks turned into spaces; empty where it is not known.
std::string rawStep(const Image &image, LayerIndex layer)
{
    if (!image.historyAligned) {
        return {};
    }
    const auto entry = std::ranges::find(
        image.config.history, std::optional<std::uint32_t>(layer), &HistoryEntry::layer);
    if (entry == image.config.history.end()) {
        return {};
    }
    std::string line;
    for (const char c : normaliseHistory(*entry).text()) {
        const bool isSpace = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!isSpace) {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    return line;
}

/// At most `limit` bytes, cut between characters.
std::string shortened(std::string text, std::size_t limit)
{
    if (text.size() <= limit) {
        return text;
    }
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    text.resize(end);
    return text + "…";
}

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

} // namespace

std::string stepText(const Image &image, LayerIndex layer)
{
    return shortened(displayText(rawStep(image, layer)), kStepBytes);
}

std::string layerText(const Image &image, LayerIndex layer)
{
    const std::string step = stepText(image, layer);
    const std::string name = "layer " + std::to_string(layer);
    return step.empty() ? name : name + ", " + step;
}

std::string layerKey(const Image &image, LayerIndex layer)
{
    const std::string step = rawStep(image, layer);
    if (step.empty()) {
        return "layer " + std::to_string(layer);
    }
    std::string key;
    for (auto at = step.begin(); at != step.end();) {
        const auto end = std::find_if_not(at, step.end(), isHexDigit);
        const auto length = static_cast<std::size_t>(end - at);
        if (length >= kDigestDigits) {
            key += '*';
        } else {
            key.append(at, end);
        }
        at = end;
        if (at != step.end()) {
            key += *at++;
        }
    }
    return key;
}

Evidence entryEvidence(const PathTree &tree, EntryId entry, std::string text)
{
    const Entry &found = tree.entry(entry);
    return {.text = std::move(text),
            .layer = found.layer,
            .path = tree.path(found.node),
            .entry = entry,
            .bytes = found.size};
}

} // namespace cutaway
