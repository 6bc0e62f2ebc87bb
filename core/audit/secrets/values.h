// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/base/ascii.h"

#include <optional>
#include <string>
#include <string_view>

namespace cutaway {

/// Shannon's, in bits a character.
[[nodiscard]] double entropyOf(std::string_view text);

/// Whether a value only stands for one: a variable, "<your token>", "xxxx", a short number.
[[nodiscard]] bool isPlaceholder(std::string_view value);

/// Without the quotes around it.
[[nodiscard]] std::string_view unquoted(std::string_view value);

/// How bad it is that a variable of this name has this value for everybody to read; nothing where
/// it is no secret. Names decide, then the value: its length, its entropy, whether it only stands
/// for one.
[[nodiscard]] std::optional<Severity> secretSeverity(std::string_view name, std::string_view value);

} // namespace cutaway
