// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
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

    /// The next run; empty at the end. Valid until the next call. After an error the stream is spent.
    [[nodiscard]] virtual Result<Bytes> next() = 0;
};

} // namespace cutaway
