// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// Where secrets stand in texts of an image. Offsets and lengths are bytes.
namespace cutaway {

/// A part of a text that is not to be shown.
struct SecretSpan
{
    std::size_t begin = 0;
    std::size_t end = 0;
    bool isUnsearched = false; ///< nobody knows
};
using SecretSpans = std::vector<SecretSpan>;

/// Values behind names that say so, and those of options and headers that hold one.
[[nodiscard]] SecretSpans writtenSecrets(std::string_view line);

/// What detectors recognise, and what they did not get to.
[[nodiscard]] SecretSpans detectedSecrets(std::string_view text);
} // namespace cutaway
