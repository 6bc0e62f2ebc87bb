// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/hash.h"
#include "core/base/limits.h"
#include "core/base/result.h"
#include "core/tree/entry.h"
#include "core/tree/names.h"
#include "core/tree/nodetable.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// What one layer's tar says, in tar order: flat records whose paths are (parent, name) nodes of
/// this layer alone. Written by one thread, immutable when finished. Whiteouts are recognised here
/// (image-spec layer.md, "Whiteouts"): their node is the path that they hide.
class LayerTree
{
public:
    using Node = GrowingNode;

    LayerTree()
        : LayerTree(Limits())
    {}
    explicit LayerTree(const Limits &limits);

    /// Adds one entry in tar order. `rawPath` is the name as the tar has it; "./x", "/x", "x/",
    /// "a//b" and "a/../b" are normalised, and what would leave the root stays inside and is
    /// flagged UnsafePath. `target` is the link target (symbolic: as it is; hard: a path in the
    /// image, normalised). `entry.type` is what the tar header says; whiteouts are told by name.
    /// `extra` may be empty. Fails with LimitExceeded.
    [[nodiscard]] Result<> append(std::string_view rawPath,
                                  Entry entry,
                                  std::string_view target = {},
                                  const ContentHash &hash = {},
                                  std::optional<EntryExtra> extra = std::nullopt);

    std::span<const Node> nodes() const { return m_nodes; }
    std::span<const Entry> entries() const { return m_entries; }
    /// Of a regular file with bytes; nothing for all else.
    ContentHash hash(const Entry &entry) const
    {
        return entry.holdsBytes() ? m_hashes[entry.link] : ContentHash();
    }
    std::span<const EntryExtra> extras() const { return m_extras; }
    std::string_view name(NameId id) const { return m_names[id]; }
    std::uint32_t nameCount() const { return m_names.count(); }
    /// Absolute path of a node: "/" or "/a/b", raw bytes.
    std::string path(NodeId node) const;

    /// Σ sizes of regular files; and how many entries of each kind.
    struct Counts
    {
        std::uint64_t fileBytes = 0;
        std::uint32_t files = 0; ///< regular files and hard links
        std::uint32_t directories = 0;
        std::uint32_t symlinks = 0;
        std::uint32_t others = 0;
        std::uint32_t whiteouts = 0; ///< opaque markers included
    };
    const Counts &counts() const { return m_counts; }
    /// Whiteouts that hide nothing nameable (".wh.", ".wh..", ".wh..."), as they stood.
    const std::vector<std::string> &invalidWhiteouts() const { return m_invalidWhiteouts; }

    /// Drops what only writing needs.
    void freeze();

private:
    friend struct TreeGrowth;
    friend class LayerTreeReader;
    NodeId childOf(NodeId parent, std::string_view name);
    void recognise(Entry &entry, NodeId parent, std::string_view name);
    void count(const Entry &entry);

    PageVector<Node> m_nodes;
    NodeTable m_table;
    PageVector<Entry> m_entries;
    PageVector<ContentHash> m_hashes;
    std::vector<EntryExtra> m_extras;
    Names m_names;
    Limits m_limits;
    Counts m_counts;
    std::vector<std::string> m_invalidWhiteouts;
};

} // namespace cutaway
