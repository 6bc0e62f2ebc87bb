// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/view.h"

#include <optional>
#include <vector>

namespace cutaway {

/// What of a path differs between two of its entries.
struct ChangedParts
{
    bool content = false; ///< the type included
    bool mode = false;
    bool owner = false;
    bool time = false;
    bool xattrs = false;

    bool operator==(const ChangedParts &) const = default;
};
[[nodiscard]] ChangedParts changedParts(const PathTree &tree, EntryId before, EntryId after);

/// What one layer did to a path, and what is there after it.
struct LayerDeed
{
    std::optional<Change> change = std::nullopt; ///< none: the layer says nothing of the path
    ChangedParts parts = {};                     ///< against what was there before
    EntryId after = kNone;
};

/// One deed for each layer, the lowest first; linear in layers and entries.
[[nodiscard]] std::vector<LayerDeed> lifeOf(const PathTree &tree, NodeId node);

} // namespace cutaway
