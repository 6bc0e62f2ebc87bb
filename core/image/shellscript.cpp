// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/shellscript.h"

#include "core/base/ascii.h"
#include "core/base/limits.h"
#include "core/image/historyarguments.h"
#include "core/image/historyshell.h"
#include "core/image/shellparser.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 6> kShells = {"sh", "bash", "ash", "dash", "zsh", "ksh"};

ShellScript::Dialect dialectOf(std::string_view shell)
{
    std::string lower(shell);
    std::ranges::transform(lower, lower.begin(), asciiLower);
    if (lower.contains("powershell") || lower.contains("pwsh")) {
        return ShellScript::Dialect::PowerShell;
    }
    std::string_view program = lower;
    program.remove_prefix(std::min(program.find_first_not_of("[ \""), program.size()));
    program = program.substr(0, program.find_first_of(" \","));
    const std::string_view name = program.substr(program.find_last_of("/\\") + 1);
    return name == "cmd" || name == "cmd.exe" ? ShellScript::Dialect::Cmd
                                              : ShellScript::Dialect::Posix;
}

/// "--mount=type=cache,target=/x apt-get …": the flags are RUN's own, not the command's.
std::vector<std::string> takeFlags(std::string_view &text)
{
    std::vector<std::string> flags;
    text = history::trimmed(text);
    while (text.starts_with("--")) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
        flags.emplace_back(text.substr(0, end));
        text = history::trimmed(text.substr(end));
    }
    return flags;
}

} // namespace

std::string_view ShellCommand::program() const
{
    return words.empty() ? std::string_view() : baseName(words.front());
}

bool ShellCommand::isWrappedBy(std::string_view wrapper) const
{
    return std::ranges::find(wrappers, wrapper) != wrappers.end();
}

bool ShellCommand::has(std::string_view argument) const
{
    return std::find(words.begin() + (words.empty() ? 0 : 1), words.end(), argument) != words.end();
}

std::string_view ShellCommand::verb() const
{
    const auto found = std::find_if(words.begin() + (words.empty() ? 0 : 1),
                                    words.end(),
                                    [](const std::string &word) { return !word.starts_with('-'); });
    return found == words.end() ? std::string_view() : *found;
}

bool isUnixShell(std::string_view program)
{
    return std::ranges::find(kShells, baseName(program)) != kShells.end();
}

std::string_view leadingName(std::string_view text)
{
    std::size_t end = 0;
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    while (end < text.size()
           && (isLetter(text[end]) || (end > 0 && text[end] >= '0' && text[end] <= '9'))) {
        ++end;
    }
    return text.substr(0, end);
}

ShellScript parseShell(std::string_view text)
{
    ShellScript script;
    shell::Parser(script).parse(text);
    return script;
}

ShellScript parseRun(const BuildStep &step, std::string_view shell)
{
    ShellScript script;
    const std::string_view runBy = step.shell.empty() ? shell : std::string_view(step.shell);
    script.dialect = dialectOf(runBy);
    std::string_view text = step.arguments;
    script.flags = takeFlags(text);
    if (const auto words = history::quotedList(text); words && !words->empty()) {
        shell::Parser(script).addCommand(*words); // exec form: no shell takes part
        return script;
    }
    if (script.dialect == ShellScript::Dialect::Posix) {
        shell::Parser parser(script);
        parser.applyShellFlags(runBy);
        parser.parse(text);
    }
    return script;
}

} // namespace cutaway
