// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Builders record what they parsed, often in the notation of Go's fmt package; these functions put
/// it back into the notation of a Dockerfile. What is in no notation we know stays as it is.
namespace cutaway::history {

/// Keywords of a Dockerfile, in capitals.
[[nodiscard]] bool isKeyword(std::string_view word);

[[nodiscard]] std::string dockerfileArguments(std::string_view keyword, std::string_view arguments);

/// `["a" "b"]` (Go's %q) or `["a", "b"]` (JSON); nothing when it is neither.
[[nodiscard]] std::optional<std::vector<std::string>> quotedList(std::string_view text);

/// The same, taken off the front of `text`.
[[nodiscard]] std::optional<std::vector<std::string>> takeQuotedList(std::string_view &text);

/// `["a", "b"]`, as JSON.
[[nodiscard]] std::string execForm(const std::vector<std::string> &words);

} // namespace cutaway::history
