// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/processrules.h"
#include "core/audit/rules/serverconfig.h"
#include "core/audit/rules/startedcommands.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 18> kSupervisors = {"supervisord",
                                                           "s6-svscan",
                                                           "runsvdir",
                                                           "runsvdir-start",
                                                           "monit",
                                                           "circusd",
                                                           "god",
                                                           "foreman",
                                                           "honcho",
                                                           "pm2",
                                                           "my_init",
                                                           "multirun",
                                                           "systemd",
                                                           "openrc",
                                                           "runit",
                                                           "s6-overlay",
                                                           "init",
                                                           "openrc-init"};
constexpr std::array kInstalledSupervisors = {
    "supervisord", "s6-svscan", "runsvdir", "monit", "circusd"};
constexpr std::array kDaemons = {"rsyslogd",
                                 "syslog-ng",
                                 "syslogd",
                                 "cron",
                                 "crond",
                                 "anacron",
                                 "udevd",
                                 "dbus-daemon",
                                 "agetty",
                                 "ntpd",
                                 "chronyd",
                                 "postfix",
                                 "exim4",
                                 "exim"};
constexpr std::array<std::string_view, 7> kForegroundPrograms = {
    "crond", "cron", "sshd", "httpd", "apache2", "apachectl", "nginx"};

bool hasWord(const ShellCommand &command, std::string_view text)
{
    return std::ranges::any_of(command.words,
                               [&](const std::string &word) { return word.contains(text); });
}

bool hasFlag(const ShellCommand &command, std::string_view letters)
{
    return std::ranges::any_of(command.words, [&](const std::string &word) {
        return word.size() > 1 && word[0] == '-' && word[1] != '-'
               && word.find_first_of(letters) != std::string::npos;
    });
}

/// Why the command leaves the container without its application; empty where it does not.
std::string backgroundReason(const ShellCommand &command)
{
    const std::string_view program = command.program();
    const std::string name(program);
    if (program == "service" && command.has("start")) {
        return "service … start returns at once.";
    }
    if (!command.words.empty() && command.words.front().starts_with("/etc/init.d/")
        && command.has("start")) {
        return "An init script returns at once.";
    }
    if (program == "systemctl") {
        return "systemctl needs a systemd that is not there.";
    }
    if (program == "tail" && hasWord(command, "/dev/null")) {
        return "tail -f /dev/null keeps the container alive whatever becomes of the application.";
    }
    if (program == "sleep" && (command.has("infinity") || command.has("inf"))) {
        return "sleep infinity keeps the container alive whatever becomes of the application.";
    }
    if (std::ranges::find(kForegroundPrograms, program) == kForegroundPrograms.end()) {
        const bool isRedis =
            program == "redis-server" && command.has("--daemonize") && command.has("yes");
        return isRedis ? "redis-server is told to go to the background." : "";
    }
    const bool staysInFront = program == "nginx" ? hasWord(command, "daemon off")
                              : program == "crond" || program == "cron" ? hasFlag(command, "fnd")
                              : program == "sshd"                       ? hasFlag(command, "Dd")
                                                  : hasWord(command, "FOREGROUND");
    return staysInFront ? "" : name + " goes to the background unless told not to.";
}

/// The same, and what the server's own files say of it.
std::string daemonReason(const AuditContext &context, const ShellCommand &command)
{
    const std::string_view program = command.program();
    std::string reason = backgroundReason(command);
    const bool isQuestion =
        std::ranges::any_of(std::array{"-t", "-T", "-v", "-V", "-s", "configtest"},
                            [&](const char *option) { return command.has(option); });
    if (isQuestion
        && std::ranges::find(kForegroundPrograms, program) != kForegroundPrograms.end()) {
        return {};
    }
    const bool isRedis = program == "redis-server" && !command.has("--daemonize");
    const bool isSupervisor =
        program == "supervisord" && !hasFlag(command, "n") && !command.has("--nodaemon");
    const bool isNginx = program == "nginx" && !reason.empty();
    if (!isRedis && !isSupervisor && !isNginx) {
        return reason;
    }
    const std::optional<bool> isForeground = isConfiguredForeground(context, command);
    if (!isForeground) {
        return reason;
    }
    return *isForeground ? std::string()
           : isNginx     ? reason
                         : std::string(program) + " goes to the background by its configuration.";
}

