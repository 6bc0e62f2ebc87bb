// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"

#include <string_view>

namespace cutaway {

/// Where the base image ends: by the user's word (a number of layers, or digests: the blob, diff or
/// chain ID of its last layer, or a list of those of all its layers), else by annotation, label or
/// buildah's history comment, else unknown. A wish that the image does not fit is noted.
void findBaseImage(Image &image, std::string_view wish);

} // namespace cutaway
