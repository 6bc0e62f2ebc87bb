// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/filtercompletion.h"

#include "core/tree/filterwords.h"

#include <algorithm>
#include <array>
#include <span>

namespace cutaway {

namespace {

struct Key
{
    std::string_view text;
    std::string_view explanation;
};

constexpr std::array kKeys = {
    Key{"name:", "part of a name, or a pattern"},
    Key{"path:", "part of a path, or a pattern"},
    Key{"size>", "larger than: 10MB"},
    Key{"size<", "smaller than: 1kB"},
    Key{"layer:", "of layers: 3, or 1,4-6"},
    Key{"type:", "file, dir, setuid …"},
    Key{"change:", "added, removed …"},
    Key{"owner:", "user, or user:group, as numbers"},
    Key{"mode:", "permissions in octal: 4755"},
    Key{"mtime<", "older than: 2024, 2024-05-01"},
    Key{"mtime>", "newer than: 2024, 2024-05-01"},
    Key{"content:", "what the file holds: \"BEGIN RSA\""},
    Key{"regex:", "an expression on the name"},
};

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), filter::lower);
    return lower;
}

/// Where the word begins that the cursor stands in; npos within quotes.
std::size_t wordStart(std::string_view before)
{
    bool isQuoted = false;
    std::size_t start = 0;
    for (std::size_t at = 0; at < before.size(); ++at) {
        if (before[at] == '"') {
            isQuoted = !isQuoted;
        } else if (isBlank(before[at]) && !isQuoted) {
            start = at + 1;
        }
    }
    return isQuoted ? std::string_view::npos : start;
}

} // namespace

FilterCompletions completeFilter(std::string_view line, std::size_t cursor)
{
    const std::string_view before = line.substr(0, std::min(cursor, line.size()));
    FilterCompletions found;
    std::size_t start = wordStart(before);
    if (start == std::string_view::npos) {
        return found;
    }
    start += before.substr(start).starts_with('!') ? 1 : 0;
    const std::string word = lowered(before.substr(start));
    found.from = start;
    found.to = before.size();
    const auto offerWords = [&](std::string_view key, std::span<const filter::NamedBit> words) {
        const std::size_t comma = word.rfind(',');
        const std::size_t at = comma == std::string::npos ? key.size() : comma + 1;
        found.from = start + at;
        for (const filter::NamedBit &named : words) {
            if (!named.isAlias && named.word.starts_with(std::string_view(word).substr(at))) {
                found.offers.push_back({std::string(named.word), {}});
            }
        }
    };
    if (word.starts_with("type:")) {
        offerWords("type:", filter::typeWords());
    } else if (word.starts_with("change:")) {
        offerWords("change:", filter::changeWords());
    } else if (!word.empty()) {
        for (const Key &key : kKeys) {
            if (key.text.starts_with(word) && key.text.size() > word.size()) {
                found.offers.push_back({std::string(key.text), std::string(key.explanation)});
            }
        }
    }
    return found;
}

} // namespace cutaway
