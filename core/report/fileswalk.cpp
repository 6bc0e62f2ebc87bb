// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/fileswalk.h"

#include "core/report/pathpattern.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace cutaway {
namespace {

using Visit = std::function<void(const FileRow &)>;

/// A path still to be visited, or what is below it. In byte order of whole paths "/a-b" stands
/// between
/// "/a" and "/a/b", so both are sorted apart.
struct Pending
{
    NodeId node = kNone;
    bool below = false;
};

class Walk
{
public:
    Walk(const PathTree &tree, const FilesQuery &query, const Visit &visit)
        : m_tree(tree)
        , m_query(query)
        , m_visit(visit)
    {
        for (const std::string &pattern : query.globs) {
            m_patterns.emplace_back(pattern);
        }
    }

    void run()
    {
        m_pending.push_back({kRoot, true});
        m_pending.push_back({kRoot, false});
        while (!m_pending.empty()) {
            const Pending next = m_pending.back();
            m_pending.pop_back();
            if (next.below) {
                push(next.node);
            } else {
                rowsOf(next.node);
            }
        }
    }

private:
    void push(NodeId parent);
    void rowsOf(NodeId id);
    void stateRow(NodeId id, LayerIndex layer);
    void layerRows(NodeId id, LayerIndex layer);
    void entryRow(NodeId id, EntryId entry);
    bool isAsked(NodeId id) const;
    bool isLeft(NodeId id, LayerIndex layer) const
    {
        return m_query.left.empty() || m_query.left[layer][id];
    }
    EntryId before(NodeId id, LayerIndex layer) const
    {
        return layer == 0 ? kNone : m_tree.entryAt(id, static_cast<LayerIndex>(layer - 1));
    }
    FileRow rowOf(NodeId id, EntryId entry) const;

    const PathTree &m_tree;
    const FilesQuery &m_query;
    const Visit &m_visit;
    std::vector<PathPattern> m_patterns;
    std::vector<Pending> m_pending; ///< the next one last
};

void Walk::push(NodeId parent)
{
    const PathTree::Node &node = m_tree.node(parent);
    const auto start = static_cast<std::ptrdiff_t>(m_pending.size());
    bool mayInterleave = false;
    for (std::uint32_t i = 0; i < node.childCount; ++i) {
        const NodeId child = node.firstChild + i;
        m_pending.push_back({child, false});
        if (m_tree.node(child).childCount == 0) {
            continue;
        }
        m_pending.push_back({child, true});
        const std::string_view name = m_tree.name(child);
        mayInterleave |= i + 1 < node.childCount && m_tree.name(child + 1).starts_with(name);
    }
    const auto first = m_pending.begin() + start;
    if (mayInterleave) {
        // Names never hold a slash, so "name/" sorts what is below a directory.
        std::sort(first, m_pending.end(), [this](const Pending &a, const Pending &b) {
            const std::string_view left = m_tree.name(a.node);
            const std::string_view right = m_tree.name(b.node);
            const std::size_t common = std::min(left.size(), right.size());
            if (const int order = left.substr(0, common).compare(right.substr(0, common));
                order != 0) {
                return order < 0;
            }
            const auto at = [common](std::string_view name, bool below) {
                if (name.size() > common) {
                    return static_cast<int>(static_cast<unsigned char>(name[common]));
                }
                return below ? static_cast<int>('/') : -1;
            };
            return at(left, a.below) < at(right, b.below);
        });
    }
    std::reverse(first, m_pending.end());
}

bool Walk::isAsked(NodeId id) const
{
    if (m_query.view != FilesQuery::View::All && !isLeft(id, 0)) {
        return false;
    }
    if (m_patterns.empty()) {
        return true;
    }
    const std::string path = m_tree.path(id);
    return std::ranges::any_of(
        m_patterns, [&path](const PathPattern &pattern) { return pattern.matches(path); });
}

void Walk::rowsOf(NodeId id)
{
    switch (m_query.view) {
    case FilesQuery::View::Final:
        if (const auto layers = m_tree.layerCount(); id != kRoot && layers > 0) {
            stateRow(id, static_cast<LayerIndex>(layers - 1));
        }
        return;
    case FilesQuery::View::At:
        if (id != kRoot) {
            stateRow(id, m_query.layer);
        }
        return;
    case FilesQuery::View::Layer: layerRows(id, m_query.layer); return;
    case FilesQuery::View::All: break;
    }
    const PathTree::Node &node = m_tree.node(id);
    for (std::uint32_t i = 0; i < node.entryCount; ++i) {
        const Entry &entry = m_tree.entry(node.firstEntry + i);
        if (!entry.has(Entry::Implicit) && isLeft(id, entry.layer) && isAsked(id)) {
            entryRow(id, node.firstEntry + i);
        }
    }
}

FileRow Walk::rowOf(NodeId id, EntryId entry) const
{
    const Entry &record = m_tree.entry(entry);
    FileRow row;
    row.node = id;
    row.entry = entry;
    row.inode = entry;
    row.type = record.type;
    row.size = record.size;
    row.group = m_tree.linkGroup(entry);
    row.hiddenBy = record.hiddenBy;
    return row;
}

void Walk::stateRow(NodeId id, LayerIndex layer)
{
    const EntryId entry = m_tree.entryAt(id, layer);
    if (entry == kNone || !isAsked(id)) {
        return;
    }
    FileRow row = rowOf(id, entry);
    if (row.type == EntryType::HardLink) {
        row.type = m_tree.effectiveType(entry);
        if (const EntryId content = m_tree.content(entry); content != kNone) {
            row.inode = content;
            row.size = m_tree.entry(content).size;
        }
    }
    const bool isFinal = m_query.view == FilesQuery::View::Final;
    row.change = isFinal ? Change::Unmodified : changeBetween(m_tree, before(id, layer), entry);
    row.hiddenBy = isFinal ? kNoLayer : row.hiddenBy;
    m_visit(row);
}

void Walk::layerRows(NodeId id, LayerIndex layer)
{
    const PathTree::Node &node = m_tree.node(id);
    for (std::uint32_t i = 0; i < node.entryCount; ++i) {
        const Entry &record = m_tree.entry(node.firstEntry + i);
        if (record.layer == layer && !record.has(Entry::Implicit) && isAsked(id)) {
            entryRow(id, node.firstEntry + i);
        }
    }
    const EntryId hidden = before(id, layer);
    if (hidden != kNone && m_tree.entryAt(id, layer) == kNone && isAsked(id)) {
        FileRow row = rowOf(id, hidden);
        row.change = Change::Removed;
        m_visit(row);
    }
}

void Walk::entryRow(NodeId id, EntryId entry)
{
    FileRow row = rowOf(id, entry);
    const Entry &record = m_tree.entry(entry);
    if (record.makesPath()) {
        row.change = changeBetween(m_tree, before(id, record.layer), entry);
    }
    m_visit(row);
}

} // namespace

