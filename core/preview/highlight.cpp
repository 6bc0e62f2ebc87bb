// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/highlight.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cutaway {

namespace {

using Kind = Token::Kind;

constexpr std::array kShellWords = {
    std::string_view("if"),     std::string_view("then"),   std::string_view("else"),
    std::string_view("elif"),   std::string_view("fi"),     std::string_view("for"),
    std::string_view("while"),  std::string_view("until"),  std::string_view("do"),
    std::string_view("done"),   std::string_view("case"),   std::string_view("esac"),
    std::string_view("in"),     std::string_view("export"), std::string_view("local"),
    std::string_view("return"), std::string_view("exit"),   std::string_view("set"),
    std::string_view("exec"),   std::string_view("trap"),   std::string_view("function"),
    std::string_view("source"), std::string_view("unset"),  std::string_view("readonly"),
};
constexpr std::array kDockerWords = {
    std::string_view("add"),
    std::string_view("arg"),
    std::string_view("cmd"),
    std::string_view("copy"),
    std::string_view("entrypoint"),
    std::string_view("env"),
    std::string_view("expose"),
    std::string_view("from"),
    std::string_view("healthcheck"),
    std::string_view("label"),
    std::string_view("maintainer"),
    std::string_view("onbuild"),
    std::string_view("run"),
    std::string_view("shell"),
    std::string_view("stopsignal"),
    std::string_view("user"),
    std::string_view("volume"),
    std::string_view("workdir"),
};
constexpr std::array kLiterals = {
    std::string_view("true"),
    std::string_view("false"),
    std::string_view("null"),
    std::string_view("yes"),
    std::string_view("no"),
    std::string_view("~"),
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWordLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return lower;
}

std::size_t skipBlanks(std::string_view text, std::size_t at)
{
    while (at < text.size() && isBlank(text[at])) {
        ++at;
    }
    return at;
}

std::size_t wordEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && isWordLetter(text[at])) {
        ++at;
    }
    return at;
}

bool isNumber(std::string_view word)
{
    return !word.empty() && (isDigit(word.front()) || (word.front() == '-' && word.size() > 1))
           && std::ranges::all_of(word, [](char c) {
                  return isDigit(c) || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
              });
}

template<std::size_t Count>
bool isOneOf(const std::array<std::string_view, Count> &words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (isBlank(text.back()) || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    text.remove_prefix(skipBlanks(text, 0));
    return text;
}

Language byName(std::string_view path)
{
    const std::string name = lowered(path.substr(path.rfind('/') + 1)); // npos + 1 is 0
    const auto ends = [&name](std::initializer_list<std::string_view> endings) {
        return std::ranges::any_of(endings,
                                   [&](std::string_view end) { return name.ends_with(end); });
    };
    if (name == "dockerfile" || name == "containerfile" || name.starts_with("dockerfile.")
        || ends({".dockerfile"})) {
        return Language::Dockerfile;
    }
    if (ends({".json", ".jsonl", ".ndjson", ".spdx", ".webmanifest"})) {
        return Language::Json;
    }
    if (ends({".yaml", ".yml"})) {
        return Language::Yaml;
    }
    if (ends({".sh", ".bash", ".ksh", ".zsh", ".env", ".profile", ".bashrc"}) || name == "profile"
        || name == "apkbuild" || name == "os-release") {
        return Language::Shell;
    }
    if (ends({".ini",
              ".cfg",
              ".conf",
              ".cnf",
              ".toml",
              ".service",
              ".timer",
              ".socket",
              ".desktop",
              ".properties",
              ".npmrc",
              ".editorconfig",
              ".gitconfig"})) {
        return Language::Ini;
    }
    return Language::None;
}

} // namespace

std::string_view languageName(Language language)
{
    switch (language) {
    case Language::None: return "";
    case Language::Shell: return "shell";
    case Language::Dockerfile: return "Dockerfile";
    case Language::Json: return "JSON";
    case Language::Yaml: return "YAML";
    case Language::Ini: return "INI";
    }
    return "";
}

Language languageOf(std::string_view path, std::string_view text)
{
    if (text.starts_with("#!")) {
        const std::string first =
            lowered(text.substr(0, std::min<std::size_t>(text.find('\n'), 128)));
        const bool isShell = first.ends_with("sh") || first.contains("sh ");
        return isShell ? Language::Shell : Language::None;
    }
    const Language named = byName(path);
    if (named != Language::None) {
        return named;
    }
    const std::string_view head = trimmed(text.substr(0, 64));
    return head.starts_with("{\"") || head.starts_with("{\n") || head.starts_with("[{")
               ? Language::Json
               : Language::None;
}

