// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/report/table.h"

namespace cutaway::cli {
namespace {

constexpr std::string_view kReferences =
    "A reference (REF) is the path of an image archive, an image layout or a root file system, or "
    "one of\n"
    "  docker-archive:FILE[:NAME:TAG]  oci-archive:FILE[:NAME]  oci:DIRECTORY[:NAME]  "
    "dir:DIRECTORY\n"
    "  docker://HOST/NAME:TAG  an image in a registry; a NAME:TAG that is no file means the same\n"
    "  -  an archive on standard input: docker save app | cutaway-cli -\n";

constexpr std::string_view kExitCodes = "Exit codes: 0 answered, 1 a gate failed, 2 wrong usage or "
                                        "a choice is needed, 3 the image or a\n"
                                        "path in it cannot be read, 4 network, 130 cancelled.\n";

TextStyle plain()
{
    TextStyle style;
    style.width = 0;
    return style;
}

std::string optionTable(const std::vector<Option> &options)
{
    TextTable table({{"", TextTable::Kind::Text}, {"", TextTable::Kind::Text}}, plain(), "  ");
    for (const Option &option : options) {
        std::string name(option.name);
        if (!option.letter.empty()) {
            name = std::string(option.letter) + ", " + name;
        }
        if (!option.value.empty()) {
            name += ' ' + std::string(option.value);
        }
        table.addRow({{std::move(name)}, {std::string(option.help)}});
    }
    return table.text();
}

std::string overview()
{
    std::string text = "cutaway-cli: what is in a container image, what it weighs and why\n\n"
                       "Usage: cutaway-cli [COMMAND] REF [OPTIONS]\n\n";
    TextTable table({{"", TextTable::Kind::Text}, {"", TextTable::Kind::Text}}, plain(), "  ");
    for (const Command &command : allCommands()) {
        table.addRow({{std::string(command.name) + ' ' + std::string(command.usage)},
                      {std::string(command.summary)}});
    }
    text += table.text() + "\nOptions of every command:\n" + optionTable(sharedOptions()) + '\n';
    text += std::string(kReferences) + '\n' + std::string(kExitCodes);
    return text;
}

std::string limitsText()
{
    std::string text = "Limits: what an image may ask for at most. Raise one with --limit "
                       "NAME=VALUE; sizes as 10GB or 4GiB.\n\n";
    TextTable table({{"", TextTable::Kind::Text}, {"", TextTable::Kind::Text}}, plain(), "  ");
    for (const LimitRow &row : limitRows()) {
        table.addRow(
            {{std::string(row.name) + '=' + limitText(row, Limits())}, {std::string(row.help)}});
    }
    return text + table.text();
}

} // namespace

std::string helpText(std::string_view name)
{
    const Command *command = findCommand(name);
    if (command == nullptr) {
        return overview();
    }
    std::string text = "cutaway-cli " + std::string(command->name) + ": "
                       + std::string(command->summary) + "\n\nUsage: cutaway-cli "
                       + std::string(command->name) + ' ' + std::string(command->usage)
                       + " [OPTIONS]\n\n";
    if (!command->help.empty()) {
        text += std::string(command->help) + "\n\n";
    }
    std::string formats;
    for (const std::string_view format : command->formats) {
        formats += (formats.empty() ? "" : ", ") + std::string(format);
    }
    text += "Formats: " + formats + "\n\nOptions:\n" + optionTable(command->options)
            + optionTable(sharedOptions()) + '\n' + std::string(kReferences);
    return text;
}

int runHelp(Context &context)
{
    const std::vector<std::string> &words = context.arguments.words;
    const bool isAboutLimits = !words.empty() && words.front() == "limits";
    if (!words.empty() && !isAboutLimits && findCommand(words.front()) == nullptr) {
        complain("there is no command '" + displayText(words.front()) + "'; see cutaway-cli help");
        return ExitUsage;
    }
    context.output.write(isAboutLimits ? limitsText()
                                       : helpText(words.empty() ? "" : words.front()));
    return finish(context);
}

} // namespace cutaway::cli
