// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/literallayers.h"

#include <algorithm>
#include <string_view>

namespace cutaway {

namespace {

constexpr std::string_view kWhiteoutPrefix = ".wh.";

/// Whether `.wh.<hidden>` sorts before `name`.
bool whiteoutBefore(std::string_view hidden, std::string_view name)
{
    const int head = kWhiteoutPrefix.compare(name.substr(0, kWhiteoutPrefix.size()));
    return head != 0 ? head < 0 : hidden < name.substr(kWhiteoutPrefix.size());
}

} // namespace

LiteralLayers::LiteralLayers(const PathTree &tree)
    : m_tree(tree)
    , m_byLayer(tree.entryCount())
    , m_firstOfLayer(tree.layerCount() + 1, 0)
    , m_seen(tree.nodeCount(), 0)
    , m_named(tree.nodeCount(), kNone)
{
    for (const Entry &entry : tree.entries()) {
        ++m_firstOfLayer[entry.layer + 1];
    }
    for (std::size_t layer = 1; layer < m_firstOfLayer.size(); ++layer) {
        m_firstOfLayer[layer] += m_firstOfLayer[layer - 1];
    }
    std::vector<std::uint32_t> next = m_firstOfLayer;
    for (NodeId at = 0; at < tree.nodeCount(); ++at) {
        const PathTree::Node node = tree.node(at);
        for (std::uint32_t i = 0; i < node.entryCount; ++i) {
            const EntryId entry = node.firstEntry + i;
            m_byLayer[next[tree.entry(entry).layer]++] = entry;
        }
    }
}

void LiteralLayers::enter(LayerIndex layer)
{
    m_plain.clear();
    m_plain.push_back(kRoot);
    m_whiteouts.clear();
    m_seen[kRoot] = static_cast<LayerIndex>(layer + 1);
    for (std::uint32_t i = m_firstOfLayer[layer]; i < m_firstOfLayer[layer + 1u]; ++i) {
        const Entry &entry = m_tree.entry(m_byLayer[i]);
        if (entry.node == kRoot) {
            continue;
        }
        if (entry.type == EntryType::Whiteout) {
            addPath(m_tree.node(entry.node).parent, layer);
            if (m_whiteouts.empty() || m_whiteouts.back() != entry.node) {
                m_whiteouts.push_back(entry.node);
            }
            continue;
        }
        addPath(entry.node, layer);
        if (entry.type != EntryType::Opaque && !entry.has(Entry::Implicit)) {
            m_named[entry.node] = m_byLayer[i];
        }
    }
    std::ranges::sort(m_plain); // named ones came in order, but not the parents on the way
    group();
}

void LiteralLayers::addPath(NodeId node, LayerIndex layer)
{
    for (; m_seen[node] != layer + 1u; node = m_tree.node(node).parent) {
        m_seen[node] = static_cast<LayerIndex>(layer + 1);
        m_named[node] = kNone;
        m_plain.push_back(node);
    }
}

/// Nodes lie in breadth-first order, so the children of ascending parents ascend too.
void LiteralLayers::group()
{
    m_firstPlain.clear();
    m_firstWhiteout.clear();
    std::uint32_t plain = 1;
    std::uint32_t whiteout = 0;
    for (const NodeId parent : m_plain) {
        m_firstPlain.push_back(plain);
        if (!m_whiteouts.empty()) {
            m_firstWhiteout.push_back(whiteout);
        }
        while (plain < m_plain.size() && m_tree.node(m_plain[plain]).parent == parent) {
            ++plain;
        }
        while (whiteout < m_whiteouts.size()
               && m_tree.node(m_whiteouts[whiteout]).parent == parent) {
            ++whiteout;
        }
    }
    m_firstPlain.push_back(plain);
    m_firstWhiteout.push_back(whiteout);
}

LiteralLayers::Group LiteralLayers::below(std::uint32_t at) const
{
    Group group{m_firstPlain[at], m_firstPlain[at + 1], 0, 0};
    if (!m_whiteouts.empty()) {
        group.whiteout = m_firstWhiteout[at];
        group.whiteoutEnd = m_firstWhiteout[at + 1];
    }
    return group;
}

void LiteralLayers::walk(const Visit &visit) const
{
    using Kind = LiteralStep::Kind;
    std::vector<Frame> frames = {{0, below(0)}};
    bool goesOn = true;
    while (!frames.empty() && goesOn) {
        Group &left = frames.back().left;
        if (left.plain == left.plainEnd && left.whiteout == left.whiteoutEnd) {
            const std::uint32_t done = frames.back().at;
            frames.pop_back();
            goesOn = done == 0 || visit(closing(done, Kind::Leave));
        } else if (whiteoutComesFirst(left)) {
            goesOn = visit({m_whiteouts[left.whiteout++], Kind::Whiteout, kNone});
        } else {
            const std::uint32_t at = left.plain++;
            const Group group = below(at);
            if (group.plain == group.plainEnd && group.whiteout == group.whiteoutEnd) {
                goesOn = visit(closing(at, Kind::Leaf));
            } else {
                goesOn = visit({m_plain[at], Kind::Enter, kNone});
                frames.push_back({at, group});
            }
        }
    }
}

LiteralStep LiteralLayers::closing(std::uint32_t at, LiteralStep::Kind kind) const
{
    LiteralStep step{m_plain[at], kind, m_named[m_plain[at]]};
    if (step.entry != kNone && m_tree.entry(step.entry).has(Entry::Leftover)) {
        step.entry = kNone;
        if (kind == LiteralStep::Kind::Leaf) {
            step.kind = LiteralStep::Kind::Leftover;
        }
    }
    return step;
}

bool LiteralLayers::whiteoutComesFirst(const Group &left) const
{
    if (left.plain == left.plainEnd || left.whiteout == left.whiteoutEnd) {
        return left.plain == left.plainEnd;
    }
    return whiteoutBefore(m_tree.name(m_whiteouts[left.whiteout]),
                          m_tree.name(m_plain[left.plain]));
}

} // namespace cutaway
