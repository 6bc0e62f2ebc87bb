// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/descriptor.h"
#include "core/source/filestore.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// One image of a docker archive's manifest.json.
struct DockerEntry
{
    std::string config;              ///< member name as written
    std::vector<std::string> layers; ///< member names as written, the lowest first
    std::vector<std::string> tags;
    std::map<std::string, Descriptor> layerSources; ///< by diff ID: what the layer is in a registry
    std::optional<Error> problem;                   ///< why it is no image
};

/// Reads manifest.json. Keys match in any case, as Go's decoder has it. Entries with the same
/// config and layers are one image with several tags. Corrupt when it is no list, or no entry of it
/// is an image.
[[nodiscard]] Result<std::vector<DockerEntry>> parseDockerManifest(std::string_view text);

/// Whether the text is a list with at least one object that names a config or layers.
[[nodiscard]] bool isDockerManifest(const Json &value);

/// The config of an image that docker before 1.10 saved, put together from the `<id>/json` files of
/// its layers, and the layers themselves.
struct LegacyImage
{
    std::string id;
    std::vector<std::string> tags;
    std::vector<std::string> layers; ///< member names, the lowest first
    std::string configText;
    Platform platform;
};
/// Heads of the parent chains that the archive holds, named by `repositories` where it is there.
[[nodiscard]] Result<std::vector<LegacyImage>> readLegacyImages(const FileStore &files);

} // namespace cutaway
