// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/chunkstream.h"

#include <algorithm>
#include <cstring>

namespace cutaway::test {

ChunkStream::ChunkStream(std::string bytes, std::size_t chunk, std::uint32_t seed)
    : m_bytes(std::move(bytes))
    , m_chunk(chunk)
    , m_random(seed)
{}

Result<Bytes> ChunkStream::next()
{
    if (m_at == m_bytes.size()) {
        return m_error ? Result<Bytes>(std::unexpected(*m_error)) : Bytes();
    }
    std::size_t wanted = m_chunk;
    if (wanted == 0) {
        m_random = m_random * 1664525 + 1013904223;
        // Mostly small runs, at times a big one.
        wanted = 1 + (m_random >> 16) % ((m_random >> 8) % 8 == 0 ? 40'000 : 700);
    }
    const std::size_t count = std::min(wanted, m_bytes.size() - m_at);
    m_run = std::make_unique_for_overwrite<std::byte[]>(count);
    std::memcpy(m_run.get(), m_bytes.data() + m_at, count);
    m_at += count;
    return Bytes(m_run.get(), count);
}

Result<std::string> readToEnd(ByteStream &stream)
{
    std::string all;
    while (true) {
        const Result<Bytes> run = stream.next();
        if (!run) {
            return std::unexpected(run.error());
        }
        if (run->empty()) {
            return all;
        }
        all.append(reinterpret_cast<const char *>(run->data()), run->size());
    }
}

} // namespace cutaway::test
