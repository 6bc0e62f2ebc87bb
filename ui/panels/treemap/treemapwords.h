// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "ui/treemap/painting.h"

#include <QString>

#include <vector>

/// What a treemap says in words. Texts out of images come back displayable.
namespace cutaway {

/// Gives each category its name and its title for the legend.
void nameCategories(const Inspection &inspection, treemap::Colouring &colouring);

/// What a cell is.
struct CellWords
{
    QString title; ///< its path; of many small ones, how many and where
    QString facts; ///< one line: bytes, share, layer, change, package
};
/// `instructions` are layerInstructions(), worked out once.
[[nodiscard]] CellWords describe(const Inspection &inspection,
                                 const std::vector<QString> &instructions,
                                 const treemap::Map &map,
                                 const treemap::Cell &cell);

/// "Files as a container sees them", "Changes of layer 3" …
[[nodiscard]] QString subjectTitle(const treemap::Subject &subject);
/// "by layer".
[[nodiscard]] QString colouredBy(treemap::ColourBy by);

} // namespace cutaway
