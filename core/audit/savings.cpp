// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/savings.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace cutaway {

namespace {

/// Visible bytes at and below each node. Parents come before children.
std::vector<std::uint64_t> bytesBelow(const PathTree &tree)
{
    std::vector<std::uint64_t> bytes(tree.nodeCount());
    for (NodeId node = tree.nodeCount(); node-- > 0;) {
        const EntryId entry = tree.finalEntry(node);
        if (entry != kNone && tree.entry(entry).type == EntryType::File) {
            bytes[node] += tree.entry(entry).size;
        }
        if (node != kRoot) {
            bytes[tree.node(node).parent] += bytes[node];
        }
    }
    return bytes;
}

NodeId commonAncestor(const PathTree &tree, NodeId a, NodeId b)
{
    while (a != b) { // the later of the two is the deeper, or as deep
        (a > b ? a : b) = tree.node(a > b ? a : b).parent;
    }
    return a;
}

/// What the finding is about, in one directory where nothing else is; else nothing.
std::optional<SparePath> directoryOf(const Finding &finding,
                                     const std::vector<NodeId> &nodes,
                                     const PathTree &tree,
                                     const std::vector<std::uint64_t> &below)
{
    if (nodes.size() < 2) {
        return std::nullopt;
    }
    NodeId directory = nodes.front();
    for (const NodeId node : nodes) {
        directory = commonAncestor(tree, directory, node);
    }
    const bool isItsOwn = below[directory] == finding.bytes;
    return directory != kRoot && isItsOwn
               ? std::optional(SparePath{directory, below[directory], finding.ruleId})
               : std::nullopt;
}

/// Whether one of the paths above the node is in the list too.
bool hasAbove(const PathTree &tree, NodeId node, const std::map<NodeId, SparePath> &paths)
{
    while (node != kRoot) {
        node = tree.node(node).parent;
        if (paths.contains(node)) {
            return true;
        }
    }
    return false;
}

void addPaths(const Finding &finding,
              const PathTree &tree,
              const std::vector<std::uint64_t> &below,
              std::map<NodeId, SparePath> &paths)
{
    std::vector<NodeId> nodes;
    std::vector<SparePath> single;
    for (const Evidence &evidence : finding.evidence) {
        const NodeId node = evidence.path.empty() ? kNone : tree.find(evidence.path);
        if (node != kNone && node != kRoot && evidence.bytes > 0) {
            nodes.push_back(node);
            single.push_back({node, evidence.bytes, finding.ruleId});
        }
    }
    if (auto directory = directoryOf(finding, nodes, tree, below)) {
        single = {std::move(*directory)};
    }
    for (SparePath &path : single) {
        paths.try_emplace(path.node, std::move(path));
    }
}

} // namespace

std::vector<SparePath> sparePaths(const Inspection &inspection, std::size_t most)
{
    const PathTree &tree = *inspection.image->tree;
    const std::vector<std::uint64_t> below = bytesBelow(tree);
    std::map<NodeId, SparePath> byNode;
    for (const Finding &finding : inspection.findings) {
        const bool isAboutSize =
            finding.ruleId.starts_with("cache/") || finding.ruleId.starts_with("size/");
        if (isAboutSize && finding.bytes > 0 && !finding.suppressed) {
            addPaths(finding, tree, below, byNode);
        }
    }
    std::vector<SparePath> paths;
    for (const auto &[node, path] : byNode) {
        if (!hasAbove(tree, node, byNode)) {
            paths.push_back(path);
        }
    }
    std::ranges::stable_sort(paths, std::ranges::greater(), &SparePath::bytes);
    if (paths.size() > most) {
        paths.resize(most);
    }
    return paths;
}

} // namespace cutaway
