// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/builder.h"

#include "core/tree/nodetable.h"
#include "core/tree/overlay.h"

#include <algorithm>
#include <numeric>
#include <ranges>

namespace cutaway {

/// While layers are added, nodes and entries lie in the order of their coming. An entry's index
/// then is its moment: what a layer's whiteouts hide is everything before the layer's first entry,
/// what a non-directory hides below it is everything before itself.
struct PathTreeBuilder::State
{
    /// What is at a path at this moment of the adding, and what has been hidden there.
    struct Live
    {
        EntryId current = kNone;      ///< last entry that made the path
        std::uint32_t hiddenUpTo = 0; ///< entries of the path before this moment are hidden
        std::uint32_t belowUpTo = 0;  ///< entries below the path before this moment are hidden
    };

    std::shared_ptr<PathTree> tree = std::make_shared<PathTree>();
    NodeTable table;
    std::vector<Live> live{1};
    std::vector<EntryId> layerStarts;
    std::vector<NodeId> chain;    ///< scratch of ensureParents
    NodeId checkedParent = kNone; ///< known to be a directory as long as nothing replaces one

    void makeRoomFor(const LayerTree &layer);
    NodeId nodeOf(NodeId parent, NameId name);
    std::vector<NodeId> mapNodes(const LayerTree &layer);
    void hide(const LayerTree &layer, const std::vector<NodeId> &nodes);
    void addEntry(const LayerTree &layer, std::size_t index, NodeId node);
    void ensureParents(NodeId parent, LayerIndex layer);
    void appendImplicit(NodeId node, LayerIndex layer);
    std::vector<NodeId> sortNodes();
    std::vector<EntryId> sortEntries(const std::vector<NodeId> &newIds);
    void spreadMoments(std::vector<EntryId> &moments);
};

PathTreeBuilder::PathTreeBuilder()
    : m_state(std::make_unique<State>())
{
    PathTree &tree = *m_state->tree;
    tree.m_nodes.resize(1);
    tree.m_nodes[kRoot].name = tree.m_names.intern({});
}

PathTreeBuilder::~PathTreeBuilder() = default;

/// Room for what a layer can bring. Doubling by itself would, for a layer of a million entries,
/// hold three times what is needed while the layer is still there too.
void PathTreeBuilder::State::makeRoomFor(const LayerTree &layer)
{
    const auto grow = [](auto &vector, std::size_t more) {
        const std::size_t needed = vector.size() + more;
        if (needed > vector.capacity()) {
            vector.reserve(std::max(needed, vector.capacity() + vector.capacity() / 2));
        }
    };
    const std::size_t nodes = layer.nodes().size();
    const std::size_t entries = std::max(layer.entries().size(), nodes); // unnamed parents have one
    grow(tree->m_nodes, nodes);
    grow(live, nodes);
    grow(tree->m_entries, entries);
    grow(tree->m_hashes, entries);
}

NodeId PathTreeBuilder::State::nodeOf(NodeId parent, NameId name)
{
    const NodeId node = table.findOrAdd(tree->m_nodes, parent, name);
    if (node == live.size()) {
        live.emplace_back();
    }
    return node;
}

std::vector<NodeId> PathTreeBuilder::State::mapNodes(const LayerTree &layer)
{
    std::vector<NodeId> nodes(layer.nodes().size(), kRoot);
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        const LayerTree::Node &node = layer.nodes()[i];
        nodes[i] = nodeOf(nodes[node.parent], tree->m_names.intern(layer.name(node.name)));
    }
    return nodes;
}

/// Whiteouts and opaque markers act on the layers below, whatever their place in the tar.
void PathTreeBuilder::State::hide(const LayerTree &layer, const std::vector<NodeId> &nodes)
{
    const std::uint32_t moment = layerStarts.back();
    for (const Entry &entry : layer.entries()) {
        if (entry.type == EntryType::Whiteout) {
            live[nodes[entry.node]].hiddenUpTo = moment;
            live[nodes[entry.node]].belowUpTo = moment;
        } else if (entry.type == EntryType::Opaque) {
            live[nodes[entry.node]].belowUpTo = moment;
        }
    }
}

