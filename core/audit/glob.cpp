// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/glob.h"

namespace cutaway {

namespace {

/// Where the alternatives of the first pair of braces begin and end.
struct Braces
{
    std::size_t open = std::string_view::npos;
    std::size_t close = std::string_view::npos;
    std::vector<std::string_view> choices;
};

Braces firstBraces(std::string_view pattern)
{
    Braces braces;
    braces.open = pattern.find('{');
    std::size_t depth = 0;
    std::size_t start = braces.open + 1;
    for (std::size_t at = braces.open; at < pattern.size(); ++at) {
        if (pattern[at] == '{') {
            ++depth;
        } else if (pattern[at] == ',' && depth == 1) {
            braces.choices.push_back(pattern.substr(start, at - start));
            start = at + 1;
        } else if (pattern[at] == '}' && --depth == 0) {
            braces.choices.push_back(pattern.substr(start, at - start));
            braces.close = at;
            break;
        }
    }
    return braces;
}

} // namespace

std::vector<std::string> expandBraces(std::string_view pattern)
{
    std::vector<std::string> done;
    std::vector<std::string> open = {std::string(pattern)};
    while (!open.empty()) {
        const std::string next = std::move(open.back());
        open.pop_back();
        const Braces braces = firstBraces(next);
        if (braces.close == std::string_view::npos) {
            done.push_back(next);
            continue;
        }
        for (auto choice = braces.choices.rbegin(); choice != braces.choices.rend(); ++choice) {
            open.push_back(next.substr(0, braces.open) + std::string(*choice)
                           + next.substr(braces.close + 1));
        }
    }
    return done;
}

/// One pass that remembers, for each kind of star, only the last place to come back to: a later
/// star can always take over what an earlier one of its kind would have swallowed.
bool globMatches(std::string_view pattern, std::string_view path)
{
    constexpr std::size_t kNowhere = std::string_view::npos;
    std::size_t p = 0;
    std::size_t s = 0;
    std::size_t star = kNowhere; // pattern after `*`, and how far it has eaten
    std::size_t starAt = 0;
    std::size_t stars = kNowhere; // pattern after `**/`, and how far it has eaten
    std::size_t starsAt = 0;
    while (s < path.size() || p < pattern.size()) {
        const bool componentBegins = s == 0 || path[s - 1] == '/';
        if (componentBegins && pattern.substr(p) == "**") {
            return true;
        }
        if (componentBegins && pattern.substr(p, 3) == "**/") {
            p += 3;
            stars = p;
            starsAt = s;
            star = kNowhere;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = ++p;
            starAt = s;
        } else if (p < pattern.size() && s < path.size()
                   && (pattern[p] == path[s] || (pattern[p] == '?' && path[s] != '/'))) {
            ++p;
            ++s;
        } else if (star != kNowhere && starAt < path.size() && path[starAt] != '/') {
            p = star;
            s = ++starAt;
        } else if (stars != kNowhere && path.find('/', starsAt) != kNowhere) {
            p = stars;
            starsAt = path.find('/', starsAt) + 1;
            s = starsAt;
            star = kNowhere;
        } else {
            return false;
        }
    }
    return true;
}

} // namespace cutaway
