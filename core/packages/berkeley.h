// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

namespace cutaway {

/// Calls back with the value of each pair in a hash database of Berkeley DB, whichever byte order
/// it was written in; values together are limits::kRpmDatabaseBytes at the most. False where the
/// bytes are no such database, or a value could not be put together.
[[nodiscard]] bool forEachHashValue(std::string_view bytes,
                                    const std::function<void(std::string_view value)> &visit);

} // namespace cutaway
