// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/sightings.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Finds the files of packages in the final file system.
class PackageFiles
{
public:
    PackageFiles(const PathTree &tree, DatabaseReader &reader)
        : m_tree(tree)
        , m_reader(reader)
    {}

    /// Nodes of all that is there and no directory, sorted, each once. Nothing where the database
    /// does not say which files are the package's.
    std::optional<std::vector<NodeId>> of(const Sighting &sighting);

private:
    using Nodes = std::vector<NodeId>;

    std::optional<Nodes> listed(const Sighting &sighting);
    std::optional<Nodes> ofPython(const Sighting &sighting);
    std::optional<std::string_view> textOf(const std::string &path);
    Nodes below(std::string_view folder, bool isModule);
    void add(std::string_view path, Nodes &nodes);

    const PathTree &m_tree;
    DatabaseReader &m_reader;
    std::map<std::string, NodeId, std::less<>> m_folders; ///< that were looked up already
    std::size_t m_paths = 0;
};

} // namespace cutaway