std::vector<Token> Highlighter::row(std::string_view text)
{
    m_tokens.clear();
    switch (m_language) {
    case Language::None: break;
    case Language::Shell: shell(text, 0); break;
    case Language::Dockerfile: dockerfile(text); break;
    case Language::Json: json(text); break;
    case Language::Yaml: yaml(text); break;
    case Language::Ini: ini(text); break;
    }
    return std::exchange(m_tokens, {});
}

void Highlighter::add(std::size_t from, std::size_t to, Token::Kind kind)
{
    if (to > from) {
        m_tokens.push_back(
            {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from), kind});
    }
}

/// From `at` to behind the closing quote, or to the end of the row: then it stays open.
std::size_t Highlighter::quoted(std::string_view text, std::size_t from, std::size_t at)
{
    std::size_t start = from;
    while (at < text.size() && text[at] != m_quote) {
        if (text[at] == '\\' && m_quote == '"') {
            at += 2;
        } else if (text[at] == '$' && m_quote == '"' && m_language != Language::Json) {
            add(start, at, Kind::String);
            at = variable(text, at);
            start = at;
        } else {
            ++at;
        }
    }
    const bool isClosed = at < text.size();
    at = std::min(at + 1, text.size());
    add(start, at, Kind::String);
    if (isClosed) {
        m_quote = '\0';
    }
    return at;
}

std::size_t Highlighter::openQuote(std::string_view text, std::size_t at)
{
    m_quote = text[at];
    return quoted(text, at, at + 1);
}

/// `$name`, `${…}`, `$1`; a `$(` is left to what stands in it.
std::size_t Highlighter::variable(std::string_view text, std::size_t at)
{
    std::size_t end = at + 1;
    if (end < text.size() && text[end] == '{') {
        end = std::min(text.find('}', end), text.size() - 1) + 1;
    } else if (end < text.size() && isWordLetter(text[end])) {
        end = wordEnd(text, end);
    } else if (end < text.size() && std::string_view("@*#?$!-").contains(text[end])) {
        ++end;
    } else {
        return end;
    }
    add(at, end, Kind::Variable);
    return end;
}

/// Behind `<<`: the word that will end what follows.
void Highlighter::hereDocument(std::string_view text, std::size_t at)
{
    at += at < text.size() && text[at] == '-' ? 1 : 0;
    at = skipBlanks(text, at);
    at += at < text.size() && (text[at] == '\'' || text[at] == '"') ? 1 : 0;
    m_hereEnd = text.substr(at, wordEnd(text, at) - at);
}

void Highlighter::shell(std::string_view text, std::size_t at)
{
    if (!m_hereEnd.empty()) {
        add(0, text.size(), Kind::String);
        if (trimmed(text) == m_hereEnd) {
            m_hereEnd.clear();
        }
        return;
    }
    if (m_quote != '\0') {
        at = quoted(text, 0, 0);
    }
    bool isCommand = true; // the next word may be a keyword
    while (at < text.size()) {
        const char c = text[at];
        if (c == '#' && (at == 0 || isBlank(text[at - 1]) || text[at - 1] == ';')) {
            add(at, text.size(), Kind::Comment);
            return;
        }
        if (c == '\\') {
            at += 2;
        } else if (c == '\'' || c == '"') {
            at = openQuote(text, at);
        } else if (c == '$') {
            at = variable(text, at);
        } else if (text.substr(at).starts_with("<<") && !text.substr(at).starts_with("<<<")) {
            hereDocument(text, at + 2);
            at += 2;
        } else if (isWordLetter(c)) {
            const std::size_t end = wordEnd(text, at);
            const bool isWhole =
                end == text.size() || std::string_view(" \t;&|)").contains(text[end]);
            if (isCommand && isWhole && isOneOf(kShellWords, text.substr(at, end - at))) {
                add(at, end, Kind::Keyword);
            } else {
                if (isCommand && end < text.size() && text[end] == '=') {
                    add(at, end, Kind::Name);
                }
                isCommand = false;
            }
            at = end;
        } else {
            isCommand = isCommand ? isBlank(c) || std::string_view(";&|({").contains(c)
                                  : std::string_view(";&|({").contains(c);
            ++at;
        }
    }
}

void Highlighter::dockerfile(std::string_view text)
{
    const std::size_t start = skipBlanks(text, 0);
    if (start < text.size() && text[start] == '#' && m_hereEnd.empty()) {
        add(start, text.size(), Kind::Comment); // also between the lines of one instruction
        return;
    }
    std::size_t at = 0;
    if (!m_isContinued && m_hereEnd.empty()) {
        const std::size_t end = wordEnd(text, start);
        if (isOneOf(kDockerWords, lowered(text.substr(start, end - start)))) {
            add(start, end, Kind::Keyword);
            at = end;
        }
        m_quote = '\0';
    }
    shell(text, at);
    m_isContinued = trimmed(text).ends_with('\\');
}

