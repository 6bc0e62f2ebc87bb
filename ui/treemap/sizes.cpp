// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/treemap/sizes.h"

#include <utility>

namespace cutaway::treemap {

Sizes sumUp(const PathTree &tree, std::vector<std::uint64_t> own)
{
    Sizes sizes{.bytes = std::move(own), .lead = {}};
    const auto count = static_cast<NodeId>(sizes.bytes.size());
    sizes.lead.resize(count);
    std::vector<std::uint64_t> heaviest = sizes.bytes; // what the lead of each has to outweigh
    for (NodeId id = 0; id < count; ++id) {
        sizes.lead[id] = id;
    }
    // Children have greater ids than their parents: one pass backwards carries everything up. Of
    // equals the one that comes first by name leads.
    for (NodeId id = count; id-- > 1;) {
        const NodeId parent = tree.node(id).parent;
        sizes.bytes[parent] += sizes.bytes[id];
        if (sizes.bytes[id] > 0 && sizes.bytes[id] >= heaviest[parent]) {
            heaviest[parent] = sizes.bytes[id];
            sizes.lead[parent] = sizes.lead[id];
        }
    }
    return sizes;
}

std::vector<std::uint64_t> ownBytes(const TreeView &view)
{
    const PathTree &tree = view.tree();
    const bool isLayer = view.spec().kind == ViewSpec::Kind::Layer;
    std::vector<std::uint64_t> own(tree.nodeCount());
    std::vector<std::uint64_t> removed(isLayer ? tree.nodeCount() : 0);
    for (NodeId id = 0; id < own.size(); ++id) {
        own[id] = view.bytes(id);
        if (id != kRoot) {
            own[tree.node(id).parent] -= own[id];
        }
        if (isLayer) {
            removed[id] = view.removedBytes(id);
            if (id != kRoot) {
                removed[tree.node(id).parent] -= removed[id];
            }
        }
    }
    for (NodeId id = 0; id < removed.size(); ++id) {
        own[id] = own[id] > 0 ? own[id] : removed[id];
    }
    return own;
}

std::vector<std::uint64_t> hiddenBytes(const PathTree &tree, const std::vector<WasteItem> &waste)
{
    std::vector<std::uint64_t> own(tree.nodeCount());
    for (const WasteItem &item : waste) {
        own[tree.entry(item.entry).node] += item.bytes;
    }
    return own;
}

} // namespace cutaway::treemap
