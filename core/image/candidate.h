// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/image/platform.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cutaway {

/// One image that a source offers. Tags of one digest are one image.
struct ImageCandidate
{
    std::uint32_t index = 0; ///< what "@INDEX" means
    std::string reference;   ///< a text that opens just this image
    std::vector<std::string> tags;
    Platform platform;
    Digest digest;
    bool present = true; ///< its manifest and config are in the source
};

} // namespace cutaway
