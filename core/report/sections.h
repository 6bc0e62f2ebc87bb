// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"
#include "core/report/table.h"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

/// Parts of the text reports that more than one of them shows.
namespace cutaway::sections {

/// "Title" in bold, on a line of its own after an empty one.
[[nodiscard]] std::string heading(std::string_view title, const TextStyle &style);
/// One row a layer: sizes, waste, instruction.
[[nodiscard]] std::string layerTable(const Inspection &inspection, const TextStyle &style);
/// The biggest hidden files, at most `rows` of them, and how many are left out.
[[nodiscard]] std::string wasteTable(const Inspection &inspection,
                                     std::size_t rows,
                                     const TextStyle &style);
/// The causes that there are, biggest first.
[[nodiscard]] std::vector<Cause> causesBySize(const std::array<std::uint64_t, kCauseCount> &bytes);
/// "rewritten 10 MB, deleted 8.3 MB", biggest first; empty when nothing is shadowed.
[[nodiscard]] std::string causeList(const std::array<std::uint64_t, kCauseCount> &bytes);
[[nodiscard]] std::string notes(const Notes &notes, const TextStyle &style);
/// "98.44 %"
[[nodiscard]] std::string percent(double fraction);
/// The same, rounded down: a hundred means all.
[[nodiscard]] std::string percentDown(double fraction);
[[nodiscard]] Paint paintOf(Severity severity);
/// formatBytes, and a dash for nothing.
[[nodiscard]] std::string bytesOrDash(std::uint64_t bytes);

} // namespace cutaway::sections
