// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/whatif.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace cutaway {

namespace {

/// Of all nodes, whether they are at a dropped path or below one. Parents come before children.
std::vector<bool> droppedNodes(const PathTree &tree, const std::vector<NodeId> &dropped)
{
    std::vector<bool> is(tree.nodeCount());
    if (dropped.empty()) {
        return is;
    }
    for (const NodeId node : dropped) {
        is[node] = true;
    }
    for (NodeId node = kRoot + 1; node < tree.nodeCount(); ++node) {
        is[node] = is[node] || is[tree.node(node).parent];
    }
    return is;
}

/// Of all entries, whether their bytes are gone: every name that they have is at a dropped path.
std::vector<bool> droppedContents(const PathTree &tree, const std::vector<NodeId> &dropped)
{
    const std::vector<bool> nodes = droppedNodes(tree, dropped);
    std::vector<bool> is(tree.entryCount());
    if (dropped.empty()) {
        return is;
    }
    for (EntryId id = 0; id < tree.entryCount(); ++id) {
        is[id] = nodes[tree.entry(id).node];
    }
    for (EntryId id = 0; id < tree.entryCount(); ++id) {
        if (tree.entry(id).type != EntryType::HardLink || is[id]) {
            continue;
        }
        if (const EntryId content = tree.content(id); content != kNone) {
            is[content] = false;
        }
    }
    return is;
}

/// Each layer's place in a list in which ranges are one.
std::vector<std::uint32_t> places(const Image &image,
                                  const WhatIf &question,
                                  std::vector<WhatIfLayer> &layers)
{
    std::vector<std::uint32_t> placeOf(image.layers.size());
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        const auto layer = static_cast<LayerIndex>(i);
        const auto range =
            std::ranges::find_if(question.merged, [&](const auto &one) { return one.has(layer); });
        if (range == question.merged.end() || range->first == layer) {
            layers.push_back({range == question.merged.end() ? LayerRange{layer, layer} : *range});
        }
        placeOf[i] = static_cast<std::uint32_t>(layers.size() - 1);
    }
    return placeOf;
}

std::uint64_t scaled(std::uint64_t whole, std::uint64_t part, std::uint64_t of)
{
    if (of == 0) {
        return whole;
    }
    return static_cast<std::uint64_t>(static_cast<double>(whole) * static_cast<double>(part)
                                      / static_cast<double>(of));
}

void sumUp(WhatIfNumbers &numbers)
{
    for (WhatIfLayer &layer : numbers.layers) {
        layer.wireAfter = scaled(layer.wireBefore, layer.after(), layer.before);
        numbers.before += layer.before;
        numbers.dropped += layer.dropped;
        numbers.hidden += layer.hidden;
        numbers.wireBefore += layer.wireBefore;
        numbers.wireAfter += layer.wireAfter;
    }
}

} // namespace

Result<> checkWhatIf(const Image &image, const WhatIf &question)
{
    std::vector<LayerRange> ranges = question.merged;
    std::ranges::sort(ranges, {}, &LayerRange::first);
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const auto [first, last] = ranges[i];
        const std::string words = std::to_string(first) + "-" + std::to_string(last);
        if (last >= image.layers.size()) {
            return fail(ErrorCode::InvalidInput,
                        "there are no layers " + words + ": the image has layers 0 to "
                            + std::to_string(image.layers.empty() ? 0 : image.layers.size() - 1));
        }
        if (first >= last) {
            return fail(ErrorCode::InvalidInput,
                        words + " is no range of layers: it must be two or more, the lower first");
        }
        if (i > 0 && ranges[i - 1].last >= first) {
            return fail(ErrorCode::InvalidInput,
                        "layer " + std::to_string(first) + " cannot be merged twice");
        }
    }
    return {};
}

WhatIfNumbers whatIf(const Image &image, const Analysis &analysis, const WhatIf &question)
{
    const PathTree &tree = *image.tree;
    const std::vector<bool> isDropped = droppedContents(tree, question.dropped);
    WhatIfNumbers numbers;
    const std::vector<std::uint32_t> placeOf = places(image, question, numbers.layers);
    const auto at = [&](LayerIndex layer) -> WhatIfLayer & {
        return numbers.layers[placeOf[layer]];
    };
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        at(static_cast<LayerIndex>(i)).wireBefore += image.layers[i].wireBytes.value_or(0);
    }
    for (EntryId id = 0; id < tree.entryCount(); ++id) {
        const Entry &entry = tree.entry(id);
        if (entry.type == EntryType::File) {
            at(entry.layer).before += entry.size;
            at(entry.layer).dropped += isDropped[id] ? entry.size : 0;
        }
    }
    numbers.visibleAfter = analysis.visibleBytes;
    std::uint64_t droppedHidden = 0;
    for (const WasteItem &item : analysis.waste) {
        WhatIfLayer &layer = at(item.layer);
        if (isDropped[item.entry]) {
            droppedHidden += item.bytes;
        } else if (layer.layers.first != layer.layers.last && layer.layers.has(item.hiddenBy)) {
            layer.hidden += item.bytes;
        }
    }
    sumUp(numbers);
    numbers.visibleAfter -= numbers.dropped - droppedHidden;
    return numbers;
}

std::vector<MergeGain> bestMerges(const Image &image, const Analysis &analysis, std::size_t most)
{
    std::map<std::pair<LayerIndex, LayerIndex>, std::uint64_t> hidden;
    for (const WasteItem &item : analysis.waste) {
        const bool isOwn = !analysis.layers[item.layer].isBase;
        if (isOwn && item.hiddenBy < image.layers.size() && item.hiddenBy > item.layer) {
            hidden[{item.layer, item.hiddenBy}] += item.bytes;
        }
    }
    std::vector<MergeGain> gains;
    // saved[j]: by merging first…j; inner[j]: by merging first+1…j. What first…j-1 and first+1…j
    // both save is counted once.
    std::vector<std::uint64_t> saved(image.layers.size());
    auto next = hidden.rbegin();
    for (std::size_t first = image.layers.size(); first-- > 0 && next != hidden.rend();) {
        const std::vector<std::uint64_t> inner = saved;
        std::vector<std::uint64_t> own(image.layers.size());
        for (; next != hidden.rend() && next->first.first == first; ++next) {
            own[next->first.second] = next->second;
        }
        for (std::size_t last = first + 1; last < saved.size(); ++last) {
            saved[last] = saved[last - 1] + inner[last] - inner[last - 1] + own[last];
            if (own[last] > 0) {
                const LayerRange range{static_cast<LayerIndex>(first),
                                       static_cast<LayerIndex>(last)};
                gains.push_back({range, saved[last]});
            }
        }
    }
    std::ranges::stable_sort(gains, [](const MergeGain &a, const MergeGain &b) {
        const int lengthA = a.layers.last - a.layers.first;
        const int lengthB = b.layers.last - b.layers.first;
        return a.bytes != b.bytes ? a.bytes > b.bytes : lengthA < lengthB;
    });
    if (gains.size() > most) {
        gains.resize(most);
    }
    return gains;
}

} // namespace cutaway
