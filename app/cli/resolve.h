// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/tree/pathtree.h"

#include <string_view>

namespace cutaway::cli {

enum class LastLink : std::uint8_t { Follow, Keep };

/// The path that a program inside the image would open: symbolic links are followed within the tree
/// as it is after `layer`, at most limits::kLinkHops of them. `Keep` leaves a link at the very end
/// alone. NotFound names the part that is missing.
[[nodiscard]] Result<NodeId> resolvePath(const PathTree &tree,
                                         std::string_view path,
                                         LayerIndex layer,
                                         LastLink lastLink);

} // namespace cutaway::cli
