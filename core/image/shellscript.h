// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/history.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a shell would run, as far as the text tells: POSIX sh with what bash adds in daily use.
/// Nothing is expanded or executed.
namespace cutaway {

/// One simple command. Words have lost their quotes; `$X`, `$(…)` and `${…}` stand as written.
struct ShellCommand
{
    enum class Join : std::uint8_t { Sequence, And, Or, Pipe }; ///< to the command before it
    struct Redirection
    {
        std::string sign; ///< ">", ">>", "<", "<<<", "&>" …
        std::string target;
    };

    std::vector<std::string> words; ///< wrappers (sudo, env, exec, xargs …) taken off
    std::vector<std::pair<std::string, std::string>> assignments; ///< `A=b` before the command
    std::vector<Redirection> redirections;
    std::vector<std::string> wrappers; ///< what was taken off, outermost first: "sudo", "exec"
    std::string heredoc;               ///< body of `<<EOF`
    Join join = Join::Sequence;
    bool isBackground = false;            ///< followed by `&`
    std::optional<std::size_t> within;    ///< the command in whose words it stands: `$(…)`, `sh -c`
    std::optional<std::size_t> condition; ///< inside an `if`: the last command that it asks

    /// The program's name without its directory; empty for assignments alone.
    std::string_view program() const;
    bool isWrappedBy(std::string_view wrapper) const;
    /// Whether one of the arguments is this word.
    bool has(std::string_view argument) const;
    /// The first argument that is no option ("install" of `apt-get -y install`).
    std::string_view verb() const;
};

struct ShellScript
{
    /// Only Posix is taken apart; the others are recognised and left alone.
    enum class Dialect : std::uint8_t { Posix, PowerShell, Cmd };
    Dialect dialect = Dialect::Posix;
    std::vector<std::string> flags; ///< of RUN: "--mount=type=cache,target=/root/.cache"
    std::vector<ShellCommand> commands;
    bool stopsOnError = false;  ///< set -e, or a shell run with it
    bool pipesFail = false;     ///< set -o pipefail
    bool isTruncated = false;   ///< a limit was reached; what is missing is not known
    bool hasBackground = false; ///< some command is followed by `&`
};

/// Takes shell text apart; bounded by limits::kShellBytes, kShellCommands and kShellDepth.
[[nodiscard]] ShellScript parseShell(std::string_view text);

/// The same for a RUN step. `shell` is what SHELL said before it ("[\"/bin/bash\", \"-c\"]"),
/// where the step itself does not tell.
[[nodiscard]] ShellScript parseRun(const BuildStep &step, std::string_view shell = {});

/// sh, bash, ash, dash, zsh, ksh, by path or name.
[[nodiscard]] bool isUnixShell(std::string_view program);

/// A run of `NAME` at the front: [A-Za-z_][A-Za-z0-9_]*; empty where there is none.
[[nodiscard]] std::string_view leadingName(std::string_view text);

} // namespace cutaway
