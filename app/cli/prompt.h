// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace cutaway::cli {

enum class Echo : std::uint8_t { Shown, Hidden };

/// Asks a person for a line. InvalidInput where standard input is no terminal, Cancelled.
[[nodiscard]] Result<std::string> askLine(const std::string &question, Echo echo);

/// The first line of standard input, without its end. InvalidInput for one that is too long.
[[nodiscard]] Result<std::string> readLine();

} // namespace cutaway::cli
