// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/parts.h"
#include "core/tree/view.h"

#include <algorithm>
#include <utility>

namespace cutaway {
namespace {

constexpr std::uint32_t kNoParent = DirectoryDifference::kNoParent;

const std::vector<std::pair<std::string, std::string>> &xattrsOf(const EntryExtra *extra)
{
    static const std::vector<std::pair<std::string, std::string>> kNone;
    return extra == nullptr ? kNone : extra->xattrs;
}

/// Walks through two final file systems side by side, children of equal names together. Without
/// recursion: an image may be as deep as it likes.
class Walk
{
public:
    Walk(const Image &before, const Image &after, const LayerPairs &layers)
        : m_before(before.tree, {})
        , m_after(after.tree, {})
        , m_counterparts(before.layers.size(), kNoLayer)
    {
        for (const LayerPair &pair : layers.list) {
            if (pair.before && pair.after) {
                m_counterparts[*pair.before] = *pair.after;
            }
        }
    }

    /// False when cancelled.
    bool run(const Monitor &monitor);
    FileDifferences take();

private:
    struct Pair
    {
        NodeId before = kNone;
        NodeId after = kNone;
        std::uint32_t parent = kNoParent;
    };

    FileDifference differenceOf(const Pair &pair) const;
    void visit(const Pair &pair);
    void addChildren(const Pair &pair, std::uint32_t directory);
    void add(FileDifference difference, std::uint32_t directory);
    std::uint8_t aspectsOf(EntryId before, EntryId after) const;
    bool hasSameContent(EntryId before, EntryId after) const;
    static bool isDirectory(const TreeView &view, NodeId node);

