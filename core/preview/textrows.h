// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a file of an image is and holds, for people who look inside: told by its bytes, bounded,
/// without an opinion. Nothing here draws.
namespace cutaway {

enum class TextEncoding : std::uint8_t { Utf8, Utf8Mark, Utf16Little, Utf16Big, Latin1 };

/// "UTF-8", "UTF-16 (little endian)" …
[[nodiscard]] std::string_view encodingName(TextEncoding encoding);

struct DecodedText
{
    TextEncoding encoding = TextEncoding::Utf8;
    std::string text; ///< UTF-8, without the mark at the start
};

/// The bytes as text: UTF-8, UTF-16 where a mark says so, else each byte a letter (Latin-1).
/// Nothing when they are no text. `isWhole` is false when the file goes on behind them: then a
/// letter that is cut in two is left out.
[[nodiscard]] std::optional<DecodedText> decodeText(std::string_view bytes, bool isWhole);

/// A line, or a part of a long one.
struct TextRow
{
    std::string text;         ///< as it is, without the end of the line
    std::uint32_t number = 1; ///< of its line, from 1
    bool isFirst = true;      ///< not the continuation of the row before
};

/// Lines end in LF or CR LF; those over limits::kPreviewRowBytes are cut, between letters.
[[nodiscard]] std::vector<TextRow> rowsOf(std::string_view text);

/// A row as it may be shown: tabs stay, all else that would act on the screen is escaped.
struct ShownRow
{
    struct Mark
    {
        std::uint32_t at = 0; ///< bytes
        std::uint32_t length = 0;
    };
    std::string text;
    std::vector<Mark> escapes; ///< what stands for something else
};
[[nodiscard]] ShownRow showRow(std::string_view text);

} // namespace cutaway