void PathTreeBuilder::State::appendImplicit(NodeId node, LayerIndex layer)
{
    const EntryId before = live[node].current;
    if (before != kNone && tree->m_entries[before].type == EntryType::Symlink) {
        tree->m_symlinkedParents.push_back({node, layer});
    }
    Entry entry;
    entry.type = EntryType::Directory;
    entry.flags = Entry::Implicit;
    entry.mode = 0755;
    entry.layer = layer;
    entry.node = node;
    live[node].current = static_cast<EntryId>(tree->m_entries.size());
    tree->m_entries.push_back(entry);
    tree->m_hashes.emplace_back();
}

/// Makes the directories that lead to an entry, where at this moment there are none.
void PathTreeBuilder::State::ensureParents(NodeId parent, LayerIndex layer)
{
    if (parent == checkedParent) {
        return;
    }
    chain.clear();
    for (NodeId at = parent; at != kRoot; at = tree->m_nodes[at].parent) {
        chain.push_back(at);
    }
    std::uint32_t hiddenUpTo = live[kRoot].belowUpTo;
    for (const NodeId node : chain | std::views::reverse) {
        Live &here = live[node];
        const bool exists =
            here.current != kNone && here.current >= std::max(hiddenUpTo, here.hiddenUpTo);
        if (!exists) {
            here.current = kNone;
        }
        if (!exists || tree->m_entries[here.current].type != EntryType::Directory) {
            appendImplicit(node, layer);
        }
        hiddenUpTo = std::max(hiddenUpTo, here.belowUpTo);
    }
    checkedParent = parent;
}

void PathTreeBuilder::State::addEntry(const LayerTree &layer, std::size_t index, NodeId node)
{
    Entry entry = layer.entries()[index];
    entry.node = node;
    entry.layer = static_cast<LayerIndex>(layerStarts.size() - 1);
    if (entry.makesPath() && node != kRoot) {
        ensureParents(tree->m_nodes[node].parent, entry.layer);
    }
    if (entry.link != kNone) {
        entry.link = tree->m_names.intern(layer.name(entry.link));
    }
    if (entry.extra != kNone) {
        tree->m_extras.push_back(layer.extras()[entry.extra]);
        entry.extra = static_cast<std::uint32_t>(tree->m_extras.size() - 1);
    }
    const auto id = static_cast<EntryId>(tree->m_entries.size());
    tree->m_entries.push_back(entry);
    tree->m_hashes.push_back(layer.hashes()[index]);
    if (!entry.makesPath()) {
        return;
    }
    Live &here = live[node];
    if (entry.type != EntryType::Directory) {
        if (here.current != kNone) {
            checkedParent = kNone;
        }
        here.belowUpTo = id;
    }
    here.current = id;
}

void PathTreeBuilder::add(LayerTree &&given)
{
    const LayerTree layer = std::move(given);
    State &state = *m_state;
    state.layerStarts.push_back(static_cast<EntryId>(state.tree->m_entries.size()));
    state.checkedParent = kNone;
    state.makeRoomFor(layer);
    const std::vector<NodeId> nodes = state.mapNodes(layer);
    state.hide(layer, nodes);
    for (std::size_t i = 0; i < layer.entries().size(); ++i) {
        state.addEntry(layer, i, nodes[layer.entries()[i].node]);
    }
}

