// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/treemap/colouring.h"

#include "ui/theme/theme.h"
#include "ui/treemap/filetype.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace cutaway::treemap {

namespace {

using Key = std::pair<Category::Kind, std::uint32_t>;

QColor neutral(const QPalette &palette)
{
    return theme::layerColor(0, 1, palette); // the grey of what lies below
}

QColor changeColor(Change change, const QPalette &palette)
{
    switch (change) {
    case Change::Added: return theme::color(theme::Role::Added, palette);
    case Change::Modified: return theme::color(theme::Role::Modified, palette);
    case Change::Metadata: return theme::color(theme::Role::Metadata, palette);
    case Change::Removed: return theme::color(theme::Role::Removed, palette);
    case Change::Unmodified: break;
    }
    return neutral(palette);
}

/// Causes of one colour: copied, overwritten, deleted.
Cause causeKind(Cause cause)
{
    switch (cause) {
    case Cause::MetadataCopy: return Cause::MetadataCopy;
    case Cause::DeletedFile:
    case Cause::DeletedDirectory:
    case Cause::Opaque: return Cause::DeletedFile;
    case Cause::Rewritten:
    case Cause::TypeChange:
    case Cause::DuplicateEntry:
    case Cause::None: break;
    }
    return Cause::Rewritten;
}

Change changeLike(Cause cause)
{
    switch (cause) {
    case Cause::MetadataCopy: return Change::Metadata;
    case Cause::DeletedFile: return Change::Removed;
    default: return Change::Modified;
    }
}

/// The ring has six colours; a lighter turn of one could be taken for it.
QColor typeColor(FileType type, const QPalette &palette)
{
    switch (type) {
    case FileType::Other: return neutral(palette);
    case FileType::Document: return theme::color(theme::Role::Metadata, palette);
    default: return theme::layerColor(static_cast<int>(type), 0, palette);
    }
}

/// Works out the colours of one subject.
class Colourist
{
public:
    Colourist(const Subject &subject, const ColourOptions &options)
        : m_subject(subject)
        , m_options(options)
        , m_own(ownOf(subject))
    {
        if (options.by == ColourBy::Package && options.packages != nullptr) {
            rankPackages();
        }
    }

    Colouring run()
    {
        Colouring result;
        result.ofNode.assign(m_own.size(), 0);
        std::map<Key, std::uint16_t> found; // in the order of their coming, at first
        for (NodeId node = 0; node < m_own.size(); ++node) {
            if (m_own[node] == 0) {
                continue;
            }
            const auto next = static_cast<std::uint16_t>(found.size());
            const auto [place, isNew] = found.emplace(keyOf(node), next);
            if (isNew) {
                result.categories.push_back(categoryOf(place->first));
            }
            result.categories[place->second].bytes += m_own[node];
            result.ofNode[node] = place->second;
        }
        sortForLegend(result.categories);
        std::vector<std::uint16_t> placeOf(found.size());
        for (std::size_t i = 0; i < result.categories.size(); ++i) {
            const Category &category = result.categories[i];
            placeOf[found.at({category.kind, category.id})] = static_cast<std::uint16_t>(i);
        }
        for (NodeId node = 0; node < m_own.size(); ++node) {
            if (m_own[node] > 0) {
                result.ofNode[node] = placeOf[result.ofNode[node]];
            }
        }
        return result;
    }

private:
    static std::vector<std::uint64_t> ownOf(const Subject &subject)
    {
        std::vector<std::uint64_t> own = subject.sizes.bytes;
        for (NodeId node = 1; node < own.size(); ++node) {
            own[subject.tree->node(node).parent] -= subject.sizes.bytes[node];
        }
        return own;
    }

    void rankPackages()
    {
        std::vector<std::uint64_t> bytes(m_options.packages->list.size());
        for (NodeId node = 0; node < m_own.size(); ++node) {
            const std::uint32_t owner = m_options.packages->owners.of(node);
            if (owner < bytes.size()) {
                bytes[owner] += m_own[node];
            }
        }
        std::vector<std::uint32_t> order;
        for (std::uint32_t package = 0; package < bytes.size(); ++package) {
            if (bytes[package] > 0) {
                order.push_back(package);
            }
        }
        const std::size_t count = std::min(order.size(), kColouredPackages);
        std::ranges::partial_sort(
            order, order.begin() + static_cast<std::ptrdiff_t>(count), [&](auto a, auto b) {
                return bytes[a] != bytes[b] ? bytes[a] > bytes[b] : a < b;
            });
        order.resize(count);
        m_ranked = std::move(order);
    }

    Key keyOf(NodeId node) const
    {
        const EntryId id = m_subject.entries[node];
        switch (m_options.by) {
        case ColourBy::Layer: return {Category::Kind::Layer, layerOf(id)};
        case ColourBy::Change:
            if (m_subject.isHidden) {
                const Cause cause = m_subject.tree->byteFate(id).cause;
                return {Category::Kind::Cause, static_cast<std::uint32_t>(causeKind(cause))};
            }
            return {Category::Kind::Change, static_cast<std::uint32_t>(changeOf(m_subject, node))};
        case ColourBy::Type:
            return {Category::Kind::Type,
                    static_cast<std::uint32_t>(
                        fileType(m_subject.tree->name(node), m_subject.tree->entry(id)))};
        case ColourBy::Package: break;
        }
        return packageKey(node);
    }

