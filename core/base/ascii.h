// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// Letters of ASCII alone, whatever the locale: names, keywords and identifiers are of these.
namespace cutaway {

[[nodiscard]] constexpr char asciiLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// ASCII letters in lower case.
[[nodiscard]] inline std::string lowered(std::string_view text)
{
    std::string lower(text);
    for (char &c : lower) {
        c = asciiLower(c);
    }
    return lower;
}

} // namespace cutaway
