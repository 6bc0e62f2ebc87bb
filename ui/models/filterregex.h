// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/filter.h"

namespace cutaway {

/// Regular expressions of the filter line, for parseFileFilter: PCRE bounds its own work, so that
/// no name can make it run away. May be used from any thread.
[[nodiscard]] Result<TextTest> compileRegex(std::string_view pattern);

} // namespace cutaway
