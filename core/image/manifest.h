// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/descriptor.h"

#include <map>
#include <string>
#include <vector>

namespace cutaway {

/// An image manifest: OCI, or Docker schema 2 (image-spec manifest.md).
struct Manifest
{
    std::string mediaType;
    std::string artifactType;
    Descriptor config;
    std::vector<Descriptor> layers;
    std::map<std::string, std::string> annotations;
    std::optional<Descriptor> subject;

    /// Whether it is meant to be run; otherwise an artifact (Helm chart, wasm, signature,
    /// attestation …).
    bool isImage() const;
};

/// An image index or Docker manifest list (image-spec image-index.md).
struct ImageIndex
{
    std::string mediaType;
    std::vector<Descriptor> manifests;
    std::map<std::string, std::string> annotations;
};

/// Unsupported for schema 1 and unknown versions, Corrupt or InvalidInput for what is no manifest.
[[nodiscard]] Result<Manifest> parseManifest(std::string_view text);
[[nodiscard]] Result<ImageIndex> parseIndex(std::string_view text);
/// Whether the text is an index rather than a manifest: by its mediaType, else by its members.
[[nodiscard]] Result<bool> isIndexText(std::string_view text, std::string_view declaredMediaType);

} // namespace cutaway
