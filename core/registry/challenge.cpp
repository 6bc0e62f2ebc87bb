// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/challenge.h"

#include "core/base/ascii.h"
#include "core/registry/registrylimits.h"

#include <algorithm>
#include <optional>

namespace cutaway {

namespace {

/// "token" of RFC 9110, section 5.6.2.
bool isTokenCharacter(char c)
{
    return isLetterOrDigit(c) || std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

/// "token68" of section 11.2, its padding aside.
bool isToken68Character(char c)
{
    return isLetterOrDigit(c) || std::string_view("-._~+/").contains(c);
}

class ChallengeParser
{
public:
    ChallengeParser(std::string_view text, std::vector<Challenge> &challenges)
        : m_text(text)
        , m_challenges(challenges)
    {}

    void parse()
    {
        bool isOwn = false; // parameters belong to a scheme of this header
        for (skip(" \t,"); !m_text.empty(); skip(" \t,")) {
            const std::string_view name = take(isTokenCharacter);
            if (name.empty()) {
                return;
            }
            skip(" \t");
            if (isOwn && m_text.starts_with('=')) {
                m_text.remove_prefix(1);
                skip(" \t");
                const std::optional<std::string> value = takeValue();
                if (!value) {
                    return;
                }
                addParameter(name, *value);
                continue;
            }
            if (m_challenges.size() == limits::kChallenges) {
                return;
            }
            m_challenges.push_back(
                {.scheme = lowered(name), .token = takeToken68(), .parameters = {}});
            isOwn = true;
        }
    }

private:
    void skip(std::string_view characters)
    {
        m_text.remove_prefix(std::min(m_text.find_first_not_of(characters), m_text.size()));
    }

    template<typename Is>
    std::string_view take(Is is)
    {
        const auto end = std::ranges::find_if_not(m_text, is);
        const auto length = static_cast<std::size_t>(end - m_text.begin());
        const std::string_view taken = m_text.substr(0, length);
        m_text.remove_prefix(length);
        return taken;
    }

    /// What stands behind a scheme up to a comma or the end, if it is one word and no parameter.
    std::string takeToken68()
    {
        const std::string_view before = m_text;
        const std::string_view word = take(isToken68Character);
        const std::size_t padding = std::min(m_text.find_first_not_of('='), m_text.size());
        m_text.remove_prefix(padding);
        skip(" \t");
        if (word.empty() || !(m_text.empty() || m_text.starts_with(','))) {
            m_text = before;
            return {};
        }
        return std::string(before.substr(0, word.size() + padding));
    }

    /// A token or a quoted string; nothing for one that does not end.
    std::optional<std::string> takeValue()
    {
        if (!m_text.starts_with('"')) {
            // Registries write addresses without quotes now and then.
            return std::string(take([](char c) { return c != ',' && c != ' ' && c != '\t'; }));
        }
        std::string value;
        for (std::size_t i = 1; i < m_text.size(); ++i) {
            if (m_text[i] == '"') {
                m_text.remove_prefix(i + 1);
                return value;
            }
            if (m_text[i] == '\\' && i + 1 < m_text.size()) {
                ++i;
            }
            value += m_text[i];
        }
        return std::nullopt;
    }

    void addParameter(std::string_view name, const std::string &value)
    {
        auto &parameters = m_challenges.back().parameters;
        if (parameters.size() < limits::kChallengeParameters) {
            parameters.emplace_back(lowered(name), value);
        }
    }

    std::string_view m_text;
    std::vector<Challenge> &m_challenges;
};

} // namespace

std::string_view Challenge::parameter(std::string_view name) const
{
    const auto found =
        std::ranges::find(parameters, name, &std::pair<std::string, std::string>::first);
    return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<Challenge> parseChallenges(std::span<const std::string> headers)
{
    std::vector<Challenge> challenges;
    for (const std::string &header : headers) {
        ChallengeParser(header, challenges).parse();
    }
    return challenges;
}

} // namespace cutaway
