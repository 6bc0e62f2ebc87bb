// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/tree/filter.h"
#include "core/tree/filterwords.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <limits>
#include <optional>

namespace cutaway {

namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

struct Word
{
    std::string text;
    bool quoted = false;
    bool negated = false;
};

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

std::vector<Word> splitWords(std::string_view line)
{
    std::vector<Word> words;
    std::size_t at = 0;
    while (at < line.size()) {
        if (isBlank(line[at])) {
            ++at;
            continue;
        }
        Word word;
        if (line[at] == '!' && at + 1 < line.size() && !isBlank(line[at + 1])) {
            word.negated = true;
            ++at;
        }
        if (line[at] == '"') {
            const std::size_t end = std::min(line.find('"', at + 1), line.size());
            word.text = line.substr(at + 1, end - at - 1);
            word.quoted = true;
            at = end + 1;
        } else {
            const std::size_t start = at;
            while (at < line.size() && !isBlank(line[at])) {
                ++at;
            }
            word.text = line.substr(start, at - start);
        }
        if (!word.text.empty()) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), filter::lower);
    return lower;
}

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

std::optional<std::uint64_t> parseNumber(std::string_view text, int base = 10)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

std::unexpected<Error> failWith(std::string message)
{
    return fail(ErrorCode::InvalidInput, std::move(message));
}

FilterTerm textTerm(const Word &word)
{
    FilterTerm term;
    const bool isGlob = !word.quoted && word.text.find_first_of("*?[") != std::string::npos;
    term.kind = isGlob ? FilterTerm::Kind::Glob : FilterTerm::Kind::Text;
    term.onPath = word.text.find('/') != std::string::npos;
    term.ignoresCase = std::ranges::none_of(word.text, [](char c) { return c >= 'A' && c <= 'Z'; });
    term.text = word.text;
    if (isGlob && term.onPath && !term.text.starts_with('/') && !term.text.starts_with("**")) {
        term.text.insert(0, "**/"); // "lib/*.so" is meant anywhere
    }
    return term;
}

/// `/…/` is an expression when something in it can only be meant so; `/etc/apt/` is a path.
bool looksLikeRegex(std::string_view text)
{
    return text.size() > 2 && text.starts_with('/') && text.ends_with('/')
           && text.find_first_of("^$*+?()[]{}|\\") != std::string_view::npos;
}

Result<FilterTerm> regexTerm(std::string_view pattern, const RegexCompiler &regex)
{
    if (!regex) {
        return failWith("regular expressions are not understood here");
    }
    auto test = regex(pattern);
    if (!test) {
        return std::unexpected(test.error());
    }
    FilterTerm term;
    term.kind = FilterTerm::Kind::Regex;
    term.onPath = pattern.find('/') != std::string_view::npos;
    term.test = *std::move(test);
    return term;
}

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

