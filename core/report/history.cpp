// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/report/fileswalk.h"
#include "core/report/jsonparts.h"
#include "core/report/layerfacts.h"
#include "core/report/report.h"
#include "core/report/table.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

namespace cutaway {
namespace {

/// Something that a layer did to the path.
struct Event
{
    LayerIndex layer = 0;
    EntryId entry = kNone;        ///< the mention, or for a removal what it removed
    std::optional<Change> change; ///< none for markers that hide nothing here
    bool isMention = true;        ///< false: the layer hides the path without naming it
    bool sameContent = false;
};

EntryId before(const PathTree &tree, NodeId node, LayerIndex layer)
{
    return layer == 0 ? kNone : tree.entryAt(node, static_cast<LayerIndex>(layer - 1));
}

std::vector<Event> eventsOf(const PathTree &tree, NodeId id)
{
    std::vector<Event> events;
    const PathTree::Node &node = tree.node(id);
    for (EntryId entry = node.firstEntry; entry < node.firstEntry + node.entryCount; ++entry) {
        const Entry &record = tree.entry(entry);
        const EntryId old = before(tree, id, record.layer);
        Event event{record.layer, entry, std::nullopt, true, false};
        if (record.makesPath()) {
            event.change = changeBetween(tree, old, entry);
            event.sameContent = old != kNone && tree.sameContent(old, entry);
        } else if (record.type == EntryType::Whiteout && old != kNone) {
            event.change = Change::Removed;
        }
        events.push_back(event);
    }
    for (std::uint32_t i = 1; i < tree.layerCount(); ++i) {
        const auto layer = static_cast<LayerIndex>(i);
        const EntryId old = before(tree, id, layer);
        const bool gone = old != kNone && tree.entryAt(id, layer) == kNone;
        const bool told = std::ranges::any_of(events, [layer](const Event &event) {
            return event.layer == layer && event.change == Change::Removed;
        });
        if (gone && !told) {
            events.push_back({layer, old, Change::Removed, false, false});
        }
    }
    std::ranges::sort(events, [](const Event &a, const Event &b) {
        return std::tuple(a.layer, !a.isMention, a.entry)
               < std::tuple(b.layer, !b.isMention, b.entry);
    });
    return events;
}

/// Bytes of this path that are in the layers, and those of them that are never seen.
struct Shipped
{
    std::uint64_t all = 0;
    std::uint64_t hidden = 0;
};

Shipped shippedOf(const PathTree &tree, NodeId id)
{
    Shipped shipped;
    const PathTree::Node &node = tree.node(id);
    for (EntryId entry = node.firstEntry; entry < node.firstEntry + node.entryCount; ++entry) {
        shipped.all += tree.entry(entry).size;
        shipped.hidden += tree.byteFate(entry).hiddenBy == kNoLayer ? 0 : tree.entry(entry).size;
    }
    return shipped;
}

std::string wordsOf(const PathTree &tree, const Event &event)
{
    const Entry &entry = tree.entry(event.entry);
    if (!event.isMention) {
        return "removed (" + std::string(causeWords(entry.cause)) + ')';
    }
    if (entry.has(Entry::Implicit)) {
        return "made for what is below it";
    }
    if (entry.type == EntryType::Whiteout) {
        return event.change ? "deleted" : "deleted (it was not there)";
    }
    if (entry.type == EntryType::Opaque) {
        return "emptied (opaque directory)";
    }
    if (!event.change) {
        return "left by the builder";
    }
    switch (*event.change) {
    case Change::Added: return "added";
    case Change::Metadata: return "metadata changed, same content";
    case Change::Modified: return "replaced";
    case Change::Unmodified: return "written again, unchanged";
    case Change::Removed: return "removed";
    }
    return {};
}

Paint paintOf(const Event &event)
{
    if (!event.change) {
        return Paint::Plain;
    }
    switch (*event.change) {
    case Change::Added: return Paint::Green;
    case Change::Modified: return Paint::Amber;
    case Change::Metadata: return Paint::Violet;
    case Change::Removed: return Paint::Red;
    case Change::Unmodified: return Paint::Plain;
    }
    return Paint::Plain;
}

} // namespace

std::string historyText(const Inspection &inspection, NodeId node, const TextStyle &style)
{
    const Image &image = *inspection.image;
    const PathTree &tree = *image.tree;
    std::string text = painted(displayText(tree.path(node)), Paint::Bold, style) + '\n';
    using Kind = TextTable::Kind;
    TextTable table({{"layer", Kind::Number},
                     {"what", Kind::Text},
                     {"type", Kind::Text},
                     {"size", Kind::Number},
                     {"mode", Kind::Text},
                     {"owner", Kind::Text},
                     {"step", Kind::Prose}},
                    style,
                    "  ");
    for (const Event &event : eventsOf(tree, node)) {
        const Entry &entry = tree.entry(event.entry);
        const bool describes = event.isMention && entry.makesPath();
        table.addRow(
            {{std::to_string(event.layer)},
             {wordsOf(tree, event), paintOf(event)},
             {describes ? std::string(entryTypeName(entry.type)) : ""},
             {describes && entry.type == EntryType::File ? formatBytes(entry.size) : "–"},
             {describes ? formatMode(entry.mode) : ""},
             {describes ? std::to_string(entry.uid) + ':' + std::to_string(entry.gid) : ""},
             {instructionLine(image, event.layer, style.secrets)}});
    }
    text += table.text();
    const Shipped shipped = shippedOf(tree, node);
    const bool exists = tree.finalEntry(node) != kNone;
    text += exists ? "It is in the final file system." : "It is not in the final file system.";
    if (shipped.hidden > 0) {
        text += " Shipped and never seen: " + formatBytes(shipped.hidden) + " of "
                + formatBytes(shipped.all) + '.';
    }
    return text + '\n';
}

std::string historyJson(const Inspection &inspection, NodeId node, Secrets secrets)
{
    using jsonparts::Value;
    const Image &image = *inspection.image;
    const PathTree &tree = *image.tree;
    Value report = jsonparts::document();
    jsonparts::setPath(report, tree.path(node));
    report["present"] = tree.finalEntry(node) != kNone;
    const Shipped shipped = shippedOf(tree, node);
    report["shippedBytes"] = shipped.all;
    report["shadowedBytes"] = shipped.hidden;
    report["events"] = Value::array();
    for (const Event &event : eventsOf(tree, node)) {
        const Entry &entry = tree.entry(event.entry);
        Value row;
        row["layer"] = event.layer;
        row["change"] = event.change ? Value(changeName(*event.change)) : Value(nullptr);
        row["type"] = entryTypeName(entry.type);
        row["size"] = entry.size;
        row["mode"] = formatMode(entry.mode);
        row["uid"] = entry.uid;
        row["gid"] = entry.gid;
        row["mtime"] = jsonparts::textOrNull(formatTime(entry.mtime, entry.mtimeNsec));
        row["sameContent"] = event.sameContent;
        const std::string_view target = tree.linkTarget(event.entry);
        row["linkTarget"] = target.empty() ? Value(nullptr) : Value(jsonName(target).text);
        row["hiddenBy"] = entry.hiddenBy == kNoLayer ? Value(nullptr) : Value(entry.hiddenBy);
        row["cause"] = jsonparts::textOrNull(causeName(entry.cause));
        const HistoryEntry *step = historyOf(image, event.layer);
        row["instruction"] =
            step == nullptr ? Value(nullptr) : jsonparts::textOrNull(instructionOf(*step, secrets));
        report["events"].push_back(std::move(row));
    }
    return jsonparts::written(report);
}

} // namespace cutaway
