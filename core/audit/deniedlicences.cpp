// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/deniedlicences.h"

#include "core/base/ascii.h"
#include "core/base/glob.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cutaway {

namespace {

/// Binding tighter comes later.
enum class Operator : std::uint8_t { Open, Or, And };

/// Takes an expression apart from left to right, operators waiting on a stack.
class Expression
{
public:
    explicit Expression(std::span<const std::string> patterns)
        : m_patterns(patterns)
    {}

    bool isBound(std::string_view text)
    {
        std::string word;
        for (const char c : std::string(text) + ' ') {
            if (c == '(' || c == ')' || c == ' ' || c == '\t' || c == ',' || c == ';') {
                take(std::exchange(word, {}));
                if (c == ',' || c == ';') {
                    endLicence();
                } else if (c == '(') {
                    m_waiting.push_back(Operator::Open);
                } else if (c == ')') {
                    endLicence();
                    reduceTo(Operator::Open);
                    if (!m_waiting.empty()) {
                        m_waiting.pop_back();
                    }
                }
            } else {
                word += c;
            }
        }
        endLicence();
        while (!m_waiting.empty()) {
            reduceTo(Operator::Open);
            if (!m_waiting.empty()) {
                m_waiting.pop_back();
            }
        }
        // Without an operator between them all of them count.
        return std::ranges::find(m_values, true) != m_values.end();
    }

private:
    void take(const std::string &word)
    {
        const std::string plain = lowered(word);
        if (plain == "or" || plain == "and") {
            endLicence();
            const Operator next = plain == "or" ? Operator::Or : Operator::And;
            reduceTo(next);
            m_waiting.push_back(next);
        } else if (plain == "with") {
            m_isException = true;
        } else if (!word.empty() && !m_isException) {
            m_licence += (m_licence.empty() ? "" : " ") + plain;
        }
    }

    void endLicence()
    {
        m_isException = false;
        if (!m_licence.empty()) {
            m_values.push_back(isNamed(std::exchange(m_licence, {})));
        }
    }

    bool isNamed(std::string licence) const
    {
        if (licence.contains("affero") || licence.contains("agpl")) {
            const bool isFirst = licence.contains('1') && !licence.contains('3');
            licence = isFirst ? "agpl-1.0" : "agpl-3.0";
        }
        return std::ranges::any_of(m_patterns, [&](const std::string &pattern) {
            return globMatches(lowered(pattern), licence, GlobText::Name);
        });
    }

    /// Works off what waits and binds at least as tight.
    void reduceTo(Operator least)
    {
        while (!m_waiting.empty() && m_waiting.back() != Operator::Open
               && m_waiting.back() >= least) {
            const Operator what = m_waiting.back();
            m_waiting.pop_back();
            if (m_values.size() < 2) {
                continue; // an operator without both its sides says nothing
            }
            const bool right = m_values.back();
            m_values.pop_back();
            m_values.back() =
                what == Operator::Or ? m_values.back() && right : m_values.back() || right;
        }
    }

    std::span<const std::string> m_patterns;
    std::vector<bool> m_values;
    std::vector<Operator> m_waiting;
    std::string m_licence;      ///< the words of it so far
    bool m_isException = false; ///< words that follow are one's, not a licence's
};

} // namespace

bool bindsTo(std::string_view licence, std::span<const std::string> patterns)
{
    return Expression(patterns).isBound(licence);
}

} // namespace cutaway
