// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/layertree.h"
#include "core/tree/pathtree.h"

#include <vector>

namespace cutaway {

/// A path tree while layers are added: nodes and entries lie in the order of their coming. An
/// entry's index then is its moment: what a layer's whiteouts hide is everything before the layer's
/// first entry, what a non-directory hides below it is everything before itself.
struct TreeGrowth
{
    /// What is at a path at this moment of the adding, and what has been hidden there.
    struct Live
    {
        EntryId current = kNone;      ///< last entry that made the path
        std::uint32_t hiddenUpTo = 0; ///< entries of the path before this moment are hidden
        std::uint32_t belowUpTo = 0;  ///< entries below the path before this moment are hidden
    };

    PageVector<GrowingNode> nodes;
    PageVector<Live> live;
    PageVector<Entry> entries;
    PageVector<ContentHash> hashes;
    std::vector<EntryExtra> extras;
    Names names;
    std::vector<EntryId> layerStarts;
    std::vector<PathTree::SymlinkedParent> symlinkedParents;

    TreeGrowth();
    /// Adds the next layer. `own` is the same layer where it may be used up: its records then are
    /// given back to the system while they are read, so that the two trees never lie there both.
    void add(const LayerTree &layer, LayerTree *own);
    /// Drops what only adding needs.
    void stop();

private:
    /// The layer's ids in this tree; empty where they are the same.
    struct Mapping
    {
        PageVector<NameId> names;
        PageVector<NodeId> nodes;

        NameId name(NameId id) const { return names.empty() ? id : names[id]; }
        NodeId node(NodeId id) const { return nodes.empty() ? id : nodes[id]; }
    };

    void takeOver(LayerTree &layer);
    PageVector<NameId> mapNames(const LayerTree &layer, LayerTree *own);
    PageVector<NodeId> mapNodes(const LayerTree &layer,
                                LayerTree *own,
                                const PageVector<NameId> &nameIds);
    void hide(const LayerTree &layer, const Mapping &mapping);
    void addEntry(const LayerTree &layer, LayerTree *own, Entry entry, const Mapping &mapping);
    void ensureParents(NodeId parent, LayerIndex layer);
    void appendImplicit(NodeId node, LayerIndex layer);

    NodeTable m_table;
    std::vector<NodeId> m_chain;    ///< scratch of ensureParents
    NodeId m_checkedParent = kNone; ///< known to be a directory as long as nothing replaces one
};

} // namespace cutaway
