// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/ratelimit.h"

#include "core/base/text.h"
#include "core/base/words.h"

#include <charconv>

namespace cutaway {

namespace {

std::optional<std::uint64_t> numberAt(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() ? std::optional(number) : std::nullopt;
}

/// "w=21600" behind a semicolon.
std::uint64_t windowIn(std::string_view text)
{
    for (std::size_t at = text.find(';'); at != std::string_view::npos; at = text.find(';')) {
        text = trimmed(text.substr(at + 1));
        if (text.starts_with("w=")) {
            return numberAt(text.substr(2)).value_or(0);
        }
    }
    return 0;
}

std::string durationText(std::uint64_t seconds)
{
    constexpr std::uint64_t kMinute = 60;
    constexpr std::uint64_t kHour = 3600;
    if (seconds % kHour == 0) {
        return formatCount(seconds / kHour, "hour", "hours");
    }
    return seconds % kMinute == 0 ? formatCount(seconds / kMinute, "minute", "minutes")
                                  : formatCount(seconds, "second", "seconds");
}

} // namespace

std::optional<RateLimit> rateLimitOf(const HttpAnswer &answer)
{
    const std::string_view left = answer.header("ratelimit-remaining");
    const std::string_view all = answer.header("ratelimit-limit");
    const std::optional<std::uint64_t> remaining = numberAt(left);
    if (!remaining) {
        return std::nullopt;
    }
    RateLimit limit;
    limit.remaining = *remaining;
    limit.limit = numberAt(all).value_or(0);
    limit.seconds = windowIn(all.empty() ? left : all);
    return limit;
}

std::string rateLimitText(const RateLimit &limit)
{
    std::string text = formatNumber(limit.remaining);
    if (limit.limit > 0) {
        text += " of " + formatNumber(limit.limit);
    }
    text += " requests left";
    return limit.seconds == 0 ? text : text + " in " + durationText(limit.seconds);
}

} // namespace cutaway
