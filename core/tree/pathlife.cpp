// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/pathlife.h"

namespace cutaway {

ChangedParts changedParts(const PathTree &tree, EntryId before, EntryId after)
{
    const Entry &old = tree.entry(before);
    const Entry &now = tree.entry(after);
    const EntryExtra *oldExtra = tree.extra(before);
    const EntryExtra *nowExtra = tree.extra(after);
    static const EntryExtra kNothing;
    const EntryType type = tree.effectiveType(after);
    const bool isDirectory = type == EntryType::Directory;
    return {.content = tree.effectiveType(before) != type
                       || (!isDirectory && !tree.sameContent(before, after)),
            .mode = old.mode != now.mode,
            .owner = old.uid != now.uid || old.gid != now.gid,
            .time = old.mtime != now.mtime || old.mtimeNsec != now.mtimeNsec,
            .xattrs = (oldExtra == nullptr ? kNothing : *oldExtra).xattrs
                      != (nowExtra == nullptr ? kNothing : *nowExtra).xattrs};
}

std::vector<LayerDeed> lifeOf(const PathTree &tree, NodeId node)
{
    std::vector<LayerDeed> life(tree.layerCount());
    const PathTree::Node record = tree.node(node);
    const EntryId end = record.firstEntry + record.entryCount;
    EntryId next = record.firstEntry;
    EntryId last = kNone;   // that made the path
    EntryId before = kNone; // what was there after the layer below
    for (std::uint32_t layer = 0; layer < tree.layerCount(); ++layer) {
        LayerDeed &deed = life[layer];
        bool isMade = false;
        for (; next < end && tree.entry(next).layer == layer; ++next) {
            const bool makes = tree.entry(next).makesPath();
            last = makes ? next : last;
            isMade = isMade || makes;
        }
        const bool isThere =
            last != kNone
            && (tree.entry(last).hiddenBy == kNoLayer || tree.entry(last).hiddenBy > layer);
        deed.after = isThere ? last : kNone;
        if (isMade && isThere) {
            deed.change = changeBetween(tree, before, last);
            deed.parts = before == kNone ? ChangedParts() : changedParts(tree, before, last);
        } else if (before != kNone && !isThere) {
            deed.change = Change::Removed;
        }
        before = deed.after;
    }
    return life;
}

} // namespace cutaway
