// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/filter.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// Terms of the filter line that measure, and what all terms are read with.
namespace cutaway::filter {

[[nodiscard]] std::vector<std::string_view> splitAt(std::string_view text, char separator);
[[nodiscard]] std::optional<std::uint64_t> parseNumber(std::string_view text, int base = 10);

/// `>10MB`, `>=1kB`, `<5`, `=0`: what stands behind `size`.
[[nodiscard]] Result<FilterTerm> sizeTerm(std::string_view text);
/// `<2024`, `>=2024-05`, `=2024-05-01`: what stands behind `mtime`, in UTC.
[[nodiscard]] Result<FilterTerm> timeTerm(std::string_view text);

} // namespace cutaway::filter
