// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/owners.h"

#include "core/packages/databases.h"
#include "core/packages/inventory.h"
#include "core/tree/paths.h"
#include "core/tree/resolve.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace cutaway {

PackageOwners::PackageOwners(const PathTree &tree, std::span<const Package> packages)
    : m_first(packages.empty() ? 0 : tree.nodeCount(), kNone)
{
    std::vector<std::uint32_t> order(packages.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
        return std::tuple(packages[b].removedBy, packages[a].record.ecosystem)
               < std::tuple(packages[a].removedBy, packages[b].record.ecosystem);
    });
    for (const std::uint32_t package : order) {
        claim(packages[package].files, package);
        claim(packages[package].directories, package);
    }
    for (const std::uint32_t package : order) {
        claim(packages[package].gone, package);
    }
    std::ranges::stable_sort(m_further, {}, &Further::first);
    m_further.shrink_to_fit();
}

void PackageOwners::claim(std::span<const NodeId> nodes, std::uint32_t package)
{
    for (const NodeId node : nodes) {
        if (m_first[node] == kNone) {
            m_first[node] = package;
        } else {
            m_further.emplace_back(node, package);
        }
    }
}

std::vector<std::uint32_t> PackageOwners::all(NodeId node) const
{
    std::vector<std::uint32_t> owners;
    if (const std::uint32_t first = of(node); first != kNone) {
        owners.push_back(first);
        for (const Further &further :
             std::ranges::equal_range(m_further, node, {}, &Further::first)) {
            owners.push_back(further.second);
        }
    }
    return owners;
}

NodeId listedNode(const PathTree &tree, std::string_view path)
{
    while (path.size() > 1 && path.ends_with('/')) {
        path.remove_suffix(1);
    }
    const NodeId folder = resolvePath(tree, folderOf(path));
    const NodeId node = folder == kNone ? kNone : tree.child(folder, baseName(path));
    const bool isThere = node != kNone && tree.finalEntry(node) != kNone;
    return isThere ? node : tree.find(path);
}

std::size_t PackageOwners::memoryBytes() const
{
    return m_first.capacity() * sizeof(std::uint32_t) + m_further.capacity() * sizeof(Further);
}

} // namespace cutaway