/// `>10MB`, `>=1kB`, `<5`, `=0`.
Result<FilterTerm> sizeTerm(std::string_view text)
{
    FilterTerm term;
    term.kind = FilterTerm::Kind::Size;
    std::string_view digits = text;
    const std::string_view sign = takeSign(digits);
    if (digits.empty()) {
        return failWith("A size is missing. Write it like size>10MB or size<4kB.");
    }
    const auto bytes = parseBytes(digits);
    if (!bytes) {
        return failWith("“" + displayText(digits)
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

/// `<2024`, `>=2024-05`, `=2024-05-01`.
Result<FilterTerm> timeTerm(std::string_view text)
{
    using Limits = std::numeric_limits<std::int64_t>;
    std::string_view date = text;
    const std::string_view sign = takeSign(date);
    const auto period = parsePeriod(date);
    if (!period) {
        return failWith("“" + displayText(date)
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

Result<FilterTerm> layerTerm(std::string_view value)
{
    FilterTerm term;
    term.kind = FilterTerm::Kind::Layer;
    for (const std::string_view part : splitAt(value, ',')) {
        const std::size_t dash = part.find('-');
        const auto first = parseNumber(part.substr(0, dash));
        const auto last =
            dash == std::string_view::npos ? first : parseNumber(part.substr(dash + 1));
        if (!first || !last) {
            return failWith("“" + displayText(part)
                            + "” is no layer. Write layer:3, layer:1,4 or layer:2-5.");
        }
        term.ranges.emplace_back(*first, *last);
    }
    return term;
}

Result<FilterTerm> ownerTerm(std::string_view value)
{
    FilterTerm term;
    term.kind = FilterTerm::Kind::Owner;
    for (const std::string_view part : splitAt(value, ':')) {
        const auto id = parseNumber(part);
        if (!id || term.ranges.size() == 2) {
            return failWith("“" + displayText(value)
                            + "” is no owner. Write a user id, owner:0, or both ids, owner:0:42.");
        }
        term.ranges.emplace_back(*id, *id);
    }
    return term;
}

Result<FilterTerm> modeTerm(std::string_view value)
{
    const auto mode = parseNumber(value, 8);
    if (!mode || *mode > 07777) {
        return failWith("“" + displayText(value) + "” is no mode. Write it in octal, mode:4755.");
    }
    FilterTerm term;
    term.kind = FilterTerm::Kind::Mode;
    term.ranges.emplace_back(*mode, *mode);
    return term;
}

Result<FilterTerm> wordsTerm(FilterTerm::Kind kind,
                             std::string_view value,
                             std::span<const filter::NamedBit> words)
{
    FilterTerm term;
    term.kind = kind;
    for (const std::string_view part : splitAt(value, ',')) {
        const std::string wanted = lowerCase(part);
        const auto found =
            std::ranges::find(words, std::string_view(wanted), &filter::NamedBit::word);
        if (found == words.end()) {
            std::string offered;
            for (const filter::NamedBit &word : words) {
                if (!word.isAlias) {
                    offered += (offered.empty() ? "" : ", ") + std::string(word.word);
                }
            }
            return failWith("“" + displayText(part) + "” is not known here. Choose from: " + offered
                            + ".");
        }
        term.mask |= found->bits;
    }
    return term;
}

/// The term of `key` and what follows it; nothing when the key is none of ours.
std::optional<Result<FilterTerm>> keyTerm(std::string_view key,
                                          std::string_view value,
                                          const RegexCompiler &regex)
{
    if (key == "size") {
        return sizeTerm(value);
    }
    if (key == "mtime") {
        return timeTerm(value);
    }
    if (key == "layer") {
        return layerTerm(value);
    }
    if (key == "type") {
        return wordsTerm(FilterTerm::Kind::Type, value, filter::typeWords());
    }
    if (key == "change") {
        return wordsTerm(FilterTerm::Kind::Change, value, filter::changeWords());
    }
    if (key == "owner") {
        return ownerTerm(value);
    }
    if (key == "mode") {
        return modeTerm(value);
    }
    if (key == "regex") {
        return regexTerm(value, regex);
    }
    if (key == "name" || key == "path") {
        FilterTerm term = textTerm({.text = std::string(value)});
        term.onPath = term.onPath || key == "path";
        return term;
    }
    return std::nullopt;
}

Result<FilterTerm> termOf(const Word &word, const RegexCompiler &regex)
{
    if (word.quoted) {
        return textTerm(word);
    }
    const std::string_view text = word.text;
    if (looksLikeRegex(text)) {
        return regexTerm(text.substr(1, text.size() - 2), regex);
    }
    const std::size_t at = text.find_first_of(":<>=");
    if (at == std::string_view::npos || at == 0) {
        return textTerm(word);
    }
    const std::string key = lowerCase(text.substr(0, at));
    const bool isMeasured = key == "size" || key == "mtime";
    const bool takesSign = isMeasured && text[at] != ':';
    const std::string_view value = text.substr(takesSign ? at : at + 1);
    if (text[at] == ':' || takesSign) {
        if (value.empty()) {
            return failWith("Something is missing after “" + displayText(text) + "”.");
        }
        if (auto term = keyTerm(key, value, regex)) {
            return *std::move(term);
        }
        static const std::vector<std::string> kKeys = {
            "size", "layer", "type", "change", "owner", "mode", "mtime", "regex", "name", "path"};
        const std::string meant = nearestWord(key, kKeys);
        if (!meant.empty()) {
            return failWith("“" + displayText(key) + ":” is not known. Did you mean “" + meant
                            + ":”?");
        }
    }
    return textTerm(word);
}

} // namespace

bool FileFilter::isNamesOnly() const
{
    return std::ranges::all_of(
        terms, [](const FilterTerm &term) { return term.isText() && !term.negated; });
}

bool FileFilter::asksForType() const
{
    return std::ranges::any_of(
        terms, [](const FilterTerm &term) { return term.kind == FilterTerm::Kind::Type; });
}

Result<FileFilter> parseFileFilter(std::string_view text, const RegexCompiler &regex)
{
    FileFilter filter;
    for (const Word &word : splitWords(text)) {
        auto term = termOf(word, regex);
        if (!term) {
            return std::unexpected(term.error());
        }
        term->negated = word.negated;
        filter.terms.push_back(*std::move(term));
    }
    std::ranges::sort(filter.terms, {}, &FilterTerm::kind);
    return filter;
}

} // namespace cutaway
