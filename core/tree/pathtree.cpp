// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/pathtree.h"

#include "core/tree/paths.h"

#include <algorithm>

namespace cutaway {

std::string_view PathTree::name(NodeId id) const
{
    return m_names[m_nodes[id].name];
}

std::string PathTree::path(NodeId id) const
{
    return pathOf(m_nodes, m_names, id);
}

std::uint32_t PathTree::depth(NodeId id) const
{
    std::uint32_t depth = 0;
    for (; id != kRoot; id = m_nodes[id].parent) {
        ++depth;
    }
    return depth;
}

bool PathTree::isPathBefore(NodeId a, NodeId b) const
{
    const std::uint32_t depthA = depth(a);
    const std::uint32_t depthB = depth(b);
    NodeId upA = a;
    NodeId upB = b;
    for (std::uint32_t i = depthB; i < depthA; ++i) {
        upA = m_nodes[upA].parent;
    }
    for (std::uint32_t i = depthA; i < depthB; ++i) {
        upB = m_nodes[upB].parent;
    }
    if (upA == upB) {
        return depthA < depthB; // the one lies above the other, or they are the same
    }
    while (m_nodes[upA].parent != m_nodes[upB].parent) {
        upA = m_nodes[upA].parent;
        upB = m_nodes[upB].parent;
    }
    const std::string_view nameA = name(upA);
    const std::string_view nameB = name(upB);
    const std::size_t common = std::min(nameA.size(), nameB.size());
    if (const int order = nameA.substr(0, common).compare(nameB.substr(0, common)); order != 0) {
        return order < 0;
    }
    // The one name begins with the other: what follows the shorter is a slash, or nothing.
    constexpr unsigned char kSlash = '/';
    if (nameA.size() < nameB.size()) {
        return upA == a || kSlash < static_cast<unsigned char>(nameB[common]);
    }
    return upB != b && static_cast<unsigned char>(nameA[common]) < kSlash;
}

NodeId PathTree::child(NodeId parent, std::string_view name) const
{
    const Node node = this->node(parent);
    const auto children = std::span(m_nodes).subspan(node.firstChild, node.childCount);
    const auto found = std::ranges::lower_bound(
        children, name, {}, [this](const Record &each) { return m_names[each.name]; });
    if (found == children.end() || m_names[found->name] != name) {
        return kNone;
    }
    return node.firstChild + static_cast<NodeId>(found - children.begin());
}

NodeId PathTree::find(std::string_view path) const
{
    NodeId node = kRoot;
    for (const std::string_view component : normalisePath(path).components) {
        node = child(node, component);
        if (node == kNone) {
            return kNone;
        }
    }
    return node;
}

std::string_view PathTree::linkTarget(EntryId id) const
{
    const Entry &entry = m_entries[id];
    const bool isLink = entry.type == EntryType::Symlink || entry.type == EntryType::HardLink;
    return isLink && entry.link != kNone ? m_names[entry.link] : std::string_view{};
}

const EntryExtra *PathTree::extra(EntryId id) const
{
    const Entry &entry = m_entries[id];
    return entry.extra == kNone ? nullptr : &m_extras[entry.extra];
}

EntryId PathTree::content(EntryId id) const
{
    if (m_entries[id].type != EntryType::HardLink) {
        return id;
    }
    const auto found = std::ranges::lower_bound(m_bindings, id, {}, &Binding::link);
    return found != m_bindings.end() && found->link == id ? found->content : kNone;
}

EntryType PathTree::effectiveType(EntryId id) const
{
    const EntryId held = content(id);
    return held == kNone ? EntryType::File : m_entries[held].type;
}

EntryId PathTree::linkGroup(EntryId id) const
{
    const EntryId held = content(id);
    const auto found = std::ranges::lower_bound(m_groupFates, held, {}, &GroupFate::content);
    return held != kNone && found != m_groupFates.end() && found->content == held ? held : kNone;
}

PathTree::Fate PathTree::byteFate(EntryId id) const
{
    const auto found = std::ranges::lower_bound(m_groupFates, id, {}, &GroupFate::content);
    if (found != m_groupFates.end() && found->content == id) {
        Fate fate = found->fate;
        return fate;
    }
    return {m_entries[id].hiddenBy, m_entries[id].cause};
}

bool PathTree::sameContent(EntryId a, EntryId b) const
{
    const EntryId first = content(a);
    const EntryId second = content(b);
    if (first == kNone || second == kNone) {
        return first == second;
    }
    if (first == second) {
        return true;
    }
    const Entry &one = m_entries[first];
    const Entry &other = m_entries[second];
    if (one.type != other.type) {
        return false;
    }
    switch (one.type) {
    case EntryType::File:
        return one.size == other.size && (one.size == 0 || hash(first) == hash(second));
    case EntryType::Symlink: return linkTarget(first) == linkTarget(second);
    case EntryType::CharDevice:
    case EntryType::BlockDevice: {
        const EntryExtra *left = extra(first);
        const EntryExtra *right = extra(second);
        return left != nullptr && right != nullptr && left->deviceMajor == right->deviceMajor
               && left->deviceMinor == right->deviceMinor;
    }
    default: return true;
    }
}

bool PathTree::sameMetadata(EntryId a, EntryId b) const
{
    const Entry &one = m_entries[a];
    const Entry &other = m_entries[b];
    const EntryType type = effectiveType(a);
    if (type != effectiveType(b) || one.mode != other.mode || one.uid != other.uid
        || one.gid != other.gid) {
        return false;
    }
    if (type != EntryType::Directory
        && (one.mtime != other.mtime || one.mtimeNsec != other.mtimeNsec)) {
        return false;
    }
    const EntryExtra *left = extra(a);
    const EntryExtra *right = extra(b);
    static const std::vector<std::pair<std::string, std::string>> kNoXattrs;
    return (left != nullptr ? left->xattrs : kNoXattrs)
           == (right != nullptr ? right->xattrs : kNoXattrs);
}

EntryId PathTree::entryAt(NodeId id, LayerIndex layer) const
{
    const Node node = this->node(id);
    for (EntryId at = node.firstEntry + node.entryCount; at-- > node.firstEntry;) {
        const Entry &entry = m_entries[at];
        if (entry.layer <= layer && entry.makesPath()) {
            // An earlier entry is hidden by this one at the latest.
            return entry.hiddenBy == kNoLayer || entry.hiddenBy > layer ? at : kNone;
        }
    }
    return kNone;
}

EntryId PathTree::finalEntry(NodeId id) const
{
    return entryAt(id, kNoLayer - 1);
}

EntryId PathTree::lastEntry(NodeId id) const
{
    const Node node = this->node(id);
    for (EntryId at = node.firstEntry + node.entryCount; at-- > node.firstEntry;) {
        if (m_entries[at].makesPath()) {
            return at; // what is there now is never behind another one
        }
    }
    return kNone;
}

EntryId PathTree::entryOf(NodeId id, LayerIndex layer) const
{
    const Node node = this->node(id);
    for (EntryId at = node.firstEntry + node.entryCount; at-- > node.firstEntry;) {
        const Entry &entry = m_entries[at];
        if (entry.layer < layer) {
            break;
        }
        if (entry.layer == layer && entry.makesPath()) {
            return at;
        }
    }
    return kNone;
}

std::size_t PathTree::memoryBytes() const
{
    return m_nodes.memoryBytes() + m_entries.memoryBytes() + m_hashes.memoryBytes()
           + m_extras.capacity() * sizeof(EntryExtra) + m_bindings.memoryBytes()
           + m_groupFates.memoryBytes() + m_names.memoryBytes();
}

} // namespace cutaway
