// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/shellvariables.h"

#include "core/base/limits.h"
#include "core/image/shellscript.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 6> kDeclaring = {
    "export", "readonly", "local", "declare", "typeset", "unset"};
constexpr std::array<std::string_view, 5> kReading = {
    "read", "getopts", "mapfile", "readarray", "printf"};
/// Words behind which a command begins.
constexpr std::array<std::string_view, 9> kBeginning = {
    "then", "do", "else", "elif", "if", "while", "until", "{", "!"};

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isSeparator(char c)
{
    return c == '\n' || c == ';' || c == '&' || c == '|' || c == '(' || c == ')';
}

/// Walks over the text once, with what is open on a stack of its own.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {}

    ShellVariables scan()
    {
        while (m_at < m_text.size() && !m_found.isTruncated) {
            step();
        }
        if (!m_pending.empty()) {
            assign(m_pending);
        }
        m_found.assigned.assign(m_assigned.begin(), m_assigned.end());
        return std::move(m_found);
    }

private:
    /// What is open: `"`, `(` with or without `$`, `${`.
    enum class Open : std::uint8_t { Quote, Command, Braces };
    /// What the word at hand may be.
    enum class Place : std::uint8_t { Command, Declared, Read, Loop, Argument };
    struct Heredoc
    {
        std::string delimiter;
        bool isQuoted = false;
        bool stripsTabs = false;
    };

    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    bool isIn(Open what) const { return !m_open.empty() && m_open.back() == what; }

    void step();
    void stepPlain(char c);
    void dollar();
    void braces();
    void commandBegins();
    void wordBegins();
    void announceHeredoc();
    void lineEnds();
    void heredocBody(const Heredoc &heredoc);
    void use(std::string_view name, VariableUse::Kind kind, std::string_view fallback);
    void assign(std::string_view name);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::uint32_t m_line = 1;
    std::vector<Open> m_open;
    Place m_place = Place::Command;
    bool m_isWordBegin = true;
    std::string m_pending;          ///< is given a value by the word at hand
    std::size_t m_pendingDepth = 0; ///< what was open where that word began
    std::vector<Heredoc> m_heredocs;
    std::set<std::pair<std::string, VariableUse::Kind>> m_seen;
    std::set<std::string, std::less<>> m_assigned;
    ShellVariables m_found;
};

void Scanner::step()
{
    const char c = peek();
    if (c == '\n') {
        ++m_line;
    }
    if (c == '\\') {
        m_line += peek(1) == '\n' ? 1 : 0;
        m_isWordBegin = m_isWordBegin && peek(1) == '\n';
        m_at += 2;
    } else if (c == '$') {
        commandBegins();
        dollar();
    } else if (isIn(Open::Quote)) {
        if (c == '"') {
            m_open.pop_back();
        }
        ++m_at;
    } else if (isIn(Open::Braces)) {
        if (c == '"') {
            m_open.push_back(Open::Quote);
        } else if (c == '}') {
            m_open.pop_back();
        }
        ++m_at;
    } else {
        stepPlain(c);
    }
}

void Scanner::stepPlain(char c)
{
    if (c == '#' && m_isWordBegin) {
        m_at = std::min(m_text.find('\n', m_at), m_text.size());
        return;
    }
    if (isSpace(c) || isSeparator(c)) {
        if (!m_pending.empty() && m_open.size() <= m_pendingDepth) {
            assign(std::exchange(m_pending, {}));
        }
        m_place = isSeparator(c) ? Place::Command : m_place;
        m_isWordBegin = true;
        ++m_at;
        if (c == '(') {
            m_open.push_back(Open::Command);
        } else if (c == ')' && isIn(Open::Command)) {
            m_open.pop_back();
            m_isWordBegin = false;
            m_place = Place::Argument;
        }
        if (c == '\n' && !m_heredocs.empty()) {
            lineEnds();
        }
        return;
    }
    if (c == '<' && peek(1) == '<' && peek(2) != '<') {
        announceHeredoc();
        return;
    }
    if (c == '\'' || c == '"') {
        commandBegins();
    }
    if (c == '\'') {
        const std::size_t end = std::min(m_text.find('\'', m_at + 1), m_text.size());
        m_line +=
            static_cast<std::uint32_t>(std::ranges::count(m_text.substr(m_at, end - m_at), '\n'));
        m_at = end + 1;
        return;
    }
    if (c == '"') {
        m_open.push_back(Open::Quote);
        ++m_at;
        return;
    }
    if (m_isWordBegin) {
        wordBegins();
        return;
    }
    ++m_at;
}

/// A word of another kind than those that `wordBegins` looks at.
void Scanner::commandBegins()
{
    if (m_isWordBegin && !isIn(Open::Quote)) {
        m_place = m_place == Place::Command ? Place::Argument : m_place;
    }
    m_isWordBegin = false;
}

/// At the first letter of an unquoted word: a command, an assignment, a name that gets a value.
void Scanner::wordBegins()
{
    m_isWordBegin = false;
    const std::string_view rest = m_text.substr(m_at);
    const std::string_view name = leadingName(rest);
    const std::string_view behind = rest.substr(name.size());
    const bool isWhole = behind.empty() || isSpace(behind.front()) || isSeparator(behind.front());
    const bool isAssignment = behind.starts_with('=') || behind.starts_with("+=");
    const bool mayAssign = m_place == Place::Command || m_place == Place::Declared;
    m_at += std::max<std::size_t>(name.size(), 1);
    if (name.empty()) {
        const bool isConnective = rest.front() == '{' || rest.front() == '!';
        m_place = m_place == Place::Command && !isConnective ? Place::Argument : m_place;
        return;
    }
    if (mayAssign && isAssignment) {
        if (!m_pending.empty()) {
            assign(name); // inside the value of another
            return;
        }
        m_pending = name;
        m_pendingDepth = m_open.size();
        return;
    }
    if ((m_place == Place::Read || m_place == Place::Loop) && isWhole) {
        assign(name);
        m_place = m_place == Place::Loop ? Place::Argument : m_place;
        return;
    }
    if (m_place != Place::Command) {
        return;
    }
    if (!isWhole) {
        m_place = Place::Argument;
        return;
    }
    m_found.usesArguments = m_found.usesArguments || name == "shift";
    const auto isOneOf = [&](const auto &list) {
        return std::ranges::find(list, name) != list.end();
    };
    if (!isOneOf(kBeginning)) {
        m_place = isOneOf(kDeclaring)                 ? Place::Declared
                  : isOneOf(kReading)                 ? Place::Read
                  : name == "for" || name == "select" ? Place::Loop
                                                      : Place::Argument;
    }
}

