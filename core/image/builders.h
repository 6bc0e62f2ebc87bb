// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/history.h"

#include <string_view>

namespace cutaway::history {

/// The tool that signed this line, of those that work without a Dockerfile: "jib", "nix" …; else
/// empty.
[[nodiscard]] std::string_view signature(const HistoryEntry &entry);

} // namespace cutaway::history
