// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/restartpoints.h"
#include "core/cache/cachedirectory.h"

#include <string>
#include <string_view>

namespace cutaway {

/// Writes the points of a blob: a list with the place of each state, and the states behind it.
[[nodiscard]] Result<> writeRestarts(const RestartIndex &restarts,
                                     std::string_view key,
                                     const CacheDirectory::Write &write);

/// The list out of such a file; the states are read, and checked, when they are asked for. Corrupt
/// when the file is not what writeRestarts() wrote for this key, with this decoder.
[[nodiscard]] Result<RestartIndexPtr> readRestarts(std::shared_ptr<const CacheDirectory> directory,
                                                   const std::string &name,
                                                   std::string_view key);

} // namespace cutaway
