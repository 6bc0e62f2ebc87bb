// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/inventory.h"

#include "core/packages/packagefiles.h"
#include "core/packages/purl.h"
#include "core/packages/sightings.h"

#include <algorithm>
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
    case DatabaseFile::GemSpecification: place = folderOf(tree.path(sighting.database)); break;
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
        , m_reader(m_tree, contents, m_found.notes)
        , m_files(m_tree, m_reader)
    {}

    Packages take(const Distribution &distribution)
    {
        std::vector<Sighting> sightings = m_reader.sightings();
        merge(sightings);
        for (Package &package : m_found.list) {
            package.purl = packageUrl(package.record, distribution);
        }
        sumUp();
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
        } else if (auto files = m_files.of(*last)) {
            package.knowsFiles = true;
            package.files = std::move(*files);
        }
        package.record = std::move(last->record);
        package.record.files = {};
    }

    EntryId contentOf(NodeId node) const
    {
        const EntryId entry = m_tree.finalEntry(node);
        const EntryId content = entry == kNone ? kNone : m_tree.content(entry);
        return content != kNone && m_tree.entry(content).holdsBytes() ? content : kNone;
    }

    std::uint64_t weigh(const Package &package)
    {
        std::vector<EntryId> contents;
        for (const NodeId node : package.files) {
            if (const EntryId content = contentOf(node); content != kNone) {
                contents.push_back(content);
            }
        }
        std::ranges::sort(contents);
        const auto again = std::ranges::unique(contents);
        contents.erase(again.begin(), again.end());
        std::uint64_t bytes = 0;
        std::uint64_t own = 0;
        for (const EntryId content : contents) {
            const std::uint64_t size = m_tree.entry(content).size;
            bytes += size;
            own += m_isCounted[content] ? 0 : size;
            m_isCounted[content] = true;
        }
        m_found.ecosystemBytes[static_cast<std::size_t>(package.record.ecosystem)] += own;
        m_found.ownedBytes += own;
        return bytes;
    }

    /// A file that a distribution's package and a language's both have is the distribution's.
    void sumUp()
    {
        m_isCounted.resize(m_tree.entryCount());
        std::vector<Package *> order;
        for (Package &package : m_found.list) {
            order.push_back(&package);
        }
        std::ranges::stable_sort(
            order, {}, [](const Package *package) { return package->record.ecosystem; });
        for (Package *package : order) {
            package->bytes = weigh(*package);
        }
        findUnowned();
        sort();
    }

    void findUnowned()
    {
        // Nodes lie in breadth-first order: a directory comes before what is in it.
        constexpr std::uint32_t kDeepest = 2;
        std::vector<std::uint32_t> depths(m_tree.nodeCount());
        std::vector<UnownedPlace> places(m_tree.nodeCount());
        for (NodeId node = 0; node < m_tree.nodeCount(); ++node) {
            const NodeId parent = node == kRoot ? kRoot : m_tree.node(node).parent;
            depths[node] = node == kRoot ? 0 : depths[parent] + 1;
            places[node].directory = depths[node] <= kDeepest ? node : places[parent].directory;
            const EntryId content = contentOf(node);
            if (content == kNone || m_isCounted[content]) {
                continue;
            }
            m_isCounted[content] = true;
            UnownedPlace &place = places[places[parent].directory];
            place.bytes += m_tree.entry(content).size;
            ++place.files;
            m_found.unownedBytes += m_tree.entry(content).size;
        }
        std::erase_if(places, [](const UnownedPlace &place) { return place.files == 0; });
        std::ranges::stable_sort(places, std::ranges::greater(), &UnownedPlace::bytes);
        places.shrink_to_fit();
        m_found.unowned = std::move(places);
    }

    void sort()
    {
        std::ranges::stable_sort(m_found.list, [](const Package &a, const Package &b) {
            return std::tuple(!a.isVisible(), b.weight()) < std::tuple(!b.isVisible(), a.weight());
        });
    }

    Packages m_found;
    const PathTree &m_tree;
    DatabaseReader m_reader;
    PackageFiles m_files;
    std::vector<bool> m_isCounted; ///< contents, by entry
};

} // namespace

Packages findPackages(const Image &image,
                      const FileContents &contents,
                      const Distribution &distribution)
{
    return Inventory(image, contents).take(distribution);
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
