// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cutaway::benchmark {

using Command = std::vector<std::string>;

/// What one run of a program cost, its children included.
struct Usage
{
    double wall = 0; ///< seconds
    double cpu = 0;  ///< seconds, user and system
    std::uint64_t peakBytes = 0;
};

/// Runs a program to its end, its output thrown away; fails where it cannot be started or does not
/// end with 0.
[[nodiscard]] Result<Usage> runProgram(const Command &command);
/// Whether it ends with 0; what it says is thrown away.
[[nodiscard]] bool succeeds(const Command &command);

/// Runs the programs one after the other, `rounds` times over, so that what disturbs one disturbs
/// all; the least wall, CPU and memory of each.
[[nodiscard]] Result<std::vector<Usage>> runInTurns(const std::vector<Command> &commands,
                                                    int rounds);

} // namespace cutaway::benchmark
