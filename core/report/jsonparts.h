// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

/// The blocks that JSON reports share, so that the same thing has the same name in each.
namespace cutaway::jsonparts {

using Value = nlohmann::ordered_json;

/// `{"schemaVersion": 1, "tool": …}`, to be filled up.
[[nodiscard]] Value document();
/// Indented text with a line feed at the end; stray bytes are replaced, never thrown over.
[[nodiscard]] std::string written(const Value &value);
/// The same so many levels deep in another text, without the line feed.
[[nodiscard]] std::string writtenDeep(const Value &value, std::size_t depth);
/// The same for a report that holds dive(): its rows, as many as an image has paths, are written
/// one by one, for a tree of values costs ten times what it says.
[[nodiscard]] std::string writtenWithDive(const Value &report, const Inspection &inspection);
/// The same on one line.
[[nodiscard]] std::string writtenLine(const Value &value);

/// The text, or null when it is empty.
[[nodiscard]] Value textOrNull(std::string_view text);
template<typename Number>
[[nodiscard]] Value numberOrNull(const std::optional<Number> &number)
{
    return number ? Value(*number) : Value(nullptr);
}
/// Sets `path`, and `pathBytes` where the path is no UTF-8.
void setPath(Value &object, std::string_view path);

[[nodiscard]] Value image(const Image &image, Secrets secrets);
[[nodiscard]] Value sizes(const Analysis &analysis);
[[nodiscard]] Value causes(const std::array<std::uint64_t, kCauseCount> &bytes);
/// All but the rows; writtenWithDive() adds them.
[[nodiscard]] Value dive(const DiveNumbers &numbers);
[[nodiscard]] Value layers(const Inspection &inspection, Secrets secrets);
[[nodiscard]] Value history(const Image &image, Secrets secrets);
[[nodiscard]] Value notes(const Notes &notes);
[[nodiscard]] Value findings(const Inspection &inspection);
[[nodiscard]] Value skipped(const Inspection &inspection);
[[nodiscard]] Value score(const Score &score);
[[nodiscard]] Value contract(const Contract &contract, Secrets secrets);
[[nodiscard]] Value policy(const Inspection &inspection);
[[nodiscard]] Value references(const Rule &rule); ///< `[{"title", "url"}]`
[[nodiscard]] Value aliases(const Rule &rule);

} // namespace cutaway::jsonparts
