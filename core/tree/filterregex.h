// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/filter.h"

namespace cutaway {

/// Regular expressions for parseFileFilter: RE2's, which no name can keep busy. Without a capital
/// in the expression, letters of either case match. May be used from any thread.
[[nodiscard]] Result<TextTest> compileRegex(std::string_view pattern);

} // namespace cutaway
