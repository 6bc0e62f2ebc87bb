// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/credentials.h"
#include "core/registry/keyring.h"
#include "core/registry/registrylimits.h"

#include <chrono>
#include <string>
#include <vector>

namespace cutaway {

/// What registries are asked with: who one is, whom one trusts, and what one may do besides what is
/// safe for everybody.
struct RegistryOptions
{
    std::vector<std::string> plainHosts; ///< "host:port", spoken to without TLS
    CredentialPlaces places;
    AskHelper askHelper; ///< empty: no program is run
    /// Folders with one folder a host ("certs.d"), the first that has it counts.
    std::vector<std::string> certificateFolders;
    bool isOffline = false; ///< nothing but what is kept
    std::chrono::seconds silentTime = limits::kSilentTime;
    KeyringPtr keyring;       ///< of those who signed in with us; nullptr: none is asked
    std::string signInFolder; ///< where it is noted to which hosts that was
    /// registries.conf (containers-registries.conf(5)): the first that is there counts, and then
    /// the files of the folders behind it, "registries.conf.d".
    std::vector<std::string> registriesFiles;
    std::vector<std::string> registriesFolders;

    /// As Docker and Podman have it on this machine, helpers included.
    [[nodiscard]] static RegistryOptions ofEnvironment();
};

} // namespace cutaway
