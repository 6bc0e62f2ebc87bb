// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/image/engineimage.h"
#include "core/registry/registrylimits.h"

#include <chrono>
#include <string>

namespace cutaway {

/// The environment as far as it says where engines listen.
struct EngineSearch
{
    std::string dockerHost;       ///< DOCKER_HOST
    std::string dockerContext;    ///< DOCKER_CONTEXT
    std::string dockerConfig;     ///< DOCKER_CONFIG
    std::string containerHost;    ///< CONTAINER_HOST
    std::string home;             ///< HOME
    std::string runtimeDirectory; ///< XDG_RUNTIME_DIR
    std::string configDirectory;  ///< XDG_CONFIG_HOME
    std::string systemDocker = "/var/run/docker.sock";
    std::string systemPodman = "/run/podman/podman.sock";
    /// After which an engine that says nothing is given up.
    std::chrono::seconds silentTime = limits::kEngineSilentTime;

    [[nodiscard]] static EngineSearch ofEnvironment();
};

/// An engine that somebody answers for.
struct EnginePlace
{
    EngineKind kind = EngineKind::Docker;
    std::string socket; ///< path
};

/// Finds the socket as the engine's own program would: what the environment names, then the chosen
/// context or connection, then the usual places, the first that answers. NotFound where
/// none is there; Network where nobody answers, or where it is on another machine; Unauthorized
/// where one may not ask. The message says what to do.
[[nodiscard]] Result<EnginePlace> findEngine(EngineKind kind, const EngineSearch &search);

/// "Docker at /var/run/docker.sock", for errors.
[[nodiscard]] std::string shownPlace(const EnginePlace &place);

} // namespace cutaway
