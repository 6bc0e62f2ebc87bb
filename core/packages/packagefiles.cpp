// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/packagefiles.h"

#include "core/packages/packagelimits.h"
#include "core/packages/readers.h"
#include "core/tree/paths.h"
#include "core/tree/resolve.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

/// "NAME.list" or, of several architectures, "NAME:ARCH.list".
std::array<std::string, 2> listPaths(const std::string &folder, const PackageRecord &package)
{
    return {folder + package.name + ':' + package.architecture + ".list",
            folder + package.name + ".list"};
}

std::string gemFolder(const std::string &database, const PackageRecord &gem)
{
    std::string_view above = folderOf(folderOf(database));
    if (baseName(folderOf(database)) == "default") {
        above = folderOf(above);
    }
    const bool isPlain = gem.architecture.empty() || gem.architecture == "ruby";
    return std::string(above) + "/gems/" + gem.name + '-' + gem.version
           + (isPlain ? std::string() : '-' + gem.architecture);
}

} // namespace

std::optional<std::vector<NodeId>> PackageFiles::of(const Sighting &sighting)
{
    const std::string path = m_tree.path(sighting.database);
    std::optional<Nodes> nodes;
    switch (sighting.kind) {
    case DatabaseFile::ApkInstalled:
    case DatabaseFile::RpmSlots:
    case DatabaseFile::RpmSqlite:
        nodes.emplace();
        for (const PackagedFile &file : sighting.record.files) {
            add(file.path, *nodes);
        }
        break;
    case DatabaseFile::PythonMetadata: nodes = ofPython(sighting); break;
    case DatabaseFile::NodePackage: nodes = below(folderOf(path), true); break;
    case DatabaseFile::GemSpecification:
        nodes = below(gemFolder(path, sighting.record), false);
        nodes->push_back(sighting.database);
        break;
    default: nodes = listed(sighting); break;
    }
    if (nodes) {
        std::ranges::sort(*nodes);
        const auto again = std::ranges::unique(*nodes);
        nodes->erase(again.begin(), again.end());
    }
    return nodes;
}

std::optional<std::string_view> PackageFiles::textOf(const std::string &path)
{
    const NodeId node = m_tree.find(path);
    const EntryId entry = node == kNone ? kNone : m_tree.finalEntry(node);
    if (entry == kNone || m_tree.effectiveType(entry) != EntryType::File) {
        return std::nullopt;
    }
    return m_reader.text(entry);
}

std::optional<PackageFiles::Nodes> PackageFiles::listed(const Sighting &sighting)
{
    const std::string path = m_tree.path(sighting.database);
    const std::string folder(folderOf(path));
    Nodes nodes;
    const auto visit = [&](std::string_view file) { add(file, nodes); };
    if (sighting.kind == DatabaseFile::PacmanDesc) {
        const auto text = textOf(folder + "/files");
        if (text) {
            forEachPacmanFile(*text, visit);
        }
        return text ? std::optional(std::move(nodes)) : std::nullopt;
    }
    if (sighting.kind == DatabaseFile::DpkgPart) {
        const auto text = textOf(path + ".md5sums");
        for (const PackagedFile &file : readDpkgSums(text.value_or(std::string_view()))) {
            add(file.path, nodes);
        }
        return text ? std::optional(std::move(nodes)) : std::nullopt;
    }
    for (const std::string &list : listPaths(folder + "/info/", sighting.record)) {
        if (const auto text = textOf(list)) {
            forEachListed(*text, visit);
            return nodes;
        }
    }
    return std::nullopt;
}

std::optional<PackageFiles::Nodes> PackageFiles::ofPython(const Sighting &sighting)
{
    const std::string path = m_tree.path(sighting.database);
    const std::string_view folder = folderOf(path);
    const auto record =
        folder.ends_with(".dist-info") ? textOf(std::string(folder) + "/RECORD") : std::nullopt;
    if (!record) {
        return std::nullopt;
    }
    Nodes nodes;
    const std::string site(folderOf(folder));
    forEachPythonFile(*record, [&](std::string_view file) {
        add(file.starts_with('/') ? std::string(file) : site + '/' + std::string(file), nodes);
    });
    return nodes;
}

/// Everything below a folder; of a Node.js module without the modules that lie in it.
PackageFiles::Nodes PackageFiles::below(std::string_view folder, bool isModule)
{
    Nodes nodes;
    const NodeId top = m_tree.find(folder);
    std::vector<NodeId> pending;
    if (top != kNone) {
        pending.push_back(top);
    }
    while (!pending.empty()) {
        const PathTree::Node place = m_tree.node(pending.back());
        pending.pop_back();
        for (NodeId child = place.firstChild; child < place.firstChild + place.childCount;
             ++child) {
            const EntryId entry = m_tree.finalEntry(child);
            if (entry == kNone || ++m_paths > limits::kPackagedFiles) {
                continue;
            }
            if (m_tree.effectiveType(entry) != EntryType::Directory) {
                nodes.push_back(child);
            } else if (!isModule || m_tree.name(child) != "node_modules") {
                pending.push_back(child);
            }
        }
    }
    return nodes;
}

/// Links on the way are followed, one at the end is what was installed.
void PackageFiles::add(std::string_view path, Nodes &nodes)
{
    if (++m_paths > limits::kPackagedFiles) {
        return;
    }
    const std::string_view folder = folderOf(path);
    auto known = m_folders.find(folder);
    if (known == m_folders.end()) {
        known = m_folders.emplace(folder, resolvePath(m_tree, folder)).first;
    }
    const NodeId node =
        known->second == kNone ? kNone : m_tree.child(known->second, baseName(path));
    const EntryId entry = node == kNone ? kNone : m_tree.finalEntry(node);
    if (entry != kNone && m_tree.effectiveType(entry) != EntryType::Directory) {
        nodes.push_back(node);
    }
}

} // namespace cutaway
