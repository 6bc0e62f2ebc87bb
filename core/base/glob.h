// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

enum class GlobText : std::uint8_t {
    Name, ///< a slash is a character like any other
    Path, ///< `*`, `?` and sets stop at slashes, `**` does not
};

/// Shell pattern over bytes: `?`, `*`, `[a-z]`, `[!…]`, `\` before a literal. In a path, `**` as a
/// whole component stands for any number of components, none included. Time at most the product of
/// both lengths.
[[nodiscard]] bool globMatches(std::string_view pattern, std::string_view text, GlobText kind);

/// "/a/{b,c/d}" → "/a/b", "/a/c/d"; braces may be nested. For patterns of our own: what comes out
/// grows with the product of the choices.
[[nodiscard]] std::vector<std::string> expandBraces(std::string_view pattern);

} // namespace cutaway
