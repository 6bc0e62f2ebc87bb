// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/benchmark/figures.h"

#include <cstdint>

namespace cutaway::benchmark {

/// What a treemap of so many files asks of the window's thread: until it is drawn, zoomed, and for
/// each frame while the mouse goes all over it. False where it is never drawn.
[[nodiscard]] bool measureTreemap(std::uint32_t files, Figures &figures);

} // namespace cutaway::benchmark
