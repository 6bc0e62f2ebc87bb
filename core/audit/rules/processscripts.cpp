// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/rules/packagecommands.h"
#include "core/audit/rules/processrules.h"
#include "core/audit/rules/startedcommands.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::size_t kMostFindings = 20;

/// Programs and words of the shell that end at once: the last command of a script that only
/// prepares something, not of one that starts an application.
constexpr std::array<std::string_view, 34> kShortLived = {
    "echo", "printf", "cd",   "test",  "[",      "[[",    "true",   "false", ":",
    "wait", "return", "set",  "unset", "export", "trap",  "read",   "shift", "eval",
    "cp",   "mv",     "rm",   "ln",    "mkdir",  "rmdir", "chmod",  "chown", "touch",
    "cat",  "sed",    "grep", "tar",   "ls",     "id",    "install"};

bool isOneOf(std::string_view word, const auto &list)
{
    return std::ranges::find(list, word) != list.end();
}

/// An init before the script that passes signals on to the whole group.
bool initSignalsGroup(const AuditContext &context)
{
    const std::vector<std::string> &argv = context.facts.argv;
    for (std::size_t i = 0; i < context.facts.application && i < argv.size(); ++i) {
        if (argv[i].ends_with("dumb-init") || argv[i] == "-g") {
            return true;
        }
    }
    const auto shebang = context.facts.scripts.isEmpty()
                             ? std::nullopt
                             : parseShebang(context.facts.scripts.scripts.front().text);
    return shebang && std::ranges::any_of(shebang->words, [](const std::string &word) {
               return word.ends_with("dumb-init");
           });
}

const ShellCommand *lastCommand(const EntryScript &script)
{
    const auto &commands = script.script.commands;
    const auto found =
        std::ranges::find_if(commands.rbegin(), commands.rend(), [](const ShellCommand &command) {
            return !command.within && command.program() != "exit" && !command.words.empty();
        });
    return found == commands.rend() ? nullptr : &*found;
}

bool trapsTerm(const EntryScript &script)
{
    return std::ranges::any_of(script.script.commands, [](const ShellCommand &command) {
        return command.program() == "trap"
               && std::ranges::any_of(command.words, [](const std::string &word) {
                      return word == "TERM" || word == "SIGTERM" || word == "15" || word == "EXIT";
                  });
    });
}

bool givesWay(const EntryScript &script)
{
    return std::ranges::any_of(script.script.commands, [](const ShellCommand &command) {
        return !command.within && command.isWrappedBy("exec");
    });
}

/// What a command does that belongs into the build; empty where it is something else.
struct RuntimeAct
{
    std::string_view what;
    Severity severity = Severity::Medium;
};

bool isConfiguration(const std::string &word)
{
    return std::ranges::any_of(
        std::array{".json", ".yml", ".yaml", ".conf", ".toml", ".ini", ".env", ".pem", ".crt"},
        [&](const char *ending) { return word.ends_with(ending); });
}

bool isBelowVolume(const ImageConfig &config, std::string_view path)
{
    return std::ranges::any_of(config.volumes, [&](const std::string &volume) {
        return path.starts_with(volume) || path.contains('$');
    });
}

RuntimeAct downloadAct(const ShellCommand &command)
{
    const bool isCurl = command.program() == "curl";
    const bool keeps =
        !command.redirections.empty()
        || std::ranges::any_of(command.words, [&](const std::string &word) {
               const bool isFlags = word.size() > 1 && word[0] == '-' && word[1] != '-';
               return word == "--output" || word == "--remote-name"
                      || (isCurl && isFlags && word.find_first_of("oO") != std::string::npos);
           });
    const bool isProbe = command.has("--spider") || command.has("-qO-") || command.has("/dev/null")
                         || std::ranges::any_of(command.redirections, [](const auto &redirection) {
                                return redirection.target.starts_with("/dev/");
                            });
    const bool isLocal = std::ranges::any_of(command.words, [](const std::string &word) {
        return word.contains("localhost") || word.contains("127.0.0.1");
    });
    const bool hasVariableUrl = std::ranges::any_of(command.words, [](const std::string &word) {
        return word.starts_with('$') || isConfiguration(word);
    });
    if ((isCurl && !keeps) || isProbe || isLocal || command.words.size() < 2) {
        return {};
    }
    return {"downloads something",
            hasVariableUrl ? Severity::Info : Severity::Medium}; // which may be its configuration
}

