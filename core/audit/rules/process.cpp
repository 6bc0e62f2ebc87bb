// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/families.h"
#include "core/audit/rules/processrules.h"
#include "core/audit/rules/references.h"

namespace cutaway {

namespace {

constexpr std::uint16_t kNeedsStart = NeedsConfig | NeedsPosix;
constexpr std::uint16_t kNeedsFiles = NeedsConfig | NeedsTree | NeedsPosix;

constexpr std::array kRules = {
    Rule{.id = "process/shell-form",
         .title = "The application runs under a shell",
         .severity = Severity::Medium,
         .needs = kNeedsStart,
         .why = "A shell as first process does not pass SIGTERM on: the application is killed "
                "after ten seconds instead of ending by itself.",
         .fix = "Use the exec form, [\"app\", \"argument\"], or exec in the text.",
         .references = references::kProcess,
         .check = &shellForm,
         .detects = "An entrypoint, or a command without one, of the form sh -c text. Medium where "
                    "the shell stays (dash; pipes; background), low where it gives way (busybox, "
                    "bash).",
         .guards = "Text whose last command is run by exec; with SHELL set it weighs less.",
         .aliases = "DL3025 JSONArgsRecommended ID.20012"},
    Rule{.id = "process/shell-swallows-args",
         .title = "Arguments are lost in a shell form",
         .severity = Severity::Medium,
         .needs = kNeedsStart,
         .why = "Of a shell entrypoint the arguments go nowhere; a command in shell form reaches "
                "the entrypoint as three odd words.",
         .fix = "Use the exec form for both.",
         .references = references::kProcess,
         .check = &shellSwallowsArgs,
         .detects = "A shell-form entrypoint together with a command; an exec-form entrypoint "
                    "together with a shell-form command.",
         .guards = "Text that uses $@ or $1; entrypoints that are scripts, which may run what they "
                   "are given."},
    Rule{.id = "process/entrypoint-missing",
         .title = "The program to be run is not there",
         .severity = Severity::High,
         .needs = kNeedsFiles,
         .why = "The container cannot start.",
         .fix = "Correct the path or the mode.",
         .references = references::kProcess,
         .check = &entrypointMissing,
         .detects = "The first word of the command is not found along PATH or at its path, is a "
                    "directory, or may not be executed.",
         .guards = "Programs below a volume; base distributions; images of which not all layers "
                   "could be read."},
    Rule{.id = "process/entrypoint-not-absolute",
         .title = "The program has no absolute path",
         .severity = Severity::Info,
         .needs = kNeedsStart,
         .why = "What runs then depends on PATH and the working directory at the start.",
         .fix = "Write the whole path.",
         .references = references::kProcess,
         .check = &entrypointNotAbsolute,
         .detects = "The first word of the command has no slash at its beginning.",
         .guards = "Interpreters by their usual names; base distributions."},
    Rule{.id = "process/no-default-command",
         .title = "No default command",
         .severity = Severity::Medium,
         .needs = kNeedsStart,
         .why = "docker run image should do something useful, if only print how it is used.",
         .fix = "ENTRYPOINT for the program, CMD for its default arguments.",
         .references = references::kProcess,
         .check = &noDefaultCommand,
         .detects = "Neither entrypoint nor command; a bare shell is low, a command without "
                    "entrypoint info.",
         .guards = "Base distributions."},
    Rule{.id = "process/supervisor",
         .title = "Several processes in one container",
         .severity = Severity::Medium,
         .needs = kNeedsFiles,
         .why = "The engine sees the supervisor alone: it cannot restart, scale, limit or log each "
                "process by itself.",
         .fix = "One process an image; several containers in a pod or compose file.",
         .references = references::kOneProcess,
         .check = &supervisor,
         .detects = "supervisord, s6, runit, monit, systemd and their like in the command.",
         .guards = "Installed but not started is info; tini and dumb-init are no supervisors.",
         .traits = LessInBase},
    Rule{.id = "process/system-daemons",
         .title = "Services of a whole system",
         .severity = Severity::Medium,
         .needs = kNeedsFiles,
         .why = "Logs, schedules and mail are the platform's business; in a container they are one "
                "more process to look after.",
         .fix = "Log to standard output, use the platform's scheduler.",
         .references = references::kOneProcess,
         .check = &systemDaemons,
         .detects = "syslog, cron, udev, dbus, getty, ntp, mail; medium where the command starts "
                    "one beside the application, else low.",
         .guards = "The image is for just that service; links to busybox.",
         .traits = LessInBase},
    Rule{.id = "process/daemonizes",
         .title = "The application leaves the foreground",
         .severity = Severity::High,
         .needs = kNeedsStart,
         .why = "A container lives as long as its first process: an application in the background "
                "ends with it, or dies unseen.",
         .fix = "Tell it to stay: nginx -g \"daemon off;\", httpd -DFOREGROUND, crond -f.",
         .references = references::kProcess,
         .check = &daemonizes,
         .detects = "service start, init scripts, systemctl, servers without their foreground "
                    "option, tail -f /dev/null, sleep infinity, & at the end.",
         .guards = "exec of the application behind it. nginx without options may have it in its "
                   "configuration: medium."},
    Rule{.id = "process/no-healthcheck",
         .title = "No health check",
         .severity = Severity::Low,
         .needs = kNeedsStart,
         .why = "A process that runs is not a service that answers.",
         .fix = "HEALTHCHECK --interval=30s --timeout=3s CMD …",
         .references = references::kHealth,
         .check = &noHealthcheck,
         .detects = "No health check in the configuration.",
         .guards = "Info without exposed ports, with NONE, and in formats that cannot have one; "
                   "base, language and build images.",
         .aliases = "CIS-DI-0006 CIS-4.6 DL3057 DS-0026 CKV_DOCKER_2"},
    Rule{.id = "process/healthcheck-broken",
         .title = "A health check that cannot tell",
         .severity = Severity::Medium,
         .needs = kNeedsFiles,
         .why = "A check that always fails, or never does, is worse than none.",
         .fix = "Use a program that is in the image; curl -f.",
         .references = references::kHealth,
         .check = &healthcheckBroken,
         .detects = "The program or the shell is not in the image; curl without -f; a port that is "
                    "not exposed; times that make no sense.",
         .guards = "Words of the shell itself; images of which not all layers could be read."},
    Rule{.id = "process/logs-to-file",
         .title = "Logs go to files",
         .severity = Severity::Low,
         .needs = kNeedsFiles,
         .why = "Engines collect what a process writes to its standard output, nothing else.",
         .fix = "ln -sf /dev/stdout /var/log/nginx/access.log",
         .references = references::kLogs,
         .check = &logsToFile,
         .detects = "nginx, httpd, squid or haproxy as the application, and a log folder without "
                    "links to /dev/stdout or /dev/stderr.",
         .guards = "Servers that are only installed.",
         .traits = LessInBase},
};

} // namespace

std::span<const Rule> processRules()
{
    return kRules;
}

} // namespace cutaway
