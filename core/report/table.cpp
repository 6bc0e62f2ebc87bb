// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/table.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace cutaway {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kGap = "  ";
constexpr std::size_t kLeastWidth = 12; ///< no column is cut below this

struct Range
{
    char32_t first;
    char32_t last;
};

/// Combining marks, joiners and variation selectors of the scripts that occur in file names.
constexpr std::array kZeroWidth = {
    Range{0x0300, 0x036f}, Range{0x0483, 0x0489}, Range{0x0591, 0x05bd}, Range{0x0610, 0x061a},
    Range{0x064b, 0x065f}, Range{0x06d6, 0x06dc}, Range{0x093c, 0x093c}, Range{0x0941, 0x0948},
    Range{0x0e31, 0x0e31}, Range{0x0e34, 0x0e3a}, Range{0x0e47, 0x0e4e}, Range{0x1ab0, 0x1aff},
    Range{0x1dc0, 0x1dff}, Range{0x200b, 0x200d}, Range{0x20d0, 0x20ff}, Range{0x302a, 0x302d},
    Range{0x3099, 0x309a}, Range{0xfe00, 0xfe0f}, Range{0xfe20, 0xfe2f}, Range{0xe0100, 0xe01ef},
};

/// East Asian wide and fullwidth characters, and emoji.
constexpr std::array kDoubleWidth = {
    Range{0x1100, 0x115f},
    Range{0x2e80, 0x303e},
    Range{0x3041, 0x33ff},
    Range{0x3400, 0x4dbf},
    Range{0x4e00, 0x9fff},
    Range{0xa000, 0xa4cf},
    Range{0xac00, 0xd7a3},
    Range{0xf900, 0xfaff},
    Range{0xfe30, 0xfe6f},
    Range{0xff00, 0xff60},
    Range{0xffe0, 0xffe6},
    Range{0x1f300, 0x1f64f},
    Range{0x1f680, 0x1f6ff},
    Range{0x1f900, 0x1f9ff},
    Range{0x20000, 0x3fffd},
};

template<std::size_t count>
bool isIn(const std::array<Range, count> &ranges, char32_t character)
{
    return std::ranges::any_of(ranges, [character](const Range &range) {
        return range.first <= character && character <= range.last;
    });
}

std::size_t widthOf(char32_t character)
{
    if (character < 0x300) {
        return 1;
    }
    if (isIn(kZeroWidth, character)) {
        return 0;
    }
    return isIn(kDoubleWidth, character) ? 2 : 1;
}

/// Takes one character off the front; a stray byte counts as one character.
char32_t takeCharacter(std::string_view &text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    std::size_t length = 1;
    char32_t character = lead;
    if (lead >= 0xf0) {
        length = 4;
        character = lead & 0x07U;
    } else if (lead >= 0xe0) {
        length = 3;
        character = lead & 0x0fU;
    } else if (lead >= 0xc0) {
        length = 2;
        character = lead & 0x1fU;
    }
    length = std::min(length, text.size());
    for (std::size_t i = 1; i < length; ++i) {
        character = (character << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
    }
    text.remove_prefix(length);
    return character;
}

/// The longest beginning that fits into so many columns.
std::string_view headOf(std::string_view text, std::size_t columns)
{
    std::string_view rest = text;
    std::size_t used = 0;
    while (!rest.empty()) {
        std::string_view after = rest;
        used += widthOf(takeCharacter(after));
        if (used > columns) {
            break;
        }
        rest = after;
    }
    return text.substr(0, text.size() - rest.size());
}

/// The longest end that fits into so many columns.
std::string_view tailOf(std::string_view text, std::size_t columns)
{
    std::size_t width = displayWidth(text);
    while (width > columns && !text.empty()) {
        width -= widthOf(takeCharacter(text));
    }
    return text;
}

std::string_view codeOf(Paint paint)
{
    switch (paint) {
    case Paint::Plain: return "";
    case Paint::Bold: return "\x1b[1m";
    case Paint::Dim: return "\x1b[2m";
    case Paint::Red: return "\x1b[31m";
    case Paint::Green: return "\x1b[32m";
    case Paint::Amber: return "\x1b[33m";
    case Paint::Violet: return "\x1b[35m";
    case Paint::Blue: return "\x1b[34m";
    }
    return "";
}

bool canShrink(TextTable::Kind kind)
{
    return kind == TextTable::Kind::Path || kind == TextTable::Kind::Prose;
}

} // namespace

