// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/historyshell.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <system_error>

namespace cutaway::history {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Where a pair `name=value` may begin in `text` outside of quotes, as far as the shell behind
/// them.
struct PairPlaces
{
    std::vector<std::size_t> begins;
    std::size_t end = 0; ///< of the last value
    bool endsAtShell = false;
};

/// Shells and their flags are looked for in so many bytes, so that a long text of shells takes no
/// long time.
constexpr std::size_t kShellBytes = 4096;

bool isShellAt(std::string_view rest)
{
    std::string_view line = rest.substr(0, kShellBytes);
    return !takeShell(line).empty();
}

PairPlaces pairPlaces(std::string_view text)
{
    PairPlaces places;
    bool atWord = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isBlank(text[i])) {
            atWord = true;
            continue;
        }
        if (!atWord) {
            continue;
        }
        atWord = false;
        if (!places.begins.empty() && isShellAt(text.substr(i))) {
            places.end = i;
            places.endsAtShell = true;
            return places;
        }
        if (beginsPair(text.substr(i))) {
            places.begins.push_back(i);
        }
    }
    places.end = text.size();
    return places;
}

bool isUpperName(std::string_view pair)
{
    const std::string_view name = pair.substr(0, pair.find('='));
    return std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Leaves `count` of the places: names in capitals when those are as many, else the first ones.
void keepPlaces(std::string_view text, std::size_t count, std::vector<std::size_t> &begins)
{
    if (begins.size() <= count) {
        return;
    }
    std::vector<std::size_t> upper;
    std::ranges::copy_if(begins, std::back_inserter(upper), [text](std::size_t at) {
        return isUpperName(text.substr(at));
    });
    if (upper.size() == count && upper.front() == begins.front()) {
        begins = std::move(upper);
    } else {
        begins.resize(count);
    }
}

/// With no shell to stop at (`RUN ["a", "b"]`), the last value is one word, or what its quotes
/// enclose.
std::size_t wordEnd(std::string_view text, std::size_t at)
{
    at = text.find('=', at) + 1;
    if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
        const std::size_t close = text.find(text[at], at + 1);
        if (close != std::string_view::npos) {
            at = close;
        }
    }
    while (at < text.size() && !isBlank(text[at])) {
        ++at;
    }
    return at;
}

} // namespace

Pairs takeBuildArgs(std::string_view &line)
{
    if (!line.starts_with('|')) {
        return {};
    }
    std::uint32_t count = 0;
    const char *const end = line.data() + line.size();
    const auto [stop, error] = std::from_chars(line.data() + 1, end, count);
    if (error != std::errc() || stop == end || *stop != ' ') {
        return {};
    }
    const std::string_view text =
        trimmed(line.substr(static_cast<std::size_t>(stop - line.data())));
    PairPlaces places = pairPlaces(text);
    if (count == 0 || places.begins.empty() || places.begins.front() != 0) {
        line = text;
        return {};
    }
    keepPlaces(text, count, places.begins);
    if (!places.endsAtShell) {
        places.end = wordEnd(text, places.begins.back());
    }
    Pairs pairs;
    for (std::size_t i = 0; i < places.begins.size(); ++i) {
        const std::size_t begin = places.begins[i];
        const std::size_t until = i + 1 < places.begins.size() ? places.begins[i + 1] : places.end;
        const std::string_view pair = trimmed(text.substr(begin, until - begin));
        const std::size_t equals = pair.find('=');
        pairs.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    line = trimmed(text.substr(places.end));
    return pairs;
}

} // namespace cutaway::history
