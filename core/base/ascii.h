// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// Letters and digits of ASCII alone, whatever the locale: names, keywords and identifiers are of
/// these.
namespace cutaway {

[[nodiscard]] constexpr char asciiLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] constexpr bool isLetterOrDigit(char c)
{
    return isLetter(c) || isDigit(c);
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