std::string painted(std::string_view text, Paint paint, const TextStyle &style)
{
    if (!style.colour || paint == Paint::Plain || text.empty()) {
        return std::string(text);
    }
    return std::string(codeOf(paint)) + std::string(text) + "\x1b[0m";
}

std::size_t displayWidth(std::string_view text)
{
    std::size_t width = 0;
    while (!text.empty()) {
        width += widthOf(takeCharacter(text));
    }
    return width;
}

std::string elidedMiddle(std::string_view text, std::size_t columns)
{
    if (displayWidth(text) <= columns) {
        return std::string(text);
    }
    if (columns == 0) {
        return {};
    }
    // The end of a path says more than its beginning.
    const std::size_t head = (columns - 1) / 3;
    const std::size_t tail = columns - 1 - head;
    return std::string(headOf(text, head)) + std::string(kEllipsis)
           + std::string(tailOf(text, tail));
}

std::string elidedEnd(std::string_view text, std::size_t columns)
{
    if (displayWidth(text) <= columns) {
        return std::string(text);
    }
    if (columns == 0) {
        return {};
    }
    return std::string(headOf(text, columns - 1)) + std::string(kEllipsis);
}

std::string wrapped(std::string_view text, std::string_view indent, const TextStyle &style)
{
    std::string result;
    std::string line(indent);
    std::size_t used = indent.size();
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t width = displayWidth(word);
        const bool isFirst = line.size() == indent.size();
        if (!isFirst && style.width > 0
            && used + 1 + width > static_cast<std::size_t>(style.width)) {
            result += line + '\n';
            line = indent;
            used = indent.size();
        } else if (!isFirst) {
            line += ' ';
            ++used;
        }
        line += word;
        used += width;
    }
    return result + line + '\n';
}

TextTable::TextTable(std::vector<Column> columns, const TextStyle &style, std::string indent)
    : m_columns(std::move(columns))
    , m_style(style)
    , m_indent(std::move(indent))
{}

void TextTable::addRow(std::vector<Cell> cells)
{
    cells.resize(m_columns.size());
    m_rows.push_back(std::move(cells));
}

std::string TextTable::text() const
{
    const std::vector<std::size_t> columnWidths = widths();
    std::string text;
    if (std::ranges::any_of(m_columns,
                            [](const Column &column) { return !column.title.empty(); })) {
        std::vector<Cell> titles;
        for (const Column &column : m_columns) {
            titles.push_back({column.title, Paint::Dim});
        }
        text += line(titles, columnWidths);
    }
    for (const std::vector<Cell> &row : m_rows) {
        text += line(row, columnWidths);
    }
    return text;
}

std::vector<std::size_t> TextTable::widths() const
{
    std::vector<std::size_t> widths;
    std::size_t total = m_indent.size();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        std::size_t width = displayWidth(m_columns[i].title);
        for (const std::vector<Cell> &row : m_rows) {
            width = std::max(width, displayWidth(row[i].text));
        }
        widths.push_back(width);
        total += width + (i == 0 ? 0 : kGap.size());
    }
    const auto limit = static_cast<std::size_t>(std::max(m_style.width, 0));
    while (limit > 0 && total > limit) {
        std::size_t widest = m_columns.size();
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            if (canShrink(m_columns[i].kind) && widths[i] > kLeastWidth
                && (widest == m_columns.size() || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest == m_columns.size()) {
            break;
        }
        const std::size_t less = std::min({total - limit,
                                           widths[widest] - kLeastWidth,
                                           std::max<std::size_t>(1, widths[widest] / 8)});
        widths[widest] -= less;
        total -= less;
    }
    return widths;
}

std::string TextTable::line(const std::vector<Cell> &cells,
                            const std::vector<std::size_t> &widths) const
{
    std::string line = m_indent;
    std::string pending; // blanks that only count when something follows
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Kind kind = m_columns[i].kind;
        std::string text = kind == Kind::Path ? elidedMiddle(cells[i].text, widths[i])
                                              : elidedEnd(cells[i].text, widths[i]);
        const std::string padding(widths[i] - std::min(widths[i], displayWidth(text)), ' ');
        if (i > 0) {
            pending += kGap;
        }
        if (kind == Kind::Number) {
            pending += padding;
        }
        if (!text.empty()) {
            line += pending + painted(text, cells[i].paint, m_style);
            pending.clear();
        }
        if (kind != Kind::Number) {
            pending += padding;
        }
    }
    return line + '\n';
}

} // namespace cutaway
