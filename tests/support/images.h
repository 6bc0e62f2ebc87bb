// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <string>
#include <vector>

namespace cutaway::test {

/// An image in memory, as the loader would have made it: layers as in `treeOf`, all read, and one
/// line of history for each (`steps` may be empty: then there is no history).
[[nodiscard]] Image imageOf(const std::vector<std::string> &layers,
                            const std::vector<std::string> &steps = {});

} // namespace cutaway::test
