// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/inventory.h"

#include "core/packages/completion.h"
#include "core/packages/packagefiles.h"
#include "core/packages/purl.h"
#include "core/packages/reasons.h"
#include "core/packages/sightings.h"
#include "core/packages/weights.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace cutaway {

namespace {

/// What stays the same when a package is upgraded: name, architecture, and of those that may be
/// installed several times where it lies.
struct Identity
{
    Ecosystem ecosystem = Ecosystem::Deb;
    std::string place;
    std::string name;
    std::string architecture;

    auto operator<=>(const Identity &) const = default;
};

Identity identityOf(const PathTree &tree, const Sighting &sighting)
{
    const PackageRecord &record = sighting.record;
    std::string place;
    switch (sighting.kind) {
    case DatabaseFile::PythonMetadata:
        place = folderOf(folderOf(tree.path(sighting.database)));
        break;
    case DatabaseFile::NodePackage:
    case DatabaseFile::GemSpecification:
    case DatabaseFile::JavaArchive:
    case DatabaseFile::JavaModule: place = folderOf(tree.path(sighting.database)); break;
    case DatabaseFile::RDescription:
        place = folderOf(folderOf(tree.path(sighting.database)));
        break;
    case DatabaseFile::PerlInstalled:
        place = folderOf(folderOf(folderOf(tree.path(sighting.database))));
        break;
    case DatabaseFile::ComposerInstalled:
    case DatabaseFile::DotnetDeps:
    case DatabaseFile::PerlPacklist:
    case DatabaseFile::Program: place = tree.path(sighting.database); break;
    default: break; // one database for all
    }
    return {record.ecosystem, std::move(place), record.name, record.architecture};
}

/// Sightings in the order in which they make packages.
struct Seen
{
    Identity identity;
    std::size_t index = 0;
};

/// Whether the package was there until this sighting goes on: in the same file, or in another one
/// after the earlier was gone.
bool goesOn(const Sighting &before, const Sighting &now)
{
    return before.database == now.database || before.to <= now.from;
}

class Inventory
{
public:
    Inventory(const Image &image, const FileContents &contents)
        : m_tree(*image.tree)
        , m_contents(contents)
        , m_reader(m_tree, contents, m_found.notes)
        , m_files(m_tree, m_reader)
    {}

    Packages take(const Distribution &distribution)
    {
        std::vector<Sighting> sightings = m_reader.sightings();
        merge(sightings);
        PackageCompletion(m_tree, m_contents, m_reader).complete(m_found.list);
        for (Package &package : m_found.list) {
            package.purl = packageUrl(package.record, distribution);
        }
        weighPackages(m_tree, m_found);
        findReasons(m_found.list);
        sort();
        m_found.owners = PackageOwners(m_tree, m_found.list);
        m_found.distribution = distribution;
        m_found.bills.list = m_reader.bills();
        if (!m_found.bills.list.empty()) {
            compareBills(m_found.list, m_found.bills);
        }
        return std::move(m_found);
    }

private:
    void merge(std::vector<Sighting> &sightings)
    {
        std::vector<Seen> order;
        order.reserve(sightings.size());
        for (std::size_t i = 0; i < sightings.size(); ++i) {
            order.push_back({identityOf(m_tree, sightings[i]), i});
        }
        std::ranges::sort(order, [&](const Seen &a, const Seen &b) {
            return std::tie(a.identity, sightings[a.index].from, a.index)
                   < std::tie(b.identity, sightings[b.index].from, b.index);
        });
        const Seen *before = nullptr;
        for (const Seen &seen : order) {
            Sighting &now = sightings[seen.index];
            const bool isSame = before != nullptr && before->identity == seen.identity;
            if (isSame && goesOn(sightings[before->index], now)) {
                extend(sightings[before->index], now);
            } else {
                finish(before == nullptr ? nullptr : &sightings[before->index]);
                Package package;
                package.layer = now.from;
                m_found.list.push_back(std::move(package));
            }
            before = &seen;
        }
        finish(before == nullptr ? nullptr : &sightings[before->index]);
    }

    /// Of an entry that is there twice in one text the last counts.
    void extend(const Sighting &before, const Sighting &now)
    {
        const bool isTwice = before.database == now.database && before.from == now.from;
        const bool isOther = before.record.version != now.record.version
                             || before.record.state != now.record.state || before.to < now.from;
        if (isOther && !isTwice) {
            m_found.list.back().changedBy.push_back(now.from);
            addGone(before);
        }
    }

    /// What the package had as it was then.
    void addGone(const Sighting &sighting)
    {
        if (const auto nodes = m_files.of(sighting)) {
            std::vector<NodeId> &gone = m_found.list.back().gone;
            gone.insert(gone.end(), nodes->files.begin(), nodes->files.end());
        }
    }

    /// `last` is all that is known of the package that was begun last.
    void finish(Sighting *last)
    {
        if (last == nullptr) {
            return;
        }
        Package &package = m_found.list.back();
        package.database = last->database;
        if (last->to < m_tree.layerCount()) {
            package.removedBy = static_cast<LayerIndex>(last->to);
            addGone(*last);
        } else if (auto nodes = m_files.of(*last)) {
            package.knowsFiles = true;
            package.files = std::move(nodes->files);
            package.directories = std::move(nodes->directories);
        }
        sortUnique(package.gone);
        std::erase_if(package.gone, [&package](NodeId node) {
            return std::ranges::binary_search(package.files, node);
        });
        package.record = std::move(last->record);
        package.record.files = {};
    }

    void sort()
    {
        std::ranges::stable_sort(m_found.list, [](const Package &a, const Package &b) {
            return std::tuple(!a.isVisible(), b.weight()) < std::tuple(!b.isVisible(), a.weight());
        });
    }

    Packages m_found;
    const PathTree &m_tree;
    const FileContents &m_contents;
    DatabaseReader m_reader;
    PackageFiles m_files;
};

} // namespace

Packages findPackages(const Image &image,
                      const FileContents &contents,
                      const Distribution &distribution)
{
    return Inventory(image, contents).take(distribution);
}

std::uint64_t ownedBytes(const LayerOwners &layer)
{
    return std::accumulate(
        layer.ecosystemBytes.begin(), layer.ecosystemBytes.end(), std::uint64_t{0});
}

std::vector<PackageChanges> packageChanges(const Packages &packages, std::size_t layers)
{
    std::vector<PackageChanges> changes(layers);
    for (const Package &package : packages.list) {
        ++changes.at(package.layer).added;
        for (const LayerIndex layer : package.changedBy) {
            ++changes.at(layer).changed;
        }
        if (!package.isVisible()) {
            ++changes.at(package.removedBy).removed;
        }
    }
    return changes;
}

} // namespace cutaway
