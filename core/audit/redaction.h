// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/history.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cutaway {

/// Whether values that look like secrets are written out or replaced.
enum class Secrets : std::uint8_t { Redacted, Shown };

/// Whether a variable, build argument or label of this name is meant to hold a secret: one of a
/// short list of words as a whole word of the name ("DB_PASSWORD", "api.token",
/// "AWS_SECRET_ACCESS_KEY"), and not the name of a file that holds it ("PASSWORD_FILE").
[[nodiscard]] bool isSecretName(std::string_view name);

/// Whether a value can be a secret at all: not empty, no variable, no plain switch or short number.
[[nodiscard]] bool isSecretValue(std::string_view value);

/// Text in which the values of secret-like names were replaced.
struct Redacted
{
    std::string text;
    bool redacted = false;
};

/// One "NAME=value", as in Env and build arguments.
[[nodiscard]] Redacted redactAssignment(std::string_view assignment, Secrets secrets);
/// The value that belongs to `name`, as in labels.
[[nodiscard]] Redacted redactValue(std::string_view name, std::string_view value, Secrets secrets);
/// Every NAME=value in a line of history or a command, quoted or not, and `ENV NAME value`.
[[nodiscard]] Redacted redactLine(std::string_view line, Secrets secrets);
/// A raw history line; values of build arguments are known exactly there, blanks included.
[[nodiscard]] Redacted redactHistory(const HistoryEntry &entry, Secrets secrets);

} // namespace cutaway
