// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/hash.h"
#include "core/tree/entry.h"
#include "core/tree/names.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// All layers in one structure. Each distinct path is one node; nodes lie in breadth-first order
/// with children side by side, sorted bytewise; a node owns the run of its entries, in layer and
/// tar order. What hides what is settled once, when the tree is built; after that it is immutable,
/// and every view (final, after layer n, layer n's change) is read from it without stacking
/// anything again.
class PathTree
{
public:
    struct Node
    {
        NodeId parent = kNone;
        NameId name = kNone;
        NodeId firstChild = 0;
        std::uint32_t childCount = 0;
        EntryId firstEntry = 0;
        std::uint32_t entryCount = 0;
    };

    /// When and why the bytes of an entry stopped being visible. For a file with several names that
    /// is when the last of them went; a hard link itself owns no bytes.
    struct Fate
    {
        LayerIndex hiddenBy = kNoLayer;
        Cause cause = Cause::None;
    };

    /// A node as it is stored; where its children and entries end the next one tells. A last one
    /// stands behind them all.
    struct Record
    {
        NodeId parent = kNone;
        NameId name = 0;
        NodeId firstChild = 0;
        EntryId firstEntry = 0;
    };

    std::uint32_t nodeCount() const
    {
        return m_nodes.empty() ? 0 : static_cast<std::uint32_t>(m_nodes.size() - 1);
    }
    std::uint32_t entryCount() const { return static_cast<std::uint32_t>(m_entries.size()); }
    std::uint32_t layerCount() const { return m_layerCount; }

    Node node(NodeId id) const
    {
        const Record &here = m_nodes[id];
        const Record &next = m_nodes[id + 1];
        return {here.parent,
                here.name,
                here.firstChild,
                next.firstChild - here.firstChild,
                here.firstEntry,
                next.firstEntry - here.firstEntry};
    }
    const Entry &entry(EntryId id) const { return m_entries[id]; }
    std::span<const Entry> entries() const { return m_entries; }
    /// Of the content of a regular file with bytes; nothing for all else.
    ContentHash hash(EntryId id) const
    {
        const Entry &entry = m_entries[id];
        return entry.holdsBytes() ? m_hashes[entry.link] : ContentHash();
    }

    std::string_view name(NodeId id) const;
    /// Absolute path, raw bytes: "/" or "/a/b".
    std::string path(NodeId id) const;
    /// Whether the one path sorts before the other bytewise, without spelling them.
    bool isPathBefore(NodeId a, NodeId b) const;
    /// The node of an absolute or relative path ("a//b/./c/" is understood); kNone where there is
    /// none.
    NodeId find(std::string_view path) const;
    /// The child of that name, or kNone; binary search.
    NodeId child(NodeId parent, std::string_view name) const;

    /// Target of a symbolic or hard link, raw bytes; empty for others.
    std::string_view linkTarget(EntryId id) const;
    /// Extras of the entry, or nullptr.
    const EntryExtra *extra(EntryId id) const;

    /// The entry that holds the content: itself, or for a hard link the one it was bound to when
    /// its layer was applied; kNone when dangling.
    EntryId content(EntryId id) const;
    /// The type that the path has for a user: a hard link is what it is bound to, dangling a file.
    EntryType effectiveType(EntryId id) const;
    /// The content entry when the file has several names in some layer, else kNone.
    EntryId linkGroup(EntryId id) const;
    Fate byteFate(EntryId id) const;
    /// Same bytes (regular files and hard links to them), same link target, or same device.
    bool sameContent(EntryId a, EntryId b) const;
    /// Same type, mode, owner, xattrs and (but for directories) time.
    bool sameMetadata(EntryId a, EntryId b) const;

    /// What is at the path after `layer`; kNone where nothing is.
    EntryId entryAt(NodeId id, LayerIndex layer) const;
    /// What is at the path in the final file system; kNone where nothing is.
    EntryId finalEntry(NodeId id) const;
    /// The same, and of a path that is gone the last that made it; kNone where none ever did.
    EntryId lastEntry(NodeId id) const;
    /// Last entry of exactly this layer that makes the path, else kNone.
    EntryId entryOf(NodeId id, LayerIndex layer) const;

    /// Nodes where an entry below a symbolic link made a directory, and the layer that did.
    struct SymlinkedParent
    {
        NodeId node = kNone;
        LayerIndex layer = 0;
    };
    const std::vector<SymlinkedParent> &symlinkedParents() const { return m_symlinkedParents; }

    std::size_t memoryBytes() const;

private:
    std::uint32_t depth(NodeId id) const;

    friend class PathTreeBuilder;
    friend class Overlay;
    friend class HardLinks;

    struct Binding
    {
        EntryId link = kNone;
        EntryId content = kNone;
    };
    struct GroupFate
    {
        EntryId content = kNone;
        Fate fate;
    };

    PageVector<Record> m_nodes;
    PageVector<Entry> m_entries;
    PageVector<ContentHash> m_hashes; ///< of the files with bytes, by their entries' link
    std::vector<EntryExtra> m_extras;
    PageVector<Binding> m_bindings;     ///< sorted by link
    PageVector<GroupFate> m_groupFates; ///< sorted by content
    std::vector<SymlinkedParent> m_symlinkedParents;
    Names m_names;
    std::uint32_t m_layerCount = 0;
};

using PathTreePtr = std::shared_ptr<const PathTree>;

} // namespace cutaway
