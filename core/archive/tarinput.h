// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <array>
#include <cstdint>
#include <string>

namespace cutaway {

inline constexpr std::size_t kTarBlock = 512;

/// A stream cut into what a tar reader asks for. Blocks and runs point into the stream's own bytes
/// wherever they lie in one piece; they are valid until the following call.
class TarInput
{
public:
    TarInput(ByteStream &from, std::uint64_t offset);

    /// Of the next byte.
    std::uint64_t offset() const { return m_offset; }
    /// One block; shorter only where the stream ends.
    [[nodiscard]] Result<Bytes> block();
    /// At most `most` bytes, and at least one unless the stream ends.
    [[nodiscard]] Result<Bytes> run(std::uint64_t most);
    /// Appends `count` bytes to `into`; fewer only where the stream ends.
    [[nodiscard]] Result<> readInto(std::string &into, std::size_t count);
    /// Passes over `count` bytes and says how many there were.
    [[nodiscard]] Result<std::uint64_t> skip(std::uint64_t count);

private:
    Result<> fetch();
    Bytes takeFromRun(std::size_t count);

    ByteStream &m_from;
    Bytes m_run;
    std::uint64_t m_offset = 0;
    bool m_isAtEnd = false;
    std::array<std::byte, kTarBlock> m_joined = {};
};

} // namespace cutaway
