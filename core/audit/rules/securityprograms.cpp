// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/elffacts.h"
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/configlines.h"
#include "core/audit/rules/securityconfigs.h"
#include "core/audit/rules/securityrules.h"
#include "core/base/text.h"
#include "core/tree/paths.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <span>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 5> kPrivilegeDrops = {
    "gosu", "su-exec", "setpriv", "runuser", "s6-setuidgid"};

constexpr std::array kDebuggers = {
    "gdb", "lldb", "strace", "ltrace", "perf", "valgrind", "bpftrace"};
constexpr std::array kEditors = {"vim", "vim.basic", "vim.tiny", "nano", "emacs", "joe", "pico"};
constexpr std::array kNetworkTools = {"nmap",
                                      "tcpdump",
                                      "tshark",
                                      "nc",
                                      "ncat",
                                      "netcat",
                                      "telnet",
                                      "socat",
                                      "iperf",
                                      "iperf3",
                                      "mtr",
                                      "dig",
                                      "traceroute",
                                      "ssh",
                                      "ftp"};
constexpr std::array kFetchers = {"curl", "wget"};

constexpr std::uint32_t kSupervisorFiles = 100; ///< looked at in one folder

struct Group
{
    std::string_view name;
    std::span<const char *const> programs;
};
constexpr std::array kGroups = {
    Group{"debuggers", kDebuggers},
    Group{"editors", kEditors},
    Group{"network tools", kNetworkTools},
};

/// Whether the command or a start script gives root up before the application runs.
bool givesRootUp(const AuditContext &context)
{
    const auto isDrop = [](std::string_view name) {
        return std::ranges::find(kPrivilegeDrops, name) != kPrivilegeDrops.end();
    };
    const bool inCommand = std::ranges::any_of(
        context.facts.argv, [&](const std::string &word) { return isDrop(baseName(word)); });
    return inCommand
           || std::ranges::any_of(context.facts.scripts.scripts, [&](const EntryScript &script) {
                  return std::ranges::any_of(
                      script.script.commands, [&](const ShellCommand &command) {
                          return isDrop(command.program())
                                 || std::ranges::any_of(command.wrappers, isDrop)
                                 || (command.program() == "chroot" && command.words.size() > 1
                                     && command.words[1].starts_with("--userspec"));
                      });
              });
}

/// Whether the image itself needs the program: to start, or to tell that it is well.
bool isUsed(const AuditContext &context, std::string_view program)
{
    const auto names = [&](const std::string &word) {
        return baseName(word) == program || word.contains(std::string(program) + " ");
    };
    const auto runs = [&](const EntryScript &script) {
        return std::ranges::any_of(script.script.commands, [&](const ShellCommand &command) {
            return command.program() == program;
        });
    };
    return std::ranges::any_of(context.facts.argv, names)
           || std::ranges::any_of(context.facts.scripts.scripts, runs)
           || (context.image.config.healthcheck
               && std::ranges::any_of(context.image.config.healthcheck->test, names));
}

Finding programFinding(const AuditContext &context,
                       Severity severity,
                       EntryId entry,
                       std::string summary)
{
    const PathTree &tree = *context.image.tree;
    Finding finding = layerFinding(context.image, severity, tree.entry(entry).layer);
    finding.fingerprint = tree.path(tree.entry(entry).node);
    finding.summary = std::move(summary);
    finding.evidence.push_back(entryEvidence(tree, entry, {}));
    finding.evidence.back().bytes = 0;
    return finding;
}

} // namespace

std::vector<Finding> rootUser(const AuditContext &context)
{
    const std::string &user = context.image.config.user;
    if (!isRootUser(context)) {
        return {};
    }
    const bool drops = givesRootUp(context);
    const ImageKind kind = context.facts.kind;
    const Severity severity = kind == ImageKind::OsBase    ? Severity::Info
                              : kind == ImageKind::Builder ? Severity::Low
                              : drops                      ? Severity::Medium
                                                           : Severity::High;
    Finding finding =
        configFinding(severity,
                      user.empty() ? "No user is set: containers run as root."
                                   : "The user is " + quoted(user) + ": containers run as root.",
                      user.empty() ? Evidence{.text = "not set", .field = "config.User"}
                                   : configEvidence("config.User", user));
    finding.fingerprint = "config.User";
    if (drops) {
        finding.summary += " Root is given up before the application runs.";
    }
    const BuildFact *last = nullptr;
    for (const BuildFact &fact : context.facts.steps) {
        last = fact.step.keyword == "USER" ? &fact : last;
    }
    if (last != nullptr) {
        finding.evidence.push_back(stepEvidence(*last));
    }
    return {std::move(finding)};
}

