// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cutaway {

/// Bytes of base64, in the plain or in the URL alphabet, padded or not; nothing where anything else
/// stands in it.
[[nodiscard]] std::optional<std::string> base64Decoded(std::string_view text);

} // namespace cutaway
