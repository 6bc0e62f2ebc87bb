// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/packages/inventory.h"
#include "core/tree/view.h"
#include "ui/treemap/sizes.h"

#include <QColor>
#include <QPalette>
#include <QString>

#include <span>
#include <vector>

namespace cutaway::treemap {

enum class ColourBy : std::uint8_t { Layer, Change, Type, Package };

/// What of an image is drawn: a view of its tree, or the bytes that later layers hide.
struct Subject
{
    PathTreePtr tree;
    ViewSpec spec = {};
    bool isHidden = false;        ///< instead of `spec`
    std::vector<EntryId> entries; ///< by node: whose bytes are drawn; kNone where there are none
    Sizes sizes;
};

[[nodiscard]] Subject subjectOf(const PathTreePtr &tree, ViewSpec spec);
/// The hidden bytes; of a path that hides several times over the largest stands for it.
[[nodiscard]] Subject hiddenSubject(const PathTreePtr &tree, const std::vector<WasteItem> &waste);

/// How the path came to be what it is in this view: in a layer's changes and after a layer what
/// that layer did, in the final view what the last layer did that touched it.
[[nodiscard]] Change changeOf(const Subject &subject, NodeId node);

/// One colour, and what it means.
struct Category
{
    enum class Kind : std::uint8_t {
        Layer,         ///< id: its number
        Change,        ///< id: of Change
        Cause,         ///< id: of Cause; several of one kind go by the first of them
        Type,          ///< id: of FileType
        Package,       ///< id: place in Packages::list
        OtherPackages, ///< the lighter ones together
        NoPackage,
    };
    Kind kind = Kind::Layer;
    std::uint32_t id = 0;
    std::uint64_t bytes = 0; ///< in the whole view
    QColor fill;
    QString name;  ///< "layer 3", for people; filled in by who knows the words
    QString title; ///< the same with more to it, for the legend

    bool isSame(const Category &other) const { return kind == other.kind && id == other.id; }
};

struct Colouring
{
    std::vector<std::uint16_t> ofNode; ///< place in `categories`, of those that have bytes
    std::vector<Category> categories;  ///< those that occur, in the order of the legend
};

/// Packages that have a colour of their own: the heaviest.
inline constexpr std::size_t kColouredPackages = 8;

struct ColourOptions
{
    ColourBy by = ColourBy::Layer;
    int baseLayers = 0;
    const Packages *packages = nullptr; ///< nullptr: nobody looked, all belongs to no package
    QPalette palette;
};

/// The heaviest `most` of the categories (places), in the order of the legend.
[[nodiscard]] std::vector<int> legendOf(const Colouring &colouring, std::size_t most);

/// Linear.
[[nodiscard]] Colouring colour(const Subject &subject, const ColourOptions &options);

} // namespace cutaway::treemap
