// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathtree.h"

#include <QString>

#include <optional>
#include <vector>

namespace cutaway {

/// A version of a path that has a content: a file, or a name of one.
struct PathVersion
{
    EntryId entry = kNone;
    LayerIndex layer = 0;
    QString words; ///< "Layer 5 · modified · 1.2 kB"
};
/// The lowest layer first.
[[nodiscard]] std::vector<PathVersion> versionsOf(const PathTree &tree, NodeId node);

/// The entry that a place speaks of: in a layer's change that layer's, else what is there, else the
/// last that there was.
[[nodiscard]] EntryId entryAtPlace(const PathTree &tree,
                                   NodeId node,
                                   std::optional<LayerIndex> layer);

} // namespace cutaway