std::vector<Finding> sensitiveVolume(const AuditContext &context)
{
    static constexpr std::array<std::string_view, 15> kFolders = {"/",
                                                                  "/etc",
                                                                  "/usr",
                                                                  "/bin",
                                                                  "/sbin",
                                                                  "/lib",
                                                                  "/lib32",
                                                                  "/lib64",
                                                                  "/boot",
                                                                  "/dev",
                                                                  "/proc",
                                                                  "/sys",
                                                                  "/root",
                                                                  "/var/run",
                                                                  "/run"};
    std::vector<Finding> findings;
    for (const std::string &volume : context.image.config.volumes) {
        std::string_view path = volume;
        while (path.size() > 1 && path.ends_with('/')) {
            path.remove_suffix(1);
        }
        const bool isSocket = path.ends_with("/docker.sock") || path.ends_with("/containerd.sock")
                              || path.ends_with("/crio.sock");
        if (isSocket || std::ranges::find(kFolders, path) != kFolders.end()) {
            findings.push_back(configFinding(Severity::High,
                                             quoted(volume) + " is declared a volume.",
                                             configEvidence("config.Volumes", volume)));
        }
    }
    return findings;
}

std::vector<Finding> sudoInstalled(const AuditContext &context)
{
    std::vector<Finding> findings;
    bool hasProgram = false;
    if (context.image.tree != nullptr) {
        for (const char *name : {"sudo", "doas"}) {
            const EntryId entry = installedProgram(*context.image.tree, name);
            if (entry != kNone) {
                hasProgram = true;
                findings.push_back(programFinding(
                    context, Severity::Medium, entry, std::string(name) + " is installed."));
            }
        }
    }
    std::ranges::move(filesThatGiveRoot(context, hasProgram), std::back_inserter(findings));
    context.facts.forEachAppRun([&](const BuildFact &fact) {
        const auto used =
            std::ranges::find_if(fact.script.commands, [](const ShellCommand &command) {
                return command.isWrappedBy("sudo") || command.program() == "sudo";
            });
        if (used != fact.script.commands.end()) {
            findings.push_back(stepFinding(
                Severity::Low, "A build step uses sudo.", fact, "sudo " + commandText(*used)));
        }
    });
    return findings;
}

namespace {

/// An image for fetching source over ssh is meant to have its server.
bool isGitServer(const AuditContext &context)
{
    const auto isNamed = [](const std::string &name) {
        return std::ranges::any_of(
            std::array{"gitea", "gogs", "gitlab", "forgejo", "gitolite", "git-server"},
            [&](const char *server) { return name.contains(server); });
    };
    const std::vector<std::string> &ports = context.image.config.exposedPorts;
    const bool hasPort = std::ranges::any_of(ports, [](const std::string &port) {
        return port.starts_with("22/") || port == "22" || port.starts_with("2222");
    });
    return hasPort && std::ranges::any_of(context.image.tags, isNamed);
}

/// Whether a supervisor is told to start the program: a `command=` in one of its files.
bool isSupervised(const AuditContext &context, std::string_view program)
{
    std::vector<std::string> files = {"/etc/supervisord.conf", "/etc/supervisor/supervisord.conf"};
    for (const char *folder : {"/etc/supervisor/conf.d", "/etc/supervisord.d"}) {
        const NodeId node = context.image.tree->find(folder);
        const PathTree::Node at = node == kNone ? PathTree::Node{} : context.image.tree->node(node);
        const std::uint32_t end = at.firstChild + std::min(at.childCount, kSupervisorFiles);
        for (NodeId child = at.firstChild; child < end; ++child) {
            files.push_back(context.image.tree->path(child));
        }
    }
    return std::ranges::any_of(files, [&](const std::string &file) {
        bool found = false;
        const std::optional<FileContent> content = context.contentAt(file);
        forEachConfigLine(content ? content->bytes : std::string_view(),
                          [&](const ConfigLine &line) {
                              const std::vector<std::string> words = wordsOf(line.value);
                              found = found
                                      || (line.key == "command" && !words.empty()
                                          && baseName(words.front()) == program);
                          });
        return found;
    });
}

bool hasLoader(const PathTree &tree)
{
    return std::ranges::any_of(
        std::array{"/lib", "/lib64", "/usr/lib", "/usr/lib64"}, [&](const char *path) {
            const NodeId folder = resolvePath(tree, path);
            const PathTree::Node at = folder == kNone ? PathTree::Node{} : tree.node(folder);
            for (NodeId node = at.firstChild; node < at.firstChild + at.childCount; ++node) {
                if (tree.name(node).starts_with("ld-") && tree.finalEntry(node) != kNone) {
                    return true;
                }
            }
            return false;
        });
}

/// Nothing in it can be linked at run time, and what is started needs no more than that.
bool isStatic(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    const std::size_t application = context.facts.application;
    if (context.contents == nullptr || application >= context.facts.argv.size()
        || hasLoader(tree)) {
        return false;
    }
    const NodeId program = findProgram(tree, context.image.config, context.facts.argv[application]);
    const EntryId entry = program == kNone ? kNone : tree.finalEntry(program);
    const auto elf = entry == kNone ? std::nullopt : elfFactsOf(*context.contents, entry);
    return elf && elf->interpreter.empty() && elf->type != ElfFacts::kCore;
}

/// A shell where nothing else would need one.
void addShell(const AuditContext &context, std::vector<Finding> &findings)
{
    if (!isStatic(context)) {
        return;
    }
    const PathTree &tree = *context.image.tree;
    for (const char *shell : {"sh", "bash", "ash", "dash", "zsh", "ksh"}) {
        for (const char *folder : {"/bin/", "/usr/bin/", "/usr/local/bin/", "/busybox/"}) {
            const NodeId node = tree.find(std::string(folder) + shell);
            const EntryId entry = node == kNone ? kNone : tree.finalEntry(node);
            if (entry == kNone || isUsed(context, shell)) {
                continue;
            }
            findings.push_back(
                programFinding(context,
                               Severity::Info,
                               entry,
                               "There is a shell beside a static program that needs none."));
            findings.back().confidence = Confidence::Likely;
            return;
        }
    }
}

} // namespace