void walkFiles(const Image &image, const FilesQuery &query, const Visit &visit)
{
    if (image.tree == nullptr || image.tree->nodeCount() == 0) {
        return;
    }
    if (query.sort == FilesQuery::Sort::Path) {
        Walk(*image.tree, query, visit).run();
        return;
    }
    std::vector<FileRow> rows;
    const Visit keep = [&rows](const FileRow &row) { rows.push_back(row); };
    Walk(*image.tree, query, keep).run();
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::sort(order, [&rows](std::size_t a, std::size_t b) {
        return rows[a].size != rows[b].size ? rows[a].size > rows[b].size : a < b;
    });
    for (const std::size_t index : order) {
        visit(rows[index]);
    }
}

std::vector<EntryId> filesContents(const Image &image, const FilesQuery &query)
{
    std::vector<EntryId> contents;
    FilesQuery unsorted = query;
    unsorted.sort = FilesQuery::Sort::Path;
    walkFiles(image, unsorted, [&](const FileRow &row) {
        if (row.type != EntryType::File && row.type != EntryType::HardLink) {
            return;
        }
        const EntryId content = image.tree->content(row.entry);
        if (content != kNone && image.tree->entry(content).type == EntryType::File) {
            contents.push_back(content);
        }
    });
    std::ranges::sort(contents);
    contents.erase(std::ranges::unique(contents).begin(), contents.end());
    return contents;
}

std::string_view entryTypeName(EntryType type)
{
    switch (type) {
    case EntryType::File: return "file";
    case EntryType::Directory: return "dir";
    case EntryType::Symlink: return "symlink";
    case EntryType::HardLink: return "hardlink";
    case EntryType::CharDevice: return "char";
    case EntryType::BlockDevice: return "block";
    case EntryType::Fifo: return "fifo";
    case EntryType::Whiteout: return "whiteout";
    case EntryType::Opaque: return "opaque";
    }
    return "file";
}

std::string_view changeName(Change change)
{
    switch (change) {
    case Change::Unmodified: return "unmodified";
    case Change::Added: return "added";
    case Change::Modified: return "modified";
    case Change::Metadata: return "metadata";
    case Change::Removed: return "removed";
    }
    return "unmodified";
}

std::string_view changeSign(Change change)
{
    switch (change) {
    case Change::Unmodified: return " ";
    case Change::Added: return "+";
    case Change::Modified: return "~";
    case Change::Metadata: return "◇";
    case Change::Removed: return "−";
    }
    return " ";
}

} // namespace cutaway
