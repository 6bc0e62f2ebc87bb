// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"

#include "core/audit/redaction.h"
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

std::string shownLine(std::string_view text)
{
    return shortened(displayText(redactLine(text, Secrets::Redacted).text), kStepBytes);
}

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

} // namespace

std::string stepText(const Image &image, LayerIndex layer)
{
    return shownLine(rawStep(image, layer));
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
    return withoutDigests(step);
}

std::string withoutDigests(std::string_view text)
{
    std::string key;
    for (const auto *at = text.begin(); at != text.end();) {
        const auto *const end = std::find_if_not(at, text.end(), isHexDigit);
        if (static_cast<std::size_t>(end - at) >= kDigestDigits) {
            key += '*';
        } else {
            key.append(at, end);
        }
        at = end;
        if (at != text.end()) {
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

Evidence configEvidence(std::string field, std::string_view value)
{
    return {.text = shownLine(value), .field = std::move(field)};
}

Evidence stepEvidence(const BuildFact &fact, std::string_view part)
{
    Evidence evidence{.text = part.empty() ? shownLine(fact.step.text()) : shownLine(part)};
    if (fact.entry->layer) {
        evidence.layer = static_cast<LayerIndex>(*fact.entry->layer);
    }
    evidence.step = fact.index;
    return evidence;
}

Finding configFinding(Severity severity, std::string summary, Evidence evidence)
{
    Finding finding;
    finding.severity = severity;
    finding.origin = Origin::App;
    finding.summary = std::move(summary);
    finding.fingerprint = evidence.field + '\n' + evidence.text;
    finding.evidence.push_back(std::move(evidence));
    return finding;
}

Finding stepFinding(Severity severity,
                    std::string summary,
                    const BuildFact &fact,
                    std::string_view part)
{
    Finding finding;
    finding.severity = severity;
    finding.origin = fact.origin;
    finding.summary = std::move(summary);
    finding.evidence.push_back(stepEvidence(fact, part));
    finding.layer = finding.evidence.front().layer;
    finding.fingerprint = withoutDigests(finding.evidence.front().text);
    return finding;
}

Finding layerFinding(const Image &image, Severity severity, LayerIndex layer)
{
    Finding finding;
    finding.severity = severity;
    finding.origin = originOf(image, layer);
    finding.layer = layer;
    finding.fingerprint = layerKey(image, layer);
    return finding;
}

std::vector<std::string> wordsOf(std::string_view arguments)
{
    std::vector<std::string> words;
    std::size_t at = arguments.find_first_not_of(" \t\r\n");
    while (at != std::string_view::npos) {
        const std::size_t end = std::min(arguments.find_first_of(" \t\r\n", at), arguments.size());
        words.emplace_back(arguments.substr(at, end - at));
        at = arguments.find_first_not_of(" \t\r\n", end);
    }
    return words;
}

std::string commandText(const ShellCommand &command)
{
    std::string text;
    for (const std::string &word : command.words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

void addFiles(const Image &image, std::vector<EntryId> entries, Finding &finding)
{
    constexpr std::size_t kShown = 50;
    const PathTree &tree = *image.tree;
    std::ranges::sort(entries, [&](EntryId a, EntryId b) {
        const std::uint64_t first = tree.entry(a).size;
        const std::uint64_t second = tree.entry(b).size;
        return first == second ? a < b : first > second;
    });
    std::uint64_t rest = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry &entry = tree.entry(entries[i]);
        finding.bytes += entry.size;
        if (i < kShown) {
            finding.evidence.push_back(entryEvidence(tree, entries[i], {}));
        } else {
            rest += entry.size;
        }
    }
    if (entries.size() > kShown) {
        finding.evidence.push_back(
            {.text = "and " + formatCount(entries.size() - kShown, "more file", "more files"),
             .bytes = rest});
    }
}

std::string quoted(std::string_view text)
{
    return "\"" + shownLine(text) + "\"";
}

} // namespace cutaway
