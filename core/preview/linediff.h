// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

/// One line of two texts side by side: places in them, kNoLine where one has none.
struct DiffRow
{
    static constexpr std::uint32_t kNoLine = 0xffffffff;
    enum class Kind : std::uint8_t { Same, Changed, Removed, Added };

    Kind kind = Kind::Same;
    std::uint32_t before = kNoLine;
    std::uint32_t after = kNoLine;

    bool operator==(const DiffRow &) const = default;
};

struct LineDiff
{
    std::vector<DiffRow> rows; ///< every line of both texts once, in their orders
    bool isExact = true;       ///< no smaller difference exists; not where the texts differ by much
};

/// What became of the lines, by Myers' greedy algorithm. Texts that differ in more than
/// limits::kDiffEdits lines are first cut at lines that both have exactly once, and between those
/// what differs too much counts as changed as a whole: the time stays bounded. Lines changed are
/// those removed and added at the same place, paired in order, those alike where one side has more.
/// Fails only when cancelled.
[[nodiscard]] Result<LineDiff> diffLines(const std::vector<std::string_view> &before,
                                         const std::vector<std::string_view> &after,
                                         const Monitor &monitor);

/// A part of a line, in bytes.
struct DiffPart
{
    std::uint32_t at = 0;
    std::uint32_t length = 0;

    bool operator==(const DiffPart &) const = default;
};

/// The words that a changed line does not share with the other: those of the line before, those of
/// the line after. Lines of more than limits::kDiffWords words are taken as one.
[[nodiscard]] std::pair<std::vector<DiffPart>, std::vector<DiffPart>> diffWords(
    std::string_view before, std::string_view after);

} // namespace cutaway