/// Puts the nodes into breadth-first order, children sorted by name; gives the new id of each old
/// one.
std::vector<NodeId> PathTreeBuilder::State::sortNodes()
{
    std::vector<PathTree::Node> &nodes = tree->m_nodes;
    const auto count = static_cast<NodeId>(nodes.size());
    std::vector<std::uint32_t> firstChild(std::size_t{count} + 1, 0);
    for (NodeId id = 1; id < count; ++id) {
        ++firstChild[nodes[id].parent + 1];
    }
    std::partial_sum(firstChild.begin(), firstChild.end(), firstChild.begin());
    std::vector<NodeId> children(count - 1);
    {
        std::vector<std::uint32_t> next(firstChild.begin(), firstChild.end() - 1);
        for (NodeId id = 1; id < count; ++id) {
            children[next[nodes[id].parent]++] = id;
        }
    }
    std::vector<NodeId> order; // new id → old id
    order.reserve(count);
    order.push_back(kRoot);
    std::vector<PathTree::Node> sorted(count);
    const Names &names = tree->m_names;
    for (NodeId id = 0; id < count; ++id) {
        const NodeId old = order[id];
        const auto begin = children.begin() + firstChild[old];
        const auto end = children.begin() + firstChild[old + 1];
        std::sort(begin, end, [&](NodeId a, NodeId b) {
            return names[nodes[a].name] < names[nodes[b].name];
        });
        sorted[id].name = nodes[old].name;
        sorted[id].firstChild = static_cast<NodeId>(order.size());
        sorted[id].childCount = static_cast<std::uint32_t>(end - begin);
        for (auto child = begin; child != end; ++child) {
            sorted[order.size()].parent = id;
            order.push_back(*child);
        }
    }
    std::vector<NodeId> newIds(count);
    for (NodeId id = 0; id < count; ++id) {
        newIds[order[id]] = id;
    }
    nodes = std::move(sorted);
    return newIds;
}

/// Puts the entries into runs by node, in the order of their coming, in place; gives each one's
/// moment.
std::vector<EntryId> PathTreeBuilder::State::sortEntries(const std::vector<NodeId> &newIds)
{
    std::vector<PathTree::Node> &nodes = tree->m_nodes;
    std::vector<Entry> &entries = tree->m_entries;
    for (Entry &entry : entries) {
        entry.node = newIds[entry.node];
        ++nodes[entry.node].entryCount;
    }
    EntryId first = 0;
    std::vector<EntryId> next(nodes.size());
    for (NodeId id = 0; id < nodes.size(); ++id) {
        nodes[id].firstEntry = first;
        next[id] = first;
        first += nodes[id].entryCount;
    }
    std::vector<EntryId> target(entries.size());
    for (EntryId id = 0; id < entries.size(); ++id) {
        target[id] = next[entries[id].node]++;
    }
    std::vector<EntryId> moments(entries.size());
    std::iota(moments.begin(), moments.end(), 0U);
    for (EntryId id = 0; id < entries.size(); ++id) {
        while (target[id] != id) {
            const EntryId to = target[id];
            std::swap(entries[id], entries[to]);
            std::swap(tree->m_hashes[id], tree->m_hashes[to]);
            std::swap(moments[id], moments[to]);
            std::swap(target[id], target[to]);
        }
    }
    return moments;
}

/// Gives each layer's whiteouts a moment of their own, before the layer's first entry.
void PathTreeBuilder::State::spreadMoments(std::vector<EntryId> &moments)
{
    for (EntryId id = 0; id < moments.size(); ++id) {
        moments[id] += tree->m_entries[id].layer + 1U;
    }
    for (EntryId layer = 0; layer < layerStarts.size(); ++layer) {
        layerStarts[layer] += layer;
    }
}

Result<PathTreePtr> PathTreeBuilder::finish(const Monitor &monitor)
{
    State &state = *m_state;
    PathTree &tree = *state.tree;
    tree.m_layerCount = static_cast<std::uint32_t>(state.layerStarts.size());
    state.table.clear();
    state.live = {};
    tree.m_names.freeze();
    if (monitor.isCancelled()) {
        return failCancelled();
    }
    const std::vector<NodeId> newIds = state.sortNodes();
    for (PathTree::SymlinkedParent &parent : tree.m_symlinkedParents) {
        parent.node = newIds[parent.node];
    }
    std::vector<EntryId> moments = state.sortEntries(newIds);
    state.spreadMoments(moments);
    if (monitor.isCancelled()) {
        return failCancelled();
    }
    Overlay(tree, moments, state.layerStarts).settle();
    if (monitor.isCancelled()) {
        return failCancelled();
    }
    return std::move(state.tree);
}

} // namespace cutaway
