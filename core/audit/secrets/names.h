// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cutaway {

/// What stands in a report where a secret stood.
inline constexpr std::string_view kRedacted = "[redacted]";

/// Whether a variable, build argument or label of this name is meant to hold a secret: one of a
/// short list of words as a whole word of the name ("DB_PASSWORD", "api.token",
/// "AWS_SECRET_ACCESS_KEY"), and not the name of a file that holds it ("PASSWORD_FILE").
[[nodiscard]] bool isSecretName(std::string_view name);

/// Whether a value can be a secret at all: not empty, no variable, no plain switch or short number.
[[nodiscard]] bool isSecretValue(std::string_view value);

/// Whether what follows this option of whatever program is a password: "--password".
[[nodiscard]] bool isSecretOption(std::string_view option);

} // namespace cutaway
