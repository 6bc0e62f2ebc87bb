// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/completion.h"
#include "core/base/words.h"

namespace cutaway::cli {

namespace {

/// In single quotes, where fish knows \' and \\.
std::string quoted(std::string_view text)
{
    std::string result = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') {
            result += '\\';
        }
        result += c;
    }
    return result + '\'';
}

std::string line(const std::string &condition, const std::string &rest)
{
    return "complete -c cutaway-cli" + (condition.empty() ? "" : " -n " + quoted(condition)) + ' '
           + rest + '\n';
}

std::string optionLine(const std::string &condition,
                       const Option &option,
                       const Completed &completed)
{
    std::string rest = "-l " + std::string(option.name.substr(2));
    if (!option.letter.empty()) {
        rest += " -s " + std::string(option.letter.substr(1));
    }
    switch (completed.kind) {
    case Completed::Kind::Switch: break;
    case Completed::Kind::Words:
    case Completed::Kind::Beginnings:
        rest += " -x";
        if (!completed.words.empty()) {
            rest += " -a " + quoted(joined(completed.words));
        }
        break;
    case Completed::Kind::File: rest += " -r -F"; break;
    case Completed::Kind::Directory: rest += " -x -a '(__fish_complete_directories)'"; break;
    }
    return line(condition, rest + " -d " + quoted(option.help));
}

} // namespace

std::string fishCompletion()
{
    std::string script = "# fish completion of cutaway-cli: cutaway-cli completion fish\n";
    for (const Command &command : allCommands()) {
        script += line("__fish_use_subcommand",
                       "-a " + std::string(command.name) + " -d " + quoted(command.summary));
    }
    for (const Command &command : allCommands()) {
        const std::string condition = "__fish_seen_subcommand_from " + std::string(command.name);
        if (const WordList words = wordsAfter(command); !words.empty()) {
            script += line(condition, "-f -a " + quoted(joined(words)));
        }
        const Option &format = sharedOptions().front();
        script += optionLine(condition, format, completedBy(format, command));
        for (const Option &option : command.options) {
            script += optionLine(condition, option, completedBy(option, command));
        }
    }
    for (const Option &option : sharedOptions()) {
        if (option.name != "--format") {
            script += optionLine({}, option, completedBy(option, allCommands().front()));
        }
    }
    return script;
}

} // namespace cutaway::cli
