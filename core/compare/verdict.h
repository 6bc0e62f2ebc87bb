// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cutaway {

/// Whether a size is so much another that it is worth a word.
[[nodiscard]] bool isNoticed(std::uint64_t before, std::uint64_t after);

} // namespace cutaway
