// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace cutaway {

struct Snippet
{
    std::string_view rule;
    std::string_view lines;
};

/// All of them, by rule.
[[nodiscard]] std::span<const Snippet> fixSnippets();

/// Lines for a Dockerfile that mend what the rule finds, to be copied and adapted; empty where no
/// lines could. They end without a line feed.
[[nodiscard]] std::string_view fixSnippet(std::string_view ruleId);

} // namespace cutaway
