// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/shellparser.h"

#include "core/base/limits.h"
#include "core/image/shellwrappers.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cutaway::shell {

namespace {

using Join = ShellCommand::Join;

/// Words before a command, or after a list of them, that are none themselves.
constexpr std::array<std::string_view, 13> kConnectives = {
    "if", "then", "elif", "else", "fi", "while", "until", "do", "done", "!", "{", "}", "coproc"};

bool isNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isRedirection(std::string_view sign)
{
    return sign.contains('<') || sign.contains('>');
}

} // namespace

void Parser::parse(std::string_view text)
{
    if (text.size() > limits::kShellBytes) {
        text = text.substr(0, limits::kShellBytes);
        m_script.isTruncated = true;
    }
    m_bytesLeft = text.size() * limits::kShellDepth;
    m_queue.push_back({std::string(text), std::nullopt, 0});
    while (!m_queue.empty()) {
        const Text next = std::move(m_queue.front());
        m_queue.pop_front();
        parseText(next);
    }
}

void Parser::addCommand(std::vector<std::string> words)
{
    for (const std::string &word : words) {
        m_bytesLeft += word.size() * limits::kShellDepth;
    }
    m_bytesLeft = std::min(m_bytesLeft, limits::kShellBytes * limits::kShellDepth);
    m_command.words = std::move(words);
    endCommand(Join::Sequence);
    while (!m_queue.empty()) {
        const Text next = std::move(m_queue.front());
        m_queue.pop_front();
        parseText(next);
    }
}

void Parser::applyShellFlags(std::string_view shell)
{
    ShellCommand flags;
    for (Lexer lexer(shell); true;) {
        Token token = lexer.next();
        if (token.kind == Token::Kind::End) {
            break;
        }
        std::string word = std::move(token.text);
        std::erase_if(word, [](char c) { return c == '[' || c == ']' || c == ',' || c == '"'; });
        flags.words.push_back(std::move(word));
    }
    applySet(flags);
}

void Parser::parseText(const Text &text)
{
    m_depth = text.depth;
    m_within = text.within;
    m_mode = Mode::Command;
    m_cases = 0;
    m_conditions.clear();
    m_isTest = false;
    m_join = Join::Sequence;
    Lexer lexer(text.text);
    for (Token token = lexer.next(); token.kind != Token::Kind::End; token = lexer.next()) {
        if (token.kind == Token::Kind::Word) {
            word(std::move(token));
        } else if (token.kind == Token::Kind::Operator) {
            operatorSign(lexer, token);
        } else {
            if (m_mode == Mode::LoopHeader) {
                m_mode = Mode::Command;
            }
            if (m_mode == Mode::Command) {
                endCommand(Join::Sequence);
            }
            readHeredocs(lexer);
        }
    }
    endCommand(Join::Sequence);
    readHeredocs(lexer);
}

/// Words of the language rather than of a command; true when there is nothing more to do.
bool Parser::reservedWord(const Token &token)
{
    if (m_mode == Mode::LoopHeader) {
        if (token.text == "do") {
            m_mode = Mode::Command;
        }
        return true;
    }
    if (m_mode == Mode::FunctionName) {
        m_mode = Mode::Command;
        return true;
    }
    if (m_mode == Mode::CaseWord) {
        if (token.text == "in") {
            m_mode = Mode::CasePattern;
        }
        return true;
    }
    if (m_mode == Mode::CasePattern) {
        if (token.text == "esac" && !token.isQuoted) {
            m_cases -= m_cases > 0 ? 1 : 0;
            m_mode = Mode::Command;
        }
        return true;
    }
    if (!m_command.words.empty() || !m_command.assignments.empty() || token.isQuoted) {
        return false;
    }
    if (token.text == "for" || token.text == "select" || token.text == "function") {
        m_mode = token.text == "function" ? Mode::FunctionName : Mode::LoopHeader;
        return true;
    }
    if (token.text == "case") {
        ++m_cases;
        m_mode = Mode::CaseWord;
        return true;
    }
    if (token.text == "esac") {
        m_cases -= m_cases > 0 ? 1 : 0;
        return true;
    }
    noteCondition(token.text);
    return std::ranges::find(kConnectives, token.text) != kConnectives.end();
}

/// Each open `if` has the condition that commands are under: its own, or before `then` that of the
/// one around it.
void Parser::noteCondition(std::string_view word)
{
    if (word == "if") {
        m_conditions.push_back(m_conditions.empty() ? std::nullopt : m_conditions.back());
    } else if (m_conditions.empty()) {
        return;
    } else if (word == "then" && !m_script.commands.empty()) {
        m_conditions.back() = m_script.commands.size() - 1;
    } else if (word == "elif") {
        const std::size_t open = m_conditions.size();
        m_conditions.back() = open > 1 ? m_conditions[open - 2] : std::nullopt;
    } else if (word == "fi") {
        m_conditions.pop_back();
    }
}

void Parser::word(Token token)
{
    std::ranges::move(token.inner, std::back_inserter(m_inner));
    if (reservedWord(token)) {
        return;
    }
    if (m_command.words.empty() && token.equals > 0) {
        m_command.assignments.emplace_back(token.text.substr(0, token.equals - 1),
                                           token.text.substr(token.equals));
        return;
    }
    m_isTest = (m_command.words.empty() && token.text == "[[") || (m_isTest && token.text != "]]");
    m_command.words.push_back(std::move(token.text));
}

