// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmark/process.h"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cutaway::benchmark {

namespace {

double seconds(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string textOf(const Command &command)
{
    std::string text;
    for (const std::string &word : command) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

Result<pid_t> start(const Command &command, bool isQuiet)
{
    std::vector<char *> arguments;
    for (const std::string &word : command) {
        arguments.push_back(const_cast<char *>(word.c_str())); // posix_spawn does not write to it
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (isQuiet) {
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    }
    pid_t process = 0;
    const int error =
        ::posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        return fail(ErrorCode::NotFound, command.front() + " cannot be run; is it installed?");
    }
    return process;
}

Result<Usage> run(const Command &command, bool isQuiet)
{
    const auto begin = std::chrono::steady_clock::now();
    const Result<pid_t> process = start(command, isQuiet);
    if (!process) {
        return std::unexpected(process.error());
    }
    int status = 0;
    rusage used = {};
    if (::wait4(*process, &status, 0, &used) < 0 || !WIFEXITED(status)
        || WEXITSTATUS(status) != 0) {
        return fail(ErrorCode::Io, "it failed: " + textOf(command));
    }
    Usage usage;
    usage.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    usage.cpu = seconds(used.ru_utime) + seconds(used.ru_stime);
    usage.peakBytes = static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
    return usage;
}

} // namespace

Result<Usage> runProgram(const Command &command)
{
    return run(command, false);
}

bool succeeds(const Command &command)
{
    return run(command, true).has_value();
}

Result<std::vector<Usage>> runInTurns(const std::vector<Command> &commands, int rounds)
{
    std::vector<Usage> least(commands.size());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < commands.size(); ++i) {
            const Result<Usage> usage = runProgram(commands[i]);
            if (!usage) {
                return std::unexpected(usage.error());
            }
            Usage &best = least[i];
            best.wall = round == 0 ? usage->wall : std::min(best.wall, usage->wall);
            best.cpu = round == 0 ? usage->cpu : std::min(best.cpu, usage->cpu);
            best.peakBytes =
                round == 0 ? usage->peakBytes : std::min(best.peakBytes, usage->peakBytes);
        }
    }
    return least;
}

} // namespace cutaway::benchmark