/// `$x`, `${…}`, `$(…)`, `$1`; single quotes behind `$` are left to the next step.
void Scanner::dollar()
{
    ++m_at;
    const char c = peek();
    if (c == '{') {
        braces();
    } else if (c == '(') {
        m_open.push_back(Open::Command);
        m_place = Place::Command;
        m_isWordBegin = true;
        m_at += 1;
    } else if (c == '@' || c == '*' || (c >= '1' && c <= '9')) {
        m_found.usesArguments = true;
        ++m_at;
    } else {
        const std::string_view name = leadingName(m_text.substr(m_at));
        m_at += name.size();
        use(name, VariableUse::Kind::Plain, {});
    }
}

void Scanner::braces()
{
    ++m_at;
    m_open.push_back(Open::Braces);
    if (peek() == '#' || peek() == '!') {
        ++m_at; // its length; the one that it names
    }
    const std::string_view rest = m_text.substr(m_at);
    const std::string_view name = leadingName(rest);
    if (name.empty()) {
        const char c = peek();
        m_found.usesArguments =
            m_found.usesArguments || c == '@' || c == '*' || (c >= '1' && c <= '9');
        return;
    }
    m_at += name.size();
    std::string_view behind = rest.substr(name.size());
    behind.remove_prefix(behind.starts_with(':') ? 1 : 0);
    const char sign = behind.empty() ? '\0' : behind.front();
    const auto kind = sign == '-'   ? VariableUse::Kind::Default
                      : sign == '=' ? VariableUse::Kind::Assign
                      : sign == '?' ? VariableUse::Kind::Required
                      : sign == '+' ? VariableUse::Kind::Alternative
                                    : VariableUse::Kind::Plain;
    constexpr std::size_t kLongestFallback = 256;
    behind = behind.substr(0, kLongestFallback);
    const bool hasFallback = kind != VariableUse::Kind::Plain;
    const std::size_t end = std::min(behind.find('}'), behind.size());
    use(name, kind, hasFallback ? behind.substr(1, end - 1) : std::string_view());
}

void Scanner::announceHeredoc()
{
    m_at += 2;
    Heredoc heredoc;
    heredoc.stripsTabs = peek() == '-';
    m_at += heredoc.stripsTabs ? 1 : 0;
    while (peek() == ' ' || peek() == '\t') {
        ++m_at;
    }
    for (; m_at < m_text.size() && !isSpace(peek()) && !isSeparator(peek()) && peek() != '>';
         ++m_at) {
        const char c = peek();
        if (c == '\'' || c == '"' || c == '\\') {
            heredoc.isQuoted = true;
        } else {
            heredoc.delimiter += c;
        }
    }
    m_heredocs.push_back(std::move(heredoc));
}

void Scanner::lineEnds()
{
    for (const Heredoc &heredoc : std::exchange(m_heredocs, {})) {
        heredocBody(heredoc);
    }
}

/// In a here-document quotes mean nothing; variables do, unless its word was quoted.
void Scanner::heredocBody(const Heredoc &heredoc)
{
    while (m_at < m_text.size()) {
        const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
        std::string_view line = m_text.substr(m_at, end - m_at);
        while (heredoc.stripsTabs && line.starts_with('\t')) {
            line.remove_prefix(1);
        }
        if (line == heredoc.delimiter) {
            m_at = std::min(end + 1, m_text.size());
            ++m_line;
            return;
        }
        while (!heredoc.isQuoted && m_at < end) {
            if (peek() == '\\') {
                m_at += 2;
            } else if (peek() == '$' && peek(1) != '(') {
                const std::size_t open = m_open.size();
                dollar();
                m_open.resize(open); // what stands behind the name is text like the rest
            } else {
                ++m_at;
            }
        }
        m_at = std::min(end + 1, m_text.size());
        ++m_line;
    }
}

void Scanner::use(std::string_view name, VariableUse::Kind kind, std::string_view fallback)
{
    if (name.empty() || !m_seen.emplace(name, kind).second) {
        return;
    }
    if (m_found.uses.size() >= limits::kShellVariables) {
        m_found.isTruncated = true;
        return;
    }
    m_found.uses.push_back(
        {std::string(name), kind, std::string(fallback), m_line, m_assigned.contains(name)});
}

void Scanner::assign(std::string_view name)
{
    if (m_assigned.size() >= limits::kShellVariables) {
        m_found.isTruncated = true;
        return;
    }
    m_assigned.emplace(name);
}

} // namespace

bool ShellVariables::assigns(std::string_view name) const
{
    return std::ranges::binary_search(assigned, name);
}

ShellVariables shellVariables(std::string_view text)
{
    const bool isCut = text.size() > limits::kShellBytes;
    ShellVariables found = Scanner(text.substr(0, limits::kShellBytes)).scan();
    found.isTruncated = found.isTruncated || isCut;
    return found;
}

} // namespace cutaway
