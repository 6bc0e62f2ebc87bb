// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Programs that run containers and hold images.
enum class EngineKind : std::uint8_t { Docker, Podman };

/// For people: "Docker".
[[nodiscard]] constexpr std::string_view engineName(EngineKind kind)
{
    return kind == EngineKind::Docker ? "Docker" : "Podman";
}
/// In references and reports: "docker".
[[nodiscard]] constexpr std::string_view engineWord(EngineKind kind)
{
    return kind == EngineKind::Docker ? "docker" : "podman";
}

/// An image as its engine speaks of it; nothing of that is verified.
struct EngineImage
{
    std::string id;                ///< "sha256:ab…", well formed
    std::vector<std::string> tags; ///< "docker.io/library/nginx:1.27", as the engine writes them
    std::int64_t created = 0;      ///< seconds since 1970; 0 = not said
    std::uint64_t size = 0;        ///< bytes, by the engine's own count
};

/// What names an image to its engine for good: its ID shortened as engines do.
[[nodiscard]] inline std::string shortId(const EngineImage &image)
{
    constexpr std::size_t kAlgorithm = 7; // "sha256:"
    constexpr std::size_t kDigits = 12;
    return image.id.substr(kAlgorithm, kDigits);
}

/// What opens it: "docker:nginx:1.27". `tag` counts from 0; one without tags is named by its ID.
[[nodiscard]] inline std::string engineReference(EngineKind kind,
                                                 const EngineImage &image,
                                                 std::size_t tag = 0)
{
    return std::string(engineWord(kind)) + ':'
           + (tag < image.tags.size() ? image.tags[tag] : shortId(image));
}

/// All images of one engine, or why it has none to tell of.
struct EngineListing
{
    EngineKind kind = EngineKind::Docker;
    std::string socket; ///< path; empty where none was found
    std::vector<EngineImage> images;
    std::optional<Error> error;
};

} // namespace cutaway
