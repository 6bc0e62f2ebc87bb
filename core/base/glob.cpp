// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/glob.h"

#include <cstddef>
#include <utility>

namespace cutaway {
namespace {

/// One bracket expression, `pattern[at]` being behind the `[`. Sets `end` behind its `]`; a `]`
/// that comes first is one of the set, a bracket that is never closed is a plain character.
bool inBrackets(std::string_view pattern, std::size_t at, char c, std::size_t *end)
{
    const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
    const std::size_t first = negated ? at + 1 : at;
    const std::size_t close = pattern.find(']', first + 1);
    if (close == std::string_view::npos) {
        *end = at;
        return c == '[';
    }
    *end = close + 1;
    bool found = false;
    for (std::size_t i = first; i < close; ++i) {
        if (i + 2 < close && pattern[i + 1] == '-') {
            const auto low = static_cast<unsigned char>(pattern[i]);
            const auto high = static_cast<unsigned char>(pattern[i + 2]);
            const auto byte = static_cast<unsigned char>(c);
            found = found || (byte >= low && byte <= high);
            i += 2;
        } else {
            found = found || pattern[i] == c;
        }
    }
    return found != negated;
}

/// Whether the pattern's next element, no star, takes the character; `next` is set behind it.
bool takesOne(std::string_view pattern, std::size_t at, char c, bool isPath, std::size_t *next)
{
    const bool isBarrier = isPath && c == '/';
    *next = at + 1;
    switch (pattern[at]) {
    case '?': return !isBarrier;
    case '[': return inBrackets(pattern, at + 1, c, next) && !isBarrier;
    case '\\':
        if (at + 1 < pattern.size()) {
            *next = at + 2;
            return pattern[at + 1] == c;
        }
        return c == '\\';
    default: return pattern[at] == c;
    }
}

/// Where to go on after a mismatch: behind a star, which then takes more of the text.
struct Retry
{
    std::size_t pattern = std::string_view::npos;
    std::size_t text = 0;
    bool wholeParts = false; ///< "**/": only up to behind a slash

    bool isSet() const { return pattern != std::string_view::npos; }
};

/// The walk over pattern and text. Of several stars only the last has to be tried again, and "**"
/// is asked when "*" is stopped by a slash: no step back goes further than that.
class Walk
{
public:
    Walk(std::string_view pattern, std::string_view text, bool isPath)
        : m_pattern(pattern)
        , m_text(text)
        , m_isPath(isPath)
    {}

    bool matches()
    {
        while (m_t < m_text.size() || m_p < m_pattern.size()) {
            if (m_p < m_pattern.size() && m_pattern[m_p] == '*') {
                takeStar();
                continue;
            }
            std::size_t next = m_p;
            if (m_t < m_text.size() && m_p < m_pattern.size()
                && takesOne(m_pattern, m_p, m_text[m_t], m_isPath, &next)) {
                m_p = next;
                ++m_t;
                continue;
            }
            if (!goBack()) {
                return false;
            }
        }
        return true;
    }

private:
    void takeStar()
    {
        const bool startsPart = m_p == 0 || m_pattern[m_p - 1] == '/';
        const std::size_t first = m_p;
        while (m_p < m_pattern.size() && m_pattern[m_p] == '*') {
            ++m_p;
        }
        if (m_isPath && m_p - first == 1) {
            m_star = {m_p, m_t};
            return;
        }
        const bool wholeParts =
            m_isPath && startsPart && m_p < m_pattern.size() && m_pattern[m_p] == '/';
        m_p += wholeParts ? 1 : 0;
        m_stars = {m_p, m_t, wholeParts};
        m_star = {};
    }

    bool goBack()
    {
        if (m_star.isSet() && m_star.text < m_text.size() && m_text[m_star.text] != '/') {
            m_p = m_star.pattern;
            m_t = ++m_star.text;
            return true;
        }
        m_star = {};
        if (!m_stars.isSet() || m_stars.text >= m_text.size()) {
            return false;
        }
        if (m_stars.wholeParts) {
            const std::size_t slash = m_text.find('/', m_stars.text);
            if (slash == std::string_view::npos) {
                return false;
            }
            m_stars.text = slash;
        }
        m_p = m_stars.pattern;
        m_t = ++m_stars.text;
        return true;
    }

    std::string_view m_pattern;
    std::string_view m_text;
    bool m_isPath = false;
    std::size_t m_p = 0;
    std::size_t m_t = 0;
    Retry m_star;
    Retry m_stars;
};

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

bool globMatches(std::string_view pattern, std::string_view text, GlobText kind)
{
    return Walk(pattern, text, kind == GlobText::Path).matches();
}

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

} // namespace cutaway
