// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathtree.h"
#include "core/tree/view.h"

namespace cutaway {

/// One thing that a layer does to a path: an entry that stood there is followed by another, or by
/// none.
struct PathChange
{
    LayerIndex layer = 0;
    EntryId before = kNone; ///< what the lower layers had there
    EntryId after = kNone;  ///< what is there afterwards
};

/// Calls `visit(const PathChange &)` for each layer that touches what is at the path, lowest first.
/// Linear in the entries of the node. A layer that deletes a path and brings it back touches it
/// once.
template<typename Visit>
void forEachChange(const PathTree &tree, NodeId id, Visit visit)
{
    const PathTree::Node &node = tree.node(id);
    EntryId standing = kNone;
    const auto end = [&](LayerIndex before) {
        if (standing == kNone) {
            return;
        }
        const LayerIndex hiddenBy = tree.entry(standing).hiddenBy;
        if (hiddenBy < before) {
            visit(PathChange{hiddenBy, standing, kNone});
            standing = kNone;
        }
    };
    for (EntryId entry = node.firstEntry; entry < node.firstEntry + node.entryCount; ++entry) {
        const Entry &candidate = tree.entry(entry);
        if (!candidate.makesPath() || candidate.hiddenBy == candidate.layer) {
            continue; // makes nothing, or nothing that outlives its own layer
        }
        end(candidate.layer);
        visit(PathChange{candidate.layer, standing, entry});
        standing = entry;
    }
    end(kNoLayer);
}

} // namespace cutaway
