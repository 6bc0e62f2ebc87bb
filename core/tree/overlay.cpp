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
    , m_coversOf(tree.nodeCount(), 0)
    , m_covers(1)
    , m_hiddenAt(tree.entryCount(), kNone)
{}

void Overlay::settle()
{
    // Parents come before their children: what hides a directory's inside is known when they are
    // reached.
    for (NodeId id = 0; id < m_tree.nodeCount(); ++id) {
        settleNode(id);
    }
    m_coversOf = {};
    m_covers = {};
    HardLinks(*this).bind();
}

void Overlay::settleNode(NodeId id)
{
    const PathTree::Node &node = m_tree.node(id);
    const std::uint32_t inherited = m_coversOf[id];
    settleEntries(node, m_covers[inherited]);
    if (node.childCount == 0) {
        return;
    }
    const std::uint32_t below = coversBelow(id, inherited);
    for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
        m_coversOf[child] = below;
    }
}

/// The covers of a node's children: those of the node, and what the node's own entries add.
std::uint32_t Overlay::coversBelow(NodeId id, std::uint32_t inherited)
{
    const PathTree::Node &node = m_tree.node(id);
    Covers own;
    for (EntryId entryId = node.firstEntry; entryId < node.firstEntry + node.entryCount;
         ++entryId) {
        const Entry &entry = m_tree.entry(entryId);
        if (entry.type == EntryType::Whiteout) {
            own.push_back({layerStart(entry.layer), entry.layer, Cause::DeletedDirectory});
        } else if (entry.type == EntryType::Opaque) {
            own.push_back({layerStart(entry.layer), entry.layer, Cause::Opaque});
        } else if (entry.makesPath() && entry.type != EntryType::Directory) {
            own.push_back({m_moments[entryId], entry.layer, Cause::TypeChange});
        }
    }
    if (own.empty()) {
        return inherited;
    }
    own.insert(own.end(), m_covers[inherited].begin(), m_covers[inherited].end());
    std::ranges::sort(own, {}, [](const Cover &cover) {
        return std::tuple(cover.moment, cover.layer, cover.cause);
    });
    // Of equal covers one is enough; a path named again and again by one layer must not add up.
    const auto same = std::ranges::unique(own, [](const Cover &a, const Cover &b) {
        return a.layer == b.layer && a.cause == b.cause && a.moment == b.moment;
    });
    own.erase(same.begin(), same.end());
    m_covers.push_back(std::move(own));
    return static_cast<std::uint32_t>(m_covers.size() - 1);
}

/// Goes through a node's entries from the last to the first, so that what comes after is at hand.
void Overlay::settleEntries(const PathTree::Node &node, const Covers &covers)
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
        hide(id, covers, laterWhiteout, next, lastOfNext);
        if (next == kNone || m_tree.entry(next).layer != entry.layer) {
            lastOfNext = id;
        }
        next = id;
    }
}

/// The first thing after an entry's own moment hides it; its cause is told by what happened in that
/// layer.
void Overlay::hide(
    EntryId id, const Covers &covers, LayerIndex whiteoutLayer, EntryId next, EntryId lastOfNext)
{
    const std::uint32_t moment = m_moments[id];
    const auto cover = std::ranges::upper_bound(covers, moment, {}, &Cover::moment);
    const std::uint32_t whiteout = whiteoutLayer == kNoLayer ? kNone : layerStart(whiteoutLayer);
    const std::uint32_t covered = cover == covers.end() ? kNone : cover->moment;
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
        layer = cover->layer;
    }
    m_hiddenAt[id] = hiddenAt;
    entry.hiddenBy = layer;
    const bool replacedThere = next != kNone && m_tree.entry(next).layer == layer;
    if (!replacedThere) {
        entry.cause = coverCause(covers, moment, layer, whiteoutLayer == layer);
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
Cause Overlay::coverCause(const Covers &covers,
                          std::uint32_t from,
                          LayerIndex layer,
                          bool whiteoutHere) const
{
    bool deletedDirectory = false;
    for (auto cover = std::ranges::upper_bound(covers, from, {}, &Cover::moment);
         cover != covers.end() && cover->layer <= layer;
         ++cover) {
        if (cover->layer == layer && cover->cause == Cause::TypeChange) {
            return Cause::TypeChange;
        }
        deletedDirectory =
            deletedDirectory || (cover->layer == layer && cover->cause == Cause::DeletedDirectory);
    }
    if (whiteoutHere) {
        return Cause::DeletedFile;
    }
    return deletedDirectory ? Cause::DeletedDirectory : Cause::Opaque;
}

} // namespace cutaway
