// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/layertree.h"

#include "core/base/text.h"
#include "core/tree/paths.h"

#include <ranges>

namespace cutaway {
namespace {

constexpr std::string_view kWhiteoutPrefix = ".wh.";
constexpr std::string_view kLeftoverPrefix = ".wh..wh.";
constexpr std::string_view kOpaqueName = ".wh..wh..opq";

} // namespace

LayerTree::LayerTree(const Limits &limits)
    : m_nodes(1)
    , m_limits(limits)
{
    m_nodes[kRoot].name = m_names.intern({});
}

NodeId LayerTree::childOf(NodeId parent, std::string_view name)
{
    return m_table.findOrAdd(m_nodes, parent, m_names.intern(name));
}

/// Settles what the last component of the path means: image-spec layer.md, "Whiteouts".
void LayerTree::recognise(Entry &entry, NodeId parent, std::string_view name)
{
    if (name == kOpaqueName) {
        entry.type = EntryType::Opaque;
        entry.node = parent;
        return;
    }
    if (name.starts_with(kLeftoverPrefix)) {
        entry.flags |= Entry::Leftover;
        entry.size = 0;
        entry.node = childOf(parent, name);
        return;
    }
    if (!name.starts_with(kWhiteoutPrefix)) {
        entry.node = childOf(parent, name);
        return;
    }
    const std::string_view hidden = name.substr(kWhiteoutPrefix.size());
    if (hidden.empty() || hidden == "." || hidden == "..") {
        m_invalidWhiteouts.push_back(path(parent) + "/" + std::string(name));
        return;
    }
    entry.type = EntryType::Whiteout;
    entry.node = childOf(parent, hidden);
}

Result<> LayerTree::append(std::string_view rawPath,
                           Entry entry,
                           std::string_view target,
                           const ContentHash &hash,
                           std::optional<EntryExtra> extra)
{
    if (rawPath.size() > m_limits.pathBytes) {
        return failLimit("a path is longer than " + formatBytes(m_limits.pathBytes),
                         &Limits::pathBytes);
    }
    if (m_entries.size() >= m_limits.layerEntries) {
        return failLimit("the layer has more than " + formatNumber(m_limits.layerEntries)
                             + " entries",
                         &Limits::layerEntries);
    }
    const NormalPath normal = normalisePath(rawPath);
    if (normal.components.size() > m_limits.pathDepth) {
        return failLimit("a path is more than " + formatNumber(m_limits.pathDepth) + " names deep",
                         &Limits::pathDepth);
    }
    if (normal.leftRoot) {
        entry.flags |= Entry::UnsafePath;
    }
    entry.node = kNone;
    if (normal.components.empty()) {
        entry.node = kRoot;
        if (entry.type != EntryType::Directory) {
            // A nameless file: it is in the layer but can never be in a file system.
            entry.flags |= Entry::Leftover;
        }
    } else {
        NodeId parent = kRoot;
        for (const std::string_view component :
             normal.components | std::views::take(normal.components.size() - 1)) {
            parent = childOf(parent, component);
        }
        recognise(entry, parent, normal.components.back());
    }
    if (entry.node == kNone) {
        return {};
    }
    const bool isFile = entry.type == EntryType::File && !entry.has(Entry::Leftover);
    entry.size = isFile ? entry.size : 0;
    if (entry.size > limits::kLayerFileBytes - m_counts.fileBytes) {
        return fail(ErrorCode::LimitExceeded,
                    "the layer's files claim to hold more than "
                        + formatBytes(limits::kLayerFileBytes));
    }
    if (entry.holdsBytes()) {
        entry.link = static_cast<std::uint32_t>(m_hashes.size());
        m_hashes.push_back(hash);
    } else if (entry.type == EntryType::HardLink) {
        entry.link = m_names.intern(joinPath(normalisePath(target).components));
    } else if (entry.type == EntryType::Symlink) {
        entry.link = m_names.intern(target);
    }
    if (extra) {
        entry.extra = static_cast<std::uint32_t>(m_extras.size());
        m_extras.push_back(std::move(*extra));
    }
    count(entry);
    m_entries.push_back(entry);
    return {};
}

void LayerTree::count(const Entry &entry)
{
    if (entry.has(Entry::Leftover)) {
        return;
    }
    switch (entry.type) {
    case EntryType::File:
        m_counts.fileBytes += entry.size;
        ++m_counts.files;
        break;
    case EntryType::HardLink: ++m_counts.files; break;
    case EntryType::Directory: ++m_counts.directories; break;
    case EntryType::Symlink: ++m_counts.symlinks; break;
    case EntryType::CharDevice:
    case EntryType::BlockDevice:
    case EntryType::Fifo: ++m_counts.others; break;
    case EntryType::Whiteout:
    case EntryType::Opaque: ++m_counts.whiteouts; break;
    }
}

std::string LayerTree::path(NodeId node) const
{
    return pathOf(m_nodes, m_names, node);
}

void LayerTree::freeze()
{
    m_table.clear();
    m_names.freeze();
}

} // namespace cutaway
