// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerreader.h"
#include "core/image/image.h"

#include <cstdint>
#include <string>

namespace cutaway {

/// "layer 3 (sha256:0123456789ab)": for notes and errors.
[[nodiscard]] std::string layerName(const Image &image, std::uint32_t index);

/// Checks a config's text against the digest that it was named by.
void verifyConfig(std::string_view text, const Digest &declared, Notes &notes);

/// Puts what was read of a layer into its row and notes where it is not what manifest and config
/// say. `reading.tree` may have been moved away into `tree`.
void recordReading(Image &image,
                   std::uint32_t index,
                   const LayerReading &reading,
                   const LayerTree &tree);
/// Notes that a row's file was written to while it was read, unless the digests say that what was
/// read is right all the same.
void recordChange(Image &image, std::uint32_t index);
/// Whether digests, diff ID and size of a row are what was read; without noting anything.
[[nodiscard]] bool isAsDeclared(const Layer &layer, const LayerReading &reading);
/// Marks a row that could not be read.
void recordFailure(Image &image, std::uint32_t index, Layer::State state, const Error &error);

} // namespace cutaway
