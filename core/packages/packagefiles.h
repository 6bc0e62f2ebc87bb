// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/readers.h"
#include "core/packages/sightings.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// What a package has in the file system, each sorted and once.
struct PackageNodes
{
    std::vector<NodeId> files; ///< all that is no directory
    std::vector<NodeId> directories;
};

void sortUnique(std::vector<NodeId> &nodes);

/// Finds the files of packages in the file system as it was when their record was written last.
class PackageFiles
{
public:
    PackageFiles(const PathTree &tree, DatabaseReader &reader)
        : m_tree(tree)
        , m_reader(reader)
    {}

    /// Nothing where the database does not say which files are the package's.
    std::optional<PackageNodes> of(const Sighting &sighting);

private:
    using Diversions = std::map<std::string, Diversion, std::less<>>;

    bool addListed(const Sighting &sighting);
    bool addPacman(const std::string &folder);
    bool addDpkg(const Sighting &sighting, const std::string &folder);
    bool addPython(const Sighting &sighting);
    bool addPerl(const Sighting &sighting);
    bool addBeside(const Sighting &sighting);
    void addBelow(std::string_view folder, bool isModule);
    void addBelow(NodeId top, bool isModule);
    void add(std::string_view path);
    void settleLink(std::string_view path);
    std::optional<std::string_view> textOf(const std::string &path);
    const Diversions &diversionsIn(const std::string &folder);
    NodeId folderNode(std::string_view folder);
    NodeId nodeOf(std::string_view path);

    const PathTree &m_tree;
    DatabaseReader &m_reader;
    std::map<std::string, NodeId, std::less<>> m_folders;        ///< that were looked up already
    std::map<std::string, Diversions, std::less<>> m_diversions; ///< by database folder
    std::size_t m_paths = 0;
    PackageNodes m_nodes;   ///< of the package that is looked for
    LayerIndex m_layer = 0; ///< the last one that has it
    std::string m_link;     ///< its last path, where that is a symbolic link
};

} // namespace cutaway
