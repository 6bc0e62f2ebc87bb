// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/processrules.h"
#include "core/base/words.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 12> kInterpreters = {"python",
                                                            "python3",
                                                            "node",
                                                            "java",
                                                            "ruby",
                                                            "php",
                                                            "perl",
                                                            "npm",
                                                            "npx",
                                                            "yarn",
                                                            "dotnet",
                                                            "bash"};

bool isEmptyList(const std::optional<std::vector<std::string>> &list)
{
    return !list || list->empty();
}

/// Whether the shell is replaced by what it starts: what `exec` stands before, or what the shell
/// itself treats so.
enum class Takeover : std::uint8_t { ByExec, ByShell, Never };

Takeover takeoverOf(const AuditContext &context, const std::string &text)
{
    const ShellScript script = parseShell(text);
    const ShellCommand *last = nullptr;
    for (const ShellCommand &command : script.commands) {
        last = command.within ? last : &command;
    }
    if (last == nullptr || last->isWrappedBy("exec") || last->program() == "exec") {
        return Takeover::ByExec;
    }
    if (last->join == ShellCommand::Join::Pipe || script.hasBackground) {
        return Takeover::Never;
    }
    const NodeId shell = context.image.tree == nullptr
                             ? kNone
                             : resolvePath(*context.image.tree, context.facts.argv.front());
    const std::string_view name =
        shell == kNone ? std::string_view() : context.image.tree->name(shell);
    // busybox's and bash's shells give way to the last command, dash does not.
    const bool givesWay = name == "busybox" || (name == "bash" && last->redirections.empty());
    return givesWay ? Takeover::ByShell : Takeover::Never;
}

bool isUnderVolume(const ImageConfig &config, std::string_view path)
{
    return std::ranges::any_of(config.volumes, [&](const std::string &volume) {
        return path.starts_with(volume)
               && (path.size() == volume.size() || volume.ends_with('/')
                   || path.substr(volume.size()).starts_with('/'));
    });
}

/// A folder of PATH that everybody may write to; empty where there is none.
std::string openProgramFolder(const AuditContext &context)
{
    if (context.image.tree == nullptr) {
        return {};
    }
    constexpr std::uint16_t kOthersWrite = 0002;
    const PathTree &tree = *context.image.tree;
    for (const std::string &folder : programFolders(context.image.config)) {
        const NodeId node = resolvePath(tree, folder);
        const EntryId entry = node == kNone || node == kRoot ? kNone : tree.finalEntry(node);
        if (entry != kNone && (tree.entry(entry).mode & kOthersWrite) != 0) {
            return folder;
        }
    }
    return {};
}

} // namespace

const std::string *shellText(const std::vector<std::string> &words)
{
    if (words.size() < 3 || !isUnixShell(words.front())) {
        return nullptr;
    }
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        const std::string &word = words[i];
        const bool isFlags = word.size() > 1 && word[0] == '-' && word[1] != '-';
        if (isFlags && word.contains('c')) {
            const bool hasOption = word.contains('o') && i + 2 < words.size();
            return &words[hasOption ? i + 2 : i + 1];
        }
        if (!isFlags && word != "pipefail") {
            return nullptr;
        }
    }
    return nullptr;
}

ShellScript startedCommands(const AuditContext &context)
{
    const std::vector<std::string> &argv = context.facts.argv;
    if (const std::string *text = shellText(argv)) {
        return parseShell(*text);
    }
    ShellScript script;
    if (context.facts.application < argv.size()) {
        ShellCommand command;
        command.words.assign(argv.begin() + static_cast<std::ptrdiff_t>(context.facts.application),
                             argv.end());
        script.commands.push_back(std::move(command));
    }
    return script;
}

std::vector<Finding> shellForm(const AuditContext &context)
{
    const ImageConfig &config = context.image.config;
    const bool isEntrypoint = !isEmptyList(config.entrypoint);
    const auto &words = isEntrypoint ? config.entrypoint : config.cmd;
    const std::string *text = isEmptyList(words) ? nullptr : shellText(*words);
    if (text == nullptr) {
        return {};
    }
    const Takeover takeover = takeoverOf(context, *text);
    if (takeover == Takeover::ByExec) {
        return {};
    }
    const bool isMeant = !config.shell.empty(); // SHELL was set, on purpose
    const Severity severity = takeover == Takeover::Never && !isMeant    ? Severity::Medium
                              : takeover == Takeover::ByShell && isMeant ? Severity::Info
                                                                         : Severity::Low;
    Finding finding = configFinding(
        severity,
        takeover == Takeover::Never
            ? "The application runs under a shell, which does not pass signals on."
            : "The application runs under a shell, which happens to give way to it.",
        configEvidence(isEntrypoint ? "config.Entrypoint" : "config.Cmd", joined(*words)));
    finding.confidence = Confidence::Likely;
    return {std::move(finding)};
}

