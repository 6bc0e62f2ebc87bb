// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rules/families.h"
#include "core/audit/rules/processrules.h"
#include "core/audit/rules/references.h"

namespace cutaway {

namespace {

constexpr std::uint16_t kNeedsStart = NeedsConfig | NeedsPosix;
constexpr std::uint16_t kNeedsFiles = NeedsConfig | NeedsTree | NeedsPosix;
constexpr std::uint16_t kNeedsScripts = kNeedsFiles | NeedsContent;

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
    Rule{.id = "process/wrapper-no-exec",
         .title = "The entry script stays in front of the application",
         .severity = Severity::Medium,
         .needs = kNeedsScripts,
         .why = "A shell waits for what it started and passes no signal on: the application is "
                "killed after ten seconds, and its exit code may be lost.",
         .fix = "End the script with exec \"$@\" or exec /app …",
         .references = references::kProcess,
         .check = &wrapperNoExec,
         .detects = "A shell script as the entrypoint, without exec before a command in it or in "
                    "what it reads in, that ends in a command.",
         .guards = "Scripts that end in a word of the shell or a tool that ends at once; an init "
                   "that signals the whole group; with a trap for TERM it is info.",
         .traits = LessInBase},
    Rule{.id = "process/args-dropped",
         .title = "The entry script ignores its arguments",
         .severity = Severity::Low,
         .needs = kNeedsScripts,
         .why = "CMD, and what people write behind docker run image, never reaches the "
                "application.",
         .fix = "exec app \"$@\"",
         .references = references::kProcess,
         .check = &argsDropped,
         .detects = "An entry script that never uses $@, $*, $1 or shift, though there is a CMD.",
         .guards = "Scripts of which a part could not be read; images without CMD.",
         .traits = LessInBase},
    Rule{.id = "process/no-init",
         .title = "An interpreter is the first process",
         .severity = Severity::Medium,
         .needs = kNeedsStart,
         .why = "The kernel gives the first process no default for signals and leaves orphans to "
                "it; interpreters and package runners look after neither.",
         .fix = "ENTRYPOINT [\"tini\", \"--\"], docker run --init, or handle SIGTERM in the code.",
         .references = references::kProcess,
         .check = &noInit,
         .detects = "node, python, ruby, php or perl as the first process of an image with ports: "
                    "low; npm, yarn, pnpm or npx: medium.",
         .guards = "Inits; main scripts that handle SIGTERM; images without ports."},
    Rule{.id = "process/stop-signal",
         .title = "The stop signal does not fit",
         .severity = Severity::Medium,
         .needs = kNeedsStart,
         .why = "A container that is stopped should end its work first.",
         .fix = "STOPSIGNAL SIGQUIT",
         .references = references::kProcess,
         .check = &stopSignal,
         .detects = "SIGKILL or no signal at all; nginx, httpd, php-fpm, haproxy, postgres or "
                    "systemd as the application without their own.",
         .guards = "Any other signal that is set, be it by the base image."},
    Rule{.id = "process/missing-libraries",
         .title = "Libraries of the program are not there",
         .severity = Severity::High,
         .needs = kNeedsScripts,
         .why = "The loader gives up before the program has begun.",
         .fix = "Install the package that has them, or link statically.",
         .references = references::kProcess,
         .check = &missingLibraries,
         .detects = "The loader that the program names, and the libraries that it and those need, "
                    "along RPATH, RUNPATH, LD_LIBRARY_PATH, ld.so.conf, musl's path and the usual "
                    "folders.",
         .guards =
             "Static programs; libraries of graphics cards, which the runtime puts there, are "
             "info; entry scripts that set LD_LIBRARY_PATH; images of which not all layers "
             "could be read."},
    Rule{.id = "process/runtime-install",
         .title = "Each start installs something",
         .severity = Severity::Medium,
         .needs = kNeedsScripts,
         .why = "What is installed or downloaded at the start is another thing each day, needs the "
                "network, and makes starting slow.",
         .fix = "Do it in the build.",
         .references = references::kImmutable,
         .check = &runtimeInstall,
         .detects = "Package managers, git clone and downloads to files in entry scripts; chown -R "
                    "and chmod -R are low.",
         .guards = "Steps that a variable has to ask for, and downloads of configuration, are "
                   "info; chown of volumes.",
         .traits = LessInBase},
    Rule{.id = "process/entrypoint-missing",
         .title = "The program to be run is not there",
         .severity = Severity::High,
         .needs = kNeedsFiles,
         .why = "The container cannot start.",
         .fix = "Correct the path, the mode, the ends of lines or the platform.",
         .references = references::kProcess,
         .check = &entrypointMissing,
         .detects = "The first word of the command is not found along PATH or at its path, is a "
                    "directory, or may not be executed; a script without #!, with an interpreter "
                    "that is not there or lines that end as in Windows; an ELF file for another "
                    "architecture.",
         .guards = "Programs below a volume; 32-bit programs that the machine runs as well; base "
                   "distributions; images of which not all layers "
                   "could be read.",
         .aliases = "InvalidBaseImagePlatform"},
    Rule{.id = "process/entrypoint-not-absolute",
         .title = "The program has no absolute path",
         .severity = Severity::Info,
         .needs = kNeedsStart,
         .why = "What runs then depends on PATH and the working directory at the start.",
         .fix = "Write the whole path.",
         .references = references::kProcess,
         .check = &entrypointNotAbsolute,
         .detects =
             "The first word of the command has no slash at its beginning; low where anybody "
             "may write to a folder of PATH.",
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
         .detects = "supervisord, s6, runit, monit, systemd and their like in the command or its "
                    "scripts, with the programs that their files name.",
         .guards = "One program alone is low; installed but not started is info; tini and "
                   "dumb-init are no supervisors.",
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
         .detects = "syslog, cron, udev, dbus, getty, ntp, mail; medium where the command, "
                    "its scripts or a supervisor start one beside the application, else low.",
         .guards = "The image is for just that service; links to busybox; agetty, which every "
                   "util-linux has, where nothing starts it.",
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
         .guards = "exec or wait behind it; what a server's configuration says (nginx, redis, "
                   "supervisord). Where nginx's is not there, medium."},
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
         .guards = "Words of the shell itself; programs below a volume; images of which not all "
                   "layers could be read."},
    Rule{.id = "process/logs-to-file",
         .title = "Logs go to files",
         .severity = Severity::Low,
         .needs = kNeedsFiles,
         .why = "Engines collect what a process writes to its standard output, nothing else.",
         .fix = "ln -sf /dev/stdout /var/log/nginx/access.log",
         .references = references::kLogs,
         .check = &logsToFile,
         .detects = "nginx, httpd, squid or haproxy as the application, and a log folder without "
                    "links to /dev/stdout or /dev/stderr, or log files in its configuration.",
         .guards = "Servers that are only installed; files that are such links.",
         .traits = LessInBase},
};

} // namespace

std::span<const Rule> processRules()
{
    return kRules;
}

} // namespace cutaway