void Parser::operatorSign(Lexer &lexer, const Token &token)
{
    const std::string &sign = token.text;
    if (m_mode == Mode::CasePattern) {
        m_mode = sign == ")" ? Mode::Command : m_mode;
        return;
    }
    if (m_mode == Mode::LoopHeader || m_mode == Mode::CaseWord) {
        m_mode = sign == ";" ? Mode::Command : m_mode;
        return;
    }
    if (m_isTest) {
        m_command.words.push_back(sign);
        return;
    }
    if (isRedirection(sign)) {
        redirection(lexer, token);
        return;
    }
    if (sign == "(" && m_command.words.size() == 1) {
        m_command.words.clear(); // `name() …` gives a function its name
        return;
    }
    if (sign == "&") {
        m_command.isBackground = true;
        m_script.hasBackground = true;
    }
    const bool isPipe = sign == "|" || sign == "|&";
    endCommand(isPipe         ? Join::Pipe
               : sign == "&&" ? Join::And
               : sign == "||" ? Join::Or
                              : Join::Sequence);
    if (sign.starts_with(";;") || sign == ";&") {
        m_mode = m_cases > 0 ? Mode::CasePattern : Mode::Command;
    }
}

void Parser::redirection(Lexer &lexer, const Token &token)
{
    if (token.isGlued && !m_command.words.empty() && isNumber(m_command.words.back())) {
        m_command.words.pop_back(); // the number of a file: `2>`
    }
    Token target = lexer.next();
    if (target.kind != Token::Kind::Word) {
        return;
    }
    std::ranges::move(target.inner, std::back_inserter(m_inner));
    if (token.text == "<<" || token.text == "<<-") {
        m_heredocs.push_back({target.text, token.text == "<<-", m_script.commands.size()});
        return;
    }
    m_command.redirections.push_back({token.text, std::move(target.text)});
}

/// At the end of a line: the bodies of the here-documents that it announced.
void Parser::readHeredocs(Lexer &lexer)
{
    for (const Heredoc &heredoc : m_heredocs) {
        std::string body = lexer.heredoc(heredoc.delimiter, heredoc.stripsTabs);
        if (heredoc.command >= m_script.commands.size()) {
            // `RUN <<EOF`: the step is the document.
            enqueue(std::move(body), m_within);
            continue;
        }
        ShellCommand &command = m_script.commands[heredoc.command];
        if (isUnixShell(command.program()) && command.verb().empty()) {
            enqueue(body, heredoc.command);
        }
        command.heredoc = std::move(body);
    }
    m_heredocs.clear();
}

/// `next` is how the command after this one is joined to it.
void Parser::endCommand(Join next)
{
    const bool isEmpty =
        m_command.words.empty() && m_command.assignments.empty() && m_command.redirections.empty();
    if (!isEmpty && m_script.commands.size() >= limits::kShellCommands) {
        m_script.isTruncated = true;
    } else if (!isEmpty) {
        m_command.join = m_join;
        m_command.within = m_within;
        m_command.condition = m_conditions.empty() ? std::nullopt : m_conditions.back();
        unwrapCommand(m_command);
        const std::size_t index = m_script.commands.size();
        m_script.commands.push_back(std::move(m_command));
        lookInside(index);
    } else {
        for (std::string &inner : m_inner) { // `for x in $(…)`
            enqueue(std::move(inner), m_within);
        }
    }
    m_inner.clear();
    m_command = ShellCommand();
    m_isTest = false;
    // A line may end behind `&&`: what follows is joined to what was before.
    m_join = isEmpty && next == Join::Sequence ? m_join : next;
}

/// Texts in the words of a command that a shell would run in turn.
void Parser::lookInside(std::size_t index)
{
    for (std::string &inner : m_inner) {
        enqueue(std::move(inner), index);
    }
    const ShellCommand &command = m_script.commands[index];
    if (!m_within && command.program() == "set") {
        applySet(command);
    }
    if (std::string text = textRunBy(command); !text.empty()) {
        enqueue(std::move(text), index);
    }
}

void Parser::enqueue(std::string text, std::optional<std::size_t> within)
{
    if (m_depth + 1 >= limits::kShellDepth || text.size() > m_bytesLeft) {
        m_script.isTruncated = true;
        return;
    }
    m_bytesLeft -= text.size();
    m_queue.push_back({std::move(text), within, m_depth + 1});
}

void Parser::applySet(const ShellCommand &command)
{
    bool isOption = false; // the word after -o
    for (std::size_t i = 1; i < command.words.size(); ++i) {
        const std::string &word = command.words[i];
        if (isOption) {
            m_script.pipesFail = m_script.pipesFail || word == "pipefail";
            m_script.stopsOnError = m_script.stopsOnError || word == "errexit";
            isOption = false;
            continue;
        }
        const bool isFlags = word.size() > 1 && word.front() == '-' && word[1] != '-';
        if (isFlags) {
            m_script.stopsOnError = m_script.stopsOnError || word.contains('e');
            isOption = word.contains('o');
        }
    }
}

} // namespace cutaway::shell
