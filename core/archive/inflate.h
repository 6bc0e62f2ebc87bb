// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace cutaway {

/// What is around compressed bytes.
enum class DeflateForm : std::uint8_t {
    Raw,  ///< nothing (RFC 1951), as in zip files
    Zlib, ///< a header and a checksum (RFC 1950)
    Gzip, ///< another header and checksum (RFC 1952)
};

/// What was compressed as one stream, in memory. Corrupt for anything else, LimitExceeded where
/// more than `most` bytes come out.
[[nodiscard]] Result<std::string> inflateAll(Bytes packed, DeflateForm form, std::size_t most);

} // namespace cutaway
