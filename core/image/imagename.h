// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"

#include <string>
#include <string_view>

namespace cutaway {

/// The name of an image as engines and registries know it: `[domain/]path[:tag][@digest]`
/// (distribution-spec's grammar), with what people may leave out filled in.
struct ImageName
{
    std::string domain; ///< "docker.io", "localhost:5000"
    std::string path;   ///< "library/nginx"
    std::string tag;    ///< empty when neither given nor to be filled in (a digest is there)
    Digest digest;

    /// InvalidInput when the text is no such name. "nginx" gives docker.io, library/nginx, latest.
    [[nodiscard]] static Result<ImageName> parse(std::string_view text);
    /// One of the names that an archive gives an image. A bare word is a tag without a name, which
    /// OCI layouts hold as ref.name (image-spec, annotations); docker archives always write tags.
    [[nodiscard]] static Result<ImageName> ofArchive(std::string_view text);
    /// All of it: "docker.io/library/nginx:latest".
    std::string text() const;

    bool operator==(const ImageName &) const = default;
};

/// Whether two names mean the same image: equal as written, or when filled in.
[[nodiscard]] bool sameImageName(std::string_view one, std::string_view other);

} // namespace cutaway
