// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/overlay.h"

#include <span>
#include <vector>

namespace cutaway {

/// Binds hard links to content, and tells when a file with several names lost the last of them.
class HardLinks
{
public:
    explicit HardLinks(Overlay &overlay)
        : m_overlay(overlay)
        , m_tree(overlay.m_tree)
    {}

    void bind();

private:
    PathTree::Binding *bindingOf(EntryId link);
    void resolve(EntryId link);
    void indexMakers();
    EntryId targetOf(EntryId link) const;
    void settleGroups();
    EntryId lastToGo(EntryId content, std::span<const PathTree::Binding> names) const;
    void tellMetadataCopies();

    Overlay &m_overlay;
    PathTree &m_tree;
    PageVector<EntryId>
        m_makerBefore; ///< entry → itself or the nearest before it at its path that makes it
    PageVector<EntryId> m_makerAfter; ///< the same, after it
    std::vector<bool> m_done;         ///< of m_bindings
    std::vector<EntryId> m_trail;
};

} // namespace cutaway
