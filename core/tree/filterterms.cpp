// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/filterterms.h"

#include "core/base/text.h"

#include <charconv>
#include <chrono>
#include <limits>
#include <string>
#include <utility>

namespace cutaway::filter {

namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

/// ">=" of ">=1kB", which leaves "1kB"; "=" where there is none.
std::string_view takeSign(std::string_view &text)
{
    for (const std::string_view sign : {">=", "<=", ">", "<", "="}) {
        if (text.starts_with(sign)) {
            text.remove_prefix(sign.size());
            return sign;
        }
    }
    return "=";
}

/// The first second of a year, a month or a day in UTC, and the first one behind it.
std::optional<std::pair<std::int64_t, std::int64_t>> parsePeriod(std::string_view text)
{
    namespace chrono = std::chrono;
    constexpr std::size_t kYearDigits = 4;
    const std::vector<std::string_view> parts = splitAt(text, '-');
    const auto yearNumber = parseNumber(parts[0]);
    const auto monthNumber = parts.size() > 1 ? parseNumber(parts[1]) : 1;
    const auto dayNumber = parts.size() > 2 ? parseNumber(parts[2]) : 1;
    constexpr unsigned kMostMonths = 12;
    constexpr unsigned kMostDays = 31;
    if (parts.size() > 3 || parts[0].size() != kYearDigits || !yearNumber || !monthNumber
        || !dayNumber || *monthNumber > kMostMonths || *dayNumber > kMostDays) {
        return std::nullopt;
    }
    const chrono::year_month_day first(chrono::year(static_cast<int>(*yearNumber)),
                                       chrono::month(static_cast<unsigned>(*monthNumber)),
                                       chrono::day(static_cast<unsigned>(*dayNumber)));
    if (!first.ok()) {
        return std::nullopt;
    }
    const chrono::year_month_day next =
        parts.size() == 1   ? first + chrono::years(1)
        : parts.size() == 2 ? first + chrono::months(1)
                            : chrono::year_month_day(chrono::sys_days(first) + chrono::days(1));
    const auto secondsOf = [](const chrono::year_month_day &date) {
        return std::int64_t{
            chrono::duration_cast<chrono::seconds>(chrono::sys_days(date).time_since_epoch())
                .count()};
    };
    return std::pair(secondsOf(first), secondsOf(next));
}

} // namespace

std::vector<std::string_view> splitAt(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(at + 1);
    }
}

std::optional<std::uint64_t> parseNumber(std::string_view text, int base)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

Result<FilterTerm> sizeTerm(std::string_view text)
{
    FilterTerm term;
    term.kind = FilterTerm::Kind::Size;
    std::string_view digits = text;
    const std::string_view sign = takeSign(digits);
    if (digits.empty()) {
        return fail(ErrorCode::InvalidInput,
                    "A size is missing. Write it like size>10MB or size<4kB.");
    }
    const auto bytes = parseBytes(digits);
    if (!bytes) {
        return fail(ErrorCode::InvalidInput,
                    "“" + displayText(digits)
                        + "” is no size. Write it like size>10MB or size<4kB.");
    }
    std::pair<std::uint64_t, std::uint64_t> range{*bytes, *bytes};
    if (sign == ">=") {
        range.second = kMost;
    } else if (sign == ">") {
        range = *bytes == kMost ? std::pair{kMost, std::uint64_t{0}} : std::pair{*bytes + 1, kMost};
    } else if (sign == "<=") {
        range.first = 0;
    } else if (sign == "<") {
        range = *bytes == 0 ? std::pair{kMost, std::uint64_t{0}}
                            : std::pair{std::uint64_t{0}, *bytes - 1};
    }
    term.ranges.push_back(range);
    return term;
}

Result<FilterTerm> timeTerm(std::string_view text)
{
    using Limits = std::numeric_limits<std::int64_t>;
    std::string_view date = text;
    const std::string_view sign = takeSign(date);
    const auto period = parsePeriod(date);
    if (!period) {
        return fail(ErrorCode::InvalidInput,
                    "“" + displayText(date)
                        + "” is no date. Write it like mtime<2024 or mtime>=2024-05-01.");
    }
    FilterTerm term;
    term.kind = FilterTerm::Kind::Time;
    term.time = {period->first, period->second - 1};
    if (sign == "<") {
        term.time = {Limits::min(), period->first - 1};
    } else if (sign == "<=") {
        term.time.first = Limits::min();
    } else if (sign == ">") {
        term.time = {period->second, Limits::max()};
    } else if (sign == ">=") {
        term.time.second = Limits::max();
    }
    return term;
}

} // namespace cutaway::filter