RuntimeAct runtimeActOf(const AuditContext &context, const ShellCommand &command)
{
    const std::string_view program = command.program();
    const PackageAct act = systemPackageAct(command);
    if (act == PackageAct::Install || act == PackageAct::Upgrade
        || act == PackageAct::DistUpgrade) {
        return {"installs packages of the distribution"};
    }
    if (installsLanguagePackages(command)) {
        return {"installs packages of a language"};
    }
    if (program == "git" && command.verb() == "clone") {
        return {"fetches source code"};
    }
    if (program == "curl" || program == "wget") {
        return downloadAct(command);
    }
    const bool isRecursive = std::ranges::any_of(command.words, [](const std::string &word) {
        return word == "--recursive"
               || (word.size() > 1 && word[0] == '-' && word[1] != '-' && word.contains('R'));
    });
    if ((program == "chown" || program == "chmod") && isRecursive) {
        const std::string &target = command.words.back();
        const bool isNeeded =
            isBelowVolume(context.image.config, target)
            || (target == "."
                && isBelowVolume(context.image.config, context.image.config.workingDir));
        return isNeeded ? RuntimeAct() : RuntimeAct{"changes whole folders", Severity::Low};
    }
    return {};
}

} // namespace

std::vector<Finding> wrapperNoExec(const AuditContext &context)
{
    const std::vector<EntryScript> &scripts = context.facts.scripts.scripts;
    if (scripts.empty() || scripts.front().role != EntryScript::Role::Entry
        || !context.facts.scripts.isComplete || initSignalsGroup(context)) {
        return {};
    }
    if (std::ranges::any_of(scripts, [](const EntryScript &script) {
            return script.role != EntryScript::Role::Started && givesWay(script);
        })) {
        return {};
    }
    const EntryScript &script = scripts.front();
    const ShellCommand *last = lastCommand(script);
    if (last == nullptr || isOneOf(last->program(), kShortLived)) {
        return {};
    }
    const bool isHandled = trapsTerm(script);
    Finding finding = startedFinding(
        context,
        isHandled ? Severity::Info : Severity::Medium,
        isHandled ? "The entry script stays the first process and looks after signals itself."
                  : "The entry script stays the first process: SIGTERM does not reach what it "
                    "starts.",
        {*last, &script, 0, true});
    finding.fingerprint = script.path;
    return {std::move(finding)};
}

std::vector<Finding> argsDropped(const AuditContext &context)
{
    const ImageConfig &config = context.image.config;
    const std::vector<EntryScript> &scripts = context.facts.scripts.scripts;
    const bool hasArguments =
        config.entrypoint && !config.entrypoint->empty() && config.cmd && !config.cmd->empty();
    if (!hasArguments || scripts.empty() || scripts.front().role != EntryScript::Role::Entry
        || !context.facts.scripts.isComplete
        || std::ranges::any_of(
            scripts, [](const EntryScript &script) { return script.variables.usesArguments; })) {
        return {};
    }
    Finding finding = layerFinding(
        context.image, Severity::Low, context.image.tree->entry(scripts.front().entry).layer);
    finding.confidence = Confidence::Likely;
    finding.summary = "The entry script never looks at its arguments: those in Cmd, and those of "
                      "docker run, are lost.";
    finding.fingerprint = scripts.front().path;
    finding.evidence.push_back(entryEvidence(*context.image.tree, scripts.front().entry, {}));
    return {std::move(finding)};
}

std::vector<Finding> runtimeInstall(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const StartedCommand &started : allStartedCommands(context)) {
        const RuntimeAct act = runtimeActOf(context, started.command);
        if (act.what.empty() || findings.size() >= kMostFindings) {
            continue;
        }
        const bool isOptional = started.isOptional();
        findings.push_back(
            startedFinding(context,
                           isOptional ? Severity::Info : act.severity,
                           "Each start of a container " + std::string(act.what)
                               + (isOptional ? ", where a variable asks for it." : "."),
                           started));
    }
    return findings;
}

} // namespace cutaway
