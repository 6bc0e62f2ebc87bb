// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/owners.h"

#include "core/packages/inventory.h"

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

std::size_t PackageOwners::memoryBytes() const
{
    return m_first.capacity() * sizeof(std::uint32_t) + m_further.capacity() * sizeof(Further);
}

} // namespace cutaway
