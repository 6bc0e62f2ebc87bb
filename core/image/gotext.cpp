// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/gotext.h"

#include "core/base/text.h"

#include <array>
#include <charconv>
#include <system_error>

namespace cutaway::history {

namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;
constexpr std::uint32_t kLastCharacter = 0x10FFFF;

bool isHighSurrogate(std::uint32_t c)
{
    return c >= 0xD800 && c <= 0xDBFF;
}

bool isLowSurrogate(std::uint32_t c)
{
    return c >= 0xDC00 && c <= 0xDFFF;
}

void appendUtf8(std::uint32_t c, std::string &into)
{
    if (c > kLastCharacter || isHighSurrogate(c) || isLowSurrogate(c)) {
        c = kReplacement;
    }
    if (c < 0x80) {
        into += static_cast<char>(c);
    } else if (c < 0x800) {
        into += static_cast<char>(0xC0 | (c >> 6));
        into += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        into += static_cast<char>(0xE0 | (c >> 12));
        into += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        into += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        into += static_cast<char>(0xF0 | (c >> 18));
        into += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        into += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        into += static_cast<char>(0x80 | (c & 0x3F));
    }
}

std::optional<std::uint32_t> takeDigits(std::string_view &text, std::size_t count, int base)
{
    if (text.size() < count) {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    const std::string_view digits = text.substr(0, count);
    const char *const begin = digits.data();
    const char *const end = begin + digits.size();
    const auto [stop, error] = std::from_chars(begin, end, value, base);
    if (error != std::errc() || stop != end) {
        return std::nullopt;
    }
    text.remove_prefix(count);
    return value;
}

/// A character named by its number, or one byte of the text.
struct Escaped
{
    std::uint32_t value = 0;
    bool isByte = false;
};

std::optional<Escaped> ofDigits(std::string_view &text, std::size_t count, int base, bool isByte)
{
    const auto value = takeDigits(text, count, base);
    return value ? std::optional(Escaped{.value = *value, .isByte = isByte}) : std::nullopt;
}

/// What follows a backslash.
std::optional<Escaped> takeEscape(std::string_view &text)
{
    if (text.empty()) {
        return std::nullopt;
    }
    const char kind = text.front();
    if (kind >= '0' && kind <= '7') {
        return ofDigits(text, 3, 8, true);
    }
    text.remove_prefix(1);
    switch (kind) {
    case 'x': return ofDigits(text, 2, 16, true);
    case 'u': return ofDigits(text, 4, 16, false);
    case 'U': return ofDigits(text, 8, 16, false);
    default: break;
    }
    constexpr std::string_view kLetters = "abfnrtv\\\"'/";
    constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\\"'/";
    const std::size_t place = kLetters.find(kind);
    if (place == std::string_view::npos) {
        return std::nullopt;
    }
    return Escaped{.value = static_cast<unsigned char>(kMeanings[place])};
}

/// JSON writes characters beyond the first plane as two halves.
void joinSurrogates(std::string_view &rest, std::uint32_t &value)
{
    std::string_view ahead = rest;
    if (!isHighSurrogate(value) || !ahead.starts_with("\\u")) {
        return;
    }
    ahead.remove_prefix(2);
    const auto low = takeDigits(ahead, 4, 16);
    if (low && isLowSurrogate(*low)) {
        value = 0x10000 + ((value - 0xD800) << 10) + (*low - 0xDC00);
        rest = ahead;
    }
}

} // namespace

std::optional<std::string> takeGoString(std::string_view &text)
{
    if (!text.starts_with('"')) {
        return std::nullopt;
    }
    std::string result;
    std::string_view rest = text.substr(1);
    while (!rest.empty()) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c == '"') {
            text = rest;
            return replaceBadUtf8(result);
        }
        if (c != '\\') {
            result += c;
            continue;
        }
        auto escaped = takeEscape(rest);
        if (!escaped) {
            return std::nullopt;
        }
        if (escaped->isByte) {
            result += static_cast<char>(static_cast<unsigned char>(escaped->value & 0xFF));
        } else {
            joinSurrogates(rest, escaped->value);
            appendUtf8(escaped->value, result);
        }
    }
    return std::nullopt;
}

std::optional<std::uint32_t> takeGoRune(std::string_view &text)
{
    if (text.size() < 3 || text.front() != '\'') {
        return std::nullopt;
    }
    std::string_view rest = text.substr(1);
    std::uint32_t value = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    if (value == '\\') {
        const auto escaped = takeEscape(rest);
        if (!escaped) {
            return std::nullopt;
        }
        value = escaped->value;
    }
    if (!rest.starts_with('\'')) {
        return std::nullopt;
    }
    text = rest.substr(1);
    return value;
}

std::string jsonString(std::string_view text)
{
    constexpr std::array<char, 16> kDigits = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (c == '\n') {
            result += "\\n";
        } else if (c == '\t') {
            result += "\\t";
        } else if (byte < 0x20) {
            result += "\\u00";
            result += kDigits[byte >> 4];
            result += kDigits[byte & 0xF];
        } else {
            result += c;
        }
    }
    return result + "\"";
}

} // namespace cutaway::history
