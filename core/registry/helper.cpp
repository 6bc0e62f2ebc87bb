// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/helper.h"

#include "core/base/ownedfd.h"
#include "core/registry/registrylimits.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char **environ; // NOLINT(readability-redundant-declaration): POSIX has it in no header

namespace cutaway {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPollMilliseconds = 50; // a cancel is answered within 100

struct Pair
{
    OwnedFd ours;
    OwnedFd theirs;
};

/// A socket, not a pipe: writing to one whose other end is closed can be told not to end us.
Result<Pair> makePair()
{
    std::array<int, 2> ends = {};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return fail(ErrorCode::Io, "it cannot be started");
    }
    return Pair{OwnedFd(ends[0]), OwnedFd(ends[1])};
}

Result<pid_t> start(const std::string &program, const Pair &line)
{
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, line.theirs.get(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, line.theirs.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string name = program;
    std::string verb = "get";
    const std::array<char *, 3> arguments = {name.data(), verb.data(), nullptr};
    pid_t child = 0;
    const int failed =
        ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        return fail(ErrorCode::Io, "it is not installed where programs are looked for (PATH)");
    }
    return child;
}

/// What comes until the end; nothing when that takes too long, is too much, or is not wanted any
/// more.
std::optional<std::string> readAnswer(int descriptor, Clock::time_point end, const Monitor &monitor)
{
    std::string text;
    std::array<char, 4096> buffer = {};
    while (text.size() < limits::kHelperBytes && Clock::now() < end && !monitor.isCancelled()) {
        pollfd waiting = {descriptor, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, kPollMilliseconds);
        if (ready == 0) {
            continue;
        }
        const ssize_t count = ready < 0 ? -1 : ::read(descriptor, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return text;
        }
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return std::nullopt;
}

/// Its exit status; one that has said all and does not end is ended.
int waitFor(pid_t child, Clock::time_point end)
{
    int status = 0;
    while (::waitpid(child, &status, WNOHANG) == 0) {
        if (Clock::now() >= end) {
            ::kill(child, SIGKILL);
            ::waitpid(child, &status, 0);
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return status;
}

} // namespace

Result<std::string> askCredentialHelper(const std::string &name,
                                        const std::string &server,
                                        const Monitor &monitor)
{
    Result<Pair> line = makePair();
    if (!line) {
        return std::unexpected(line.error());
    }
    const Result<pid_t> child = start("docker-credential-" + name, *line);
    if (!child) {
        return std::unexpected(child.error());
    }
    line->theirs.reset();
    const auto end = Clock::now() + limits::kHelperTime;
    (void)::send(line->ours.get(), server.data(), server.size(), MSG_NOSIGNAL);
    ::shutdown(line->ours.get(), SHUT_WR);
    const std::optional<std::string> text = readAnswer(line->ours.get(), end, monitor);
    const int status = waitFor(*child, text ? end : Clock::now());
    if (monitor.isCancelled()) {
        return failCancelled();
    }
    if (!text) {
        return fail(ErrorCode::Io, "it does not answer");
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        // It says so on its standard output, and nothing else tells this from a failure.
        const bool isUnknown = text->starts_with("credentials not found");
        return fail(isUnknown ? ErrorCode::NotFound : ErrorCode::Io, "it failed");
    }
    return *text;
}

} // namespace cutaway
