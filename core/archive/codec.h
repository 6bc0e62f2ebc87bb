// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"
#include "core/base/limits.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace cutaway {

/// How bytes are compressed, told by their first bytes alone.
enum class Compression : std::uint8_t { None, Gzip, Zstd, Xz, Bzip2, Compress };

[[nodiscard]] Compression sniffCompression(Bytes firstBytes);
[[nodiscard]] std::string_view compressionName(Compression compression); ///< "none", "gzip", …

/// Decompresses `from`, which it takes over. Gzip: every member (RFC 1952), CRC and size checked;
/// what follows the last member is passed over, as gzip(1) does it. Zstd: all frames, skippable
/// ones passed over, window bounded by limits::kZstdWindowLog. Broken data is Corrupt with the
/// offset in the compressed bytes; what unpacks to too much (checkUnpacked) is LimitExceeded.
[[nodiscard]] std::unique_ptr<ByteStream> decompress(std::unique_ptr<ByteStream> from,
                                                     Compression compression,
                                                     const Limits &limits = {});

} // namespace cutaway
