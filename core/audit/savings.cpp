// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/savings.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace cutaway {

namespace {

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

} // namespace

std::vector<SparePath> sparePaths(const Inspection &inspection, std::size_t most)
{
    const PathTree &tree = *inspection.image->tree;
    std::map<NodeId, SparePath> byNode;
    for (const Finding &finding : inspection.findings) {
        const bool isAboutSize =
            finding.ruleId.starts_with("cache/") || finding.ruleId.starts_with("size/");
        if (!isAboutSize || finding.bytes == 0 || finding.suppressed) {
            continue;
        }
        for (const Evidence &evidence : finding.evidence) {
            const NodeId node = evidence.path.empty() ? kNone : tree.find(evidence.path);
            if (node != kNone && node != kRoot && evidence.bytes > 0) {
                byNode.try_emplace(node, node, evidence.bytes, finding.ruleId);
            }
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
