// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/image/image.h"

#include <string>
#include <string_view>

namespace cutaway {

/// The build step that made a layer ("RUN apt-get update"), displayable and shortened to one line;
/// empty where the history does not tell. Build arguments are left out: they may be secrets.
[[nodiscard]] std::string stepText(const Image &image, LayerIndex layer);

/// "layer 3", and its build step where it is known: "layer 3, RUN apt-get update".
[[nodiscard]] std::string layerText(const Image &image, LayerIndex layer);

/// The build step as a key for fingerprints: whole, but digests masked, so that a rebuild has the
/// same. Without a known step the layer's number stands for it.
[[nodiscard]] std::string layerKey(const Image &image, LayerIndex layer);

/// Evidence that is one entry of one layer.
[[nodiscard]] Evidence entryEvidence(const PathTree &tree, EntryId entry, std::string text);

} // namespace cutaway
