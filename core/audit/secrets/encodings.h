// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/base64.h"

#include <string_view>

namespace cutaway {

/// Whether the last six characters are the CRC-32 of those before, in base 62: so GitHub and npm
/// end their tokens.
[[nodiscard]] bool endsWithChecksum(std::string_view text);

/// Whether the text, in capitals, ends with the checksum of BIP 173's bech32.
[[nodiscard]] bool isBech32(std::string_view text);

/// Whether bytes begin with an ASN.1 sequence that is as long as they are.
[[nodiscard]] bool isAsn1Sequence(std::string_view bytes);

} // namespace cutaway
