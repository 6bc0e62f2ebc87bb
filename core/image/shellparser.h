// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/shelllexer.h"
#include "core/image/shellscript.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::shell {

/// Fills a script with the commands of a text, those in `$(…)`, `sh -c "…"` and here-documents for
/// a shell included. Works through a queue of texts; nothing recurses.
class Parser
{
public:
    explicit Parser(ShellScript &script)
        : m_script(script)
    {}

    void parse(std::string_view text);
    /// A command of given words, as in the exec form.
    void addCommand(std::vector<std::string> words);
    /// "/bin/bash -euxo pipefail -c": what the shell is run with.
    void applyShellFlags(std::string_view shell);

private:
    struct Text
    {
        std::string text;
        std::optional<std::size_t> within;
        std::size_t depth = 0;
    };
    struct Heredoc
    {
        std::string delimiter;
        bool stripsTabs = false;
        std::size_t command = 0; ///< whose input it is
    };
    /// Where the words at hand belong.
    enum class Mode : std::uint8_t { Command, LoopHeader, CaseWord, CasePattern, FunctionName };

    void parseText(const Text &text);
    void word(Token token);
    bool reservedWord(const Token &token);
    void noteCondition(std::string_view word);
    void operatorSign(Lexer &lexer, const Token &token);
    void redirection(Lexer &lexer, const Token &token);
    void readHeredocs(Lexer &lexer);
    void endCommand(ShellCommand::Join next);
    void lookInside(std::size_t index);
    void enqueue(std::string text, std::optional<std::size_t> within);
    void applySet(const ShellCommand &command);

    ShellScript &m_script;
    std::deque<Text> m_queue;
    std::size_t m_bytesLeft = 0;

    // Of the text at hand.
    std::size_t m_depth = 0;
    std::optional<std::size_t> m_within;
    Mode m_mode = Mode::Command;
    std::size_t m_cases = 0;                              ///< open `case … in`
    std::vector<std::optional<std::size_t>> m_conditions; ///< of the open `if`s
    ShellCommand m_command;
    ShellCommand::Join m_join = ShellCommand::Join::Sequence;
    std::vector<std::string> m_inner; ///< substitutions in the command at hand
    std::vector<Heredoc> m_heredocs;  ///< announced on the line at hand
    bool m_isTest = false;            ///< inside `[[ … ]]`
};

} // namespace cutaway::shell
