// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/treegrowth.h"

#include <algorithm>
#include <ranges>

namespace cutaway {

namespace {

/// So many records of a layer are read between two givings back.
constexpr std::size_t kForgetEvery = std::size_t{1} << 16;

bool isTimeToForget(std::size_t read)
{
    return read % kForgetEvery == 0;
}

} // namespace

TreeGrowth::TreeGrowth()
    : nodes(1)
    , live(1)
{
    nodes[kRoot].name = names.intern({});
}

void TreeGrowth::add(const LayerTree &layer, LayerTree *own)
{
    layerStarts.push_back(static_cast<EntryId>(entries.size()));
    m_checkedParent = kNone;
    Mapping mapping;
    if (own != nullptr && nodes.size() == 1 && names.count() == 1) {
        takeOver(*own);
    } else {
        mapping.names = mapNames(layer, own);
        mapping.nodes = mapNodes(layer, own, mapping.names);
    }
    live.resize(nodes.size());
    hide(layer, mapping);
    for (std::size_t i = 0; i < layer.m_entries.size(); ++i) {
        if (own != nullptr && isTimeToForget(i)) {
            own->m_entries.forgetFront(i);
        }
        addEntry(layer, own, layer.m_entries[i], mapping);
    }
}

void TreeGrowth::stop()
{
    m_table.clear();
    live.release();
    names.freeze();
}

/// The first layer's paths are the tree's, as they are.
void TreeGrowth::takeOver(LayerTree &layer)
{
    nodes = std::move(layer.m_nodes);
    names = std::move(layer.m_names);
}

PageVector<NameId> TreeGrowth::mapNames(const LayerTree &layer, LayerTree *own)
{
    PageVector<NameId> ids(layer.m_names.count());
    for (NameId id = 0; id < ids.size(); ++id) {
        ids[id] = names.intern(layer.m_names[id]);
        if (own != nullptr && isTimeToForget(id)) {
            own->m_names.forgetFront(id);
        }
    }
    if (own != nullptr) {
        own->m_names = Names();
    }
    return ids;
}

PageVector<NodeId> TreeGrowth::mapNodes(const LayerTree &layer,
                                        LayerTree *own,
                                        const PageVector<NameId> &nameIds)
{
    PageVector<NodeId> ids(layer.m_nodes.size(), kRoot);
    for (std::size_t i = 1; i < ids.size(); ++i) {
        const GrowingNode &node = layer.m_nodes[i];
        ids[i] = m_table.findOrAdd(nodes, ids[node.parent], nameIds[node.name]);
    }
    if (own != nullptr) {
        own->m_nodes.release();
    }
    return ids;
}

/// Whiteouts and opaque markers act on the layers below, whatever their place in the tar.
void TreeGrowth::hide(const LayerTree &layer, const Mapping &mapping)
{
    const std::uint32_t moment = layerStarts.back();
    for (const Entry &entry : layer.m_entries) {
        if (entry.type == EntryType::Whiteout) {
            Live &there = live[mapping.node(entry.node)];
            there.hiddenUpTo = moment;
            there.belowUpTo = moment;
        } else if (entry.type == EntryType::Opaque) {
            live[mapping.node(entry.node)].belowUpTo = moment;
        }
    }
}

void TreeGrowth::appendImplicit(NodeId node, LayerIndex layer)
{
    const EntryId before = live[node].current;
    if (before != kNone && entries[before].type == EntryType::Symlink) {
        symlinkedParents.push_back({node, layer});
    }
    Entry entry;
    entry.type = EntryType::Directory;
    entry.flags = Entry::Implicit;
    entry.mode = 0755;
    entry.layer = layer;
    entry.node = node;
    live[node].current = static_cast<EntryId>(entries.size());
    entries.push_back(entry);
}

/// Makes the directories that lead to an entry, where at this moment there are none.
void TreeGrowth::ensureParents(NodeId parent, LayerIndex layer)
{
    if (parent == m_checkedParent) {
        return;
    }
    m_chain.clear();
    for (NodeId at = parent; at != kRoot; at = nodes[at].parent) {
        m_chain.push_back(at);
    }
    std::uint32_t hiddenUpTo = live[kRoot].belowUpTo;
    for (const NodeId node : m_chain | std::views::reverse) {
        Live &here = live[node];
        const bool exists =
            here.current != kNone && here.current >= std::max(hiddenUpTo, here.hiddenUpTo);
        if (!exists) {
            here.current = kNone;
        }
        if (!exists || entries[here.current].type != EntryType::Directory) {
            appendImplicit(node, layer);
        }
        hiddenUpTo = std::max(hiddenUpTo, here.belowUpTo);
    }
    m_checkedParent = parent;
}

void TreeGrowth::addEntry(const LayerTree &layer,
                          LayerTree *own,
                          Entry entry,
                          const Mapping &mapping)
{
    entry.node = mapping.node(entry.node);
    entry.layer = static_cast<LayerIndex>(layerStarts.size() - 1);
    if (entry.makesPath() && entry.node != kRoot) {
        ensureParents(nodes[entry.node].parent, entry.layer);
    }
    if (entry.holdsBytes()) {
        if (own != nullptr && isTimeToForget(entry.link)) {
            own->m_hashes.forgetFront(entry.link);
        }
        hashes.push_back(layer.m_hashes[entry.link]);
        entry.link = static_cast<std::uint32_t>(hashes.size() - 1);
    } else if (entry.link != kNone) {
        entry.link = mapping.name(entry.link);
    }
    if (entry.extra != kNone) {
        if (own != nullptr) {
            extras.push_back(std::move(own->m_extras[entry.extra]));
        } else {
            extras.push_back(layer.m_extras[entry.extra]);
        }
        entry.extra = static_cast<std::uint32_t>(extras.size() - 1);
    }
    const auto id = static_cast<EntryId>(entries.size());
    entries.push_back(entry);
    if (!entry.makesPath()) {
        return;
    }
    Live &here = live[entry.node];
    if (entry.type != EntryType::Directory) {
        if (here.current != kNone) {
            m_checkedParent = kNone;
        }
        here.belowUpTo = id;
    }
    here.current = id;
}

} // namespace cutaway
