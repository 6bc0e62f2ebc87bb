// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/shelllexer.h"

#include "core/image/shellscript.h"

#include <algorithm>
#include <array>

namespace cutaway::shell {

namespace {

/// Longest first, so that the first that fits is meant.
constexpr std::array<std::string_view, 22> kOperators = {
    "&>>", "<<<", "<<-", ";;&", "&&", "||", ";;", ";&", "&>", ">>", ">&",
    ">|",  "<<",  "<&",  "<>",  "|&", ";",  "&",  "|",  "<",  ">",  "("};

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

bool endsWord(char c)
{
    return isBlank(c) || c == '\n' || std::string_view(";&|()<>").contains(c);
}

} // namespace

/// Whether anything was skipped. A backslash before a line break joins the lines; `#` at the
/// beginning of a word makes the rest of the line a comment.
bool Lexer::skipBlanks()
{
    const std::size_t begin = m_at;
    while (!atEnd()) {
        if (isBlank(peek())) {
            ++m_at;
        } else if (peek() == '\\' && peek(1) == '\n') {
            m_at += 2;
        } else if (peek() == '#' && (m_at == 0 || endsWord(m_text[m_at - 1]))) {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else {
            break;
        }
    }
    return m_at > begin;
}

Token Lexer::next()
{
    const bool skipped = skipBlanks();
    Token token;
    if (atEnd()) {
        return token;
    }
    if (peek() == '\n') {
        ++m_at;
        token.kind = Token::Kind::Newline;
        return token;
    }
    const bool isSubstitution = (peek() == '<' || peek() == '>') && peek(1) == '(';
    token = !isSubstitution && std::string_view(";&|()<>").contains(peek()) ? operatorToken()
                                                                            : wordToken();
    token.isGlued = !skipped;
    return token;
}

Token Lexer::operatorToken()
{
    Token token;
    token.kind = Token::Kind::Operator;
    const std::string_view rest = m_text.substr(m_at);
    const auto *const found =
        std::ranges::find_if(kOperators, [&](auto sign) { return rest.starts_with(sign); });
    token.text = found == kOperators.end() ? rest.substr(0, 1) : *found; // `)` is none of them
    m_at += token.text.size();
    return token;
}

Token Lexer::wordToken()
{
    Token word;
    word.kind = Token::Kind::Word;
    bool mayBeName = true; // so far only what a variable's name may have
    while (!atEnd()) {
        const char c = peek();
        const bool isSubstitution =
            (c == '<' || c == '>') && peek(1) == '(' && word.text.empty() && !word.isQuoted;
        if (isSubstitution) {
            parenthesis(word, 1);
            mayBeName = false;
        } else if (endsWord(c)) {
            break;
        } else if (c == '\'') {
            single(word);
            mayBeName = false;
        } else if (c == '"') {
            doubleQuoted(word);
            mayBeName = false;
        } else if (c == '\\') {
            if (peek(1) != '\n') {
                word.text += peek(1) == '\0' ? '\\' : peek(1);
                word.isQuoted = true;
                mayBeName = false;
            }
            m_at = std::min(m_at + 2, m_text.size());
        } else if (c == '$') {
            dollar(word);
            mayBeName = false;
        } else if (c == '`') {
            backticks(word);
            mayBeName = false;
        } else {
            if (c == '=' && mayBeName && !word.text.empty()
                && leadingName(word.text).size() == word.text.size()) {
                word.equals = word.text.size() + 1;
            }
            mayBeName = mayBeName && c != '=';
            word.text += c;
            ++m_at;
        }
    }
    return word;
}

void Lexer::single(Token &word)
{
    const std::size_t end = std::min(m_text.find('\'', m_at + 1), m_text.size());
    word.text += m_text.substr(m_at + 1, end - m_at - 1);
    word.isQuoted = true;
    m_at = std::min(end + 1, m_text.size());
}

void Lexer::doubleQuoted(Token &word)
{
    word.isQuoted = true;
    ++m_at;
    while (!atEnd() && peek() != '"') {
        if (peek() == '\\') {
            const char c = peek(1);
            if (c != '\n' && c != '\0') {
                word.text += std::string_view("\"\\$`").contains(c) ? "" : "\\";
                word.text += c;
            }
            m_at = std::min(m_at + 2, m_text.size());
        } else if (peek() == '$') {
            dollar(word);
        } else if (peek() == '`') {
            backticks(word);
        } else {
            word.text += m_text[m_at++];
        }
    }
    m_at = std::min(m_at + 1, m_text.size());
}

/// `$x`, `${x:-y}`, `$(command)`, `$((1 + 2))`, `$'text'`: kept as written.
void Lexer::dollar(Token &word)
{
    if (peek(1) == '(' && peek(2) != '(') {
        parenthesis(word, 1);
        return;
    }
    if (peek(1) == '\'') {
        ++m_at;
        single(word);
        return;
    }
    const bool isArithmetic = peek(1) == '(';
    if (!isArithmetic && peek(1) != '{') {
        word.text += m_text[m_at++];
        return;
    }
    const std::size_t end =
        isArithmetic ? closing(m_at + 1, '(', ')') : closing(m_at + 1, '{', '}');
    word.text += m_text.substr(m_at, end - m_at);
    m_at = end;
}

void Lexer::backticks(Token &word)
{
    const std::size_t end = std::min(m_text.find('`', m_at + 1), m_text.size());
    word.inner.emplace_back(m_text.substr(m_at + 1, end - m_at - 1));
    word.text += m_text.substr(m_at, std::min(end + 1, m_text.size()) - m_at);
    m_at = std::min(end + 1, m_text.size());
}

/// `$(…)`, `<(…)`: `opening` is how far the parenthesis stands behind the place at hand.
void Lexer::parenthesis(Token &word, std::size_t opening)
{
    const std::size_t begin = m_at + opening + 1;
    const std::size_t end = closing(m_at + opening, '(', ')');
    const bool isClosed = end > begin && m_text[end - 1] == ')';
    word.inner.emplace_back(m_text.substr(begin, (isClosed ? end - 1 : end) - begin));
    word.text += m_text.substr(m_at, end - m_at);
    m_at = end;
}

/// Behind the sign that closes what `from` opens; the end of the text where none does. Quotes may
/// hold such signs, and inside double quotes `$(` begins anew.
std::size_t Lexer::closing(std::size_t from, char open, char close) const
{
    std::string inside; // what is open: `open` or a double quote each
    for (std::size_t at = from; at < m_text.size(); ++at) {
        const char c = m_text[at];
        if (c == '\\') {
            ++at;
        } else if (!inside.empty() && inside.back() == '"') {
            if (c == '"') {
                inside.pop_back();
            } else if (c == open && m_text[at - 1] == '$') {
                inside += open;
            }
        } else if (c == '"') {
            inside += c;
        } else if (c == '\'') {
            at = std::min(m_text.find('\'', at + 1), m_text.size());
        } else if (c == open) {
            inside += c;
        } else if (c == close && !inside.empty()) {
            inside.pop_back();
            if (inside.empty()) {
                return at + 1;
            }
        }
    }
    return m_text.size();
}

std::string Lexer::heredoc(const std::string &delimiter, bool stripsTabs)
{
    std::string body;
    while (!atEnd()) {
        const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
        std::string_view line = m_text.substr(m_at, end - m_at);
        m_at = std::min(end + 1, m_text.size());
        while (stripsTabs && line.starts_with('\t')) {
            line.remove_prefix(1);
        }
        if (line == delimiter) {
            break;
        }
        body += line;
        body += '\n';
    }
    return body;
}

} // namespace cutaway::shell