    /// Bytes of a hard link are those of the entry that it is bound to.
    std::uint32_t layerOf(EntryId id) const
    {
        const EntryId content = m_subject.tree->content(id);
        return m_subject.tree->entry(content == kNone ? id : content).layer;
    }

    Key packageKey(NodeId node) const
    {
        const std::uint32_t owner =
            m_options.packages == nullptr ? kNone : m_options.packages->owners.of(node);
        if (owner == kNone) {
            return {Category::Kind::NoPackage, 0};
        }
        const bool isRanked = std::ranges::find(m_ranked, owner) != m_ranked.end();
        return isRanked ? Key(Category::Kind::Package, owner)
                        : Key(Category::Kind::OtherPackages, 0);
    }

    Category categoryOf(const Key &key) const
    {
        Category category;
        category.kind = key.first;
        category.id = key.second;
        category.fill = fillOf(category);
        return category;
    }

    QColor fillOf(const Category &category) const
    {
        const QPalette &palette = m_options.palette;
        switch (category.kind) {
        case Category::Kind::Layer:
            return theme::layerColor(static_cast<int>(category.id), m_options.baseLayers, palette);
        case Category::Kind::Change: return changeColor(static_cast<Change>(category.id), palette);
        case Category::Kind::Cause:
            return changeColor(changeLike(static_cast<Cause>(category.id)), palette);
        case Category::Kind::Type: return typeColor(static_cast<FileType>(category.id), palette);
        case Category::Kind::Package: {
            const auto rank = std::ranges::find(m_ranked, category.id) - m_ranked.begin();
            return theme::layerColor(static_cast<int>(rank), 0, palette);
        }
        case Category::Kind::OtherPackages: return theme::color(theme::Role::Bar, palette);
        case Category::Kind::NoPackage: break;
        }
        return neutral(palette);
    }

    /// Layers and changes in their own order, all else by weight.
    void sortForLegend(std::vector<Category> &categories) const
    {
        const bool isOrdered = m_options.by == ColourBy::Layer || m_options.by == ColourBy::Change;
        const auto key = [&](const Category &category) {
            const std::uint64_t weight = isOrdered ? 0 : ~category.bytes;
            return std::tuple(weight, category.kind, category.id);
        };
        std::ranges::sort(categories,
                          [&](const Category &a, const Category &b) { return key(a) < key(b); });
    }

    const Subject &m_subject;
    const ColourOptions &m_options;
    std::vector<std::uint64_t> m_own;
    std::vector<std::uint32_t> m_ranked; ///< packages with a colour of their own
};

} // namespace

Subject subjectOf(const PathTreePtr &tree, ViewSpec spec)
{
    const TreeView view(tree, spec);
    Subject subject{.tree = tree, .spec = spec, .entries = {}, .sizes = {}};
    subject.entries.resize(tree->nodeCount());
    for (NodeId node = 0; node < subject.entries.size(); ++node) {
        subject.entries[node] = view.entry(node);
    }
    subject.sizes = sumUp(*tree, ownBytes(view));
    return subject;
}

Subject hiddenSubject(const PathTreePtr &tree, const std::vector<WasteItem> &waste)
{
    Subject subject{.tree = tree, .isHidden = true, .entries = {}, .sizes = {}};
    subject.entries.assign(tree->nodeCount(), kNone);
    for (const WasteItem &item : waste) { // biggest first
        EntryId &entry = subject.entries[tree->entry(item.entry).node];
        entry = entry == kNone ? item.entry : entry;
    }
    subject.sizes = sumUp(*tree, hiddenBytes(*tree, waste));
    return subject;
}

Change changeOf(const Subject &subject, NodeId node)
{
    const EntryId id = subject.entries[node];
    if (id == kNone) {
        return Change::Unmodified;
    }
    const PathTree &tree = *subject.tree;
    const LayerIndex layer = tree.entry(id).layer;
    if (subject.spec.kind != ViewSpec::Kind::Final && layer != subject.spec.layer) {
        return subject.spec.kind == ViewSpec::Kind::Layer ? Change::Removed : Change::Unmodified;
    }
    const auto before = layer == 0 ? kNone : tree.entryAt(node, static_cast<LayerIndex>(layer - 1));
    return changeBetween(tree, before, id);
}

std::vector<int> legendOf(const Colouring &colouring, std::size_t most)
{
    std::vector<int> places(colouring.categories.size());
    std::iota(places.begin(), places.end(), 0);
    if (places.size() > most) {
        std::ranges::stable_sort(places, [&colouring](int a, int b) {
            return colouring.categories[static_cast<std::size_t>(a)].bytes
                   > colouring.categories[static_cast<std::size_t>(b)].bytes;
        });
        places.resize(most);
        std::ranges::sort(places);
    }
    return places;
}

Colouring colour(const Subject &subject, const ColourOptions &options)
{
    return Colourist(subject, options).run();
}

} // namespace cutaway::treemap
