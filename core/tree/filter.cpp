// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/filter.h"

#include "core/base/glob.h"
#include "core/tree/filterwords.h"

#include <algorithm>

namespace cutaway {

namespace {

std::uint32_t plainTypeBits(EntryType type)
{
    switch (type) {
    case EntryType::File: return filter::IsFile;
    case EntryType::Directory: return filter::IsDirectory;
    case EntryType::Symlink: return filter::IsSymlink;
    case EntryType::HardLink: return filter::IsHardLink;
    case EntryType::CharDevice: return filter::IsCharDevice;
    case EntryType::BlockDevice: return filter::IsBlockDevice;
    case EntryType::Fifo: return filter::IsFifo;
    case EntryType::Whiteout: return filter::IsWhiteout;
    case EntryType::Opaque: return filter::IsOpaque;
    }
    return 0;
}

/// Asks the terms of one filter about one node after the other; in node order, the path costs
/// little.
class Matcher
{
public:
    Matcher(const TreeView &view, const FileFilter &filter)
        : m_view(view)
        , m_tree(view.tree())
        , m_filter(filter)
        , m_asksForType(filter.asksForType())
    {}

    bool matches(NodeId node)
    {
        return std::ranges::all_of(m_filter.terms, [this, node](const FilterTerm &term) {
            return term.kind == FilterTerm::Kind::Content ? isFile(node)
                                                          : holds(term, node) != term.negated;
        });
    }

    std::uint64_t fileBytes(NodeId node) const
    {
        return isDirectory(node) ? 0 : m_view.bytes(node);
    }

private:
    bool isDirectory(NodeId node) const
    {
        const EntryId entry = m_view.entry(node);
        return entry == kNone || m_tree.entry(entry).type == EntryType::Directory;
    }

    bool isFile(NodeId node) const
    {
        const EntryId entry = m_view.entry(node);
        const EntryId content = entry == kNone ? kNone : m_tree.content(entry);
        return content != kNone && m_tree.entry(content).type == EntryType::File;
    }

    bool holds(const FilterTerm &term, NodeId node)
    {
        using Kind = FilterTerm::Kind;
        switch (term.kind) {
        case Kind::Size: return sizeHolds(term, node);
        case Kind::Type: return (typeBits(node) & term.mask) != 0;
        case Kind::Change: return (filter::bitOf(m_view.change(node)) & term.mask) != 0;
        case Kind::Layer:
        case Kind::Owner:
        case Kind::Mode:
        case Kind::Time: return entryHolds(term, m_view.entry(node));
        case Kind::Text:
        case Kind::Glob:
        case Kind::Regex: return textHolds(term, term.onPath ? path(node) : m_tree.name(node));
        case Kind::Content: return isFile(node);
        }
        return false;
    }

    /// A directory has the size of what is below it, which would make every parent of a large file
    /// match: it is asked only where a type is asked for as well.
    bool sizeHolds(const FilterTerm &term, NodeId node) const
    {
        if (!m_asksForType && isDirectory(node)) {
            return false;
        }
        const std::uint64_t bytes = m_view.bytes(node);
        return bytes >= term.ranges[0].first && bytes <= term.ranges[0].second;
    }

    bool entryHolds(const FilterTerm &term, EntryId id) const
    {
        if (id == kNone) {
            return false;
        }
        const Entry &entry = m_tree.entry(id);
        const auto within = [](const auto &range, std::uint64_t number) {
            return number >= range.first && number <= range.second;
        };
        if (term.kind == FilterTerm::Kind::Layer) {
            return std::ranges::any_of(
                term.ranges, [&](const auto &range) { return within(range, entry.layer); });
        }
        if (term.kind == FilterTerm::Kind::Time) {
            return entry.mtime >= term.time.first && entry.mtime <= term.time.second;
        }
        if (term.kind == FilterTerm::Kind::Mode) {
            return within(term.ranges[0], entry.mode);
        }
        return within(term.ranges[0], entry.uid)
               && (term.ranges.size() < 2 || within(term.ranges[1], entry.gid));
    }

