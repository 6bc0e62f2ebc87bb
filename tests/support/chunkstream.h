// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace cutaway::test {

/// Bytes in runs of a fixed size, or of random sizes, each in memory of its own: a reader that
/// keeps a run too long reads freed memory.
class ChunkStream : public ByteStream
{
public:
    /// `chunk` 0: sizes at random, from `seed`.
    ChunkStream(std::string bytes, std::size_t chunk, std::uint32_t seed = 1);
    /// The stream gives this instead of its end.
    void failAtEnd(Error error) { m_error = std::move(error); }

    [[nodiscard]] Result<Bytes> next() override;

private:
    std::string m_bytes;
    std::size_t m_at = 0;
    std::size_t m_chunk;
    std::uint32_t m_random;
    std::optional<Error> m_error;
    std::unique_ptr<std::byte[]> m_run;
};

/// The whole of a stream.
[[nodiscard]] Result<std::string> readToEnd(ByteStream &stream);

} // namespace cutaway::test
