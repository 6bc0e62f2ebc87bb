// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

enum class Paint : std::uint8_t { Plain, Bold, Dim, Red, Green, Amber, Violet, Blue };

/// The text in a colour of the terminal's own palette, where the style wants colour.
[[nodiscard]] std::string painted(std::string_view text, Paint paint, const TextStyle &style);

/// Columns that a terminal gives to UTF-8 text: 0 for combining characters, 2 for East Asian wide
/// ones.
[[nodiscard]] std::size_t displayWidth(std::string_view text);
/// The text cut to so many columns: in the middle (paths: both ends tell) or at the end.
[[nodiscard]] std::string elidedMiddle(std::string_view text, std::size_t columns);
[[nodiscard]] std::string elidedEnd(std::string_view text, std::size_t columns);

/// Lines that begin with the indent, broken at blanks to fit the style's width.
[[nodiscard]] std::string wrapped(std::string_view text,
                                  std::string_view indent,
                                  const TextStyle &style);

/// Aligned columns of text. Cells hold displayable text of one line; of the columns that may shrink
/// the widest give way until a row fits the style's width.
class TextTable
{
public:
    enum class Kind : std::uint8_t {
        Text,   ///< left-aligned, never cut
        Number, ///< right-aligned, never cut
        Path,   ///< left-aligned, cut in the middle
        Prose,  ///< left-aligned, cut at the end
    };
    struct Column
    {
        std::string title;
        Kind kind = Kind::Text;
    };
    struct Cell
    {
        std::string text;
        Paint paint = Paint::Plain;
    };

    TextTable(std::vector<Column> columns, const TextStyle &style, std::string indent = {});

    void addRow(std::vector<Cell> cells);
    bool isEmpty() const { return m_rows.empty(); }
    /// Titles, when any column has one, then the rows.
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::size_t> widths() const;
    std::string line(const std::vector<Cell> &cells, const std::vector<std::size_t> &widths) const;

    std::vector<Column> m_columns;
    std::vector<std::vector<Cell>> m_rows;
    TextStyle m_style;
    std::string m_indent;
};

} // namespace cutaway
