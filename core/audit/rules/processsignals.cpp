// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/evidence.h"
#include "core/audit/files.h"
#include "core/audit/rules/processrules.h"
#include "core/audit/rules/startedcommands.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cutaway {

namespace {

constexpr std::array<std::string_view, 6> kRunners = {
    "npm", "yarn", "pnpm", "npx", "bun", "pipenv"};
constexpr std::array<std::string_view, 6> kInterpreters = {
    "node", "nodejs", "ruby", "php", "perl", "deno"};

/// Servers whose graceful end is another signal than SIGTERM.
struct SignalRow
{
    std::string_view programs; ///< blank-separated
    const char *signal = "";
    const char *why = "";
};
constexpr std::array kServers = {
    SignalRow{"nginx", "SIGQUIT", "SIGTERM breaks off requests"},
    SignalRow{"httpd apache2 apachectl apache2ctl httpd-foreground apache2-foreground",
              "SIGWINCH",
              "SIGTERM breaks off requests"},
    SignalRow{"php-fpm", "SIGQUIT", "SIGTERM breaks off requests"},
    SignalRow{"haproxy", "SIGUSR1", "SIGTERM breaks off connections"},
    SignalRow{"postgres", "SIGINT", "SIGTERM waits for every client to go"},
    SignalRow{"systemd", "SIGRTMIN+3", "systemd takes SIGTERM for something else"},
};
constexpr std::array<std::string_view, 31> kSignals = {
    "HUP",  "INT",  "QUIT", "ILL",  "TRAP",   "ABRT", "IOT",  "BUS",  "FPE",  "KILL", "USR1",
    "SEGV", "USR2", "PIPE", "ALRM", "TERM",   "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
    "URG",  "XCPU", "XFSZ", "PROF", "VTALRM", "IO",   "POLL", "PWR",  "WINCH"};
constexpr int kLastSignal = 64;

bool isInterpreter(std::string_view program)
{
    return program.starts_with("python")
           || std::ranges::find(kInterpreters, program) != kInterpreters.end();
}

bool hasWord(std::string_view list, std::string_view word)
{
    const std::size_t at = list.find(word);
    const std::size_t end = at + word.size();
    return !word.empty() && at != std::string_view::npos && (at == 0 || list[at - 1] == ' ')
           && (end == list.size() || list[end] == ' ');
}

/// The script that an interpreter runs says that it looks after the signal.
bool handlesTerm(const AuditContext &context, const ShellCommand &application)
{
    const std::string_view main = application.verb();
    if (context.image.tree == nullptr || main.empty()) {
        return false;
    }
    const ImageConfig &config = context.image.config;
    const std::string path =
        main.starts_with('/') ? std::string(main) : config.workingDir + '/' + std::string(main);
    const std::optional<FileContent> content = context.contentAt(path);
    return content
           && (content->bytes.contains("SIGTERM") || content->bytes.contains("signal.")
               || content->bytes.contains("Signal.trap")
               || content->bytes.contains("pcntl_signal"));
}

/// "SIGQUIT", "QUIT", "3", "RTMIN+3" → whether it is a signal at all.
bool isSignal(std::string_view text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) {
        return number >= 1 && number <= kLastSignal;
    }
    text.remove_prefix(text.starts_with("SIG") ? 3 : 0);
    return text.starts_with("RTMIN") || text.starts_with("RTMAX")
           || std::ranges::find(kSignals, text) != kSignals.end();
}

bool hasInit(const AuditContext &context)
{
    static constexpr std::array<std::string_view, 7> kInits = {
        "tini", "tini-static", "dumb-init", "catatonit", "docker-init", "pid1", "init"};
    const auto isInit = [](std::string_view word) {
        const std::string_view name = word.substr(word.rfind('/') + 1);
        return std::ranges::find(kInits, name) != kInits.end();
    };
    const std::vector<std::string> &argv = context.facts.argv;
    const bool isInWords = std::ranges::any_of(argv, isInit);
    return isInWords
           || std::ranges::any_of(context.facts.scripts.scripts, [&](const EntryScript &script) {
                  const auto shebang = parseShebang(script.text);
                  return (shebang && std::ranges::any_of(shebang->words, isInit))
                         || std::ranges::any_of(script.script.commands, [&](const auto &command) {
                                return isInit(command.program());
                            });
              });
}

/// The shell in front never gives way: it is the first process, which other rules are about.
bool shellStays(const AuditContext &context)
{
    const std::vector<EntryScript> &scripts = context.facts.scripts.scripts;
    return !scripts.empty() && std::ranges::none_of(scripts, [](const EntryScript &script) {
        return std::ranges::any_of(script.script.commands, [](const ShellCommand &command) {
            return command.isWrappedBy("exec");
        });
    });
}

} // namespace

std::vector<Finding> noInit(const AuditContext &context)
{
    const ShellCommand application = applicationOf(context);
    const std::string_view program = application.program();
    const bool isRunner = std::ranges::find(kRunners, program) != kRunners.end();
    const bool isService = !context.image.config.exposedPorts.empty();
    if (!isService || shellStays(context) || (!isRunner && !isInterpreter(program))
        || hasInit(context) || (!isRunner && handlesTerm(context, application))) {
        return {};
    }
    Finding finding = configFinding(isRunner ? Severity::Medium : Severity::Low,
                                    isRunner ? quoted(program)
                                                   + " is the first process, and does not pass "
                                                     "signals on to what it runs."
                                             : quoted(program)
                                                   + " is the first process: SIGTERM ends it only "
                                                     "where its code says so, and nobody reaps "
                                                     "orphaned processes.",
                                    configEvidence("config.Entrypoint", commandText(application)));
    finding.confidence = Confidence::Heuristic;
    return {std::move(finding)};
}

std::vector<Finding> stopSignal(const AuditContext &context)
{
    const std::string &signal = context.image.config.stopSignal;
    if (!signal.empty()) {
        const bool isKill = signal == "SIGKILL" || signal == "KILL" || signal == "9";
        if (isSignal(signal) && !isKill) {
            return {};
        }
        return {configFinding(Severity::Medium,
                              isKill ? "The stop signal is SIGKILL: nothing can end in order."
                                     : "The stop signal " + quoted(signal) + " is none.",
                              configEvidence("config.StopSignal", signal))};
    }
    const std::string program(applicationOf(context).program());
    const auto *const row = std::ranges::find_if(
        kServers, [&](const SignalRow &server) { return hasWord(server.programs, program); });
    if (row == kServers.end()) {
        return {};
    }
    Finding finding =
        configFinding(Severity::Low,
                      program + " ends in order on " + row->signal + "; " + row->why + ".",
                      {.text = "not set", .field = "config.StopSignal"});
    finding.confidence = Confidence::Likely;
    finding.fingerprint += program;
    return {std::move(finding)};
}

} // namespace cutaway
