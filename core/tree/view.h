// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathtree.h"

#include <vector>

namespace cutaway {

/// Which tree is looked at.
struct ViewSpec
{
    enum class Kind : std::uint8_t {
        Final, ///< what a container sees
        At,    ///< the tree after `layer`
        Layer, ///< what `layer` adds, changes and removes
    };
    Kind kind = Kind::Final;
    LayerIndex layer = 0;

    bool operator==(const ViewSpec &) const = default;
};

/// One view of the path tree: for each node whether it is shown, by which entry, how it changed and
/// what is below it. Made in one linear pass; immutable afterwards.
///
/// Final and At show the paths that exist there; At marks how each differs from the layer below.
/// Layer shows what the layer names or hides, and the directories that lead there.
class TreeView
{
public:
    TreeView(PathTreePtr tree, ViewSpec spec);

    const PathTree &tree() const { return *m_tree; }
    const PathTreePtr &treePtr() const { return m_tree; }
    const ViewSpec &spec() const { return m_spec; }

    bool isShown(NodeId id) const { return m_rows[id].shown; }
    /// The entry that stands for the path: the one seen, or of a removed path the one hidden.
    /// kNone for a directory that is only on the way.
    EntryId entry(NodeId id) const { return m_rows[id].entry; }
    Change change(NodeId id) const { return m_rows[id].change; }
    /// Whether something below the directory is not Unmodified.
    bool hasChangesBelow(NodeId id) const { return m_rows[id].changedBelow; }
    /// Bytes of the content at or below the path, a file of several names counted at its first (in
    /// node order). In a layer view: bytes that the layer ships; removed paths count their hidden
    /// bytes apart.
    std::uint64_t bytes(NodeId id) const { return m_rows[id].bytes; }
    /// Layer view: bytes of hidden entries at or below the path.
    std::uint64_t removedBytes(NodeId id) const;
    /// Files (all types but directories) at or below the path.
    std::uint32_t files(NodeId id) const { return m_rows[id].files; }
    std::uint32_t shownCount() const { return m_shownCount; }

private:
    struct Row
    {
        std::uint64_t bytes = 0;
        EntryId entry = kNone;
        std::uint32_t files = 0;
        Change change = Change::Unmodified;
        bool shown = false;
        bool changedBelow = false;
    };
    void fillState(LayerIndex layer);
    void fillLayer(LayerIndex layer);
    void sumUp();

    PathTreePtr m_tree;
    ViewSpec m_spec;
    std::vector<Row> m_rows;
    std::vector<std::uint64_t> m_removedBytes; ///< only in a layer view
    std::uint32_t m_shownCount = 0;
};

/// How the path at `after` differs from what was there before; `before` may be kNone.
[[nodiscard]] Change changeBetween(const PathTree &tree, EntryId before, EntryId after);

} // namespace cutaway
