// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/completion.h"
#include "core/base/words.h"

namespace cutaway::cli {

namespace {

/// What stands in single quotes, within a specification where `special` letters mean something.
std::string escaped(std::string_view text, std::string_view special)
{
    std::string result;
    for (const char c : text) {
        if (c == '\'') {
            result += "'\\''";
            continue;
        }
        if (special.contains(c) || c == '\\') {
            result += '\\';
        }
        result += c;
    }
    return result;
}

std::string action(const Completed &completed)
{
    switch (completed.kind) {
    case Completed::Kind::File: return "_files";
    case Completed::Kind::Directory: return "_directories";
    case Completed::Kind::Beginnings: return "compadd -S \"\" -- " + joined(completed.words);
    case Completed::Kind::Switch:
    case Completed::Kind::Words: break;
    }
    return completed.words.empty() ? " " : '(' + joined(completed.words) + ')';
}

/// For _arguments: '--format=[how the answer is written]:FORMAT:(text json)', of each spelling.
std::string specifications(const Option &option, const Completed &completed)
{
    const bool isSwitch = completed.kind == Completed::Kind::Switch;
    std::string rest = '[' + escaped(option.help, "[]:") + ']';
    if (!isSwitch) {
        rest += ':' + escaped(option.value, ":") + ':' + action(completed);
    }
    std::string text =
        " \\\n                '*" + std::string(option.name) + (isSwitch ? "" : "=") + rest + '\'';
    if (!option.letter.empty()) {
        text += " \\\n                '*" + std::string(option.letter) + (isSwitch ? "" : "+")
                + rest + '\'';
    }
    return text;
}

std::string commandCase(const Command &command)
{
    std::string text = "        " + std::string(command.name) + ")\n            _arguments -s";
    for (const std::vector<Option> *options : {&sharedOptions(), &command.options}) {
        for (const Option &option : *options) {
            text += specifications(option, completedBy(option, command));
        }
    }
    const WordList words = wordsAfter(command);
    text += words.empty() ? " \\\n                '*:image or path:_files'"
                          : " \\\n                '*:word:(" + joined(words) + ")'";
    return text + "\n            ;;\n";
}

} // namespace

std::string zshCompletion()
{
    std::string script = "#compdef cutaway-cli\n"
                         "# zsh completion of cutaway-cli: cutaway-cli completion zsh\n\n"
                         "_cutaway_cli() {\n    local -a commands=(\n";
    WordList names;
    for (const Command &command : allCommands()) {
        names.emplace_back(command.name);
        script +=
            "        '" + std::string(command.name) + ':' + escaped(command.summary, ":") + "'\n";
    }
    script +=
        "    )\n    local command=inspect word\n"
        "    for word in ${words[2,CURRENT-1]}; do\n        case $word in\n            "
        + joined(names, " | ")
        + ")\n                command=$word\n                words=(${words:#$word})\n"
          "                (( CURRENT-- ))\n                break\n                ;;\n"
          "        esac\n    done\n"
          "    if (( CURRENT == 2 )) && [[ $command == inspect && ${words[2]} != -* ]]; then\n"
          "        _describe command commands\n    fi\n    case $command in\n";
    for (const Command &command : allCommands()) {
        script += commandCase(command);
    }
    return script + "    esac\n}\n\n_cutaway_cli \"$@\"\n";
}

} // namespace cutaway::cli
