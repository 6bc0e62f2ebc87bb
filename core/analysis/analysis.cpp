// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"

#include "core/analysis/changes.h"
#include "core/analysis/duplicates.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cutaway {

namespace {

std::size_t indexOf(Cause cause)
{
    return static_cast<std::size_t>(cause);
}

/// Sizes that the layer list itself tells.
void addWire(const Image &image, Analysis &analysis)
{
    std::set<std::string> seen;
    for (const Layer &layer : image.layers) {
        analysis.unpackedBytes += layer.unpackedBytes.value_or(0);
        const bool isNew = layer.digest.isEmpty() || seen.insert(layer.digest.text()).second;
        if (isNew) {
            analysis.wireBytes += layer.wireBytes.value_or(0);
        }
    }
}

void countEntry(const Entry &entry, LayerNumbers &layer)
{
    if (!entry.makesPath() || entry.has(Entry::Implicit)) {
        return;
    }
    layer.directories += entry.type == EntryType::Directory ? 1 : 0;
    layer.files += entry.type == EntryType::File || entry.type == EntryType::HardLink ? 1 : 0;
}

/// Asked once in so many entries or paths, so that a cancel is answered at once.
bool isStopped(std::uint32_t number, const Monitor &monitor)
{
    constexpr std::uint32_t kEvery = 1U << 16U;
    return number % kEvery == 0 && monitor.isCancelled();
}

/// Each byte is visible, or hidden by one cause and one layer. False when cancelled.
bool addBytes(const PathTree &tree, Analysis &analysis, const Monitor &monitor)
{
    std::map<std::pair<LayerIndex, LayerIndex>, std::uint64_t> hidden;
    for (EntryId id = 0; id < tree.entryCount(); ++id) {
        if (isStopped(id, monitor)) {
            return false;
        }
        const Entry &entry = tree.entry(id);
        LayerNumbers &layer = analysis.layers[entry.layer];
        countEntry(entry, layer);
        if (entry.type != EntryType::File || entry.size == 0) {
            continue;
        }
        layer.fileBytes += entry.size;
        const PathTree::Fate fate = tree.byteFate(id);
        if (fate.cause == Cause::None) {
            analysis.visibleBytes += entry.size;
            continue;
        }
        layer.shadowedBytes += entry.size;
        layer.shadowedBy[indexOf(fate.cause)] += entry.size;
        hidden[{entry.layer, fate.hiddenBy}] += entry.size;
        analysis.waste.push_back({id, entry.size, entry.layer, fate.hiddenBy, fate.cause});
    }
    for (const auto &[who, bytes] : hidden) {
        analysis.layers[who.first].hiddenByLayers.emplace_back(who.second, bytes);
        if (who.first != who.second) {
            analysis.layers[who.second].hidesBytes += bytes;
        }
    }
    return true;
}

bool isFile(const PathTree &tree, EntryId entry)
{
    return entry != kNone && tree.entry(entry).type != EntryType::Directory;
}

/// Files (all types but directories) that each layer adds, modifies and removes.
/// False when cancelled.
bool countChanges(const PathTree &tree, Analysis &analysis, const Monitor &monitor)
{
    for (NodeId node = 0; node < tree.nodeCount(); ++node) {
        if (isStopped(node, monitor)) {
            return false;
        }
        forEachChange(tree, node, [&](const PathChange &change) {
            LayerNumbers &layer = analysis.layers[change.layer];
            const bool was = isFile(tree, change.before);
            const bool is = isFile(tree, change.after);
            layer.added += !was && is ? 1 : 0;
            layer.removed += was && !is ? 1 : 0;
            if (was && is
                && changeBetween(tree, change.before, change.after) != Change::Unmodified) {
                ++layer.modified;
            }
        });
    }
    return true;
}

void sumUp(Analysis &analysis)
{
    for (const LayerNumbers &layer : analysis.layers) {
        analysis.fileBytes += layer.fileBytes;
        analysis.shadowedBytes += layer.shadowedBytes;
        for (std::size_t cause = 0; cause < kCauseCount; ++cause) {
            analysis.shadowedBy[cause] += layer.shadowedBy[cause];
        }
    }
    if (analysis.fileBytes > 0) {
        analysis.efficiency =
            static_cast<double>(analysis.visibleBytes) / static_cast<double>(analysis.fileBytes);
    }
    for (const DuplicateGroup &group : analysis.duplicates) {
        analysis.duplicatedBytes += group.size * (group.copies.size() - 1);
    }
    std::ranges::sort(analysis.waste, [](const WasteItem &a, const WasteItem &b) {
        return std::tie(b.bytes, a.entry) < std::tie(a.bytes, b.entry);
    });
}

} // namespace

Result<Analysis> analyze(const Image &image, const Monitor &monitor)
{
    Analysis analysis;
    analysis.complete = image.complete;
    const std::size_t treeLayers = image.tree == nullptr ? 0 : image.tree->layerCount();
    analysis.layers.resize(std::max(image.layers.size(), treeLayers));
    for (std::size_t index = 0; index < analysis.layers.size(); ++index) {
        analysis.layers[index].isBase = index < image.base.layers;
    }
    addWire(image, analysis);
    if (image.tree == nullptr) {
        return analysis;
    }
    const PathTree &tree = *image.tree;
    if (!addBytes(tree, analysis, monitor) || !countChanges(tree, analysis, monitor)) {
        return failCancelled();
    }
    analysis.duplicates = findDuplicates(tree);
    Result<DiveNumbers> dive = diveNumbers(image, monitor);
    if (!dive) {
        return std::unexpected(dive.error());
    }
    analysis.dive = std::move(*dive);
    sumUp(analysis);
    return analysis;
}

std::string_view causeName(Cause cause)
{
    switch (cause) {
    case Cause::None: break;
    case Cause::MetadataCopy: return "metadataCopy";
    case Cause::Rewritten: return "rewritten";
    case Cause::TypeChange: return "typeChange";
    case Cause::DeletedFile: return "deletedFile";
    case Cause::DeletedDirectory: return "deletedDirectory";
    case Cause::Opaque: return "opaque";
    case Cause::DuplicateEntry: return "duplicateEntry";
    }
    return {};
}

} // namespace cutaway