    std::uint32_t typeBits(NodeId node) const
    {
        std::uint32_t bits = markerBits(node);
        const EntryId id = m_view.entry(node);
        if (id == kNone) {
            return bits | filter::IsDirectory;
        }
        const Entry &entry = m_tree.entry(id);
        bits |= plainTypeBits(entry.type);
        if ((entry.mode & 0002U) != 0 && entry.type != EntryType::Symlink) {
            bits |= filter::IsWorldWritable;
        }
        bits |= (entry.mode & 01000U) != 0 ? filter::IsSticky : 0U;
        if (const EntryExtra *extra = m_tree.extra(id);
            extra != nullptr && !extra->xattrs.empty()) {
            bits |= filter::HasXattrs;
        }
        if (entry.type != EntryType::File && entry.type != EntryType::HardLink) {
            return bits;
        }
        bits |= (entry.mode & 04000U) != 0 ? filter::IsSetuid : 0U;
        bits |= (entry.mode & 02000U) != 0 ? filter::IsSetgid : 0U;
        bits |= (entry.mode & 00111U) != 0 ? filter::IsExecutable : 0U;
        bits |= entry.type == EntryType::File && entry.size == 0 ? filter::IsEmptyFile : 0U;
        return bits;
    }

    /// Whiteouts and opaque markers stand beside the entry that is shown: of the viewed layer, or
    /// of any.
    std::uint32_t markerBits(NodeId node) const
    {
        std::uint32_t bits = 0;
        const PathTree::Node &record = m_tree.node(node);
        for (EntryId id = record.firstEntry; id < record.firstEntry + record.entryCount; ++id) {
            const Entry &entry = m_tree.entry(id);
            const bool isHere =
                m_view.spec().kind != ViewSpec::Kind::Layer || entry.layer == m_view.spec().layer;
            if (isHere && (entry.type == EntryType::Whiteout || entry.type == EntryType::Opaque)) {
                bits |= plainTypeBits(entry.type);
            }
        }
        return bits;
    }

    bool textHolds(const FilterTerm &term, std::string_view text)
    {
        if (term.kind == FilterTerm::Kind::Regex) {
            return term.test(text);
        }
        if (term.ignoresCase) {
            m_folded.assign(text);
            std::ranges::transform(m_folded, m_folded.begin(), filter::lower);
            text = m_folded;
        }
        return term.kind == FilterTerm::Kind::Glob
                   ? globMatches(term.text, text, term.onPath ? GlobText::Path : GlobText::Name)
                   : text.find(term.text) != std::string_view::npos;
    }

    /// Siblings stand side by side, so their common prefix is built once.
    std::string_view path(NodeId node)
    {
        if (node == kRoot) {
            return "/";
        }
        const NodeId parent = m_tree.node(node).parent;
        if (parent != m_prefixOf) {
            m_path = parent == kRoot ? std::string() : m_tree.path(parent);
            m_path += '/';
            m_prefixOf = parent;
            m_prefixLength = m_path.size();
        }
        m_path.resize(m_prefixLength);
        m_path += m_tree.name(node);
        return m_path;
    }

    const TreeView &m_view;
    const PathTree &m_tree;
    const FileFilter &m_filter;
    bool m_asksForType = false;
    std::string m_folded;
    std::string m_path;
    NodeId m_prefixOf = kNone;
    std::size_t m_prefixLength = 0;
};

} // namespace

Result<FilterResult> applyFilter(const TreeView &view,
                                 const FileFilter &filter,
                                 const Monitor &monitor)
{
    constexpr NodeId kCheckEvery = 8192;
    const PathTree &tree = view.tree();
    const NodeId count = tree.nodeCount();
    FilterResult result;
    result.shown.assign(count, false);
    result.matched.assign(count, false);

    Matcher matcher(view, filter);
    for (NodeId node = kRoot + 1; node < count; ++node) {
        if (node % kCheckEvery == 0 && monitor.isCancelled()) {
            return failCancelled();
        }
        if (view.isShown(node) && matcher.matches(node)) {
            result.matched[node] = true;
            result.shown[node] = true;
            result.bytes += matcher.fileBytes(node);
            ++result.matches;
        }
    }
    // Breadth-first order: parents come before their children, so one pass up and one down settle
    // both.
    for (NodeId node = count; node-- > kRoot + 1;) {
        if (result.shown[node]) {
            result.shown[tree.node(node).parent] = true;
        }
    }
    if (filter.isNamesOnly()) {
        std::vector<bool> open = result.matched;
        for (NodeId node = kRoot + 1; node < count; ++node) {
            if (open[tree.node(node).parent] && view.isShown(node)) {
                open[node] = true;
                result.shown[node] = true;
            }
        }
    }
    if (count > 0) {
        result.shown[kRoot] = true;
    }
    return result;
}

} // namespace cutaway
