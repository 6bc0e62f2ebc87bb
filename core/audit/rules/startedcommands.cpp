// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/startedcommands.h"

#include "core/audit/evidence.h"
#include "core/image/shellwrappers.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 6> kInits = {
    "tini", "tini-static", "dumb-init", "catatonit", "docker-init", "pid1"};

bool isArguments(std::string_view word)
{
    return word == "$@" || word == "$*" || word == "${@}";
}

/// The command without the inits before it (`tini -g -- app`).
ShellCommand withoutInits(ShellCommand command)
{
    std::vector<std::string> &words = command.words;
    while (words.size() > 1 && std::ranges::find(kInits, command.program()) != kInits.end()) {
        const auto next = std::find_if_not(
            words.begin() + 1, words.end(), [](const auto &word) { return word.starts_with('-'); });
        words.erase(words.begin(), next);
    }
    shell::unwrapCommand(command);
    return command;
}

ShellCommand ofWords(const std::vector<std::string> &words)
{
    ShellCommand command;
    command.words = words;
    return withoutInits(std::move(command));
}

/// The words behind inits, as the configuration has them.
ShellCommand configured(const AuditContext &context)
{
    const std::vector<std::string> &argv = context.facts.argv;
    const auto at = static_cast<std::ptrdiff_t>(context.facts.application);
    return context.facts.application < argv.size() ? ofWords({argv.begin() + at, argv.end()})
                                                   : ShellCommand();
}

bool isEmptyList(const std::optional<std::vector<std::string>> &list)
{
    return !list || list->empty();
}

/// What the script hands over to in the end; nullptr where it does not by name.
const ShellCommand *takeover(const EntryScript &script)
{
    const auto &commands = script.script.commands;
    const auto found = std::ranges::find_if(commands.rbegin(), commands.rend(), [](const auto &c) {
        return !c.within && c.isWrappedBy("exec");
    });
    return found == commands.rend() ? nullptr : &*found;
}

const ShellCommand *lastOf(const EntryScript &script)
{
    const auto &commands = script.script.commands;
    const auto found = std::ranges::find_if(
        commands.rbegin(), commands.rend(), [](const auto &c) { return !c.within; });
    return found == commands.rend() ? nullptr : &*found;
}

/// A test that holds where a variable has been given: `[ -n "$X" ]`, `[ "$X" = yes ]`, `[[ $X ]]`.
bool asksForVariable(const ShellCommand &command)
{
    const std::string_view program = command.program();
    const bool isTest = program == "[" || program == "[[" || program == "test";
    const bool hasVariable = std::ranges::any_of(command.words, [](const std::string &word) {
        return word.starts_with('$')
               && !leadingName(word.substr(word.starts_with("${") ? 2 : 1)).empty();
    });
    const bool isNegative = command.has("-z") || command.has("!=") || command.has("!");
    const bool isAboutFiles = std::ranges::any_of(
        std::array{"-f", "-d", "-e", "-s", "-r", "-w", "-x", "-L", "-ef", "-nt"},
        [&](const char *sign) { return command.has(sign); });
    return isTest && hasVariable && !isNegative && !isAboutFiles;
}

} // namespace

bool StartedCommand::isOptional() const
{
    if (script == nullptr) {
        return false;
    }
    const std::vector<ShellCommand> &commands = script->script.commands;
    if (command.condition && asksForVariable(commands[*command.condition])) {
        return true;
    }
    constexpr std::size_t kMostBefore = 16;
    std::size_t at = index;
    while (at > 0 && index - at < kMostBefore && commands[at].join == ShellCommand::Join::And) {
        --at;
        if (asksForVariable(commands[at])) {
            return true;
        }
    }
    return false;
}

std::vector<StartedCommand> allStartedCommands(const AuditContext &context)
{
    std::vector<StartedCommand> started;
    const std::vector<EntryScript> &scripts = context.facts.scripts.scripts;
    const bool isText = !scripts.empty() && scripts.front().role == EntryScript::Role::Text;
    ShellCommand words = configured(context);
    if (!isText && !words.words.empty()) {
        started.push_back({std::move(words), nullptr, 0, true});
    }
    bool handsOver = false;
    for (const EntryScript &script : scripts) {
        const ShellCommand *last = lastOf(script);
        for (std::size_t i = 0; i < script.script.commands.size(); ++i) {
            const ShellCommand &command = script.script.commands[i];
            handsOver = handsOver
                        || (command.isWrappedBy("exec") && !command.words.empty()
                            && isArguments(command.words.front()));
            started.push_back({command, &script, i, &command == last});
        }
    }
    const ImageConfig &config = context.image.config;
    if (handsOver && !isEmptyList(config.entrypoint) && !isEmptyList(config.cmd)) {
        started.push_back({ofWords(*config.cmd), nullptr, 0, true});
    }
    return started;
}

ShellCommand applicationOf(const AuditContext &context)
{
    const std::vector<EntryScript> &scripts = context.facts.scripts.scripts;
    const ImageConfig &config = context.image.config;
    const bool hasArguments = !isEmptyList(config.entrypoint) && !isEmptyList(config.cmd);
    if (scripts.empty()) {
        ShellCommand command = configured(context);
        const std::string_view program = command.program();
        const bool isScript = program.ends_with(".sh") || program.contains("entrypoint");
        return isScript && hasArguments ? ofWords(*config.cmd) : command;
    }
    for (const EntryScript &script : scripts | std::views::reverse) {
        if (script.role == EntryScript::Role::Sourced) {
            continue;
        }
        const ShellCommand *end = takeover(script);
        end = end == nullptr ? lastOf(script) : end;
        if (end == nullptr || end->words.empty()) {
            continue;
        }
        if (!isArguments(end->words.front())) {
            return end->words.front().contains('$') ? ShellCommand() : withoutInits(*end);
        }
        if (hasArguments) {
            return ofWords(*config.cmd);
        }
    }
    return {};
}

bool isFollowedUp(const StartedCommand &started)
{
    if (started.script == nullptr) {
        return false;
    }
    const std::vector<ShellCommand> &commands = started.script->script.commands;
    return std::any_of(commands.begin() + static_cast<std::ptrdiff_t>(started.index) + 1,
                       commands.end(),
                       [](const ShellCommand &command) {
                           return !command.within
                                  && (command.isWrappedBy("exec") || command.program() == "wait");
                       });
}

Evidence startedEvidence(const AuditContext &context, const StartedCommand &started)
{
    const bool isEntrypoint = !isEmptyList(context.image.config.entrypoint);
    Evidence evidence = configEvidence(isEntrypoint ? "config.Entrypoint" : "config.Cmd",
                                       commandText(started.command));
    if (started.isInFile()) {
        Evidence file = entryEvidence(*context.image.tree, started.script->entry, evidence.text);
        file.bytes = 0; // it is about the line
        return file;
    }
    return evidence;
}

Finding startedFinding(const AuditContext &context,
                       Severity severity,
                       std::string summary,
                       const StartedCommand &started)
{
    Finding finding =
        configFinding(severity, std::move(summary), startedEvidence(context, started));
    finding.confidence = Confidence::Likely;
    if (started.isInFile()) {
        const LayerIndex layer = context.image.tree->entry(started.script->entry).layer;
        finding.layer = layer;
        finding.origin = originOf(context.image, layer);
        finding.fingerprint = started.script->path + '\n' + finding.evidence.front().text;
    }
    return finding;
}

} // namespace cutaway
