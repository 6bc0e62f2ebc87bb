// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Languages that a text is coloured in. Xml and the like are read well enough without.
enum class Language : std::uint8_t { None, Shell, Dockerfile, Json, Yaml, Ini };

/// "shell", "Dockerfile" …; empty for none.
[[nodiscard]] std::string_view languageName(Language language);
/// By the file's name, or by the first line of its text ("#!/bin/sh").
[[nodiscard]] Language languageOf(std::string_view path, std::string_view text);

struct Token
{
    enum class Kind : std::uint8_t { Comment, String, Keyword, Name, Variable, Number };

    std::uint32_t at = 0; ///< bytes from the row's start
    std::uint32_t length = 0;
    Kind kind = Kind::Comment;

    bool operator==(const Token &) const = default;
};

/// Tells the words of one row after the other apart, well enough to read by: it keeps what is open
/// from one line to the next (quotes, here-documents, block scalars), and nothing else.
class Highlighter
{
public:
    explicit Highlighter(Language language)
        : m_language(language)
    {}

    /// Of the next row, in order, none overlapping.
    [[nodiscard]] std::vector<Token> row(std::string_view text);

private:
    void shell(std::string_view text, std::size_t at);
    void dockerfile(std::string_view text);
    void json(std::string_view text);
    void yaml(std::string_view text);
    void ini(std::string_view text);
    std::size_t openQuote(std::string_view text, std::size_t at);
    std::size_t quoted(std::string_view text, std::size_t from, std::size_t at);
    std::size_t variable(std::string_view text, std::size_t at);
    void hereDocument(std::string_view text, std::size_t at);
    void yamlValue(std::string_view text, std::size_t at, std::size_t indent);
    void add(std::size_t from, std::size_t to, Token::Kind kind);

    Language m_language;
    std::vector<Token> m_tokens;
    char m_quote = '\0';           ///< open at the end of the row before
    std::string m_hereEnd;         ///< the line that ends a here-document; empty = none is open
    bool m_isContinued = false;    ///< a Dockerfile's instruction goes on
    std::size_t m_blockIndent = 0; ///< of the key that a YAML block belongs to, from 1; 0 = none
};

} // namespace cutaway
