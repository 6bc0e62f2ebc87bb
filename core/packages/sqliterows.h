// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <functional>
#include <string>
#include <string_view>

namespace cutaway {

/// Calls back with the first column of each row that the query gives, as long as
/// limits::kSqliteSteps last. The bytes are a whole database; nothing outside of them is opened.
[[nodiscard]] Result<> forEachSqliteBlob(std::string bytes,
                                         const char *query,
                                         const std::function<void(std::string_view blob)> &visit);

} // namespace cutaway