std::vector<Finding> shellSwallowsArgs(const AuditContext &context)
{
    const ImageConfig &config = context.image.config;
    if (isEmptyList(config.entrypoint) || isEmptyList(config.cmd)) {
        return {};
    }
    const std::string *text = shellText(*config.entrypoint);
    if (text != nullptr && !text->contains("$@") && !text->contains("$*") && !text->contains("$0")
        && !text->contains("$1")) {
        return {configFinding(Severity::Medium,
                              "The entrypoint is shell text: the arguments in Cmd are lost.",
                              configEvidence("config.Cmd", joined(*config.cmd)))};
    }
    const std::string_view program = context.facts.program();
    const bool mayRunIt =
        program.ends_with(".sh") || program.contains("entrypoint") || isUnixShell(program);
    if (text == nullptr && shellText(*config.cmd) != nullptr && !mayRunIt) {
        Finding finding =
            configFinding(Severity::Medium,
                          "The program is given `/bin/sh -c …` as its arguments: Cmd is in shell "
                          "form.",
                          configEvidence("config.Cmd", joined(*config.cmd)));
        return {std::move(finding)};
    }
    return {};
}

std::vector<Finding> entrypointMissing(const AuditContext &context)
{
    const ImageConfig &config = context.image.config;
    if (context.facts.argv.empty() || context.facts.kind == ImageKind::OsBase
        || !context.image.complete) {
        return {};
    }
    const PathTree &tree = *context.image.tree;
    const std::string &program = context.facts.argv.front();
    const NodeId node = findProgram(tree, config, program);
    const bool isPath = program.contains('/');
    const std::string path =
        isPath && !program.starts_with('/') ? config.workingDir + "/" + program : program;
    const bool mayComeLater = isPath && isUnderVolume(config, path);
    const bool isVariable = program.contains('$') || program.empty();
    std::string problem;
    if (node == kNone) {
        problem = mayComeLater || isVariable ? "" : " is not in the image.";
    } else if (tree.effectiveType(tree.finalEntry(node)) == EntryType::Directory) {
        problem = " is a directory.";
    } else {
        const EntryId content = tree.content(tree.finalEntry(node));
        constexpr std::uint16_t kAnyExecute = 0111;
        const bool isFile = content != kNone && tree.entry(content).type == EntryType::File;
        problem = isFile && (tree.entry(tree.finalEntry(node)).mode & kAnyExecute) == 0
                      ? " may not be executed."
                      : startFault(context, tree.finalEntry(node));
    }
    if (problem.empty()) {
        return {};
    }
    Evidence evidence = configEvidence(
        isEmptyList(config.entrypoint) ? "config.Cmd" : "config.Entrypoint", program);
    if (node != kNone) {
        const EntryId entry = tree.finalEntry(node);
        evidence.path = tree.path(node);
        evidence.entry = entry;
        evidence.layer = tree.entry(entry).layer;
    }
    return {configFinding(
        Severity::High, "The program " + quoted(program) + problem, std::move(evidence))};
}

std::vector<Finding> entrypointNotAbsolute(const AuditContext &context)
{
    const std::vector<std::string> &argv = context.facts.argv;
    if (argv.empty() || argv.front().empty() || argv.front().starts_with('/')
        || context.facts.kind == ImageKind::OsBase
        || std::ranges::find(kInterpreters, argv.front()) != kInterpreters.end()) {
        return {};
    }
    const bool isEntrypoint = !isEmptyList(context.image.config.entrypoint);
    const std::string open = openProgramFolder(context);
    return {configFinding(
        open.empty() ? Severity::Info : Severity::Low,
        quoted(argv.front()) + " is looked for when the container starts"
            + (open.empty() ? "." : ", also in " + quoted(open) + ", where anybody may write."),
        configEvidence(isEntrypoint ? "config.Entrypoint" : "config.Cmd", argv.front()))};
}

std::vector<Finding> noDefaultCommand(const AuditContext &context)
{
    const ImageConfig &config = context.image.config;
    if (context.facts.kind == ImageKind::OsBase) {
        return {};
    }
    if (context.facts.argv.empty()) {
        return {configFinding(Severity::Medium,
                              "There is neither an entrypoint nor a command.",
                              {.text = "not set", .field = "config.Entrypoint"})};
    }
    const bool isApplication = context.facts.kind == ImageKind::Application;
    if (!isApplication || !isEmptyList(config.entrypoint)) {
        return {};
    }
    const bool isBareShell =
        context.facts.argv.size() == 1 && isUnixShell(context.facts.argv.front());
    return {configFinding(isBareShell ? Severity::Low : Severity::Info,
                          isBareShell ? "A container does nothing but start a shell."
                                      : "There is a command, but no entrypoint: arguments of "
                                        "docker run replace all of it.",
                          configEvidence("config.Cmd", joined(*config.cmd)))};
}

} // namespace cutaway