/// What the server's own files say settles it; without them nginx may have it there.
Severity backgroundSeverity(const AuditContext &context, const ShellCommand &command)
{
    const bool mayBeConfigured =
        command.program() == "nginx" && (command.has("-c") || command.words.size() == 1);
    return mayBeConfigured && !isConfiguredForeground(context, command) ? Severity::Medium
                                                                        : Severity::High;
}

struct LogRow
{
    std::string_view program;
    std::string_view folder;
};
constexpr std::array kLogFolders = {
    LogRow{"nginx", "/var/log/nginx"},
    LogRow{"httpd", "/usr/local/apache2/logs"},
    LogRow{"httpd", "/var/log/httpd"},
    LogRow{"apache2", "/var/log/apache2"},
    LogRow{"apachectl", "/var/log/apache2"},
    LogRow{"apache2ctl", "/var/log/apache2"},
    LogRow{"squid", "/var/log/squid"},
    LogRow{"haproxy", "/var/log/haproxy"},
};

bool isSupervisor(const ShellCommand &command)
{
    const bool isOtherInit = command.program() == "init" && command.words.front() != "/init"
                             && command.words.front() != "/sbin/init";
    return !isOtherInit && std::ranges::find(kSupervisors, command.program()) != kSupervisors.end();
}

/// A link to a standard stream in the folder itself, or the folder being one.
bool hasStreamLink(const PathTree &tree, NodeId folder)
{
    const auto isStream = [&](EntryId entry) {
        return entry != kNone && tree.entry(entry).type == EntryType::Symlink
               && (tree.linkTarget(entry).starts_with("/dev/std")
                   || tree.linkTarget(entry).starts_with("/proc/self/fd/"));
    };
    const PathTree::Node &node = tree.node(folder);
    for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
        if (isStream(tree.finalEntry(child))) {
            return true;
        }
    }
    return isStream(tree.finalEntry(folder));
}

} // namespace

