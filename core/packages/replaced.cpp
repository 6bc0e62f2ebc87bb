// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/replaced.h"

#include "core/packages/purl.h"

namespace cutaway {

LayerIndex installedBy(const Package &package)
{
    return package.changedBy.empty() ? package.layer : package.changedBy.back();
}

bool ChangeableFiles::contains(NodeId node) const
{
    NodeId top = node;
    while (top != kRoot && m_tree.node(top).parent != kRoot) {
        top = m_tree.node(top).parent;
    }
    return top == m_settings || m_tree.name(node).ends_with(".pyc");
}

std::vector<ReplacedFile> replacedFiles(const PathTree &tree, const Packages &packages)
{
    std::vector<ReplacedFile> replaced;
    const ChangeableFiles changeable(tree);
    for (std::uint32_t i = 0; i < packages.list.size(); ++i) {
        const Package &package = packages.list[i];
        if (!package.isThere() || !isOfDistribution(package.record.ecosystem)) {
            continue;
        }
        const LayerIndex installed = installedBy(package);
        for (const NodeId node : package.files) {
            const EntryId after = tree.finalEntry(node);
            if (tree.entry(after).layer <= installed) {
                continue;
            }
            const EntryId before = tree.entryAt(node, installed);
            if (before != kNone && !tree.sameContent(before, after) && !changeable.contains(node)) {
                replaced.push_back({node, before, after, i});
            }
        }
    }
    return replaced;
}

} // namespace cutaway
