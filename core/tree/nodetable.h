// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/entry.h"

#include <vector>

namespace cutaway {

/// Finds a node by (parent, name) while a tree grows: open addressing over node ids. The nodes lie
/// in a vector of the owner, of any record with `parent` and `name`; node 0 is the root and not in
/// the table.
class NodeTable
{
public:
    /// The node, added to `nodes` when it is new.
    template<typename Node>
    NodeId findOrAdd(std::vector<Node> &nodes, NodeId parent, NameId name)
    {
        if (nodes.size() * 2 > m_slots.size()) {
            grow(nodes);
        }
        const std::size_t mask = m_slots.size() - 1;
        std::size_t slot = hash(parent, name) & mask;
        for (; m_slots[slot] != kNone; slot = (slot + 1) & mask) {
            const Node &node = nodes[m_slots[slot]];
            if (node.parent == parent && node.name == name) {
                return m_slots[slot];
            }
        }
        m_slots[slot] = static_cast<NodeId>(nodes.size());
        Node node;
        node.parent = parent;
        node.name = name;
        nodes.push_back(node);
        return m_slots[slot];
    }

    void clear() { m_slots = {}; }

private:
    static std::size_t hash(NodeId parent, NameId name)
    {
        const std::uint64_t key = (static_cast<std::uint64_t>(parent) << 32) | name;
        return (key ^ (key >> 29)) * 0x9E3779B97F4A7C15U >> 16;
    }

    template<typename Node>
    void grow(const std::vector<Node> &nodes)
    {
        m_slots.assign(m_slots.empty() ? 64 : m_slots.size() * 2, kNone);
        const std::size_t mask = m_slots.size() - 1;
        for (NodeId id = 1; id < nodes.size(); ++id) {
            std::size_t slot = hash(nodes[id].parent, nodes[id].name) & mask;
            while (m_slots[slot] != kNone) {
                slot = (slot + 1) & mask;
            }
            m_slots[slot] = id;
        }
    }

    std::vector<NodeId> m_slots;
};

} // namespace cutaway
