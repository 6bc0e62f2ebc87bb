// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace cutaway {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

struct Decoded
{
    char32_t code = 0;
    std::size_t length = 1;
    bool valid = false;
};

/// One character of UTF-8 (RFC 3629: no overlong forms, no surrogates).
Decoded decode(std::string_view bytes, std::size_t at)
{
    const auto byteAt = [&](std::size_t i) -> std::uint32_t {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    const std::uint32_t first = byteAt(at);
    if (first < 0x80) {
        return {first, 1, true};
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4) {
        return {};
    }
    char32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const std::uint32_t next = byteAt(at + i);
        if ((next & 0xC0U) != 0x80) {
            return {};
        }
        code = (code << 6) | (next & 0x3FU);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (overlong || surrogate || code > 0x10FFFF) {
        return {};
    }
    return {code, length, true};
}

/// Characters that change how their neighbours are read, or that cannot be seen at all.
bool isDeceptive(char32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x061C || code == 0x200B
           || (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E)
           || (code >= 0x2060 && code <= 0x2069) || code == 0xFEFF
           || (code >= 0xFFF9 && code <= 0xFFFB) || (code >= 0xE0000 && code <= 0xE007F);
}

void appendHexByte(std::string &out, unsigned char byte)
{
    out += "\\x";
    out += kHexDigits[byte >> 4];
    out += kHexDigits[byte & 15];
}

void appendEscape(std::string &out, char32_t code)
{
    switch (code) {
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
    }
    if (code < 0x100) {
        appendHexByte(out, static_cast<unsigned char>(code));
        return;
    }
    const int digits = code > 0xFFFF ? 6 : 4;
    out += code > 0xFFFF ? "\\U" : "\\u";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        out += kHexDigits[(code >> shift) & 15];
    }
}

std::string escaped(std::string_view bytes, bool keepLines)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const Decoded character = decode(bytes, at);
        if (!character.valid) {
            appendHexByte(out, static_cast<unsigned char>(bytes[at]));
            ++at;
            continue;
        }
        const bool kept = keepLines && (character.code == '\n' || character.code == '\t');
        if (isDeceptive(character.code) && !kept) {
            appendEscape(out, character.code);
        } else {
            out.append(bytes.substr(at, character.length));
        }
        at += character.length;
    }
    return out;
}

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

} // namespace

std::string formatBytes(std::uint64_t bytes)
{
    if (bytes < 1000) {
        return std::to_string(bytes) + " B";
    }
    static constexpr std::array<const char *, 6> kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
    double value = static_cast<double>(bytes) / 1000.0;
    std::size_t unit = 0;
    // 999.5 would print as "1000": it belongs to the next unit.
    while (value >= 999.5 && unit + 1 < kUnits.size()) {
        value /= 1000.0;
        ++unit;
    }
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    std::array<char, 32> text = {};
    std::snprintf(text.data(), text.size(), "%.*f %s", decimals, value, kUnits[unit]);
    return text.data();
}

std::string formatNumber(std::uint64_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}

std::string formatCount(std::uint64_t count, std::string_view one, std::string_view many)
{
    return formatNumber(count) + " " + std::string(count == 1 ? one : many);
}

std::string formatTime(std::int64_t seconds, std::uint32_t nanoseconds)
{
    using std::chrono::days;
    using std::chrono::floor;
    using std::chrono::hh_mm_ss;
    using std::chrono::sys_days;
    using std::chrono::sys_seconds;
    using std::chrono::year_month_day;
    // 0000-01-01 and 9999-12-31: what RFC 3339 can write.
    if (seconds < -62167219200 || seconds > 253402300799) {
        return {};
    }
    const sys_seconds moment{std::chrono::seconds{seconds}};
    const sys_days day = floor<days>(moment);
    const year_month_day date{day};
    const hh_mm_ss clock{moment - day};
    std::array<char, 64> text = {};
    std::snprintf(text.data(),
                  text.size(),
                  "%04d-%02u-%02uT%02d:%02d:%02d",
                  static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    std::string out = text.data();
    if (nanoseconds != 0 && nanoseconds < 1'000'000'000) {
        std::snprintf(text.data(), text.size(), ".%09u", nanoseconds);
        std::string fraction = text.data();
        fraction.erase(fraction.find_last_not_of('0') + 1);
        out += fraction;
    }
    return out + "Z";
}

std::string formatMode(std::uint32_t mode)
{
    std::array<char, 16> text = {};
    std::snprintf(text.data(), text.size(), "%04o", mode & 07777U);
    return text.data();
}

bool isUtf8(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const Decoded character = decode(bytes, at);
        if (!character.valid) {
            return false;
        }
        at += character.length;
    }
    return true;
}

std::string replaceBadUtf8(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const Decoded character = decode(bytes, at);
        if (character.valid) {
            out.append(bytes.substr(at, character.length));
        } else {
            out += "\xEF\xBF\xBD";
        }
        at += character.length;
    }
    return out;
}

std::string displayText(std::string_view bytes)
{
    return escaped(bytes, false);
}

std::string displayLines(std::string_view bytes)
{
    return escaped(bytes, true);
}

JsonName jsonName(std::string_view bytes)
{
    if (isUtf8(bytes)) {
        return {std::string(bytes), true};
    }
    JsonName name{{}, false};
    for (std::size_t at = 0; at < bytes.size();) {
        const Decoded character = decode(bytes, at);
        if (!character.valid) {
            appendHexByte(name.text, static_cast<unsigned char>(bytes[at]));
        } else if (character.code == '\\') {
            name.text += "\\\\";
        } else {
            name.text.append(bytes.substr(at, character.length));
        }
        at += character.length;
    }
    return name;
}

std::string base64(std::string_view bytes)
{
    static constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        for (std::size_t i = 0; i < 3; ++i) {
            group = (group << 8) | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            out += i <= count ? kAlphabet[(group >> (18 - 6 * i)) & 63] : '=';
        }
    }
    return out;
}

std::optional<std::uint64_t> parseBytes(std::string_view text)
{
    const auto trim = [](std::string_view part) {
        const std::size_t first = part.find_first_not_of(" \t");
        return first == std::string_view::npos
                   ? std::string_view{}
                   : part.substr(first, part.find_last_not_of(" \t") - first + 1);
    };
    text = trim(text);
    double value = 0;
    const auto [end, problem] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (problem != std::errc() || value < 0 || !std::isfinite(value)) {
        return std::nullopt;
    }
    std::string unit(trim(text.substr(static_cast<std::size_t>(end - text.data()))));
    std::ranges::transform(unit, unit.begin(), asciiLower);
    static constexpr std::string_view kPrefixes = "kmgtpe";
    double factor = 1;
    if (!unit.empty() && unit != "b") {
        const std::size_t power = kPrefixes.find(unit[0]);
        const std::string rest = unit.substr(1);
        if (power == std::string_view::npos
            || (!rest.empty() && rest != "b" && rest != "i" && rest != "ib")) {
            return std::nullopt;
        }
        const bool binary = rest.starts_with('i');
        factor = std::pow(binary ? 1024.0 : 1000.0, static_cast<double>(power + 1));
    }
    const double bytes = value * factor;
    if (bytes >= 18446744073709551615.0) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(bytes);
}

std::string nearestWord(std::string_view word, const std::vector<std::string> &offered)
{
    std::string best;
    std::size_t bestDistance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string &candidate : offered) {
        const std::size_t distance = editDistance(word, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace cutaway
