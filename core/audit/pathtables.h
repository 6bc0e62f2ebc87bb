// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/pathrows.h"
#include "core/audit/treematches.h"

#include <span>
#include <vector>

namespace cutaway {

/// The patterns of a group, homes put in; of those that match a path the first decides.
struct PathTable
{
    PathGroup group = PathGroup::Cache;
    std::vector<PathRow> rows;
};

/// All groups, in the order in which they take files. `homes` are those beside the usual ones.
[[nodiscard]] std::vector<PathTable> pathTables(const ImageConfig &config,
                                                std::span<const std::string> homes);

} // namespace cutaway
