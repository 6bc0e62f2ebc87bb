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

/// How a repository can be asked, found out without asking it: after this no program is run, and
/// no files are opened but those in `readable`.
struct RegistryWay
{
    ImageName name;
    std::vector<std::string> bases; ///< "https://HOST", and without TLS where that is allowed
    HttpTls tls;
    std::optional<Credential> credential;
    std::vector<std::string> notes;    ///< for people: what could not be read or asked
    std::vector<std::string> readable; ///< what asking over the network opens by name
    std::chrono::seconds silentTime{};
    bool isOffline = false;
};
[[nodiscard]] RegistryWay wayTo(const ImageName &name,
                                const RegistryOptions &options,
                                const Monitor &monitor);

} // namespace cutaway