    TreeView m_before;
    TreeView m_after;
    std::vector<LayerIndex> m_counterparts; ///< of the first's layers, in the second
    std::vector<Pair> m_stack;
    std::vector<Pair> m_children; ///< scratch
    FileDifferences m_result;
};

bool Walk::isDirectory(const TreeView &view, NodeId node)
{
    if (node == kNone) {
        return false;
    }
    const EntryId entry = view.entry(node);
    return entry == kNone || view.tree().effectiveType(entry) == EntryType::Directory;
}

bool Walk::hasSameContent(EntryId before, EntryId after) const
{
    const PathTree &first = m_before.tree();
    const PathTree &second = m_after.tree();
    const EntryId one = first.content(before);
    const EntryId other = second.content(after);
    if (one == kNone || other == kNone) {
        return one == other;
    }
    switch (first.entry(one).type) {
    case EntryType::File: {
        const std::uint64_t size = first.entry(one).size;
        return size == second.entry(other).size
               && (size == 0 || first.hash(one) == second.hash(other));
    }
    case EntryType::Symlink: return first.linkTarget(one) == second.linkTarget(other);
    case EntryType::CharDevice:
    case EntryType::BlockDevice: {
        const EntryExtra *left = first.extra(one);
        const EntryExtra *right = second.extra(other);
        return left != nullptr && right != nullptr && left->deviceMajor == right->deviceMajor
               && left->deviceMinor == right->deviceMinor;
    }
    default: return true;
    }
}

std::uint8_t Walk::aspectsOf(EntryId before, EntryId after) const
{
    using Aspect = FileDifference::Aspect;
    const PathTree &first = m_before.tree();
    const PathTree &second = m_after.tree();
    unsigned aspects = 0;
    const auto differs = [&aspects](Aspect aspect, bool isOther) {
        aspects |= isOther ? unsigned{aspect} : 0U;
    };
    const EntryType type = first.effectiveType(before);
    const bool isOtherType = type != second.effectiveType(after);
    differs(Aspect::Type, isOtherType);
    differs(Aspect::Content, !isOtherType && !hasSameContent(before, after));
    const EntryId oneId = inodeOf(first, before);
    const EntryId otherId = inodeOf(second, after);
    const Entry &one = first.entry(oneId);
    const Entry &other = second.entry(otherId);
    differs(Aspect::Mode, one.mode != other.mode);
    differs(Aspect::Owner, one.uid != other.uid || one.gid != other.gid);
    differs(Aspect::Xattrs, xattrsOf(first.extra(oneId)) != xattrsOf(second.extra(otherId)));
    if (type != EntryType::Directory || isOtherType) {
        differs(Aspect::Time, one.mtime != other.mtime || one.mtimeNsec != other.mtimeNsec);
        const LayerIndex layer = first.entry(before).layer;
        const bool isKnown = layer < m_counterparts.size();
        differs(Aspect::Layer, !isKnown || m_counterparts[layer] != second.entry(after).layer);
    }
    return static_cast<std::uint8_t>(aspects);
}

void Walk::add(FileDifference difference, std::uint32_t directory)
{
    if (!difference.isDirectory) {
        ++m_result.counts[static_cast<std::size_t>(difference.kind)];
        m_result.timeOnly +=
            difference.kind == FileDifference::Kind::Metadata && difference.isTimeOnly() ? 1 : 0;
    }
    if (directory != kNoParent) {
        m_result.directories[directory].differences += difference.isDirectory ? 0 : 1;
    }
    m_result.list.push_back(difference);
}

/// What one path is in both, before anything is said of it.
FileDifference Walk::differenceOf(const Pair &pair) const
{
    FileDifference difference;
    difference.before = pair.before;
    difference.after = pair.after;
    const bool wasDirectory = isDirectory(m_before, pair.before);
    const bool isNowDirectory = isDirectory(m_after, pair.after);
    if (pair.before != kNone) {
        difference.beforeEntry = m_before.entry(pair.before);
        difference.beforeBytes = wasDirectory ? 0 : m_before.bytes(pair.before);
    }
    if (pair.after != kNone) {
        difference.afterEntry = m_after.entry(pair.after);
        difference.afterBytes = isNowDirectory ? 0 : m_after.bytes(pair.after);
    }
    difference.isDirectory =
        (pair.before == kNone || wasDirectory) && (pair.after == kNone || isNowDirectory);
    return difference;
}

void Walk::visit(const Pair &pair)
{
    using Kind = FileDifference::Kind;
    FileDifference difference = differenceOf(pair);
    if (pair.before == kNone || pair.after == kNone) {
        difference.kind = pair.before == kNone ? Kind::Added : Kind::Removed;
        add(difference, pair.parent);
    } else if (difference.beforeEntry != kNone && difference.afterEntry != kNone) {
        difference.aspects = aspectsOf(difference.beforeEntry, difference.afterEntry);
        const bool isOther =
            difference.has(FileDifference::Type) || difference.has(FileDifference::Content);
        difference.kind = isOther                                       ? Kind::Modified
                          : difference.aspects == FileDifference::Layer ? Kind::Moved
                                                                        : Kind::Metadata;
        if (difference.aspects != 0) {
            add(difference, pair.parent);
        } else {
            m_result.unchanged += difference.isDirectory ? 0 : 1;
        }
    }
    if (!isDirectory(m_before, pair.before) && !isDirectory(m_after, pair.after)) {
        return;
    }
    const auto directory = static_cast<std::uint32_t>(m_result.directories.size());
    m_result.directories.push_back({pair.parent,
                                    pair.before,
                                    pair.after,
                                    pair.before == kNone ? 0 : m_before.bytes(pair.before),
                                    pair.after == kNone ? 0 : m_after.bytes(pair.after),
                                    0});
    addChildren(pair, directory);
}

void Walk::addChildren(const Pair &pair, std::uint32_t directory)
{
    const PathTree &first = m_before.tree();
    const PathTree &second = m_after.tree();
    const PathTree::Node none;
    const PathTree::Node one = pair.before == kNone ? none : first.node(pair.before);
    const PathTree::Node other = pair.after == kNone ? none : second.node(pair.after);
    m_children.clear();
    NodeId left = one.firstChild;
    NodeId right = other.firstChild;
    const NodeId leftEnd = left + one.childCount;
    const NodeId rightEnd = right + other.childCount;
    const auto skipHidden = [](const TreeView &view, NodeId &at, NodeId end) {
        while (at < end && !view.isShown(at)) {
            ++at;
        }
        return at < end;
    };
    while (true) {
        const bool hasLeft = skipHidden(m_before, left, leftEnd);
        const bool hasRight = skipHidden(m_after, right, rightEnd);
        if (!hasLeft && !hasRight) {
            break;
        }
        const int order = !hasLeft    ? 1
                          : !hasRight ? -1
                                      : first.name(left).compare(second.name(right));
        m_children.push_back(
            {order <= 0 ? left++ : kNone, order >= 0 ? right++ : kNone, directory});
    }
    m_stack.insert(m_stack.end(), m_children.rbegin(), m_children.rend());
}

bool Walk::run(const Monitor &monitor)
{
    constexpr std::uint32_t kEvery = 1U << 16U;
    m_stack.push_back({kRoot, kRoot, kNoParent});
    for (std::uint32_t visited = 0; !m_stack.empty(); ++visited) {
        if (visited % kEvery == 0 && monitor.isCancelled()) {
            return false;
        }
        const Pair pair = m_stack.back();
        m_stack.pop_back();
        visit(pair);
    }
    return true;
}

/// Directories without a difference are let go, in place.
FileDifferences Walk::take()
{
    std::vector<DirectoryDifference> &all = m_result.directories;
    for (std::size_t i = all.size(); i-- > 1;) {
        all[all[i].parent].differences += all[i].differences;
    }
    std::vector<std::uint32_t> places(all.size(), kNoParent);
    std::uint32_t kept = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        DirectoryDifference directory = all[i];
        if (directory.differences == 0) {
            continue;
        }
        directory.parent = directory.parent == kNoParent ? kNoParent : places[directory.parent];
        places[i] = kept;
        all[kept++] = directory;
    }
    all.resize(kept);
    return std::move(m_result);
}

} // namespace

EntryId inodeOf(const PathTree &tree, EntryId entry)
{
    const EntryId content = tree.content(entry);
    return content == kNone ? entry : content;
}

std::vector<std::string_view> aspectNames(const FileDifference &difference)
{
    using Aspect = FileDifference::Aspect;
    constexpr std::array<std::pair<Aspect, std::string_view>, 7> kNames = {{
        {Aspect::Type, "type"},
        {Aspect::Content, "content"},
        {Aspect::Mode, "mode"},
        {Aspect::Owner, "owner"},
        {Aspect::Xattrs, "xattrs"},
        {Aspect::Time, "time"},
        {Aspect::Layer, "layer"},
    }};
    std::vector<std::string_view> names;
    for (const auto &[aspect, name] : kNames) {
        if (difference.has(aspect)) {
            names.push_back(name);
        }
    }
    return names;
}

Result<FileDifferences> compareFiles(const Image &before,
                                     const Image &after,
                                     const LayerPairs &layers,
                                     const Monitor &monitor)
{
    Walk walk(before, after, layers);
    if (!walk.run(monitor)) {
        return failCancelled();
    }
    return walk.take();
}

} // namespace cutaway
