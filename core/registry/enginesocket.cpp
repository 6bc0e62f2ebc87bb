// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/enginesocket.h"

#include "core/base/bytesource.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/ownedfd.h"
#include "core/base/text.h"
#include "core/base/words.h"
#include "core/registry/http.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <sys/socket.h>
#include <sys/un.h>
#include <vector>

namespace cutaway {

namespace {

std::string variable(const char *name)
{
    const char *value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets any
    return value == nullptr ? std::string() : std::string(value);
}

/// A file of settings; null where there is none that can be read.
Json settingsIn(const std::string &path)
{
    const auto file = openFile(path);
    const auto text = file ? readAll(**file, limits::kContextBytes, "settings")
                           : Result<std::string>(std::unexpected(file.error()));
    auto parsed = text ? parseJson(*text, path, BadUtf8::Replace)
                       : Result<ParsedJson>(std::unexpected(text.error()));
    return parsed ? std::move(parsed->value) : Json();
}

std::string_view hostVariable(EngineKind kind)
{
    return kind == EngineKind::Docker ? "DOCKER_HOST" : "CONTAINER_HOST";
}

std::string startCommand(EngineKind kind)
{
    return kind == EngineKind::Docker ? "`sudo systemctl start docker`"
                                      : "`systemctl --user start podman.socket`";
}

/// What connect(2) says of a socket; 0 where somebody listens.
int problemOf(const std::string &path)
{
    sockaddr_un address = {};
    if (path.size() >= sizeof(address.sun_path)) {
        return ENAMETOOLONG;
    }
    address.sun_family = AF_UNIX;
    std::ranges::copy(path, std::begin(address.sun_path));
    const OwnedFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.isOpen()) {
        return errno;
    }
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof(address))
        == 0) {
        return 0;
    }
    return errno == EAGAIN ? 0 : errno; // one that has much to do
}

bool isAbsent(int problem)
{
    return problem == ENOENT || problem == ENOTDIR;
}

std::unexpected<Error> failAt(const EnginePlace &place, int problem)
{
    const std::string name(engineName(place.kind));
    const std::string socket = displayText(place.socket);
    switch (problem) {
    case EACCES:
    case EPERM:
        return fail(ErrorCode::Unauthorized,
                    "you may not use " + name + "'s socket " + socket
                        + (place.kind == EngineKind::Docker
                               ? "; join its group (`sudo usermod -aG docker $USER`, then sign in "
                                 "anew), or run Docker rootless"
                               : "; have one of your own with " + startCommand(place.kind)));
    case ECONNREFUSED:
        return fail(ErrorCode::Network,
                    name + " does not run: nobody listens at " + socket + "; start it with "
                        + startCommand(place.kind));
    case ENAMETOOLONG:
        return fail(ErrorCode::Network,
                    "the path of " + name + "'s socket is too long for a socket: " + socket);
    default: {
        // NOLINTNEXTLINE(concurrency-mt-unsafe): glibc's is safe for known codes
        const std::string why =
            isAbsent(problem) ? "there is no such socket" : std::string(std::strerror(problem));
        return fail(ErrorCode::Network, name + " cannot be asked at " + socket + ": " + why);
    }
    }
}

std::unexpected<Error> failElsewhere(EngineKind kind, std::string_view url, const std::string &from)
{
    const std::string word(engineWord(kind));
    return fail(ErrorCode::Network,
                from + " names " + displayText(shownUrl(url))
                    + ", and engines are asked over a Unix socket of this machine alone; forward "
                      "that engine's socket (`ssh -nNT -L /tmp/engine.sock:SOCKET HOST`) and set "
                    + std::string(hostVariable(kind))
                    + "=unix:///tmp/engine.sock, or send the "
                      "image: `ssh HOST "
                    + word + " save NAME | cutaway-cli -`");
}

/// A place that was named by `from`, and is the only one that counts.
Result<EnginePlace> placeOf(EngineKind kind, std::string_view url, const std::string &from)
{
    constexpr std::string_view kScheme = "unix:";
    if (!url.starts_with(kScheme)) {
        return failElsewhere(kind, url, from);
    }
    std::string_view path = url.substr(kScheme.size());
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size())); // Podman takes two, too
    EnginePlace place{.kind = kind, .socket = '/' + std::string(path)};
    if (const int problem = problemOf(place.socket); problem != 0) {
        const auto failed = failAt(place, problem);
        return fail(failed.error().code, failed.error().message + " (" + from + ")");
    }
    return place;
}

