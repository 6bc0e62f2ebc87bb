// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/jsontext.h"

#include "core/base/json.h"
#include "ui/models/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <string>

namespace cutaway {

namespace {

constexpr std::size_t kShownBytes = 1U << 18; ///< laid out without a halt
constexpr std::size_t kDeepest = 40;          ///< indentation beyond this says nothing any more

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The text is JSON: only white space outside of strings changes.
class Indenter
{
public:
    explicit Indenter(std::string_view text)
        : m_text(text)
    {}

    std::string run()
    {
        while (m_at < m_text.size() && m_out.size() <= kShownBytes) {
            const char c = m_text[m_at];
            if (c == '"') {
                copyString();
                continue;
            }
            ++m_at;
            if (!isBlank(c)) {
                put(c);
            }
        }
        return std::move(m_out);
    }

private:
    void put(char c)
    {
        if (c == '{' || c == '[') {
            open(c);
        } else if (c == '}' || c == ']') {
            --m_depth;
            breakLine();
            m_out += c;
        } else {
            m_out += c;
            if (c == ',') {
                breakLine();
            } else if (c == ':') {
                m_out += ' ';
            }
        }
    }

    /// What is empty stays on its line.
    void open(char c)
    {
        m_out += c;
        while (m_at < m_text.size() && isBlank(m_text[m_at])) {
            ++m_at;
        }
        if (m_at < m_text.size() && (m_text[m_at] == '}' || m_text[m_at] == ']')) {
            m_out += m_text[m_at++];
            return;
        }
        ++m_depth;
        breakLine();
    }

    void breakLine() { m_out += '\n' + std::string(2 * std::min(m_depth, kDeepest), ' '); }

    void copyString()
    {
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != '"') {
            end += m_text[end] == '\\' ? 2 : 1;
        }
        end = std::min(end + 1, m_text.size());
        m_out += m_text.substr(m_at, end - m_at);
        m_at = end;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::string m_out;
};

} // namespace

QString indentedJson(std::string_view text)
{
    std::string lines =
        parseJson(text, "text", BadUtf8::Replace) ? Indenter(text).run() : std::string(text);
    const bool isCut = lines.size() > kShownBytes;
    lines.resize(std::min(lines.size(), kShownBytes));
    QString readable = shownLines(lines);
    if (isCut) {
        readable +=
            QLatin1Char('\n') + QCoreApplication::translate("cutaway::JsonText", "… cut off here");
    }
    return readable;
}

} // namespace cutaway
