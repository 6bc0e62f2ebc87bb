// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/builder.h"

#include "core/tree/overlay.h"
#include "core/tree/treegrowth.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace cutaway {

namespace {

using Record = PathTree::Record;

/// The children of each path, in the order of their coming.
struct Children
{
    PageVector<NodeId> all;
    PageVector<std::uint32_t> first; ///< of a node, in `all`

    explicit Children(const PageVector<GrowingNode> &nodes)
        : all(nodes.size() - 1)
        , first(nodes.size() + 1, 0)
    {
        for (const GrowingNode &node : std::span(nodes).subspan(1)) {
            ++first[node.parent];
        }
        std::partial_sum(first.begin(), first.end(), first.begin()); // now the ends
        for (auto id = static_cast<NodeId>(nodes.size()); id-- > 1;) {
            all[--first[nodes[id].parent]] = id;
        }
    }

    std::span<NodeId> of(NodeId node)
    {
        return std::span(all.begin(), all.end())
            .subspan(first[node], first[node + 1] - first[node]);
    }
};

/// The nodes in breadth-first order, children sorted by name; until entries are sorted, firstEntry
/// is the node's old id.
PageVector<Record> sortNodes(const PageVector<GrowingNode> &nodes, const Names &names)
{
    Children children(nodes);
    const auto count = static_cast<NodeId>(nodes.size());
    PageVector<Record> sorted(std::size_t{count} + 1);
    NodeId placed = 1;
    const auto nameOf = [&](NodeId id) { return names[nodes[id].name]; };
    for (NodeId id = 0; id < count; ++id) {
        const NodeId old = sorted[id].firstEntry;
        const std::span<NodeId> below = children.of(old);
        if (!std::ranges::is_sorted(below, {}, nameOf)) { // tars mostly are
            std::ranges::sort(below, {}, nameOf);
        }
        sorted[id].name = nodes[old].name;
        sorted[id].firstChild = placed;
        for (const NodeId child : below) {
            sorted[placed].parent = id;
            sorted[placed].firstEntry = child;
            ++placed;
        }
    }
    sorted[count].firstChild = placed;
    return sorted;
}

PageVector<NodeId> newIdsOf(const PageVector<Record> &sorted)
{
    PageVector<NodeId> ids(sorted.size() - 1);
    for (NodeId id = 0; id < ids.size(); ++id) {
        ids[sorted[id].firstEntry] = id;
    }
    return ids;
}

/// Puts the entries into runs by node, in the order of their coming, in place; gives each one's
/// moment. The nodes of the entries are new ids already.
PageVector<EntryId> sortEntries(PageVector<Record> &nodes, PageVector<Entry> &entries)
{
    for (Record &node : nodes) {
        node.firstEntry = 0;
    }
    for (const Entry &entry : entries) {
        ++nodes[entry.node].firstEntry;
    }
    EntryId end = 0;
    for (Record &node : nodes) {
        end += node.firstEntry;
        node.firstEntry = end;
    }
    const auto count = static_cast<EntryId>(entries.size());
    PageVector<EntryId> target(count);
    for (EntryId id = count; id-- > 0;) {
        target[id] = --nodes[entries[id].node].firstEntry;
    }
    PageVector<EntryId> moments(count);
    std::iota(moments.begin(), moments.end(), 0U);
    for (EntryId id = 0; id < count; ++id) {
        while (target[id] != id) {
            const EntryId to = target[id];
            std::swap(entries[id], entries[to]);
            std::swap(moments[id], moments[to]);
            std::swap(target[id], target[to]);
        }
    }
    return moments;
}

/// Gives each layer's whiteouts a moment of their own, before the layer's first entry.
void spreadMoments(const PageVector<Entry> &entries,
                   PageVector<EntryId> &moments,
                   std::vector<EntryId> &layerStarts)
{
    for (EntryId id = 0; id < moments.size(); ++id) {
        moments[id] += entries[id].layer + 1U;
    }
    for (EntryId layer = 0; layer < layerStarts.size(); ++layer) {
        layerStarts[layer] += layer;
    }
}

} // namespace

PathTreeBuilder::PathTreeBuilder()
    : m_growth(std::make_unique<TreeGrowth>())
{}

PathTreeBuilder::~PathTreeBuilder() = default;

void PathTreeBuilder::add(LayerTree &&given)
{
    LayerTree layer = std::move(given);
    m_growth->add(layer, &layer);
}

void PathTreeBuilder::add(const LayerTree &layer)
{
    m_growth->add(layer, nullptr);
}

Result<PathTreePtr> PathTreeBuilder::finish(const Monitor &monitor)
{
    const auto tree = std::make_shared<PathTree>();
    TreeGrowth &grown = *m_growth;
    grown.stop();
    tree->m_layerCount = static_cast<std::uint32_t>(grown.layerStarts.size());
    tree->m_names = std::move(grown.names);
    tree->m_entries = std::move(grown.entries);
    tree->m_hashes = std::move(grown.hashes);
    tree->m_extras = std::move(grown.extras);
    tree->m_symlinkedParents = std::move(grown.symlinkedParents);
    if (monitor.isCancelled()) {
        return failCancelled();
    }
    tree->m_nodes = sortNodes(grown.nodes, tree->m_names);
    grown.nodes.release();
    {
        const PageVector<NodeId> newIds = newIdsOf(tree->m_nodes);
        for (Entry &entry : tree->m_entries) {
            entry.node = newIds[entry.node];
        }
        for (PathTree::SymlinkedParent &parent : tree->m_symlinkedParents) {
            parent.node = newIds[parent.node];
        }
    }
    PageVector<EntryId> moments = sortEntries(tree->m_nodes, tree->m_entries);
    spreadMoments(tree->m_entries, moments, grown.layerStarts);
    if (monitor.isCancelled()) {
        return failCancelled();
    }
    Overlay(*tree, moments, grown.layerStarts).settle();
    if (monitor.isCancelled()) {
        return failCancelled();
    }
    return tree;
}

} // namespace cutaway
