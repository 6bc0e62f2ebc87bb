// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cutaway {

using Bytes = std::span<const std::byte>;

/// Bytes read from front to back, in runs as the producer has them.
class ByteStream
{
public:
    ByteStream() = default;
    virtual ~ByteStream() = default;
    ByteStream(const ByteStream &) = delete;
    ByteStream &operator=(const ByteStream &) = delete;

    /// The next run; empty at the end. Valid until the next call. After an error the stream is
    /// spent.
    [[nodiscard]] virtual Result<Bytes> next() = 0;

    /// Passes over at most `bytes` of what `next()` would give, without reading it, and says how
    /// many were passed over. 0 = cannot, or at the end: read on with `next()`.
    [[nodiscard]] virtual Result<std::uint64_t> skip(std::uint64_t bytes)
    {
        (void)bytes;
        return 0;
    }
};

} // namespace cutaway
