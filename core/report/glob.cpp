// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/glob.h"

#include <cstddef>
#include <utility>

namespace cutaway {
namespace {

bool isAtOrBelow(std::string_view path, std::string_view parent)
{
    return path.starts_with(parent)
           && (path.size() == parent.size() || path[parent.size()] == '/' || parent == "/");
}

} // namespace

Glob::Glob(std::string_view pattern)
    : m_isAnchored(pattern.starts_with('/'))
{
    while (pattern.size() > 1 && pattern.ends_with('/')) {
        pattern.remove_suffix(1);
    }
    if (!m_isAnchored) {
        m_tokens.push_back({Token::Kind::DoubleStar, 0, false, {}});
        m_tokens.push_back({Token::Kind::Byte, '/', false, {}});
    }
    std::string_view rest = pattern;
    while (!rest.empty()) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c == '*') {
            const bool isDouble = rest.starts_with('*');
            rest.remove_prefix(isDouble ? 1 : 0);
            m_tokens.push_back(
                {isDouble ? Token::Kind::DoubleStar : Token::Kind::Star, 0, false, {}});
            // "/**/" also stands for no directory at all.
            if (isDouble && rest.starts_with('/') && m_tokens.size() > 1
                && m_tokens[m_tokens.size() - 2].byte == '/') {
                m_tokens.erase(m_tokens.end() - 2);
            }
            m_isLiteral = false;
        } else if (c == '?') {
            m_tokens.push_back({Token::Kind::Any, 0, false, {}});
            m_isLiteral = false;
        } else if (c == '[' && rest.find(']', 1) != std::string_view::npos) {
            rest = parseSet(rest);
            m_isLiteral = false;
        } else {
            const bool escapes = c == '\\' && !rest.empty();
            const char byte = escapes ? rest.front() : c;
            rest.remove_prefix(escapes ? 1 : 0);
            m_tokens.push_back({Token::Kind::Byte, byte, false, {}});
            m_literal += byte;
        }
    }
}

std::string_view Glob::parseSet(std::string_view rest)
{
    Token token{Token::Kind::Set, 0, false, {}};
    if (rest.starts_with('!') || rest.starts_with('^')) {
        token.negated = true;
        rest.remove_prefix(1);
    }
    bool first = true;
    while (!rest.empty() && (first || rest.front() != ']')) {
        first = false;
        const char from = rest.front();
        rest.remove_prefix(1);
        char to = from;
        if (rest.size() > 1 && rest[0] == '-' && rest[1] != ']') {
            to = rest[1];
            rest.remove_prefix(2);
        }
        token.set += from;
        token.set += to;
    }
    if (!rest.empty()) {
        rest.remove_prefix(1);
    }
    m_tokens.push_back(std::move(token));
    return rest;
}

bool Glob::step(const Token &token, char byte) const
{
    switch (token.kind) {
    case Token::Kind::Byte: return token.byte == byte;
    case Token::Kind::Any:
    case Token::Kind::Star: return byte != '/';
    case Token::Kind::DoubleStar: return true;
    case Token::Kind::Set: break;
    }
    if (byte == '/') {
        return false;
    }
    const auto value = static_cast<unsigned char>(byte);
    for (std::size_t i = 0; i + 1 < token.set.size(); i += 2) {
        if (static_cast<unsigned char>(token.set[i]) <= value
            && value <= static_cast<unsigned char>(token.set[i + 1])) {
            return !token.negated;
        }
    }
    return token.negated;
}

bool Glob::matches(std::string_view path) const
{
    if (!m_isLiteral) {
        return matchesTokens(path);
    }
    if (m_isAnchored) {
        return isAtOrBelow(path, m_literal);
    }
    if (m_literal.empty()) {
        return false;
    }
    for (std::size_t at = path.find(m_literal); at != std::string_view::npos;
         at = path.find(m_literal, at + 1)) {
        if (at > 0 && path[at - 1] == '/' && isAtOrBelow(path.substr(at), m_literal)) {
            return true;
        }
    }
    return false;
}

bool Glob::matchesTokens(std::string_view path) const
{
    // A set of states instead of backtracking: state i = the first i tokens have matched.
    const std::size_t count = m_tokens.size();
    const auto isStar = [this](std::size_t i) {
        return m_tokens[i].kind == Token::Kind::Star || m_tokens[i].kind == Token::Kind::DoubleStar;
    };
    std::vector<char> now(count + 1, 0);
    std::vector<char> next(count + 1, 0);
    const auto skipStars = [&](std::vector<char> &states) {
        for (std::size_t i = 0; i < count; ++i) {
            if (states[i] != 0 && isStar(i)) {
                states[i + 1] = 1;
            }
        }
    };
    now[0] = 1;
    skipStars(now);
    for (const char byte : path) {
        next.assign(count + 1, 0);
        bool alive = false;
        for (std::size_t i = 0; i < count; ++i) {
            if (now[i] != 0 && step(m_tokens[i], byte)) {
                next[isStar(i) ? i : i + 1] = 1;
                alive = true;
            }
        }
        if (!alive) {
            return false;
        }
        skipStars(next);
        now.swap(next);
    }
    return now[count] != 0;
}

} // namespace cutaway
