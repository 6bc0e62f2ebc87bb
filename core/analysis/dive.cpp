// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"
#include "core/analysis/literallayers.h"

#include <algorithm>
#include <tuple>

namespace cutaway {

namespace {

using Kind = LiteralStep::Kind;

/// What dive 0.13 adds up for one path, over all layers.
struct Record
{
    std::uint64_t sum = 0;
    std::uint64_t smallest = 0;
    std::uint32_t count = 0;
    bool isLost = false; ///< begun, but its size was never found: dive leaves −1 as the smallest

    void add(std::uint64_t bytes)
    {
        sum += bytes;
        smallest = count == 0 ? bytes : std::min(smallest, bytes);
        ++count;
        isLost = false;
    }
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
    {
        m_paths[kRoot].life = 1;
    }

    void add(const std::vector<LiteralStep> &steps, bool applyWhiteouts)
    {
        m_frames.assign(1, {kRoot, 0});
        for (const LiteralStep &step : steps) {
            if (step.kind == Kind::Whiteout) {
                if (applyWhiteouts) {
                    remove(step.node);
                }
                continue;
            }
            if (step.kind == Kind::Enter || step.kind == Kind::Leaf) {
                enter(step.node);
            }
            if (step.kind == Kind::Leave || step.kind == Kind::Leaf) {
                leave(step.entry);
            }
        }
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
        return isDirectory ? m_paths[node].bytes : 0;
    }

private:
    struct Path
    {
        std::uint64_t bytes = 0; ///< of the path and all below it
        EntryId entry = kNone;
        std::uint32_t bornIn = 0;
        std::uint32_t life = 0;
    };
    struct Frame
    {
        NodeId node = kRoot;
        std::uint64_t grown = 0; ///< modulo 2^64, so it may shrink
    };

    void enter(NodeId node)
    {
        if (!holds(node)) {
            const std::uint32_t life = m_paths[node].life + 1;
            m_paths[node] = {0, kNone, m_paths[m_frames.back().node].life, life};
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
        path.bytes += grown;
        m_frames.back().grown += grown;
    }
    void remove(NodeId node)
    {
        if (holds(node)) {
            m_frames.back().grown -= m_paths[node].bytes;
            m_paths[node].bornIn = 0;
        }
    }
    std::uint64_t ownBytes(EntryId entry) const
    {
        return entry == kNone ? 0 : m_tree.entry(entry).size;
    }

    const PathTree &m_tree;
    std::vector<Path> m_paths;
    std::vector<Frame> m_frames;
};

/// dive's visit of one layer: leaves only, given up at the first whiteout of what is not there.
void visitLeaves(const PathTree &tree,
                 const std::vector<LiteralStep> &steps,
                 const DiveStack &below,
                 std::vector<Record> &records)
{
    std::vector<bool> isThere = {true};
    for (const LiteralStep &step : steps) {
        Record &record = records[step.node];
        switch (step.kind) {
        case Kind::Enter: isThere.push_back(isThere.back() && below.holds(step.node)); break;
        case Kind::Leave: isThere.pop_back(); break;
        case Kind::Leaf: record.add(step.entry == kNone ? 0 : tree.entry(step.entry).size); break;
        case Kind::Whiteout:
        case Kind::Leftover:
            if (step.kind == Kind::Leftover || !isThere.back() || !below.holds(step.node)) {
                record.isLost = record.count == 0;
                return;
            }
            record.add(below.bytesFreed(step.node));
            break;
        }
    }
}

Result<std::vector<Record>> recordsOf(const PathTree &tree, const Monitor &monitor)
{
    std::vector<Record> records(tree.nodeCount());
    LiteralLayers layers(tree);
    DiveStack stack(tree);
    for (std::uint32_t index = 0; index < tree.layerCount(); ++index) {
        const std::vector<LiteralStep> &steps = layers.walk(static_cast<LayerIndex>(index));
        if (index == 0) {
            stack.add(steps, false); // the first layer is looked up in itself
        }
        visitLeaves(tree, steps, stack, records);
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        stack.add(steps, true);
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

DiveNumbers numbersOf(const PathTree &tree, const std::vector<Record> &records)
{
    DiveNumbers numbers;
    addSizes(tree, numbers);
    std::uint64_t smallest = 0;
    std::uint64_t all = 0;
    for (NodeId node = 0; node < tree.nodeCount(); ++node) {
        const Record &record = records[node];
        smallest += record.smallest - (record.isLost ? 1 : 0);
        all += record.sum;
        if (record.count >= 2) {
            numbers.wastedBytes += record.sum;
            numbers.inefficient.push_back({tree.path(node), record.count, record.sum});
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
    std::ranges::sort(numbers.inefficient,
                      [](const DiveNumbers::Row &a, const DiveNumbers::Row &b) {
                          return std::tie(b.bytes, a.path) < std::tie(a.bytes, b.path);
                      });
    return numbers;
}

} // namespace

Result<DiveNumbers> diveNumbers(const Image &image, const Monitor &monitor)
{
    if (image.tree == nullptr) {
        return DiveNumbers();
    }
    const Result<std::vector<Record>> records = recordsOf(*image.tree, monitor);
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
