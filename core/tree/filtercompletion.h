// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// What a filter line may go on with.
struct FilterCompletion
{
    std::string text;        ///< stands in place of [from, to)
    std::string explanation; ///< English, a few words; empty where the text says it
};
struct FilterCompletions
{
    std::size_t from = 0; ///< bytes of the line
    std::size_t to = 0;
    std::vector<FilterCompletion> offers;
};

/// For the word before the cursor (a place in bytes): keys that begin so, or behind a key its
/// values. Nothing within quotes, and nothing where there is no word.
[[nodiscard]] FilterCompletions completeFilter(std::string_view line, std::size_t cursor);

} // namespace cutaway
