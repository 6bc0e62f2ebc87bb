// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"

#include <string>
#include <string_view>

namespace cutaway {

/// Docker's manifests from before schema 2 (distribution, manifest-v2-1): layers newest first, and
/// beside each what Docker 1.9 knew of it, as a text of JSON.

/// Whether it is one of them, by its schemaVersion or, without, by its members.
[[nodiscard]] bool isSchema1Text(std::string_view text);

/// What the digest of such a manifest is made of: the text without its signatures, exactly as it
/// was before they were put in (JWS, RFC 7515). The whole text where there are none.
[[nodiscard]] Result<std::string> schema1Payload(std::string_view text);

/// The same image as newer manifests have it: layers from the lowest up, those left out that hold
/// nothing, and a config without diff IDs. Nothing says how long a layer is.
struct Schema1Image
{
    Manifest manifest; ///< its config has no digest
    std::string configText;
};
/// InvalidInput or Corrupt for what is none. Signatures are not checked.
[[nodiscard]] Result<Schema1Image> parseSchema1(std::string_view text);

} // namespace cutaway
