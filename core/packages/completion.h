// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/inventory.h"
#include "core/packages/sightings.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace cutaway {

/// Adds to packages what other files than their databases say of them: Debian's licences, who was
/// asked for, and what all licences are as SPDX expressions.
class PackageCompletion
{
public:
    PackageCompletion(const PathTree &tree, const FileContents &contents, DatabaseReader &reader)
        : m_tree(tree)
        , m_contents(contents)
        , m_reader(reader)
    {}

    void complete(std::vector<Package> &packages);

private:
    using Names = std::set<std::string, std::less<>>;

    void addDebLicence(PackageRecord &record) const;
    void markDeb(PackageRecord &record) const;
    void markRpm(PackageRecord &record) const;
    void markPython(Package &package) const;
    std::optional<Names> automatic();
    std::optional<Names> world();
    Names pipFolders(const std::vector<Package> &packages) const;
    EntryId fileAt(std::string_view path) const;

    const PathTree &m_tree;
    const FileContents &m_contents;
    DatabaseReader &m_reader;
    std::optional<Names> m_automatic; ///< apt's marks: "name:architecture", and names
    std::optional<Names> m_world;     ///< what apk was asked for
    std::map<std::string, InstalledAs, std::less<>> m_dnf;
    Names m_pipFolders; ///< where pip tells what it was asked for
};

} // namespace cutaway
