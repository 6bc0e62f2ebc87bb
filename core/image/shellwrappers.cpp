// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/shellwrappers.h"

#include <algorithm>
#include <array>

namespace cutaway::shell {

namespace {

/// A program that runs another one named in its arguments.
struct Wrapper
{
    std::string_view name;
    std::string_view valued; ///< letters of the short options that take a value
    std::size_t words = 0;   ///< of its own, after the options
    bool takesAssignments = false;
};

constexpr std::array kWrappers = {
    Wrapper{"sudo", "uUghpCTrtR", 0, true},
    Wrapper{"doas", "uC", 0, false},
    Wrapper{"env", "uCS", 0, true},
    Wrapper{"exec", "a", 0, false},
    Wrapper{"command", "", 0, false},
    Wrapper{"builtin", "", 0, false},
    Wrapper{"nohup", "", 0, false},
    Wrapper{"setsid", "", 0, false},
    Wrapper{"eatmydata", "", 0, false},
    Wrapper{"fakeroot", "", 0, false},
    Wrapper{"nice", "n", 0, false},
    Wrapper{"ionice", "cn", 0, false},
    Wrapper{"time", "fo", 0, false},
    Wrapper{"timeout", "sk", 1, false},
    Wrapper{"xargs", "nIPLdEsa", 0, false},
    Wrapper{"gosu", "", 1, false},
    Wrapper{"su-exec", "", 1, false},
    Wrapper{"busybox", "", 0, false},
};

constexpr std::size_t kWrappersAtMost = 8;

/// How many of the words belong to the wrapper; all of them when it runs nothing.
std::size_t wordsOf(const Wrapper &wrapper, ShellCommand &command)
{
    const std::vector<std::string> &words = command.words;
    std::size_t at = 1;
    std::size_t own = wrapper.words;
    for (; at < words.size(); ++at) {
        const std::string &word = words[at];
        if (word.size() > 1 && word.front() == '-') {
            const bool isShort = word[1] != '-';
            at += isShort && word.size() == 2 && wrapper.valued.contains(word[1]) ? 1 : 0;
            continue;
        }
        const std::size_t name = leadingName(word).size();
        if (wrapper.takesAssignments && name > 0 && name < word.size() && word[name] == '=') {
            command.assignments.emplace_back(word.substr(0, name), word.substr(name + 1));
            continue;
        }
        if (own == 0) {
            break;
        }
        --own;
    }
    return std::min(at, words.size());
}

} // namespace

void unwrapCommand(ShellCommand &command)
{
    for (std::size_t i = 0; i < kWrappersAtMost && !command.words.empty(); ++i) {
        const auto *const wrapper = std::ranges::find(kWrappers, command.program(), &Wrapper::name);
        if (wrapper == kWrappers.end()) {
            return;
        }
        const std::size_t count = wordsOf(*wrapper, command);
        if (count >= command.words.size()) {
            return; // by itself it is a command like others
        }
        command.wrappers.emplace_back(wrapper->name);
        command.words.erase(command.words.begin(),
                            command.words.begin() + static_cast<std::ptrdiff_t>(count));
    }
}

std::string textRunBy(const ShellCommand &command)
{
    const std::string_view program = command.program();
    std::string text;
    if (program == "eval") {
        for (std::size_t i = 1; i < command.words.size(); ++i) {
            text += (i > 1 ? " " : "") + command.words[i];
        }
        return text;
    }
    const bool isSu = program == "su" || program == "runuser";
    if (!isSu && !isUnixShell(program)) {
        return {};
    }
    for (std::size_t i = 1; i + 1 < command.words.size(); ++i) {
        const std::string &word = command.words[i];
        const bool isFlags = word.size() > 1 && word.front() == '-' && word[1] != '-';
        if ((isFlags && word.contains('c')) || (isSu && word == "--command")) {
            // `bash -eo pipefail -c text`: the option's own value may stand between.
            const std::size_t at =
                word.contains('o') && i + 2 < command.words.size() ? i + 2 : i + 1;
            return command.words[at];
        }
        if (!isFlags && !isSu && word != "pipefail" && !word.starts_with("--")) {
            return {}; // a script's file
        }
    }
    return {};
}

} // namespace cutaway::shell
