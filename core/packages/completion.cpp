// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/completion.h"

#include "core/packages/collector.h"
#include "core/packages/licences.h"
#include "core/packages/readers.h"
#include "core/packages/rpm.h"
#include "core/packages/stanzas.h"
#include "core/tree/resolve.h"

namespace cutaway {

namespace {

/// The folder of its metadata, where that is a dist-info.
std::string distInfoOf(const PathTree &tree, const Package &package)
{
    const std::string folder(folderOf(tree.path(package.database)));
    return folder.ends_with(".dist-info") ? folder : std::string();
}

} // namespace

void PackageCompletion::complete(std::vector<Package> &packages)
{
    m_automatic = automatic();
    m_world = world();
    m_pipFolders = pipFolders(packages);
    for (const std::string_view path :
         {"/var/lib/dnf/history.sqlite", "/usr/lib/sysimage/dnf/history.sqlite"}) {
        const EntryId history = fileAt(path);
        if (history != kNone && m_dnf.empty()) {
            m_dnf = dnfReasons(m_contents.fact(history, kDatabaseFact));
        }
    }
    for (Package &package : packages) {
        PackageRecord &record = package.record;
        const bool isThere = package.isThere();
        if (record.ecosystem == Ecosystem::Deb && isThere) {
            addDebLicence(record);
            markDeb(record);
        } else if (record.ecosystem == Ecosystem::Apk && isThere && m_world) {
            record.installedAs =
                m_world->contains(record.name) ? InstalledAs::Asked : InstalledAs::Needed;
        } else if (record.ecosystem == Ecosystem::Rpm && isThere) {
            markRpm(record);
        } else if (record.ecosystem == Ecosystem::Python && isThere) {
            markPython(package);
        }
        if (record.licenceExpression.empty()) {
            record.licenceExpression = licenceExpression(record.licence);
        }
    }
}

void PackageCompletion::addDebLicence(PackageRecord &record) const
{
    const EntryId entry = fileAt("/usr/share/doc/" + record.name + "/copyright");
    if (entry != kNone && record.licence.empty()) {
        record.licence = m_contents.fact(entry, kDatabaseFact);
    }
}

/// apt marks a package for all architectures as the machine's.
void PackageCompletion::markDeb(PackageRecord &record) const
{
    if (m_automatic) {
        const std::string name =
            record.architecture == "all" ? record.name : record.name + ':' + record.architecture;
        record.installedAs = m_automatic->contains(name) ? InstalledAs::Needed : InstalledAs::Asked;
    }
}

void PackageCompletion::markRpm(PackageRecord &record) const
{
    const auto reason = m_dnf.find(record.name + '.' + record.architecture);
    if (reason != m_dnf.end()) {
        record.installedAs = reason->second;
    }
}

void PackageCompletion::markPython(Package &package) const
{
    const std::string folder = distInfoOf(m_tree, package);
    if (folder.empty() || !m_pipFolders.contains(folderOf(folder))) {
        return;
    }
    const EntryId installer = fileAt(folder + "/INSTALLER");
    const std::string_view name =
        installer == kNone ? std::string_view() : m_contents.fact(installer, kDatabaseFact);
    if (fileAt(folder + "/REQUESTED") != kNone) {
        package.record.installedAs = InstalledAs::Asked;
    } else if (name.starts_with("pip")) {
        package.record.installedAs = InstalledAs::Needed;
    }
}

std::optional<PackageCompletion::Names> PackageCompletion::automatic()
{
    const EntryId entry = fileAt("/var/lib/apt/extended_states");
    const auto text = entry == kNone ? std::nullopt : m_reader.text(entry);
    if (!text) {
        return std::nullopt;
    }
    Names names;
    std::string_view rest = *text;
    Stanza stanza;
    while (stanza.take(rest)) {
        if (stanza.value("Auto-Installed") == "1") {
            const std::string name(stanza.value("Package"));
            names.insert(name + ':' + std::string(stanza.value("Architecture")));
            names.insert(name);
        }
    }
    return names;
}

/// Names, perhaps with versions and repositories; those with a mark before them are unwanted.
std::optional<PackageCompletion::Names> PackageCompletion::world()
{
    const EntryId entry = fileAt("/etc/apk/world");
    const auto text = entry == kNone ? std::nullopt : m_reader.text(entry);
    if (!text) {
        return std::nullopt;
    }
    Names names;
    forEachListed(*text, [&names](std::string_view line) {
        names.insert(std::string(line.substr(0, line.find_first_of("<>=~@! "))));
    });
    return names;
}

/// Older versions of pip tell it of no package.
PackageCompletion::Names PackageCompletion::pipFolders(const std::vector<Package> &packages) const
{
    Names folders;
    for (const Package &package : packages) {
        if (package.record.ecosystem != Ecosystem::Python) {
            continue;
        }
        const std::string folder = distInfoOf(m_tree, package);
        if (!folder.empty() && fileAt(folder + "/REQUESTED") != kNone) {
            folders.emplace(folderOf(folder));
        }
    }
    return folders;
}

EntryId PackageCompletion::fileAt(std::string_view path) const
{
    const NodeId node = resolvePath(m_tree, path);
    const EntryId entry = node == kNone ? kNone : m_tree.finalEntry(node);
    return entry != kNone && m_tree.effectiveType(entry) == EntryType::File ? entry : kNone;
}

} // namespace cutaway
