// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "core/base/text.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace cutaway::cli {

namespace {

int usageError(const std::string &message)
{
    complain(message);
    return ExitUsage;
}

/// What a program name says when it is the first word but no command: a reference, or a slip.
bool looksLikeReference(const std::string &word)
{
    std::error_code ignored;
    return word == "-" || word.find_first_of("/.:") != std::string::npos
           || std::filesystem::exists(word, ignored);
}

/// Which command is meant; `arguments` loses its name. nullptr: said already.
const Command *chooseCommand(std::vector<std::string> &arguments)
{
    const auto word = std::ranges::find_if(arguments, [](const std::string &argument) {
        return !argument.starts_with('-') || argument == "-";
    });
    if (word == arguments.begin() && word != arguments.end()) {
        if (const Command *command = findCommand(*word); command != nullptr) {
            arguments.erase(word);
            return command;
        }
    }
    if (word == arguments.end() || looksLikeReference(*word)) {
        return findCommand("inspect");
    }
    std::vector<std::string> names;
    for (const Command &command : allCommands()) {
        names.emplace_back(command.name);
    }
    const std::string nearest = nearestWord(*word, names);
    if (nearest.empty() && word + 1 == arguments.end()) {
        return findCommand("inspect");
    }
    complain("there is no command '" + displayText(*word) + "'"
             + (nearest.empty() ? "; see cutaway-cli help" : "; did you mean '" + nearest + "'?"));
    return nullptr;
}

int checkWords(const Command &command, const Arguments &arguments)
{
    const std::size_t count = arguments.words.size();
    if (count >= command.leastWords && count <= command.mostWords) {
        return ExitOk;
    }
    const std::string usage =
        "usage: cutaway-cli " + std::string(command.name) + ' ' + std::string(command.usage);
    return usageError(count < command.leastWords
                          ? "something is missing; " + usage
                          : "'" + displayText(arguments.words[command.mostWords])
                                + "' is too much; " + usage);
}

int runCommand(const Command &command, const Arguments &arguments)
{
    std::string format = formatMeant(arguments.valueOr("--format", command.formats.front()));
    if (std::ranges::find(command.formats, format) == command.formats.end()) {
        std::string known;
        for (const std::string_view name : command.formats) {
            known += (known.empty() ? "" : ", ") + std::string(name);
        }
        return usageError("'" + displayText(format) + "' is no format of "
                          + std::string(command.name) + "; it has: " + known);
    }
    const Result<OutputRequest> request = outputRequest(command, arguments);
    if (!request) {
        return usageError(request.error().message);
    }
    Output output;
    MoreOutputs moreOutputs;
    Result<> opened = request->file ? output.openFile(*request->file) : Result<>();
    opened = opened ? moreOutputs.open(*request) : opened;
    if (!opened) {
        complain(opened.error().message);
        return exitCodeOf(opened.error().code);
    }
    TerminalMonitor monitor(arguments.has("--quiet"));
    TextStyle style = styleFor(output);
    style.width = arguments.has("--no-trunc") ? 0 : style.width;
    style.secrets = arguments.has("--reveal") ? Secrets::Shown : Secrets::Redacted;
    Context context{command, arguments, output, moreOutputs, monitor, style, std::move(format)};
    return command.run(context);
}

} // namespace

int runProgram(std::span<const std::string> given)
{
    std::vector<std::string> arguments(given.begin(), given.end());
    if (arguments.empty()) {
        complain("what shall be inspected? Give a reference, as in: cutaway-cli app.tar\n\n"
                 + helpText(""));
        return ExitUsage;
    }
    if (arguments.front() == "--version") {
        Output output;
        output.write("cutaway-cli " CUTAWAY_VERSION "\n");
        return output.finish() ? ExitOk : ExitUnreadable;
    }
    const bool wantsGeneralHelp = arguments.front() == "--help" || arguments.front() == "-h";
    const Command *command = wantsGeneralHelp ? findCommand("help") : chooseCommand(arguments);
    if (command == nullptr) {
        return ExitUsage;
    }
    std::vector<Option> options = sharedOptions();
    options.insert(options.end(), command->options.begin(), command->options.end());
    Result<Arguments> parsed = parseArguments(arguments, options);
    if (!parsed) {
        return usageError(parsed.error().message);
    }
    if (parsed->has("--help") && command->name != "help") {
        Output output;
        output.write(helpText(command->name));
        return output.finish() ? ExitOk : ExitUnreadable;
    }
    if (const int code = checkWords(*command, *parsed); code != ExitOk) {
        return code;
    }
    return runCommand(*command, *parsed);
}

} // namespace cutaway::cli
