// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cutaway {

/// What a person typed to name an image, taken apart; nothing has been opened yet.
struct Reference
{
    enum class Transport : std::uint8_t {
        Path,          ///< a file or directory, kind told by its content
        DockerArchive, ///< docker-archive:PATH[:REF]
        OciArchive,    ///< oci-archive:PATH[:REF]
        Oci,           ///< oci:DIR[:REF]
        Dir,           ///< dir:PATH
        Registry,      ///< docker://NAME, or a name alone that is no file
        Stdin,         ///< "-"
        Docker,        ///< docker:NAME, docker-daemon:NAME: held by Docker on this machine
        Podman,        ///< podman:NAME
    };
    Transport transport = Transport::Path;
    std::string path; ///< bytes, as the file system wants them; a registry's image: its whole name;
                      ///< an engine's: its name or ID as typed
    std::string image; ///< REF behind the path, "name:tag", "@INDEX" or empty
    std::string text;  ///< as it was typed
};

/// screens.md's rules: a word with a transport prefix is that; otherwise a path, if it exists or
/// looks like one, and else the name of an image in a registry. What lies in an engine's own
/// storage is Unsupported, with a message that says how to ask the engine for it.
[[nodiscard]] Result<Reference> parseReference(std::string_view text);

/// The @INDEX of `Reference::image`, counted from 0; nothing when it is a name or empty.
[[nodiscard]] std::optional<std::uint32_t> imageIndex(std::string_view image);

} // namespace cutaway
