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

void sortUnique(std::vector<NodeId> &nodes)
{
    std::ranges::sort(nodes);
    const auto again = std::ranges::unique(nodes);
    nodes.erase(again.begin(), again.end());
}

std::optional<PackageNodes> PackageFiles::of(const Sighting &sighting)
{
    m_nodes = {};
    m_link.clear();
    m_layer = static_cast<LayerIndex>(sighting.to - 1);
    const std::string path = m_tree.path(sighting.database);
    bool isKnown = true;
    switch (sighting.kind) {
    case DatabaseFile::ApkInstalled:
    case DatabaseFile::RpmSlots:
    case DatabaseFile::RpmSqlite:
    case DatabaseFile::RpmBerkeley:
        for (const PackagedFile &file : sighting.record.files) {
            add(file.path);
        }
        break;
    case DatabaseFile::PythonMetadata: isKnown = addPython(sighting); break;
    case DatabaseFile::NodePackage: addBelow(folderOf(path), true); break;
    case DatabaseFile::GemSpecification:
        addBelow(gemFolder(path, sighting.record), false);
        m_nodes.files.push_back(sighting.database);
        break;
    case DatabaseFile::RDescription: addBelow(folderOf(path), false); break;
    case DatabaseFile::ComposerInstalled:
    case DatabaseFile::DotnetDeps:
    case DatabaseFile::JavaArchive:
    case DatabaseFile::JavaModule:
    case DatabaseFile::Program: isKnown = addBeside(sighting); break;
    case DatabaseFile::PerlInstalled:
    case DatabaseFile::PerlPacklist: isKnown = addPerl(sighting); break;
    default: isKnown = addListed(sighting); break;
    }
    sortUnique(m_nodes.files);
    sortUnique(m_nodes.directories);
    return isKnown ? std::optional(std::move(m_nodes)) : std::nullopt;
}

std::optional<std::string_view> PackageFiles::textOf(const std::string &path)
{
    const NodeId node = m_tree.find(path);
    const EntryId entry = node == kNone ? kNone : m_tree.entryAt(node, m_layer);
    if (entry == kNone || m_tree.effectiveType(entry) != EntryType::File) {
        return std::nullopt;
    }
    return m_reader.text(entry);
}

bool PackageFiles::addListed(const Sighting &sighting)
{
    const std::string path = m_tree.path(sighting.database);
    const std::string folder(folderOf(path));
    switch (sighting.kind) {
    case DatabaseFile::PacmanDesc: return addPacman(folder);
    case DatabaseFile::DpkgPart: {
        const auto text = textOf(path + ".md5sums");
        for (const PackagedFile &file : readDpkgSums(text.value_or(std::string_view()))) {
            add(file.path);
        }
        return text.has_value();
    }
    default: return addDpkg(sighting, folder);
    }
}

bool PackageFiles::addPacman(const std::string &folder)
{
    const auto text = textOf(folder + "/files");
    if (text) {
        forEachPacmanFile(*text, [this](std::string_view file) { add(file); });
    }
    return text.has_value();
}

bool PackageFiles::addDpkg(const Sighting &sighting, const std::string &folder)
{
    const Diversions &diversions = diversionsIn(folder);
    for (const std::string &list : listPaths(folder + "/info/", sighting.record)) {
        const auto text = textOf(list);
        if (!text) {
            continue;
        }
        forEachListed(*text, [&](std::string_view path) {
            const auto found = diversions.find(path);
            const bool isElsewhere =
                found != diversions.end() && found->second.package != sighting.record.name;
            add(isElsewhere ? found->second.to : path);
        });
        return true;
    }
    return false;
}

const PackageFiles::Diversions &PackageFiles::diversionsIn(const std::string &folder)
{
    const auto [place, isNew] = m_diversions.try_emplace(folder);
    if (isNew) {
        const NodeId node = m_tree.find(folder + "/diversions");
        const EntryId entry = node == kNone ? kNone : m_tree.finalEntry(node);
        const bool isFile = entry != kNone && m_tree.effectiveType(entry) == EntryType::File;
        const auto text = isFile ? m_reader.text(entry) : std::nullopt;
        for (Diversion &diversion : readDiversions(text.value_or(std::string_view()))) {
            std::string from = diversion.from;
            place->second.emplace(std::move(from), std::move(diversion));
        }
    }
    return place->second;
}

bool PackageFiles::addPython(const Sighting &sighting)
{
    const std::string path = m_tree.path(sighting.database);
    const std::string_view folder = folderOf(path);
    const auto record =
        folder.ends_with(".dist-info") ? textOf(std::string(folder) + "/RECORD") : std::nullopt;
    if (!record) {
        return false;
    }
    const std::string site(folderOf(folder));
    forEachPythonFile(*record, [&](std::string_view file) {
        add(file.starts_with('/') ? std::string(file) : site + '/' + std::string(file));
    });
    return true;
}

