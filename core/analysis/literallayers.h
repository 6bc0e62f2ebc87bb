// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathtree.h"

#include <functional>
#include <vector>

namespace cutaway {

/// One stop on a walk over a layer's own tree.
struct LiteralStep
{
    enum class Kind : std::uint8_t {
        Enter,    ///< a path with something below it in this layer
        Leave,    ///< the same path, after its children
        Leaf,     ///< a path with nothing below it
        Whiteout, ///< `.wh.<name>` of the node
        Leftover, ///< an AUFS leftover: reads like a whiteout of what never existed
    };
    NodeId node = kNone;
    Kind kind = Kind::Leaf;
    EntryId entry =
        kNone; ///< that the layer names the path by, at Leave and Leaf; kNone: it only passes
};

/// Each layer as its own tar spells it, before any layer is applied to another: whiteouts are names
/// among others, opaque markers only make their directory, the last of several entries of a path
/// counts, and parents that the layer does not name are there all the same. This is the shape that
/// dive counts in.
class LiteralLayers
{
public:
    explicit LiteralLayers(const PathTree &tree);

    /// Collects what the layer's tar names.
    void enter(LayerIndex layer);
    /// That layer's stops: children before their parents, siblings sorted bytewise by literal name,
    /// the root left out. Ends early when `visit` says false.
    using Visit = std::function<bool(const LiteralStep &)>;
    void walk(const Visit &visit) const;

private:
    struct Group ///< what of the two sorted lists lies below one path
    {
        std::uint32_t plain = 0;
        std::uint32_t plainEnd = 0;
        std::uint32_t whiteout = 0;
        std::uint32_t whiteoutEnd = 0;
    };
    struct Frame
    {
        std::uint32_t at = 0; ///< index into m_plain
        Group left;
    };

    void addPath(NodeId node, LayerIndex layer);
    void group();
    Group below(std::uint32_t at) const;
    LiteralStep closing(std::uint32_t at, LiteralStep::Kind kind) const;
    bool whiteoutComesFirst(const Group &left) const;

    const PathTree &m_tree;
    PageVector<EntryId> m_byLayer; ///< entries by layer, then by node, then in tar order
    std::vector<std::uint32_t> m_firstOfLayer;
    PageVector<LayerIndex> m_seen;  ///< a node: layer + 1 that last named it
    PageVector<EntryId> m_named;    ///< a node: its last entry in the layer that m_seen tells
    PageVector<NodeId> m_plain;     ///< paths of this layer, the root first, in node order
    PageVector<NodeId> m_whiteouts; ///< paths that this layer whites out, in node order
    PageVector<std::uint32_t> m_firstPlain;    ///< of m_plain: where its children begin there
    PageVector<std::uint32_t> m_firstWhiteout; ///< the same, in m_whiteouts; empty with these
};

} // namespace cutaway