void Highlighter::json(std::string_view text)
{
    std::size_t at = m_quote != '\0' ? quoted(text, 0, 0) : 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = openQuote(text, at);
            const std::size_t next = skipBlanks(text, at);
            if (next < text.size() && text[next] == ':') {
                m_tokens.back().kind = Kind::Name;
            }
        } else if (isWordLetter(c) || c == '-') {
            const std::size_t end = std::min(text.find_first_of(" \t,]}:\"", at), text.size());
            const std::string_view word = text.substr(at, end - at);
            if (isNumber(word)) {
                add(at, end, Kind::Number);
            } else if (isOneOf(kLiterals, word)) {
                add(at, end, Kind::Keyword);
            }
            at = std::max(end, at + 1);
        } else {
            ++at;
        }
    }
    m_quote = '\0'; // a string of JSON ends on its line
}

void Highlighter::yamlValue(std::string_view text, std::size_t at, std::size_t indent)
{
    at = skipBlanks(text, at);
    if (at >= text.size()) {
        return;
    }
    const char c = text[at];
    if (c == '|' || c == '>') {
        m_blockIndent = indent + 1;
        return;
    }
    if (c == '"' || c == '\'') {
        at = skipBlanks(text, openQuote(text, at));
    } else if (c == '&' || c == '*') {
        const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
        add(at, end, Kind::Variable);
        at = skipBlanks(text, end);
    } else {
        const std::size_t comment = std::min(text.find(" #", at), text.size());
        const std::string_view word = trimmed(text.substr(at, comment - at));
        if (isNumber(word)) {
            add(at, at + word.size(), Kind::Number);
        } else if (isOneOf(kLiterals, lowered(word))) {
            add(at, at + word.size(), Kind::Keyword);
        }
        at = skipBlanks(text, comment);
    }
    if (at < text.size() && text[at] == '#') {
        add(at, text.size(), Kind::Comment);
    }
}

void Highlighter::yaml(std::string_view text)
{
    std::size_t at = skipBlanks(text, 0);
    if (m_quote != '\0') {
        quoted(text, 0, 0);
        return;
    }
    if (m_blockIndent > 0 && (at >= m_blockIndent || at == text.size())) {
        add(at, text.size(), Kind::String);
        return;
    }
    m_blockIndent = 0;
    if (at < text.size() && text[at] == '#') {
        add(at, text.size(), Kind::Comment);
        return;
    }
    if (text.starts_with("---") || text.starts_with("...")) {
        add(0, 3, Kind::Keyword);
        return;
    }
    while (text.substr(at).starts_with("- ")) {
        at = skipBlanks(text, at + 2);
    }
    const std::size_t start = at;
    if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
        at = openQuote(text, at);
    } else {
        at = std::min(std::min(text.find(": ", at), text.size() - (text.ends_with(':') ? 1 : 0)),
                      text.size());
    }
    if (at < text.size() && text[at] == ':') {
        std::erase_if(m_tokens, [start](const Token &token) { return token.at >= start; });
        add(start, at, Kind::Name);
        yamlValue(text, at + 1, start);
    } else if (m_tokens.empty()) {
        yamlValue(text, start, start);
    }
}

void Highlighter::ini(std::string_view text)
{
    const std::size_t start = skipBlanks(text, 0);
    if (start == text.size()) {
        return;
    }
    if (text[start] == '#' || text[start] == ';') {
        add(start, text.size(), Kind::Comment);
        return;
    }
    if (text[start] == '[') {
        add(start, std::min(text.find(']', start), text.size() - 1) + 1, Kind::Keyword);
        return;
    }
    const std::size_t equal = text.find_first_of("=:", start);
    if (equal == std::string_view::npos) {
        return;
    }
    const std::string_view key = trimmed(text.substr(start, equal - start));
    add(start, start + key.size(), Kind::Name);
    const std::size_t at = skipBlanks(text, equal + 1);
    const std::string_view value = trimmed(text.substr(at));
    if (isNumber(value)) {
        add(at, at + value.size(), Kind::Number);
    } else if (isOneOf(kLiterals, lowered(value))) {
        add(at, at + value.size(), Kind::Keyword);
    } else if (value.starts_with('"') || value.starts_with('\'')) {
        add(at, at + value.size(), Kind::String);
    }
}

} // namespace cutaway