Result<EnginePlace> firstOf(EngineKind kind, const std::vector<std::string> &sockets)
{
    std::optional<Error> firstProblem;
    for (const std::string &socket : sockets) {
        EnginePlace place{.kind = kind, .socket = socket};
        const int problem = problemOf(socket);
        if (problem == 0) {
            return place;
        }
        if (!isAbsent(problem) && !firstProblem) {
            firstProblem = failAt(place, problem).error();
        }
    }
    if (firstProblem) {
        return std::unexpected(*firstProblem);
    }
    std::vector<std::string> shown;
    for (const std::string &socket : sockets) {
        shown.push_back(displayText(socket));
    }
    return fail(ErrorCode::NotFound,
                std::string(engineName(kind)) + " was not found: there is no socket at "
                    + joined(shown, ", ") + "; start it with " + startCommand(kind)
                    + ", or say where it is with " + std::string(hostVariable(kind))
                    + "=unix:///PATH");
}

/// The places below those directories that the environment has.
std::vector<std::string> below(
    std::initializer_list<std::pair<const std::string &, std::string_view>> places)
{
    std::vector<std::string> paths;
    for (const auto &[directory, name] : places) {
        if (directory.starts_with('/')) {
            paths.push_back(directory + std::string(name));
        }
    }
    return paths;
}

/// Docker's own files: contexts/meta/<SHA-256 of the name>/meta.json.
Result<EnginePlace> placeOfContext(const std::string &name,
                                   const std::string &directory,
                                   const std::string &from)
{
    const std::string path = directory + "/contexts/meta/" + sha256Hex(name) + "/meta.json";
    const std::string host = settingsIn(path)["Endpoints"]["docker"]["Host"].toString();
    if (host.empty()) {
        return fail(ErrorCode::Network,
                    from + " chooses the context “" + displayText(name) + "”, which "
                        + displayText(path) + " does not describe; see `docker context ls`");
    }
    return placeOf(EngineKind::Docker, host, "the context “" + displayText(name) + "”");
}

Result<EnginePlace> findDocker(const EngineSearch &search)
{
    constexpr auto kKind = EngineKind::Docker;
    if (!search.dockerHost.empty()) {
        return placeOf(kKind, search.dockerHost, "DOCKER_HOST");
    }
    const std::string directory =
        search.dockerConfig.empty() ? search.home + "/.docker" : search.dockerConfig;
    std::string context = search.dockerContext;
    std::string from = "DOCKER_CONTEXT";
    if (context.empty()) {
        from = directory + "/config.json";
        context = settingsIn(from)["currentContext"].toString();
    }
    if (!context.empty() && context != "default") {
        return placeOfContext(context, directory, from);
    }
    return firstOf(kKind,
                   below({{search.systemDocker, ""},
                          {search.runtimeDirectory, "/docker.sock"},
                          {search.home, "/.docker/run/docker.sock"},
                          {search.home, "/.docker/desktop/docker.sock"},
                          {search.home, "/.colima/default/docker.sock"}}));
}

/// Podman's connection that is used when none is asked for; empty where there is none.
std::string defaultConnection(const EngineSearch &search)
{
    const std::string directory =
        search.configDirectory.starts_with('/') ? search.configDirectory : search.home + "/.config";
    const Json settings = settingsIn(directory + "/containers/podman-connections.json");
    const Json &connection = settings["Connection"];
    return connection["Connections"][connection["Default"].toString()]["URI"].toString();
}

Result<EnginePlace> findPodman(const EngineSearch &search)
{
    constexpr auto kKind = EngineKind::Podman;
    if (!search.containerHost.empty()) {
        return placeOf(kKind, search.containerHost, "CONTAINER_HOST");
    }
    // One on another machine, or in a virtual one, is Podman's own business: this machine's counts.
    if (const std::string url = defaultConnection(search); url.starts_with("unix:")) {
        return placeOf(kKind, url, "Podman's default connection");
    }
    return firstOf(
        kKind,
        below({{search.runtimeDirectory, "/podman/podman.sock"}, {search.systemPodman, ""}}));
}

} // namespace

EngineSearch EngineSearch::ofEnvironment()
{
    EngineSearch search;
    search.dockerHost = variable("DOCKER_HOST");
    search.dockerContext = variable("DOCKER_CONTEXT");
    search.dockerConfig = variable("DOCKER_CONFIG");
    search.containerHost = variable("CONTAINER_HOST");
    search.home = variable("HOME");
    search.runtimeDirectory = variable("XDG_RUNTIME_DIR");
    search.configDirectory = variable("XDG_CONFIG_HOME");
    return search;
}

Result<EnginePlace> findEngine(EngineKind kind, const EngineSearch &search)
{
    return kind == EngineKind::Docker ? findDocker(search) : findPodman(search);
}

std::string shownPlace(const EnginePlace &place)
{
    return std::string(engineName(place.kind)) + " at " + displayText(place.socket);
}

} // namespace cutaway
