// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"

#include <QString>

/// How layers are spoken of wherever they are shown. Texts out of images come back displayable.
namespace cutaway {

/// One line: the instruction that made the layer, else its member or digest.
QString layerTitle(const Image &image, std::size_t layer);
/// The instruction with its line breaks, escaped for people; empty when the history does not say.
QString layerInstruction(const Image &image, std::size_t layer);
/// "not in this archive", "damaged: …"; empty for a layer that was read.
QString layerProblem(const Layer &layer);
/// HTML: instruction, sizes to the byte, digests. `numbers` may be null.
QString layerToolTip(const Image &image,
                     std::size_t layer,
                     const LayerNumbers *numbers,
                     const PackageChanges *packages);

} // namespace cutaway
