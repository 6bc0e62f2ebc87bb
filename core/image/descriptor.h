// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/image/platform.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cutaway {

/// What points at a blob (image-spec descriptor.md). In a docker archive there is no digest, but `member`.
struct Descriptor
{
    std::string mediaType;
    Digest digest;
    std::optional<std::int64_t> size; ///< as declared, bytes; nothing where absent, null or negative
    std::vector<std::string> urls;
    std::map<std::string, std::string> annotations;
    Platform platform;
    std::string artifactType;
    std::string member; ///< path inside a docker archive

    /// InvalidInput when the digest or the size is no such thing (size: a fraction or a text).
    [[nodiscard]] static Result<Descriptor> ofJson(const Json &object);
};

/// Media type families of image-spec and of Docker's schema 2.
bool isIndexType(std::string_view mediaType);
bool isManifestType(std::string_view mediaType);
bool isConfigType(std::string_view mediaType);
/// Layers that need not be distributed with the image.
bool isForeignLayerType(std::string_view mediaType);

} // namespace cutaway
