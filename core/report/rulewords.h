// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/rule.h"

#include <string>
#include <string_view>
#include <vector>

/// What a rule says of itself, taken apart for the formats that explain rules.
namespace cutaway {

struct RuleReference
{
    std::string_view title;
    std::string_view url;
};
[[nodiscard]] std::vector<RuleReference> referencesOf(const Rule &rule);
[[nodiscard]] std::vector<std::string_view> aliasesOf(const Rule &rule);

/// A need as programs know it, and as people do.
struct NeedWords
{
    std::string_view name;  ///< "history"
    std::string_view words; ///< "the history of build steps"
};
[[nodiscard]] std::vector<NeedWords> needsOf(const Rule &rule);

/// A heading and what belongs under it; none without text.
struct RuleSection
{
    std::string_view title;
    std::string text;
};
/// Why, what it looks at, where it stays silent, how to fix it, severity, needs, other names.
[[nodiscard]] std::vector<RuleSection> sectionsOf(const Rule &rule);

/// The sections and references as a list in Markdown.
[[nodiscard]] std::string ruleMarkdown(const Rule &rule);

} // namespace cutaway
