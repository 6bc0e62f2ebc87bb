// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cutaway {

/// Without what stands around it.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text,
                                                 std::string_view blanks = " \t\r\n")
{
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// "a b c"
[[nodiscard]] inline std::string joined(std::span<const std::string> words,
                                        std::string_view between = " ")
{
    std::string text;
    for (const std::string &word : words) {
        text += (text.empty() ? "" : std::string(between)) + word;
    }
    return text;
}

} // namespace cutaway
