// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// "/a/{b,c/d}" → "/a/b", "/a/c/d"; braces may be nested.
[[nodiscard]] std::vector<std::string> expandBraces(std::string_view pattern);

/// Whether an absolute path matches: `*` any bytes of one component, `?` one of them, `**` as a
/// component any number of components, none included. Everything else stands for itself.
/// Time is bounded by the product of the lengths.
[[nodiscard]] bool globMatches(std::string_view pattern, std::string_view path);

} // namespace cutaway
