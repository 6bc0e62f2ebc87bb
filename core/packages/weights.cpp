// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/weights.h"

#include "core/packages/packagefiles.h"

#include <algorithm>
#include <span>

namespace cutaway {

namespace {

/// Of a package, each content once.
struct Contents
{
    std::vector<EntryId> visible;
    std::vector<EntryId> hidden;
};

class Weights
{
public:
    Weights(const PathTree &tree, Packages &packages)
        : m_tree(tree)
        , m_packages(packages)
        , m_isCounted(tree.entryCount())
    {
        m_packages.layers.resize(tree.layerCount());
    }

    /// A file that a distribution's package and a language's both have is the distribution's.
    void sumUp()
    {
        std::vector<Package *> order;
        for (Package &package : m_packages.list) {
            order.push_back(&package);
        }
        std::ranges::stable_sort(
            order, {}, [](const Package *package) { return package->record.ecosystem; });
        for (Package *package : order) {
            weigh(*package);
        }
        findUnowned();
        countHiddenRest();
    }

private:
    /// What a container reads at the path; kNone where that is no bytes.
    EntryId contentOf(NodeId node) const
    {
        const EntryId entry = m_tree.finalEntry(node);
        const EntryId content = entry == kNone ? kNone : m_tree.content(entry);
        return content != kNone && m_tree.entry(content).holdsBytes() ? content : kNone;
    }

    bool isHidden(EntryId entry) const
    {
        const Entry &mention = m_tree.entry(entry);
        return mention.holdsBytes() && mention.makesPath()
               && m_tree.byteFate(entry).hiddenBy != kNoLayer;
    }

    Contents contentsOf(const Package &package) const
    {
        Contents contents;
        const auto addHidden = [&](NodeId node) {
            const PathTree::Node place = m_tree.node(node);
            for (EntryId at = place.firstEntry; at < place.firstEntry + place.entryCount; ++at) {
                if (isHidden(at)) {
                    contents.hidden.push_back(at);
                }
            }
        };
        for (const NodeId node : package.files) {
            addHidden(node);
            if (const EntryId content = contentOf(node); content != kNone) {
                contents.visible.push_back(content);
            }
        }
        std::ranges::for_each(package.gone, addHidden);
        sortUnique(contents.visible);
        return contents;
    }

    static LayerShare &shareOf(Package &package, LayerIndex layer)
    {
        auto at = std::ranges::lower_bound(package.layers, layer, {}, &LayerShare::layer);
        if (at == package.layers.end() || at->layer != layer) {
            at = package.layers.insert(at, {layer});
        }
        return *at;
    }

    void weigh(Package &package)
    {
        const Contents contents = contentsOf(package);
        const auto ecosystem = static_cast<std::size_t>(package.record.ecosystem);
        for (const EntryId content : contents.visible) {
            const Entry &entry = m_tree.entry(content);
            package.bytes += entry.size;
            shareOf(package, entry.layer).bytes += entry.size;
            if (!m_isCounted[content]) {
                m_isCounted[content] = true;
                m_packages.ecosystemBytes[ecosystem] += entry.size;
                m_packages.ownedBytes += entry.size;
                m_packages.layers[entry.layer].ecosystemBytes[ecosystem] += entry.size;
            }
        }
        for (const EntryId hidden : contents.hidden) {
            const Entry &entry = m_tree.entry(hidden);
            shareOf(package, entry.layer).hiddenBytes += entry.size;
            if (!m_isCounted[hidden]) {
                m_isCounted[hidden] = true;
                m_packages.layers[entry.layer].hiddenBytes += entry.size;
            }
        }
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
            const Entry &entry = m_tree.entry(content);
            place.bytes += entry.size;
            ++place.files;
            m_packages.unownedBytes += entry.size;
            m_packages.layers[entry.layer].unownedBytes += entry.size;
        }
        std::erase_if(places, [](const UnownedPlace &place) { return place.files == 0; });
        std::ranges::stable_sort(places, std::ranges::greater(), &UnownedPlace::bytes);
        places.shrink_to_fit();
        m_packages.unowned = std::move(places);
    }

    /// Hidden bytes that no package ever had.
    void countHiddenRest()
    {
        for (EntryId entry = 0; entry < m_tree.entryCount(); ++entry) {
            if (!m_isCounted[entry] && isHidden(entry)) {
                const Entry &mention = m_tree.entry(entry);
                m_packages.layers[mention.layer].unownedHiddenBytes += mention.size;
            }
        }
    }

    const PathTree &m_tree;
    Packages &m_packages;
    std::vector<bool> m_isCounted; ///< contents, by entry
};

} // namespace

void weighPackages(const PathTree &tree, Packages &packages)
{
    Weights(tree, packages).sumUp();
}

} // namespace cutaway
