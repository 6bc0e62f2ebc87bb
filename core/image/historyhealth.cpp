// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/historyhealth.h"

#include "core/image/gotext.h"
#include "core/image/historyarguments.h"
#include "core/image/historyshell.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <vector>

namespace cutaway::history {

namespace {

struct HealthOption
{
    std::string_view member; ///< of Go's structure
    std::string_view option; ///< of the instruction
};

constexpr std::array<HealthOption, 5> kOptions = {{
    {"Interval", "interval"},
    {"Timeout", "timeout"},
    {"StartPeriod", "start-period"},
    {"StartInterval", "start-interval"},
    {"Retries", "retries"},
}};

/// `"30s"`, `'\x03'` or a bare word, whichever stands there.
std::optional<std::string> takeValue(std::string_view &text)
{
    text = trimmed(text);
    if (auto quoted = takeGoString(text)) {
        return quoted;
    }
    if (const auto rune = takeGoRune(text)) {
        return std::to_string(*rune);
    }
    const std::size_t end = std::min(text.find_first_of(" }"), text.size());
    if (end == 0) {
        return std::nullopt;
    }
    std::string word(text.substr(0, end));
    text.remove_prefix(end);
    return word;
}

/// Nanoseconds are what Go's structure holds; a Dockerfile wants a unit.
std::string duration(const std::string &value)
{
    std::int64_t nanoseconds = 0;
    const char *const end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, nanoseconds);
    if (error != std::errc() || stop != end) {
        return value;
    }
    constexpr std::int64_t kPerMillisecond = 1'000'000;
    constexpr std::int64_t kPerSecond = 1'000'000'000;
    if (nanoseconds % kPerSecond == 0) {
        return std::to_string(nanoseconds / kPerSecond) + "s";
    }
    return nanoseconds % kPerMillisecond == 0 ? std::to_string(nanoseconds / kPerMillisecond) + "ms"
                                              : std::to_string(nanoseconds) + "ns";
}

void addOption(std::string_view option, const std::string &value, std::string &into)
{
    const std::string text = option == "retries" ? value : duration(value);
    if (text != "0" && text != "0s") {
        into += "--" + std::string(option) + "=" + text + " ";
    }
}

std::optional<std::string> testText(const std::vector<std::string> &test)
{
    if (test.empty()) {
        return std::nullopt;
    }
    const std::vector<std::string> rest(test.begin() + 1, test.end());
    if (test.front() == "NONE") {
        return "NONE";
    }
    if (test.front() == "CMD") {
        return "CMD " + execForm(rest);
    }
    if (test.front() == "CMD-SHELL" && rest.size() == 1) {
        return "CMD " + rest.front();
    }
    return std::nullopt;
}

/// `["CMD-SHELL" "x"] "30s" "3s" "0s" '\x03'`: values by their place. Older builders know no start
/// interval, so that four values are without it.
std::optional<std::string> ofPlaces(std::string_view body)
{
    std::string_view rest = body;
    const auto test = takeQuotedList(rest);
    const auto command = test ? testText(*test) : std::nullopt;
    if (!command) {
        return std::nullopt;
    }
    std::vector<std::string> values;
    while (values.size() < kOptions.size()) {
        auto value = takeValue(rest);
        if (!value) {
            break;
        }
        values.push_back(std::move(*value));
    }
    if (values.size() == kOptions.size() - 1) {
        values.insert(values.begin() + 3, "0s");
    }
    std::string text;
    for (std::size_t i = 0; i < values.size() && *command != "NONE"; ++i) {
        addOption(kOptions[i].option, values[i], text);
    }
    return text + *command;
}

/// `Test:[CMD-SHELL x y] Interval:30s …`: values by their names, texts without quotes.
std::optional<std::string> ofNames(std::string_view body)
{
    constexpr std::string_view kTest = "Test:[";
    if (!body.starts_with(kTest)) {
        return std::nullopt;
    }
    const std::size_t interval = body.rfind("] Interval:");
    const std::size_t close = interval == std::string_view::npos ? body.rfind(']') : interval;
    if (close == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view inner = trimmed(body.substr(kTest.size(), close - kTest.size()));
    const std::size_t blank = std::min(inner.find(' '), inner.size());
    const std::string_view kind = inner.substr(0, blank);
    const std::string_view command = trimmed(inner.substr(blank));
    if (kind == "NONE") {
        return "NONE";
    }
    if ((kind != "CMD" && kind != "CMD-SHELL") || command.empty()) {
        return std::nullopt;
    }
    std::string text;
    std::string_view rest = body.substr(close + 1);
    for (auto word = takeValue(rest); word; word = takeValue(rest)) {
        for (const HealthOption &row : kOptions) {
            if (word->starts_with(std::string(row.member) + ":")) {
                addOption(row.option, word->substr(row.member.size() + 1), text);
            }
        }
    }
    return text + "CMD " + std::string(command);
}

} // namespace

std::string healthcheckArguments(std::string_view text)
{
    std::string_view body = text;
    if (body.starts_with('&')) {
        body.remove_prefix(1);
    }
    if (body.size() < 2 || body.front() != '{' || body.back() != '}') {
        return std::string(text);
    }
    body = trimmed(body.substr(1, body.size() - 2));
    const auto result = body.starts_with('[') ? ofPlaces(body) : ofNames(body);
    return result.value_or(std::string(text));
}

} // namespace cutaway::history
