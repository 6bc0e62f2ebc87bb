// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/history.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Whether values that look like secrets are written out or replaced.
enum class Secrets : std::uint8_t { Redacted, Shown };

/// Text in which secrets were replaced: values whose names say so, those of options that take a
/// password, and what a detector of secrets recognises. What is too long to be searched
/// (limits::kSettingBytes) is left out, and the text says so.
struct Redacted
{
    std::string text;
    bool redacted = false;
};

/// One "NAME=value", as in Env and build arguments.
[[nodiscard]] Redacted redactAssignment(std::string_view assignment, Secrets secrets);
/// The value that belongs to `name`, as in labels.
[[nodiscard]] Redacted redactValue(std::string_view name, std::string_view value, Secrets secrets);
/// A line of history or a command, or any other text: every NAME=value, quoted or not, `ENV NAME
/// value`, `--password value`.
[[nodiscard]] Redacted redactLine(std::string_view line, Secrets secrets);
/// A command in its words, as many as there were.
struct RedactedWords
{
    std::vector<std::string> words;
    bool redacted = false;
};
[[nodiscard]] RedactedWords redactWords(const std::vector<std::string> &words, Secrets secrets);
/// A raw history line; values of build arguments are known exactly there, blanks included.
[[nodiscard]] Redacted redactHistory(const HistoryEntry &entry, Secrets secrets);

} // namespace cutaway
