// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/view.h"

#include <unordered_set>

namespace cutaway {

Change changeBetween(const PathTree &tree, EntryId before, EntryId after)
{
    if (after == kNone) {
        return before == kNone ? Change::Unmodified : Change::Removed;
    }
    if (before == kNone) {
        return Change::Added;
    }
    if (before == after) {
        return Change::Unmodified;
    }
    if (tree.effectiveType(before) != tree.effectiveType(after)
        || !tree.sameContent(before, after)) {
        return Change::Modified;
    }
    return tree.sameMetadata(before, after) ? Change::Unmodified : Change::Metadata;
}

TreeView::TreeView(PathTreePtr tree, ViewSpec spec)
    : m_tree(std::move(tree))
    , m_spec(spec)
    , m_rows(m_tree->nodeCount())
{
    switch (spec.kind) {
    case ViewSpec::Kind::Final: fillState(kNoLayer - 1); break;
    case ViewSpec::Kind::At: fillState(spec.layer); break;
    case ViewSpec::Kind::Layer: fillLayer(spec.layer); break;
    }
    sumUp();
}

void TreeView::fillState(LayerIndex layer)
{
    std::unordered_set<EntryId> countedGroups;
    const bool marksChanges = m_spec.kind == ViewSpec::Kind::At;
    for (NodeId id = 0; id < m_rows.size(); ++id) {
        Row &row = m_rows[id];
        row.entry = m_tree->entryAt(id, layer);
        if (row.entry == kNone) {
            continue;
        }
        row.shown = true;
        const Entry &entry = m_tree->entry(row.entry);
        if (marksChanges && entry.layer == layer) {
            const EntryId before = layer == 0 ? kNone : m_tree->entryAt(id, layer - 1);
            row.change = changeBetween(*m_tree, before, row.entry);
        }
        if (entry.type == EntryType::Directory) {
            continue;
        }
        row.files = 1;
        const EntryId content = m_tree->content(row.entry);
        const EntryId group = m_tree->linkGroup(row.entry);
        if (content != kNone && (group == kNone || countedGroups.insert(group).second)) {
            row.bytes = m_tree->entry(content).size;
        }
    }
}

void TreeView::fillLayer(LayerIndex layer)
{
    m_removedBytes.assign(m_rows.size(), 0);
    for (NodeId id = 0; id < m_rows.size(); ++id) {
        Row &row = m_rows[id];
        EntryId hidden = kNone;
        const PathTree::Node &node = m_tree->node(id);
        for (EntryId at = node.firstEntry; at < node.firstEntry + node.entryCount; ++at) {
            const Entry &entry = m_tree->entry(at);
            if (!entry.makesPath()) {
                continue;
            }
            if (entry.layer == layer) {
                row.entry = at;
                row.bytes += entry.size;
            } else if (entry.layer < layer && entry.hiddenBy == layer) {
                hidden = at;
                m_removedBytes[id] += entry.size;
            }
        }
        row.shown = row.entry != kNone || hidden != kNone;
        if (!row.shown) {
            continue;
        }
        row.change = changeBetween(*m_tree, hidden, row.entry);
        if (row.entry == kNone) {
            row.entry = hidden;
        }
        row.files = m_tree->effectiveType(row.entry) == EntryType::Directory ? 0 : 1;
    }
}

/// Children have greater ids than their parents: one pass backwards carries everything up.
void TreeView::sumUp()
{
    m_rows[kRoot].shown = true;
    for (auto id = static_cast<NodeId>(m_rows.size()); id-- > 1;) {
        const Row &row = m_rows[id];
        if (!row.shown) {
            continue;
        }
        ++m_shownCount;
        const NodeId parentId = m_tree->node(id).parent;
        Row &parent = m_rows[parentId];
        parent.shown = true;
        parent.bytes += row.bytes;
        parent.files += row.files;
        parent.changedBelow =
            parent.changedBelow || row.changedBelow || row.change != Change::Unmodified;
        if (!m_removedBytes.empty()) {
            m_removedBytes[parentId] += m_removedBytes[id];
        }
    }
    ++m_shownCount;
}

std::uint64_t TreeView::removedBytes(NodeId id) const
{
    return m_removedBytes.empty() ? 0 : m_removedBytes[id];
}

} // namespace cutaway
