// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathtree.h"

#include <string_view>

namespace cutaway {

/// The node that the path leads to in the final file system, symbolic links followed as inside a
/// container, or kNone; bounded by limits::kLinkHops.
[[nodiscard]] NodeId resolvePath(const PathTree &tree, std::string_view path);

} // namespace cutaway
