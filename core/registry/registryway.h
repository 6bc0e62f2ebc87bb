// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/imagename.h"
#include "core/registry/http.h"
#include "core/registry/registryoptions.h"

#include <optional>
#include <string>
#include <vector>

namespace cutaway {

/// One server that has a repository, and how it is asked.
struct RegistryEndpoint
{
    std::string host;               ///< as in names of images: "docker.io"
    std::string path;               ///< of the repository there
    std::vector<std::string> bases; ///< "https://HOST", and without TLS where that is allowed
    HttpTls tls;
    std::optional<Credential> credential;
    bool mustSayWho = false; ///< where it asks who one is, one is not nobody first
};

/// How a repository can be asked, found out without asking it: after this no program is run, and
/// no files are opened but those in `readable`.
struct RegistryWay
{
    ImageName name;
    std::vector<RegistryEndpoint> endpoints; ///< mirrors first, then the registry itself
    std::vector<std::string> notes;          ///< for people: what could not be read or asked
    std::vector<std::string> readable;       ///< what asking over the network opens by name
    std::chrono::seconds silentTime{};
    bool isOffline = false;
    std::string blockedBy; ///< the file that forbids it; then there is no endpoint
};
/// Why nobody is asked where there is no endpoint.
[[nodiscard]] Error notAsked(const RegistryWay &way);
[[nodiscard]] RegistryWay wayTo(const ImageName &name,
                                const RegistryOptions &options,
                                const Monitor &monitor);

} // namespace cutaway
