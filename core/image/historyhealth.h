// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cutaway::history {

/// HEALTHCHECK as builders record it, `&{["CMD-SHELL" "x"] "30s" "3s" "0s" '\x03'}` or
/// `{Test:[CMD-SHELL x] Interval:30s …}`, in the notation of a Dockerfile: `--interval=30s … CMD
/// x`.
[[nodiscard]] std::string healthcheckArguments(std::string_view text);

} // namespace cutaway::history
