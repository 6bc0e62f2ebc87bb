// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/base/monitor.h"
#include "core/base/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Who one is to a registry. Never shown, never logged.
struct Credential
{
    std::string user;
    std::string password;
    std::string identityToken; ///< instead of a password: for an OAuth 2 token server
    std::string from;          ///< for people: "~/.docker/config.json"

    bool isEmpty() const { return user.empty() && password.empty() && identityToken.empty(); }
};

/// What one file of the format of Docker's config.json says of a repository.
struct CredentialAnswer
{
    std::optional<Credential> credential;
    std::string helper; ///< "osxkeychain": a program that is to be asked instead
};
/// `domain` as in ImageName. Of several entries the one of the longest path before the repository's
/// wins, as Podman has it.
[[nodiscard]] CredentialAnswer credentialIn(const Json &file,
                                            std::string_view domain,
                                            std::string_view path);

/// What a helper calls this registry: Docker Hub has a name of old.
[[nodiscard]] std::string helperServer(std::string_view domain);
/// The answer of `docker-credential-NAME get`.
[[nodiscard]] Result<Credential> credentialOfHelper(std::string_view output);

/// The environment as far as it says where credentials are.
struct CredentialPlaces
{
    std::string home;
    std::string dockerConfig;     ///< DOCKER_CONFIG
    std::string registryAuthFile; ///< REGISTRY_AUTH_FILE
    std::string runtimeDirectory; ///< XDG_RUNTIME_DIR
    std::string configDirectory;  ///< XDG_CONFIG_HOME

    [[nodiscard]] static CredentialPlaces ofEnvironment();
    /// In the order in which they are asked.
    std::vector<std::string> files() const;
};

struct FoundCredential
{
    std::optional<Credential> credential;
    std::vector<std::string> notes; ///< for people: what could not be read or asked
};
/// Runs a helper: its name and what it is asked for; the text that it writes.
using AskHelper = std::function<Result<std::string>(
    const std::string &name, const std::string &server, const Monitor &monitor)>;
/// Asks all places. What cannot be read is a note, never a failure: then one is nobody.
[[nodiscard]] FoundCredential findCredential(std::string_view domain,
                                             std::string_view path,
                                             const CredentialPlaces &places,
                                             const AskHelper &ask,
                                             const Monitor &monitor);

} // namespace cutaway