std::vector<Finding> sshServer(const AuditContext &context)
{
    std::vector<Finding> findings;
    for (const char *name : {"sshd", "dropbear", "in.telnetd", "telnetd", "vsftpd"}) {
        const EntryId entry = installedProgram(*context.image.tree, name);
        if (entry == kNone) {
            continue;
        }
        const bool isStarted = isUsed(context, name) || isSupervised(context, name);
        const bool isMeant = isGitServer(context);
        findings.push_back(programFinding(
            context,
            isMeant     ? Severity::Low
            : isStarted ? Severity::High
                        : Severity::Medium,
            entry,
            std::string(name)
                + (isStarted ? " is started with the container." : " is installed.")));
    }
    return findings;
}

std::vector<Finding> adminTools(const AuditContext &context)
{
    if (context.facts.kind == ImageKind::Builder) {
        return {};
    }
    const PathTree &tree = *context.image.tree;
    std::map<Origin, std::vector<std::pair<std::string_view, EntryId>>> found;
    for (const Group &group : kGroups) {
        for (const char *program : group.programs) {
            const EntryId entry = installedProgram(tree, program);
            if (entry != kNone && !isUsed(context, program)) {
                found[originOf(context.image, tree.entry(entry).layer)].emplace_back(group.name,
                                                                                     entry);
            }
        }
    }
    std::vector<Finding> findings;
    for (const auto &[origin, programs] : found) {
        std::vector<std::string_view> groups;
        Finding finding = programFinding(context, Severity::Low, programs.front().second, {});
        finding.evidence.clear();
        for (const auto &[group, entry] : programs) {
            if (std::ranges::find(groups, group) == groups.end()) {
                groups.push_back(group);
            }
            finding.evidence.push_back(entryEvidence(tree, entry, std::string(group)));
            finding.evidence.back().bytes = 0;
        }
        finding.severity = groups.size() >= kGroups.size() ? Severity::Medium : Severity::Low;
        finding.confidence = Confidence::Likely;
        finding.fingerprint = "tools";
        finding.summary = "Tools that production does not need:";
        for (const auto &[group, entry] : programs) {
            finding.summary += (entry == programs.front().second ? " " : ", ")
                               + std::string(tree.name(tree.entry(entry).node));
        }
        finding.summary += ".";
        findings.push_back(std::move(finding));
    }
    for (const char *program : kFetchers) {
        const EntryId entry = installedProgram(tree, program);
        if (entry != kNone && !isUsed(context, program)) {
            Finding finding = programFinding(
                context, Severity::Info, entry, std::string(program) + " is installed.");
            finding.confidence = Confidence::Likely;
            findings.push_back(std::move(finding));
        }
    }
    addShell(context, findings);
    return findings;
}

} // namespace cutaway
