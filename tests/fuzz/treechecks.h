// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/builder.h"

#include <cstdint>
#include <vector>

namespace cutaway::fuzz {

/// What holds for every path tree, given the bytes of files that its layers held: order, ownership,
/// visible + causes = layer bytes, in all views. Runs the filter of that number (any) over them.
void checkTree(const PathTreePtr &tree,
               const std::vector<std::uint64_t> &layerBytes,
               std::uint32_t filter);

} // namespace cutaway::fuzz
