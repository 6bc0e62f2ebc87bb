// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/inflater.h"
#include "core/archive/restartpoints.h"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace cutaway {

namespace {

constexpr std::size_t kMostBytes = 1u << 30; ///< of one step: zlib counts in 32 bits
constexpr int kGzipOnly = 15 + 16;           ///< window bits; + 16 asks for the gzip wrapper

class ZlibInflater : public Inflater
{
public:
    ZlibInflater()
    {
        if (inflateInit2(&m_stream, kGzipOnly) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    ~ZlibInflater() override { inflateEnd(&m_stream); }

    void beginMember() override { inflateReset(&m_stream); }

    Step inflate(Bytes in, std::span<std::byte> out) override
    {
        const std::size_t inBytes = std::min(in.size(), kMostBytes);
        const std::size_t outBytes = std::min(out.size(), kMostBytes);
        // zlib never writes through next_in; its type is older than const.
        m_stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(in.data()));
        m_stream.avail_in = static_cast<uInt>(inBytes);
        m_stream.next_out = reinterpret_cast<Bytef *>(out.data());
        m_stream.avail_out = static_cast<uInt>(outBytes);
        const int result = ::inflate(&m_stream, Z_NO_FLUSH);
        if (result == Z_MEM_ERROR) {
            throw std::bad_alloc();
        }
        Step step{
            inBytes - m_stream.avail_in, outBytes - m_stream.avail_out, result == Z_STREAM_END, {}};
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
            step.problem = m_stream.msg != nullptr ? m_stream.msg : "not deflate data";
        }
        return step;
    }

private:
    z_stream m_stream = {};
};

} // namespace

std::unique_ptr<Inflater> zlibInflater()
{
    return std::make_unique<ZlibInflater>();
}

#ifndef CUTAWAY_HAS_ISAL
std::unique_ptr<Inflater> fastInflater()
{
    return zlibInflater();
}

std::uint64_t restartStateKind()
{
    return 0;
}
#endif

} // namespace cutaway
