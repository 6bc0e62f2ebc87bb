// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/stanzas.h"

#include "core/base/ascii.h"
#include "core/packages/packagelimits.h"

#include <algorithm>
#include <charconv>
#include <ranges>

namespace cutaway {

std::string_view takeLine(std::string_view &text)
{
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

std::string_view withoutBlanks(std::string_view text)
{
    const std::size_t first = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(" \t") + 1); // npos + 1 is 0
}

std::string boundedText(std::string_view value)
{
    return std::string(withoutBlanks(value).substr(0, limits::kPackageTextBytes));
}

void addRelations(std::vector<std::string> &list, std::string_view text, char separator)
{
    while (!text.empty() && list.size() < limits::kPackageRelations) {
        const std::size_t end = std::min(text.find(separator), text.size());
        std::string relation = boundedText(text.substr(0, end));
        if (!relation.empty()) {
            list.push_back(std::move(relation));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::optional<std::uint64_t> numberOf(std::string_view text)
{
    text = withoutBlanks(text);
    std::uint64_t number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && stop == text.data() + text.size() ? std::optional(number)
                                                                     : std::nullopt;
}

std::string hexOf(std::string_view bytes)
{
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex += {kDigits[byte >> 4], kDigits[byte & 15U]};
    }
    return hex;
}

bool sameName(std::string_view one, std::string_view other)
{
    return std::ranges::equal(one, other, {}, asciiLower, asciiLower);
}

bool Stanza::take(std::string_view &text)
{
    m_fields.clear();
    m_badLines = 0;
    bool isAny = false;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (withoutBlanks(line).empty()) {
            if (isAny) {
                return true;
            }
            continue;
        }
        isAny = true;
        if (line.front() == ' ' || line.front() == '\t') {
            continue;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) {
            ++m_badLines;
        } else {
            m_fields.emplace_back(line.substr(0, colon), withoutBlanks(line.substr(colon + 1)));
        }
    }
    return isAny;
}

std::string_view Stanza::value(std::string_view name) const
{
    for (const auto &[field, value] : m_fields | std::views::reverse) {
        if (sameName(field, name)) {
            return value;
        }
    }
    return {};
}

} // namespace cutaway
