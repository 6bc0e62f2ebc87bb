// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::shell {

struct Token
{
    enum class Kind : std::uint8_t { End, Word, Operator, Newline };
    Kind kind = Kind::End;
    std::string text;               ///< of a word: without quotes; of an operator: itself
    bool isQuoted = false;          ///< some part was quoted
    std::size_t equals = 0;         ///< of `NAME=value`: where the value begins; 0 = no assignment
    bool isGlued = false;           ///< nothing stands between it and the token before
    std::vector<std::string> inner; ///< texts of `$(…)`, backticks and `<(…)` in it
};

/// Splits shell text into words and operators. Time is linear in the text.
class Lexer
{
public:
    explicit Lexer(std::string_view text)
        : m_text(text)
    {}

    [[nodiscard]] Token next();
    /// The lines up to the one that is `delimiter`; to be asked at the beginning of a line.
    [[nodiscard]] std::string heredoc(const std::string &delimiter, bool stripsTabs);

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    bool skipBlanks();
    Token operatorToken();
    Token wordToken();
    void single(Token &word);
    void doubleQuoted(Token &word);
    void dollar(Token &word);
    void backticks(Token &word);
    void parenthesis(Token &word, std::size_t opening);
    std::size_t closing(std::size_t from, char open, char close) const;

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace cutaway::shell
