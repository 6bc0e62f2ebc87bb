// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"
#include "core/analysis/literallayers.h"
#include "core/base/limits.h"

#include <algorithm>
#include <bit>

namespace cutaway {

namespace {

using Kind = LiteralStep::Kind;

/// What dive 0.13 adds up for each path, over all layers. Most paths come once: only those that
/// come again have more than one number.
class Records
{
public:
    explicit Records(std::uint32_t nodes)
        : m_sums(nodes)
        , m_counts(nodes)
    {}

    void add(NodeId node, std::uint64_t bytes)
    {
        const std::uint32_t before = count(node);
        m_counts[node] = static_cast<std::uint16_t>(before + 1); // found, so not lost
        if (before == 0) {
            m_sums[node] = bytes;
            return;
        }
        if (before == 1) {
            m_several.push_back({m_sums[node], m_sums[node]});
            m_sums[node] = m_several.size() - 1;
        }
        Several &several = m_several[m_sums[node]];
        several.sum += bytes;
        several.smallest = std::min(several.smallest, bytes);
    }
    /// Begun, but its size was never found: dive leaves −1 as the smallest.
    void lose(NodeId node)
    {
        if (count(node) == 0) {
            m_counts[node] = kLost;
        }
    }

    std::uint32_t count(NodeId node) const { return isLost(node) ? 0 : m_counts[node]; }
    bool isLost(NodeId node) const { return m_counts[node] == kLost; }
    std::uint64_t sum(NodeId node) const
    {
        return count(node) < 2 ? m_sums[node] : m_several[m_sums[node]].sum;
    }
    std::uint64_t smallest(NodeId node) const
    {
        return count(node) < 2 ? m_sums[node] : m_several[m_sums[node]].smallest;
    }

private:
    /// No layer names a path more than twice, so that counts never come here.
    static constexpr std::uint16_t kLost = 0xFFFF;
    static_assert(2 * limits::kLayers < kLost);
    struct Several
    {
        std::uint64_t sum = 0;
        std::uint64_t smallest = 0;
    };

    PageVector<std::uint64_t> m_sums; ///< or place in m_several
    PageVector<std::uint16_t> m_counts;
    PageVector<Several> m_several;
};

/// A number for each path that has others below it.
class DirectoryBytes
{
public:
    explicit DirectoryBytes(const PathTree &tree)
        : m_bits(tree.nodeCount() / 64 + 1)
        , m_before(m_bits.size())
    {
        std::uint32_t count = 0;
        for (NodeId node = 0; node < tree.nodeCount(); ++node) {
            if (node % 64 == 0) {
                m_before[node / 64] = count;
            }
            if (tree.node(node).childCount > 0) {
                m_bits[node / 64] |= bitOf(node);
                ++count;
            }
        }
        m_bytes.resize(count);
    }

    bool has(NodeId node) const { return (m_bits[node / 64] & bitOf(node)) != 0; }
    std::uint64_t &operator[](NodeId node) { return m_bytes[placeOf(node)]; }
    std::uint64_t operator[](NodeId node) const { return m_bytes[placeOf(node)]; }

private:
    static std::uint64_t bitOf(NodeId node) { return std::uint64_t{1} << (node % 64); }
    std::size_t placeOf(NodeId node) const
    {
        return m_before[node / 64]
               + static_cast<std::size_t>(std::popcount(m_bits[node / 64] & (bitOf(node) - 1)));
    }

    PageVector<std::uint64_t> m_bits;
    PageVector<std::uint32_t> m_before; ///< bits in the words before
    PageVector<std::uint64_t> m_bytes;
};

/// The layers below, stacked as dive stacks them: a path that a layer passes through loses what
/// lower layers said of it, children outlive a change of type, opaque markers do nothing. A path is
/// there when it was born into the present life of its parent, so that removing a directory is one
/// step.
class DiveStack
{
public:
    explicit DiveStack(const PathTree &tree)
        : m_tree(tree)
        , m_paths(tree.nodeCount())
        , m_bytes(tree)
    {
        m_paths[kRoot].life = 1;
    }

    void add(const LiteralLayers &layers, bool applyWhiteouts)
    {
        m_frames.assign(1, {kRoot, 0});
        layers.walk([&](const LiteralStep &step) {
            if (step.kind == Kind::Whiteout) {
                if (applyWhiteouts) {
                    remove(step.node);
                }
                return true;
            }
            if (step.kind == Kind::Enter || step.kind == Kind::Leaf) {
                enter(step.node);
            }
            if (step.kind == Kind::Leave || step.kind == Kind::Leaf) {
                leave(step.entry);
            }
            return true;
        });
    }

    /// Whether the path is there, given that its parent is.
    bool holds(NodeId node) const
    {
        return m_paths[node].bornIn == m_paths[m_tree.node(node).parent].life;
    }
    /// What dive takes a whiteout of the path to free: all that is below a directory, nothing for
    /// others.
    std::uint64_t bytesFreed(NodeId node) const
    {
        const EntryId entry = m_paths[node].entry;
        const bool isDirectory = entry != kNone && m_tree.entry(entry).type == EntryType::Directory;
        return isDirectory ? bytesOf(node) : 0;
    }

private:
    struct Path
    {
        EntryId entry = kNone;
        std::uint16_t bornIn = 0; ///< no more lives than layers
        std::uint16_t life = 0;
    };
    struct Frame
    {
        NodeId node = kRoot;
        std::uint64_t grown = 0; ///< modulo 2^64, so it may shrink
    };

