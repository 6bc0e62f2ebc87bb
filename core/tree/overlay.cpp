// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/overlay.h"

#include "core/tree/hardlinks.h"

#include <algorithm>
#include <tuple>

namespace cutaway {
namespace {

bool isFileLike(EntryType type)
{
    return type == EntryType::File || type == EntryType::HardLink;
}

} // namespace

Overlay::Overlay(PathTree &tree,
                 std::span<const EntryId> moments,
                 std::span<const EntryId> layerStarts)
    : m_tree(tree)
    , m_moments(moments)
    , m_layerStarts(layerStarts)
    , m_hiddenAt(tree.entryCount(), kNone)
{}

/// Depth first, so that what the directories above a path hide is at hand, and nothing else.
void Overlay::settle()
{
    struct Visit
    {
        NodeId node = kRoot;
        NodeId nextChild = 0;
    };
    std::vector<Visit> way;
    const auto visit = [&](NodeId id) {
        const PathTree::Node &node = m_tree.node(id);
        settleEntries(node);
        if (node.childCount > 0) {
            addCovers(node);
            way.push_back({id, node.firstChild});
        }
    };
    visit(kRoot);
    while (!way.empty()) {
        const PathTree::Node &node = m_tree.node(way.back().node);
        if (way.back().nextChild == node.firstChild + node.childCount) {
            removeCovers(node);
            way.pop_back();
        } else {
            visit(way.back().nextChild++);
        }
    }
    HardLinks(*this).bind();
}

/// How the entry hides what came before it below its path; Cause::None when it does not.
Overlay::Cover Overlay::coverOf(EntryId id) const
{
    const Entry &entry = m_tree.entry(id);
    if (entry.type == EntryType::Whiteout) {
        return {layerStart(entry.layer), entry.layer, Cause::DeletedDirectory};
    }
    if (entry.type == EntryType::Opaque) {
        return {layerStart(entry.layer), entry.layer, Cause::Opaque};
    }
    const bool hides = entry.makesPath() && entry.type != EntryType::Directory;
    return {m_moments[id], entry.layer, hides ? Cause::TypeChange : Cause::None};
}

void Overlay::addCovers(const PathTree::Node &node)
{
    for (EntryId id = node.firstEntry; id < node.firstEntry + node.entryCount; ++id) {
        if (const Cover cover = coverOf(id); cover.cause != Cause::None) {
            ++m_covers[cover];
        }
    }
}

void Overlay::removeCovers(const PathTree::Node &node)
{
    for (EntryId id = node.firstEntry; id < node.firstEntry + node.entryCount; ++id) {
        const auto cover = m_covers.find(coverOf(id));
        if (cover != m_covers.end() && --cover->second == 0) {
            m_covers.erase(cover);
        }
    }
}

/// Goes through a node's entries from the last to the first, so that what comes after is at hand.
void Overlay::settleEntries(const PathTree::Node &node)
{
    EntryId next = kNone;                // the entry that comes after at this path
    EntryId lastOfNext = kNone;          // the last one of its layer
    LayerIndex whiteoutLayer = kNoLayer; // nearest later layers with a whiteout of this path:
    LayerIndex laterWhiteout = kNoLayer; // of the layer at hand, and of those after it
    LayerIndex layer = kNoLayer;
    for (EntryId id = node.firstEntry + node.entryCount; id-- > node.firstEntry;) {
        const Entry &entry = m_tree.entry(id);
        if (entry.layer != layer) {
            laterWhiteout = whiteoutLayer == kNoLayer ? laterWhiteout : whiteoutLayer;
            whiteoutLayer = kNoLayer;
            layer = entry.layer;
        }
        if (entry.type == EntryType::Whiteout) {
            whiteoutLayer = entry.layer;
        }
        if (!entry.makesPath()) {
            continue;
        }
        hide(id, laterWhiteout, next, lastOfNext);
        if (next == kNone || m_tree.entry(next).layer != entry.layer) {
            lastOfNext = id;
        }
        next = id;
    }
}

/// The first thing after an entry's own moment hides it; its cause is told by what happened in that
/// layer.
void Overlay::hide(EntryId id, LayerIndex whiteoutLayer, EntryId next, EntryId lastOfNext)
{
    const std::uint32_t moment = m_moments[id];
    const auto cover = firstCoverAfter(moment);
    const std::uint32_t whiteout = whiteoutLayer == kNoLayer ? kNone : layerStart(whiteoutLayer);
    const std::uint32_t covered = cover == m_covers.end() ? kNone : cover->first.moment;
    const std::uint32_t replaced = next == kNone ? kNone : m_moments[next];
    const std::uint32_t hiddenAt = std::min({covered, whiteout, replaced});
    if (hiddenAt == kNone) {
        return;
    }
    Entry &entry = m_tree.m_entries[id];
    LayerIndex layer = whiteoutLayer;
    if (hiddenAt == replaced) {
        layer = m_tree.entry(next).layer;
    } else if (hiddenAt == covered) {
        layer = cover->first.layer;
    }
    m_hiddenAt[id] = hiddenAt;
    entry.hiddenBy = layer;
    const bool replacedThere = next != kNone && m_tree.entry(next).layer == layer;
    if (!replacedThere) {
        entry.cause = coverCause(moment, layer, whiteoutLayer == layer);
        return;
    }
    const Entry &by = m_tree.entry(lastOfNext);
    if (layer == entry.layer) {
        entry.cause = Cause::DuplicateEntry;
    } else if (isFileLike(by.type) && isFileLike(entry.type)) {
        entry.cause = Cause::Rewritten;
        m_replacements.push_back({id, lastOfNext});
    } else {
        entry.cause = by.type == entry.type ? Cause::Rewritten : Cause::TypeChange;
    }
}

/// Of all that hides an entry in `layer`: a non-directory above, then the whiteout of the path
/// itself, then that of a directory above, then an opaque directory above.
Cause Overlay::coverCause(std::uint32_t from, LayerIndex layer, bool whiteoutHere) const
{
    bool deletedDirectory = false;
    for (auto cover = firstCoverAfter(from); cover != m_covers.end() && cover->first.layer <= layer;
         ++cover) {
        if (cover->first.layer == layer && cover->first.cause == Cause::TypeChange) {
            return Cause::TypeChange;
        }
        deletedDirectory =
            deletedDirectory
            || (cover->first.layer == layer && cover->first.cause == Cause::DeletedDirectory);
    }
    if (whiteoutHere) {
        return Cause::DeletedFile;
    }
    return deletedDirectory ? Cause::DeletedDirectory : Cause::Opaque;
}

Overlay::Covers::const_iterator Overlay::firstCoverAfter(std::uint32_t moment) const
{
    return m_covers.lower_bound({moment + 1, 0, Cause::None});
}

} // namespace cutaway
