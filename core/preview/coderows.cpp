// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/coderows.h"

#include <array>
#include <ranges>
#include <tuple>
#include <utility>

namespace cutaway {

namespace {

std::string offsetText(std::uint64_t offset)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(8, '0');
    for (char &digit : std::views::reverse(text)) {
        digit = kDigits[offset & 15U];
        offset >>= 4U;
    }
    return text;
}

/// Sixteen bytes in two columns: "7f 45 4c …  |.ELF…|".
std::string hexText(std::string_view bytes, std::size_t width)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    std::string letters;
    for (std::size_t i = 0; i < width; ++i) {
        hex += i == width / 2 ? " " : "";
        if (i >= bytes.size()) {
            hex += "   ";
            continue;
        }
        const auto byte = static_cast<unsigned char>(bytes[i]);
        hex += kDigits[byte >> 4U];
        hex += kDigits[byte & 15U];
        hex += ' ';
        letters += byte >= 0x20 && byte < 0x7f ? bytes[i] : '.';
    }
    return hex + " |" + letters + '|';
}

CodeRow codeRow(const TextRow &row, Highlighter &highlighter)
{
    ShownRow shown = showRow(row.text);
    CodeRow code{.text = std::move(shown.text),
                 .label = row.isFirst ? std::to_string(row.number) : std::string()};
    for (const ShownRow::Mark &mark : shown.escapes) {
        code.escapes.push_back({mark.at, mark.length});
    }
    code.tokens = highlighter.row(code.text);
    return code;
}

std::vector<std::string_view> textsOf(const std::vector<TextRow> &rows)
{
    std::vector<std::string_view> texts;
    texts.reserve(rows.size());
    for (const TextRow &row : rows) {
        texts.push_back(row.text);
    }
    return texts;
}

CodeRow::Mark markOf(DiffRow::Kind kind)
{
    static constexpr std::array kMarks = {
        CodeRow::Mark::None, CodeRow::Mark::Changed, CodeRow::Mark::Removed, CodeRow::Mark::Added};
    return kMarks[static_cast<std::size_t>(kind)];
}

/// One side of a difference: its rows, in order, and fillers between them.
class Side
{
public:
    Side(const std::vector<TextRow> &rows, Language language)
        : m_rows(rows)
        , m_highlighter(language)
    {}

    CodeRow take(std::uint32_t line, DiffRow::Kind kind)
    {
        if (line == DiffRow::kNoLine) {
            return {.text = {}, .label = {}, .mark = CodeRow::Mark::Filler};
        }
        CodeRow row = codeRow(m_rows[line], m_highlighter);
        row.mark = markOf(kind);
        return row;
    }

private:
    const std::vector<TextRow> &m_rows;
    Highlighter m_highlighter;
};

} // namespace

std::vector<CodeRow> codeRows(std::string_view text, Language language)
{
    Highlighter highlighter(language);
    std::vector<CodeRow> rows;
    for (const TextRow &row : rowsOf(text)) {
        rows.push_back(codeRow(row, highlighter));
    }
    return rows;
}

std::vector<CodeRow> hexRows(std::string_view bytes)
{
    constexpr std::size_t kWidth = 16;
    std::vector<CodeRow> rows;
    rows.reserve(bytes.size() / kWidth + 1);
    for (std::size_t at = 0; at < bytes.size(); at += kWidth) {
        rows.push_back({hexText(bytes.substr(at, kWidth), kWidth), offsetText(at)});
    }
    return rows;
}

Result<SideBySide> sideBySide(std::string_view before,
                              std::string_view after,
                              Language language,
                              const Monitor &monitor)
{
    const std::vector<TextRow> left = rowsOf(before);
    const std::vector<TextRow> right = rowsOf(after);
    const auto diff = diffLines(textsOf(left), textsOf(right), monitor);
    if (!diff) {
        return std::unexpected(diff.error());
    }
    SideBySide sides;
    sides.isExact = diff->isExact;
    Side beforeSide(left, language);
    Side afterSide(right, language);
    bool isInChange = false;
    for (const DiffRow &row : diff->rows) {
        CodeRow old = beforeSide.take(row.before, row.kind);
        CodeRow now = afterSide.take(row.after, row.kind);
        if (row.kind == DiffRow::Kind::Changed) {
            std::tie(old.changes, now.changes) = diffWords(old.text, now.text);
        }
        const bool isChange = row.kind != DiffRow::Kind::Same;
        if (isChange && !isInChange) {
            sides.places.push_back(static_cast<std::uint32_t>(sides.before.size()));
        }
        isInChange = isChange;
        sides.removed += isChange && row.before != DiffRow::kNoLine ? 1 : 0;
        sides.added += isChange && row.after != DiffRow::kNoLine ? 1 : 0;
        sides.before.push_back(std::move(old));
        sides.after.push_back(std::move(now));
    }
    return sides;
}

} // namespace cutaway
