// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/treechecks.h"

#include "core/tree/filter.h"
#include "core/tree/view.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace cutaway::fuzz {

namespace {

constexpr NodeId kMostPaths = 100; ///< paths that are looked up again

void checkNodes(const PathTree &tree)
{
    NodeId nextChild = 1;
    EntryId nextEntry = 0;
    for (NodeId id = 0; id < tree.nodeCount(); ++id) {
        const PathTree::Node &node = tree.node(id);
        requireEqual(node.firstChild, nextChild, "children stand in breadth-first order");
        requireEqual(node.firstEntry, nextEntry, "entries stand in the order of nodes");
        nextChild += node.childCount;
        nextEntry += node.entryCount;
        require(id == kRoot || node.parent < id, "parents come first");
        for (NodeId child = node.firstChild; child < nextChild; ++child) {
            require(tree.node(child).parent == id, "a child knows its parent");
            require(child == node.firstChild || tree.name(child - 1) < tree.name(child),
                    "children are sorted, each name once");
        }
        if (id < kMostPaths) {
            requireEqual(tree.find(tree.path(id)), id, "a path leads to its node");
        }
    }
    requireEqual(nextChild, tree.nodeCount(), "every node has a parent");
    requireEqual(nextEntry, tree.entryCount(), "every entry has a node");
}

std::uint64_t checkEntries(const PathTree &tree, const std::vector<std::uint64_t> &layerBytes)
{
    std::vector<std::uint64_t> bytes(layerBytes.size(), 0);
    std::uint64_t visible = 0;
    for (EntryId id = 0; id < tree.entryCount(); ++id) {
        const Entry &entry = tree.entry(id);
        require(entry.layer < layerBytes.size(), "an entry is of a layer that there is");
        require(entry.hiddenBy == kNoLayer || entry.hiddenBy >= entry.layer, "hidden from above");
        require((entry.hiddenBy == kNoLayer) == (entry.cause == Cause::None), "hidden for a cause");
        if (entry.type != EntryType::File || !entry.makesPath()) {
            continue;
        }
        bytes[entry.layer] += entry.size;
        const PathTree::Fate fate = tree.byteFate(id);
        require((fate.hiddenBy == kNoLayer) == (fate.cause == Cause::None), "bytes hidden alike");
        visible += fate.cause == Cause::None ? entry.size : 0;
    }
    for (std::size_t layer = 0; layer < bytes.size(); ++layer) {
        requireEqual(bytes[layer], layerBytes[layer], "the bytes of a layer's files");
    }
    return visible;
}

FileFilter filterOf(std::uint32_t number)
{
    static constexpr std::array kFilters = {
        "a",
        "*.s?",
        "size>1",
        "layer:0",
        "type:setuid",
        "change:removed",
        "!owner:0",
        "mode:644",
        "a/b",
        "[!a-c]*",
        "type:hardlink",
        "!change:unmodified size<1GB",
    };
    Result<FileFilter> filter = parseFileFilter(kFilters.at(number % kFilters.size()));
    return filter ? *filter : FileFilter();
}

void checkView(const TreeView &view, const FileFilter &filter)
{
    const Result<FilterResult> result = applyFilter(view, filter, Monitor());
    require(result.has_value(), "a filter finds an answer");
    std::uint32_t shown = 0;
    for (NodeId id = 1; id < view.tree().nodeCount(); ++id) {
        shown += view.isShown(id) ? 1 : 0;
        require(!result->shown[id] || view.isShown(id), "a filter adds nothing");
        require(!view.isShown(id) || id == kRoot || view.isShown(view.tree().node(id).parent),
                "what is shown has a shown parent");
        require(view.bytes(id) <= view.bytes(view.tree().node(id).parent), "no more than above");
    }
    require(result->matches <= shown + 1, "no more matches than rows");
}

} // namespace

void checkTree(const PathTreePtr &tree,
               const std::vector<std::uint64_t> &layerBytes,
               std::uint32_t filter)
{
    checkNodes(*tree);
    const std::uint64_t visible = checkEntries(*tree, layerBytes);
    const FileFilter chosen = filterOf(filter);
    const TreeView final(tree, {ViewSpec::Kind::Final, 0});
    checkView(final, chosen);
    requireEqual(final.bytes(kRoot), visible, "visible bytes in the view");
    for (std::size_t layer = 0; layer < layerBytes.size(); ++layer) {
        const auto index = static_cast<LayerIndex>(layer);
        checkView(TreeView(tree, {ViewSpec::Kind::At, index}), chosen);
        const TreeView change(tree, {ViewSpec::Kind::Layer, index});
        checkView(change, chosen);
        requireEqual(change.bytes(kRoot), layerBytes[layer], "a layer's bytes in its view");
    }
}

} // namespace cutaway::fuzz
