// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Decimal size as docker prints it: "0 B", "512 B", "12.4 MB" (three significant digits at the
/// most).
[[nodiscard]] std::string formatBytes(std::uint64_t bytes);
/// "1 file", "2 files", "12,345 files": count with thousands separators and the right form of the
/// noun.
[[nodiscard]] std::string formatCount(std::uint64_t count,
                                      std::string_view one,
                                      std::string_view many);
/// 1234567 → "1,234,567".
[[nodiscard]] std::string formatNumber(std::uint64_t number);
/// RFC 3339 in UTC, with a fraction only where `nanoseconds` is not 0: "2024-05-01T10:00:00.5Z".
/// Years beyond 0000–9999 give an empty text.
[[nodiscard]] std::string formatTime(std::int64_t seconds, std::uint32_t nanoseconds);
/// Four octal digits: "0755".
[[nodiscard]] std::string formatMode(std::uint32_t mode);

[[nodiscard]] bool isUtf8(std::string_view bytes);
/// Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string replaceBadUtf8(std::string_view bytes);

/// For every place where a person reads text out of an image: control characters (C0, C1, DEL),
/// bidi controls, line and paragraph separators and bytes that are no UTF-8 become visible escapes
/// (`\n`, `\x1b`, `\u202e`, `\xff`). Backslashes stay as they are.
[[nodiscard]] std::string displayText(std::string_view bytes);
/// The same, but line feeds and tabs are kept.
[[nodiscard]] std::string displayLines(std::string_view bytes);

/// A file name as JSON text: valid UTF-8 as it is; otherwise `text` has `\xNN` for stray bytes and
/// doubled backslashes, and `exact` is false (then `pathBytes` carries the base64 of the bytes).
struct JsonName
{
    std::string text;
    bool exact = true;
};
[[nodiscard]] JsonName jsonName(std::string_view bytes);

[[nodiscard]] std::string base64(std::string_view bytes);

/// "12.5MB", "1GiB", "20 kb" → bytes: decimal unless the unit has an i, letters in any case.
[[nodiscard]] std::optional<std::uint64_t> parseBytes(std::string_view text);

/// The offered word nearest to `word`, when it is near enough to be meant.
[[nodiscard]] std::string nearestWord(std::string_view word,
                                      const std::vector<std::string> &offered);

} // namespace cutaway
