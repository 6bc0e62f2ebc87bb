// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/completion.h"

#include "app/cli/openimage.h"
#include "core/audit/rule.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/base/words.h"

#include <algorithm>
#include <array>

namespace cutaway::cli {

namespace {

WordList commandNames()
{
    WordList names;
    for (const Command &command : allCommands()) {
        names.emplace_back(command.name);
    }
    return names;
}

WordList limitNames()
{
    WordList names;
    for (const LimitRow &row : limitRows()) {
        names.push_back(std::string(row.name) + '=');
    }
    return names;
}

WordList ruleIds()
{
    WordList ids;
    for (const Rule &rule : allRules()) {
        ids.emplace_back(rule.id);
    }
    return ids;
}

struct Shell
{
    std::string_view name;
    std::string (*script)();
};
constexpr std::array kShells = {
    Shell{"bash", &bashCompletion},
    Shell{"fish", &fishCompletion},
    Shell{"zsh", &zshCompletion},
};

WordList shellNames()
{
    WordList names;
    for (const Shell &shell : kShells) {
        names.emplace_back(shell.name);
    }
    return names;
}

} // namespace

WordList wordsAfter(const Command &command)
{
    if (command.name == "cache") {
        return {"clear"};
    }
    if (command.name == "images") {
        return {"docker", "podman"};
    }
    if (command.name == "help") {
        WordList words = commandNames();
        words.emplace_back("limits");
        return words;
    }
    if (command.name == "completion") {
        return shellNames();
    }
    return command.name == "rules" ? ruleIds() : WordList();
}

Completed completedBy(const Option &option, const Command &command)
{
    if (option.value.empty()) {
        return {Completed::Kind::Switch, {}};
    }
    if (option.name == "--format") {
        return {Completed::Kind::Words, {command.formats.begin(), command.formats.end()}};
    }
    if (option.name == "--limit") {
        return {Completed::Kind::Beginnings, limitNames()};
    }
    if (option.name == "--ignore") {
        return {Completed::Kind::Words, ruleIds()};
    }
    if (option.value == "FILE") {
        return {Completed::Kind::File, {}};
    }
    if (option.value == "DIR") {
        return {Completed::Kind::Directory, {}};
    }
    WordList words;
    std::string_view rest = option.words;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        words.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {Completed::Kind::Words, std::move(words)};
}

int runCompletion(Context &context)
{
    const std::string &wanted = context.arguments.words.front();
    const auto *const shell = std::ranges::find(kShells, wanted, &Shell::name);
    if (shell == kShells.end()) {
        complain("there is no completion for '" + displayText(wanted)
                 + "', but for: " + joined(shellNames(), ", "));
        return ExitUsage;
    }
    context.output.write(shell->script());
    return finish(context);
}

} // namespace cutaway::cli
