// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/registryoptions.h"

#include <string>
#include <vector>

namespace cutaway {

struct SignIn
{
    bool wasAsked = true; ///< false: the registry asked nobody who they are, so nothing was tested
};
/// Tries user and password against a registry ("docker.io", "localhost:5000"), and keeps them in
/// the keyring when it takes them: nothing of them is written anywhere else. From then on they are
/// used before those of Docker and Podman. Unauthorized when the registry refuses them,
/// Unsupported when there is no keyring, InvalidInput for what is no host or no user.
[[nodiscard]] Result<SignIn> signIn(const std::string &host,
                                    const std::string &user,
                                    const std::string &password,
                                    const RegistryOptions &options,
                                    const Monitor &monitor);
/// Forgets them. NotFound when there was no sign-in to that host.
[[nodiscard]] Result<> signOut(const std::string &host,
                               const RegistryOptions &options,
                               const Monitor &monitor);
/// Hosts of which the keyring has credentials of ours, as far as we were asked for it. The keyring
/// itself is not asked.
[[nodiscard]] std::vector<std::string> signedInHosts(const RegistryOptions &options);

/// What the keyring has for a host; nothing where there was no sign-in, and with a note where it
/// cannot be had.
[[nodiscard]] FoundCredential keyringCredential(const std::string &host,
                                                const RegistryOptions &options,
                                                const Monitor &monitor);

} // namespace cutaway
