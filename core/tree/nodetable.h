// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/pagevector.h"
#include "core/tree/entry.h"

#include <bit>

namespace cutaway {

/// Open addressing, three quarters full at most.
constexpr bool isTableFull(std::size_t used, std::size_t tableSize)
{
    return (used + 1) * 4 > tableSize * 3;
}
constexpr std::size_t tableSlotsFor(std::size_t used)
{
    constexpr std::size_t kFewest = 64;
    return std::max(kFewest, std::bit_ceil((used + 1) * 3 / 2));
}

/// A path while a tree grows.
struct GrowingNode
{
    NodeId parent = kNone;
    NameId name = kNone;
};

/// Finds a node by (parent, name): open addressing over node ids. The nodes lie in a vector of the
/// owner; node 0 is the root and not in the table, so that 0 is a free slot.
class NodeTable
{
public:
    /// The node, added to `nodes` when it is new.
    NodeId findOrAdd(PageVector<GrowingNode> &nodes, NodeId parent, NameId name)
    {
        if (isTableFull(nodes.size(), m_slots.size())) {
            make(nodes);
        }
        const std::size_t mask = m_slots.size() - 1;
        std::size_t slot = hash(parent, name) & mask;
        for (; m_slots[slot] != 0; slot = (slot + 1) & mask) {
            const GrowingNode &node = nodes[m_slots[slot]];
            if (node.parent == parent && node.name == name) {
                return m_slots[slot];
            }
        }
        m_slots[slot] = static_cast<NodeId>(nodes.size());
        nodes.push_back({parent, name});
        return m_slots[slot];
    }

    /// Drops the table; the next findOrAdd() makes a new one.
    void clear() { m_slots.release(); }

private:
    static std::size_t hash(NodeId parent, NameId name)
    {
        std::uint64_t key = (static_cast<std::uint64_t>(parent) << 32) | name;
        key = (key ^ (key >> 29)) * 0x9E3779B97F4A7C15U;
        return key ^ (key >> 32);
    }

    void make(const PageVector<GrowingNode> &nodes)
    {
        m_slots.assignZeros(tableSlotsFor(nodes.size()));
        const std::size_t mask = m_slots.size() - 1;
        for (NodeId id = 1; id < nodes.size(); ++id) {
            std::size_t slot = hash(nodes[id].parent, nodes[id].name) & mask;
            while (m_slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            m_slots[slot] = id;
        }
    }

    PageVector<NodeId> m_slots;
};

} // namespace cutaway
