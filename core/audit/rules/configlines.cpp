// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/configlines.h"

#include "core/image/historyshell.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

std::string bare(std::string_view value)
{
    value = history::trimmed(value);
    const bool isQuoted =
        value.size() >= 2 && value.front() == value.back() && (value[0] == '"' || value[0] == '\'');
    return lowered(isQuoted ? value.substr(1, value.size() - 2) : value);
}

} // namespace

bool saysNo(std::string_view value)
{
    const std::string word = bare(value);
    return std::ranges::any_of(std::array{"0", "false", "no", "off", "none"},
                               [&](const char *no) { return word == no; });
}

bool saysYes(std::string_view value)
{
    const std::string word = bare(value);
    return std::ranges::any_of(std::array{"1", "true", "yes", "on", "always"},
                               [&](const char *yes) { return word == yes; });
}

void forEachConfigLine(std::string_view text, const std::function<void(const ConfigLine &)> &visit)
{
    ConfigLine line;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        line.text = history::trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++line.number;
        if (line.text.empty() || line.text.front() == '#' || line.text.front() == ';') {
            continue;
        }
        if (line.text.front() == '[' && line.text.back() == ']') {
            line.section = line.text.substr(1, line.text.size() - 2);
            continue;
        }
        const std::size_t sign = std::min(line.text.find_first_of("=: \t"), line.text.size());
        line.key = lowered(line.text.substr(0, sign));
        std::string_view value = history::trimmed(line.text.substr(sign));
        if (value.starts_with('=') || value.starts_with(':')) {
            value = history::trimmed(value.substr(1));
        }
        line.value = value;
        visit(line);
    }
}

} // namespace cutaway