/// Those that the record names, from where the database lies; of a folder all that is in it.
bool PackageFiles::addBeside(const Sighting &sighting)
{
    const std::string folder(folderOf(m_tree.path(sighting.database)));
    if (sighting.kind == DatabaseFile::ComposerInstalled && !sighting.record.files.empty()) {
        addBelow(folderNode(folder + '/' + sighting.record.files.front().path), false);
        return true;
    }
    for (const PackagedFile &file : sighting.record.files) {
        if (file.path == ".") {
            m_nodes.files.push_back(sighting.database);
        } else {
            add(folder + '/' + file.path);
        }
    }
    return !sighting.record.files.empty();
}

/// By the packlist, which is the database itself or lies near it: "lib/.meta/Date-Calc-6.4" has
/// "lib/auto/Date/Calc/.packlist".
bool PackageFiles::addPerl(const Sighting &sighting)
{
    std::string path = m_tree.path(sighting.database);
    if (sighting.kind == DatabaseFile::PerlInstalled) {
        std::string name = sighting.record.name;
        std::ranges::replace(name, '-', '/');
        path = std::string(folderOf(folderOf(folderOf(path)))) + "/auto/" + name + "/.packlist";
    }
    const auto text = textOf(path);
    if (text) {
        forEachPerlFile(*text, [this](std::string_view file) { add(file); });
        add(path);
    }
    return text.has_value();
}

/// Everything below a folder; of a Node.js module without the modules that lie in it.
void PackageFiles::addBelow(std::string_view folder, bool isModule)
{
    addBelow(m_tree.find(folder), isModule);
}

void PackageFiles::addBelow(NodeId top, bool isModule)
{
    std::vector<NodeId> pending;
    if (top != kNone) {
        pending.push_back(top);
    }
    while (!pending.empty()) {
        m_nodes.directories.push_back(pending.back());
        const PathTree::Node place = m_tree.node(pending.back());
        pending.pop_back();
        for (NodeId child = place.firstChild; child < place.firstChild + place.childCount;
             ++child) {
            const EntryId entry = m_tree.entryAt(child, m_layer);
            if (entry == kNone || ++m_paths > limits::kPackagedFiles) {
                continue;
            }
            if (m_tree.effectiveType(entry) != EntryType::Directory) {
                m_nodes.files.push_back(child);
            } else if (!isModule || m_tree.name(child) != "node_modules") {
                pending.push_back(child);
            }
        }
    }
}

NodeId PackageFiles::folderNode(std::string_view folder)
{
    auto known = m_folders.find(folder);
    if (known == m_folders.end()) {
        known = m_folders.emplace(folder, resolvePath(m_tree, folder)).first;
    }
    return known->second;
}

/// Links on the way are followed, one at the end is what was installed. Of a way that is not there
/// any more the links are not known.
NodeId PackageFiles::nodeOf(std::string_view path)
{
    const NodeId folder = folderNode(folderOf(path));
    const NodeId node = folder == kNone ? kNone : m_tree.child(folder, baseName(path));
    if (node != kNone && m_tree.entryAt(node, m_layer) != kNone) {
        return node;
    }
    const NodeId literal = m_tree.find(path);
    return literal != kNone && m_tree.entryAt(literal, m_layer) != kNone ? literal : kNone;
}

void PackageFiles::add(std::string_view path)
{
    if (++m_paths > limits::kPackagedFiles) {
        return;
    }
    settleLink(path);
    const bool isFolder = path.ends_with('/');
    const NodeId node = nodeOf(isFolder ? path.substr(0, path.size() - 1) : path);
    if (node == kNone) {
        return;
    }
    const EntryType type = m_tree.effectiveType(m_tree.entryAt(node, m_layer));
    if (isFolder || type == EntryType::Directory) {
        m_nodes.directories.push_back(node);
        return;
    }
    m_nodes.files.push_back(node);
    if (type == EntryType::Symlink) {
        m_link = path;
    }
}

/// A list goes on below a directory that it names: what was added as a symbolic link stands where
/// the package meant a directory, as /lib does once it is merged into /usr.
void PackageFiles::settleLink(std::string_view path)
{
    if (m_link.empty()) {
        return;
    }
    if (path.starts_with(m_link) && path.substr(m_link.size()).starts_with('/')) {
        m_nodes.directories.push_back(m_nodes.files.back());
        m_nodes.files.pop_back();
    }
    m_link.clear();
}

} // namespace cutaway
