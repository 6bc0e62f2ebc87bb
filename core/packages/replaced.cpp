// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/replaced.h"

#include <algorithm>

namespace cutaway {

namespace {

NodeId topFolder(const PathTree &tree, NodeId node)
{
    while (node != kRoot && tree.node(node).parent != kRoot) {
        node = tree.node(node).parent;
    }
    return node;
}

} // namespace

LayerIndex installedBy(const Package &package)
{
    return package.changedBy.empty() ? package.layer : package.changedBy.back();
}

bool isOfDistribution(const PackageRecord &record)
{
    return record.ecosystem == Ecosystem::Deb || record.ecosystem == Ecosystem::Apk
           || record.ecosystem == Ecosystem::Rpm || record.ecosystem == Ecosystem::Alpm
           || record.ecosystem == Ecosystem::Opkg;
}

std::vector<ReplacedFile> replacedFiles(const PathTree &tree, const Packages &packages)
{
    std::vector<ReplacedFile> replaced;
    const NodeId settings = tree.find("/etc");
    for (std::uint32_t i = 0; i < packages.list.size(); ++i) {
        const Package &package = packages.list[i];
        if (!package.isVisible() || !package.record.isInstalled()
            || !isOfDistribution(package.record)) {
            continue;
        }
        const LayerIndex installed = installedBy(package);
        for (const NodeId node : package.files) {
            const EntryId after = tree.finalEntry(node);
            if (tree.entry(after).layer <= installed) {
                continue;
            }
            const EntryId before = tree.entryAt(node, installed);
            if (before != kNone && !tree.sameContent(before, after)
                && topFolder(tree, node) != settings && !tree.name(node).ends_with(".pyc")) {
                replaced.push_back({node, before, after, i});
            }
        }
    }
    return replaced;
}

} // namespace cutaway
