// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The quoted texts of Go's fmt package (%q), which are nearly those of JSON.
namespace cutaway::history {

/// Takes `"…"` off the front of `text`; nothing (and nothing taken) when no whole literal is there.
/// The result is valid UTF-8.
[[nodiscard]] std::optional<std::string> takeGoString(std::string_view &text);

/// Takes `'\x03'` off the front of `text`: the number of its character.
[[nodiscard]] std::optional<std::uint32_t> takeGoRune(std::string_view &text);

/// The text as a JSON string, quotes included; characters beyond ASCII stand as they are.
[[nodiscard]] std::string jsonString(std::string_view text);

} // namespace cutaway::history
