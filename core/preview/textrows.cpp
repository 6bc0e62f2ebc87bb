// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/textrows.h"

#include "core/base/text.h"
#include "core/preview/previewlimits.h"

#include <algorithm>

namespace cutaway {

namespace {

/// More control characters than one in so many, and it is no text.
constexpr std::size_t kLettersForControl = 20;

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80;
}

/// Of the letter that begins with this byte, as UTF-8 has it; 1 for what begins none.
std::size_t letterBytes(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    if (byte >= 0xf0) {
        return 4;
    }
    if (byte >= 0xe0) {
        return 3;
    }
    return byte >= 0xc0 ? 2 : 1;
}

void addLetter(std::string &text, std::uint32_t letter)
{
    const auto add = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (letter < 0x80) {
        add(letter);
    } else if (letter < 0x800) {
        add(0xc0U | letter >> 6U);
        add(0x80U | (letter & 0x3fU));
    } else if (letter < 0x10000) {
        add(0xe0U | letter >> 12U);
        add(0x80U | (letter >> 6U & 0x3fU));
        add(0x80U | (letter & 0x3fU));
    } else {
        add(0xf0U | letter >> 18U);
        add(0x80U | (letter >> 12U & 0x3fU));
        add(0x80U | (letter >> 6U & 0x3fU));
        add(0x80U | (letter & 0x3fU));
    }
}

std::string fromUtf16(std::string_view bytes, bool isBig)
{
    constexpr std::uint32_t kNoLetter = 0xfffd;
    const auto unit = [&](std::size_t at) -> std::uint32_t {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return isBig ? first << 8U | second : second << 8U | first;
    };
    std::string text;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        std::uint32_t letter = unit(at);
        const bool isHigh = letter >= 0xd800 && letter < 0xdc00;
        const std::uint32_t low = isHigh && at + 3 < bytes.size() ? unit(at + 2) : 0;
        if (low >= 0xdc00 && low < 0xe000) {
            letter = 0x10000 + ((letter - 0xd800) << 10U) + (low - 0xdc00);
            at += 2;
        } else if (letter >= 0xd800 && letter < 0xe000) {
            letter = kNoLetter;
        }
        addLetter(text, letter);
    }
    return text;
}

std::string fromLatin1(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        addLetter(text, static_cast<unsigned char>(c));
    }
    return text;
}

/// Without the letter at the end of which the rest is missing.
std::string_view withoutCutLetter(std::string_view bytes)
{
    std::size_t at = bytes.size();
    while (at > 0 && bytes.size() - at < 3 && isContinuation(bytes[at - 1])) {
        --at;
    }
    const bool isCut = at > 0 && letterBytes(bytes[at - 1]) > bytes.size() - at + 1;
    return isCut ? bytes.substr(0, at - 1) : bytes;
}

bool looksLikeText(std::string_view bytes)
{
    std::size_t controls = 0;
    for (const char c : bytes) {
        if (c == '\0') {
            return false;
        }
        const bool isUsual =
            c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\b' || c == '\x1b';
        controls += (static_cast<unsigned char>(c) < 0x20 && !isUsual) || c == '\x7f' ? 1 : 0;
    }
    return controls * kLettersForControl <= bytes.size();
}

} // namespace

std::string_view encodingName(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8: return "UTF-8";
    case TextEncoding::Utf8Mark: return "UTF-8 with a byte order mark";
    case TextEncoding::Utf16Little: return "UTF-16 (little endian)";
    case TextEncoding::Utf16Big: return "UTF-16 (big endian)";
    case TextEncoding::Latin1: return "no UTF-8, read as Latin-1";
    }
    return "";
}

std::optional<DecodedText> decodeText(std::string_view bytes, bool isWhole)
{
    if (bytes.starts_with("\xff\xfe")) {
        return DecodedText{TextEncoding::Utf16Little, fromUtf16(bytes.substr(2), false)};
    }
    if (bytes.starts_with("\xfe\xff")) {
        return DecodedText{TextEncoding::Utf16Big, fromUtf16(bytes.substr(2), true)};
    }
    if (!looksLikeText(bytes)) {
        return std::nullopt;
    }
    const bool isMarked = bytes.starts_with("\xef\xbb\xbf");
    std::string_view letters = isMarked ? bytes.substr(3) : bytes;
    letters = isWhole ? letters : withoutCutLetter(letters);
    if (isUtf8(letters)) {
        return DecodedText{isMarked ? TextEncoding::Utf8Mark : TextEncoding::Utf8,
                           std::string(letters)};
    }
    return DecodedText{TextEncoding::Latin1, fromLatin1(bytes)};
}

std::vector<TextRow> rowsOf(std::string_view text)
{
    std::vector<TextRow> rows;
    std::uint32_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        ++number;
        bool isFirst = true;
        while (isFirst || !line.empty()) {
            std::size_t cut = std::min(line.size(), limits::kPreviewRowBytes);
            while (cut < line.size() && cut > 1 && isContinuation(line[cut])) {
                --cut;
            }
            rows.push_back({std::string(line.substr(0, cut)), number, isFirst});
            line.remove_prefix(cut);
            isFirst = false;
        }
    }
    return rows;
}

ShownRow showRow(std::string_view text)
{
    ShownRow row{displayLines(text), {}};
    if (row.text == text) {
        return row;
    }
    row.text.clear();
    while (!text.empty()) {
        const std::size_t bytes = std::min(letterBytes(text.front()), text.size());
        const std::string shown = displayLines(text.substr(0, bytes));
        if (shown != text.substr(0, bytes)) {
            row.escapes.push_back({static_cast<std::uint32_t>(row.text.size()),
                                   static_cast<std::uint32_t>(shown.size())});
        }
        row.text += shown;
        text.remove_prefix(bytes);
    }
    return row;
}

} // namespace cutaway
