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

/// What points at a blob (image-spec descriptor.md). In a docker archive there is no digest, but
/// `member`.
struct Descriptor
{
    std::string mediaType;
    Digest digest;
    std::optional<std::int64_t>
        size; ///< as declared, bytes; nothing where absent, null or negative
    std::vector<std::string> urls;
    std::map<std::string, std::string> annotations;
    Platform platform;
    std::string artifactType;
    std::string member; ///< path inside a docker archive
    /// What image-spec forbids though it could be read all the same: "mediaType is missing". For
    /// people.
    std::vector<std::string> faults;

    /// InvalidInput when a member is of the wrong kind, the digest is none or the size is a
    /// fraction or a text; Unsupported when the digest is of an algorithm that we do not know.
    [[nodiscard]] static Result<Descriptor> ofJson(const Json &object);
};

/// Media type families of image-spec and of Docker's schema 2.
bool isIndexType(std::string_view mediaType);
bool isManifestType(std::string_view mediaType);
bool isConfigType(std::string_view mediaType);
/// File system layers, the foreign ones included.
bool isLayerType(std::string_view mediaType);
/// Layers that need not be distributed with the image.
bool isForeignLayerType(std::string_view mediaType);

} // namespace cutaway
