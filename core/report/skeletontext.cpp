// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/skeletontext.h"

#include "core/base/ascii.h"
#include "core/base/text.h"

#include <algorithm>

namespace cutaway::skeletontext {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isOneOf(char c, std::string_view set)
{
    return set.contains(c);
}

std::string ansiQuoted(std::string_view text)
{
    std::string word = "$'";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\'' || c == '\\') {
            word += '\\';
            word += c;
        } else if (byte < 0x20 || byte >= 0x7F) {
            word += '\\';
            for (const int shift : {6, 3, 0}) {
                word += static_cast<char>('0' + ((byte >> shift) & 7));
            }
        } else {
            word += c;
        }
    }
    return word + '\'';
}

/// The code point at `at` of valid UTF-8; `at` moves behind it.
char32_t next(std::string_view text, std::size_t &at)
{
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    char32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i) {
        code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    at += length;
    return code;
}

void appendHex(std::string &out, std::string_view sign, char32_t code, int digits)
{
    out += sign;
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        out += kHexDigits[(code >> shift) & 15];
    }
}

} // namespace

std::string shellWord(std::string_view text)
{
    const bool isPlain = !text.empty() && std::ranges::all_of(text, [](char c) {
        return isAlphanumeric(c) || isOneOf(c, "_./:@%+=,-");
    });
    if (isPlain) {
        return std::string(text);
    }
    if (displayText(text) != text) {
        return ansiQuoted(text);
    }
    std::string word = "'";
    for (const char c : text) {
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return word + '\'';
}

std::string yamlString(std::string_view text)
{
    const std::string valid = replaceBadUtf8(text);
    std::string out = "\"";
    for (std::size_t at = 0; at < valid.size();) {
        const char32_t code = next(valid, at);
        if (code == '"' || code == '\\') {
            out += '\\';
            out += static_cast<char>(code);
        } else if (code >= 0x20 && code < 0x7F) {
            out += static_cast<char>(code);
        } else if (code < 0x100) {
            appendHex(out, "\\x", code, 2);
        } else if (code < 0x10000) {
            appendHex(out, "\\u", code, 4);
        } else {
            appendHex(out, "\\U", code, 8);
        }
    }
    return out + '"';
}

std::string composeString(std::string_view text)
{
    std::string doubled;
    for (const char c : text) {
        doubled += c == '$' ? "$$" : std::string(1, c);
    }
    return yamlString(doubled);
}

std::string csvField(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        return std::string(text);
    }
    std::string field = "\"";
    for (const char c : text) {
        field += c == '"' ? "\"\"" : std::string(1, c);
    }
    return field + '"';
}

std::string dnsLabel(std::string_view text)
{
    constexpr std::size_t kMost = 50;
    std::string label;
    for (const char c : text) {
        const char lower = asciiLower(c);
        if (isAlphanumeric(lower)) {
            label += lower;
        } else if (!label.empty() && label.back() != '-') {
            label += '-';
        }
    }
    label.resize(std::min(label.size(), kMost));
    while (label.ends_with('-')) {
        label.pop_back();
    }
    return label.empty() ? "app" : label;
}

bool isImageName(std::string_view text)
{
    return !text.empty() && isAlphanumeric(text.front()) && std::ranges::all_of(text, [](char c) {
        return isAlphanumeric(c) || isOneOf(c, "_./:@-");
    });
}

} // namespace cutaway::skeletontext