std::vector<Finding> supervisor(const AuditContext &context)
{
    for (const StartedCommand &started : allStartedCommands(context)) {
        const ShellCommand &command = started.command;
        const std::string_view program = command.program();
        if (!isSupervisor(command)) {
            continue;
        }
        const std::vector<SupervisedProgram> programs = supervisedPrograms(context, command);
        const bool isOnlyOne = programs.size() == 1;
        Finding finding = startedFinding(
            context,
            isOnlyOne ? Severity::Low : Severity::Medium,
            quoted(program)
                + (isOnlyOne ? " looks after a single process, which could be the first itself."
                             : " runs several processes in one container."),
            started);
        finding.confidence = Confidence::Certain;
        for (const SupervisedProgram &supervised : programs) {
            finding.evidence.push_back(
                {.text = "it runs " + quoted(supervised.name), .field = "config.Cmd"});
        }
        return {std::move(finding)};
    }
    std::vector<Finding> findings;
    for (const char *name : kInstalledSupervisors) {
        const EntryId entry = installedProgram(*context.image.tree, name);
        if (entry == kNone) {
            continue;
        }
        const LayerIndex layer = context.image.tree->entry(entry).layer;
        Finding finding = layerFinding(context.image, Severity::Info, layer);
        finding.fingerprint = name;
        finding.summary = std::string(name) + " is installed, though the command does not use it.";
        finding.evidence.push_back(entryEvidence(*context.image.tree, entry, {}));
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> systemDaemons(const AuditContext &context)
{
    const std::vector<StartedCommand> started = allStartedCommands(context);
    std::vector<std::pair<std::string, const StartedCommand *>> running;
    bool hasSupervisor = false; // one is enough
    for (const StartedCommand &item : started) {
        running.emplace_back(item.command.program(), &item);
        if (item.command.program() == "service" && item.command.words.size() > 1) {
            running.emplace_back(item.command.words[1], &item);
        }
        if (!isSupervisor(item.command) || hasSupervisor) {
            continue;
        }
        hasSupervisor = true;
        for (const SupervisedProgram &program : supervisedPrograms(context, item.command)) {
            running.emplace_back(program.command.program(), &item);
            running.emplace_back(program.name, &item);
        }
    }
    const std::string application(applicationOf(context).program());
    std::vector<Finding> findings;
    for (const char *name : kDaemons) {
        if (name == application) {
            continue; // what the image is for
        }
        const auto run =
            std::ranges::find(running, name, [](const auto &item) { return item.first; });
        if (run != running.end()) {
            findings.push_back(
                startedFinding(context,
                               Severity::Medium,
                               std::string(name) + " is started beside the application.",
                               *run->second));
            findings.back().confidence = Confidence::Certain;
            findings.back().fingerprint = name;
            continue;
        }
        const EntryId entry = installedProgram(*context.image.tree, name);
        const bool isEssential = std::string_view(name) == "agetty"; // part of util-linux
        if (entry == kNone || isEssential) {
            continue;
        }
        const LayerIndex layer = context.image.tree->entry(entry).layer;
        Finding finding = layerFinding(context.image, Severity::Low, layer);
        finding.fingerprint = name;
        finding.summary = std::string(name) + " is installed.";
        finding.evidence.push_back(entryEvidence(*context.image.tree, entry, {}));
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> daemonizes(const AuditContext &context)
{
    constexpr std::size_t kMostLookedAt = 16;
    std::size_t lookedAt = 0; // reasons and servers, of which each asks for files
    for (const StartedCommand &started : allStartedCommands(context)) {
        const ShellCommand &command = started.command;
        const std::string_view program = command.program();
        const bool isServer =
            program == "nginx" || program == "redis-server" || program == "supervisord";
        lookedAt += isServer ? 1 : 0;
        if (lookedAt > kMostLookedAt) {
            return {};
        }
        std::string reason = daemonReason(context, command);
        const bool isOneOff = started.isInFile() && command.program() == "sleep"
                              && !started.isLast; // waiting for something
        if (command.isBackground && started.isLast && command.program() != "wait") {
            reason = "The last command is sent to the background, and the container ends.";
        }
        lookedAt += reason.empty() ? 0 : 1;
        if (reason.empty() || isFollowedUp(started) || started.isOptional() || isOneOff) {
            continue;
        }
        return {startedFinding(
            context, backgroundSeverity(context, command), std::move(reason), started)};
    }
    return {};
}

std::vector<Finding> logsToFile(const AuditContext &context)
{
    const PathTree &tree = *context.image.tree;
    const ShellCommand application = applicationOf(context);
    const std::string_view program =
        application.words.empty() ? context.facts.program() : application.program();
    std::vector<Finding> findings;
    for (const LogRow &row : kLogFolders) {
        const NodeId folder = tree.find(row.folder);
        if (program != row.program || folder == kNone || tree.finalEntry(folder) == kNone
            || hasStreamLink(tree, folder)) {
            continue;
        }
        const EntryId entry = tree.finalEntry(folder);
        Finding finding = layerFinding(context.image, Severity::Low, tree.entry(entry).layer);
        finding.confidence = Confidence::Likely;
        finding.fingerprint = row.folder;
        finding.summary = std::string(row.program) + " logs to files in " + std::string(row.folder)
                          + ", where nobody looks.";
        finding.evidence.push_back(entryEvidence(tree, entry, {}));
        findings.push_back(std::move(finding));
    }
    if (!findings.empty()) {
        return findings;
    }
    for (const std::string &path : configuredLogFiles(context, application)) {
        Finding finding = configFinding(Severity::Low,
                                        std::string(program) + " is told to log to " + quoted(path)
                                            + ", where nobody looks.",
                                        {.text = displayText(path), .path = path});
        finding.confidence = Confidence::Likely;
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cutaway
