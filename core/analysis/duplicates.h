// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/analysis.h"

#include <vector>

namespace cutaway {

/// Files of equal content visible at several paths, most wasted first. Empty files and further
/// names of one hard-linked file do not count.
[[nodiscard]] std::vector<DuplicateGroup> findDuplicates(const PathTree &tree);

} // namespace cutaway
