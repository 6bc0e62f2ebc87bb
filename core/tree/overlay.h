// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathtree.h"

#include <map>
#include <span>
#include <utility>
#include <vector>

namespace cutaway {

/// Settles, once and for all, what hides what in a path tree whose nodes and entries are sorted.
/// Moments number the entries in the order of their coming; a layer's whiteouts act at
/// one moment before its first entry.
class Overlay
{
public:
    /// `moments[entry]` and `layerStarts[layer]` must outlive the overlay.
    Overlay(PathTree &tree, std::span<const EntryId> moments, std::span<const EntryId> layerStarts);

    void settle();

private:
    friend class HardLinks;

    /// What hides entries below a directory: all that came before `moment`.
    struct Cover
    {
        std::uint32_t moment = 0;
        LayerIndex layer = 0;
        Cause cause = Cause::None;
    };
    struct ByMoment
    {
        bool operator()(const Cover &a, const Cover &b) const
        {
            return std::pair(a.moment, a.cause) < std::pair(b.moment, b.cause);
        }
    };
    using Covers = std::map<Cover, std::uint32_t, ByMoment>; ///< and how often each is there

    /// An entry replaced by another of the same layer run: a metadata copy when the contents are
    /// equal.
    struct Replacement
    {
        EntryId old = kNone;
        EntryId by = kNone;
    };

    Cover coverOf(EntryId id) const;
    void addCovers(const PathTree::Node &node);
    void removeCovers(const PathTree::Node &node);
    Covers::const_iterator firstCoverAfter(std::uint32_t moment) const;
    void settleEntries(const PathTree::Node &node);
    void hide(EntryId id, LayerIndex whiteoutLayer, EntryId next, EntryId lastOfNext);
    Cause coverCause(std::uint32_t from, LayerIndex layer, bool whiteoutHere) const;
    std::uint32_t layerStart(LayerIndex layer) const { return m_layerStarts[layer]; }

    PathTree &m_tree;
    std::span<const EntryId> m_moments;
    std::span<const EntryId> m_layerStarts;
    Covers m_covers;                      ///< of the directories above the path at hand
    PageVector<std::uint32_t> m_hiddenAt; ///< entry → moment it was hidden at, kNone = never
    PageVector<Replacement> m_replacements;
};

} // namespace cutaway