    void enter(NodeId node)
    {
        if (!holds(node)) {
            const auto life = static_cast<std::uint16_t>(m_paths[node].life + 1);
            m_paths[node] = {kNone, m_paths[m_frames.back().node].life, life};
            if (m_bytes.has(node)) {
                m_bytes[node] = 0;
            }
        }
        m_frames.push_back({node, 0});
    }
    void leave(EntryId entry)
    {
        const Frame done = m_frames.back();
        m_frames.pop_back();
        Path &path = m_paths[done.node];
        const std::uint64_t grown = done.grown + ownBytes(entry) - ownBytes(path.entry);
        path.entry = entry;
        if (m_bytes.has(done.node)) {
            m_bytes[done.node] += grown;
        }
        m_frames.back().grown += grown;
    }
    void remove(NodeId node)
    {
        if (holds(node)) {
            m_frames.back().grown -= bytesOf(node);
            m_paths[node].bornIn = 0;
        }
    }
    /// Of the path and all below it.
    std::uint64_t bytesOf(NodeId node) const
    {
        return m_bytes.has(node) ? m_bytes[node] : ownBytes(m_paths[node].entry);
    }
    std::uint64_t ownBytes(EntryId entry) const
    {
        return entry == kNone ? 0 : m_tree.entry(entry).size;
    }

    const PathTree &m_tree;
    PageVector<Path> m_paths;
    DirectoryBytes m_bytes; ///< of a path and all below it
    std::vector<Frame> m_frames;
};

/// dive's visit of one layer: leaves only, given up at the first whiteout of what is not there.
void visitLeaves(const PathTree &tree,
                 const LiteralLayers &layers,
                 const DiveStack &below,
                 Records &records)
{
    std::vector<bool> isThere = {true};
    layers.walk([&](const LiteralStep &step) {
        switch (step.kind) {
        case Kind::Enter: isThere.push_back(isThere.back() && below.holds(step.node)); break;
        case Kind::Leave: isThere.pop_back(); break;
        case Kind::Leaf:
            records.add(step.node, step.entry == kNone ? 0 : tree.entry(step.entry).size);
            break;
        case Kind::Whiteout:
        case Kind::Leftover:
            if (step.kind == Kind::Leftover || !isThere.back() || !below.holds(step.node)) {
                records.lose(step.node);
                return false;
            }
            records.add(step.node, below.bytesFreed(step.node));
            break;
        }
        return true;
    });
}

Result<Records> recordsOf(const PathTree &tree, const Monitor &monitor)
{
    Records records(tree.nodeCount());
    LiteralLayers layers(tree);
    DiveStack stack(tree);
    for (std::uint32_t index = 0; index < tree.layerCount(); ++index) {
        layers.enter(static_cast<LayerIndex>(index));
        if (index == 0) {
            stack.add(layers, false); // the first layer is looked up in itself
        }
        visitLeaves(tree, layers, stack, records);
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        stack.add(layers, true);
    }
    return records;
}

void addSizes(const PathTree &tree, DiveNumbers &numbers)
{
    for (const Entry &entry : tree.entries()) {
        numbers.sizeBytes += entry.size;
        numbers.userSizeBytes += entry.layer == 0 ? 0 : entry.size;
    }
}

DiveNumbers numbersOf(const PathTree &tree, const Records &records)
{
    DiveNumbers numbers;
    addSizes(tree, numbers);
    std::uint64_t smallest = 0;
    std::uint64_t all = 0;
    for (NodeId node = 0; node < tree.nodeCount(); ++node) {
        smallest += records.smallest(node) - (records.isLost(node) ? 1 : 0);
        all += records.sum(node);
        if (records.count(node) >= 2) {
            numbers.wastedBytes += records.sum(node);
            numbers.inefficient.push_back({node, records.count(node), records.sum(node)});
        }
    }
    if (all > 0) { // signed: lost paths may outweigh the others
        numbers.efficiency =
            static_cast<double>(static_cast<std::int64_t>(smallest)) / static_cast<double>(all);
    }
    if (numbers.userSizeBytes > 0) {
        numbers.userWastedPercent =
            static_cast<double>(numbers.wastedBytes) / static_cast<double>(numbers.userSizeBytes);
    }
    std::ranges::sort(
        numbers.inefficient, [&](const DiveNumbers::Row &a, const DiveNumbers::Row &b) {
            return a.bytes == b.bytes ? tree.isPathBefore(a.node, b.node) : a.bytes > b.bytes;
        });
    return numbers;
}

} // namespace

Result<DiveNumbers> diveNumbers(const Image &image, const Monitor &monitor)
{
    if (image.tree == nullptr) {
        return DiveNumbers();
    }
    const Result<Records> records = recordsOf(*image.tree, monitor);
    if (!records) {
        return std::unexpected(records.error());
    }
    return numbersOf(*image.tree, *records);
}

DiveNumbers diveNumbers(const Image &image)
{
    return diveNumbers(image, Monitor()).value(); // nobody cancels it
}

} // namespace cutaway
