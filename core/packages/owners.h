// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathtree.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

struct Package;

/// Which package has a path, of the final file system or of what is gone: four bytes a path, and
/// eight for each further owner. Packages are told by their place in the list that this was made
/// from.
class PackageOwners
{
public:
    PackageOwners() = default;
    PackageOwners(const PathTree &tree, std::span<const Package> packages);

    /// The one that counts, kNone where there is none: one that has the path now before those that
    /// had it once, of a distribution before those of languages.
    std::uint32_t of(NodeId node) const { return node < m_first.size() ? m_first[node] : kNone; }
    /// All that have the path, of() first: files may have two, directories many.
    std::vector<std::uint32_t> all(NodeId node) const;

    std::size_t memoryBytes() const;

private:
    using Further = std::pair<NodeId, std::uint32_t>;

    void claim(std::span<const NodeId> nodes, std::uint32_t package);

    std::vector<std::uint32_t> m_first; ///< by node
    std::vector<Further> m_further;     ///< sorted by node
};

/// The path as a package's list would have it: links on the way are followed, one at the end is
/// meant itself. Of what is not in the final file system the path as it stands; kNone where no
/// layer has it.
[[nodiscard]] NodeId listedNode(const PathTree &tree, std::string_view path);

} // namespace cutaway
