// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/pack.h"

#include <zstd.h>

#include <new>

namespace cutaway {

namespace {

constexpr int kLevel = 1;

struct FreeContext
{
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
};
using ContextPtr = std::unique_ptr<ZSTD_CCtx, FreeContext>;

ContextPtr makeContext()
{
    ContextPtr context(ZSTD_createCCtx());
    if (context == nullptr) {
        throw std::bad_alloc();
    }
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
    return context;
}

} // namespace

struct Packer::State
{
    ContextPtr context = makeContext();
    std::vector<std::byte> room;
};

Packer::Packer()
    : m_state(std::make_unique<State>())
{}

Packer::~Packer() = default;

std::vector<std::byte> Packer::pack(Bytes bytes)
{
    std::vector<std::byte> &room = m_state->room;
    room.resize(ZSTD_compressBound(bytes.size()));
    const std::size_t size = ZSTD_compress2(
        m_state->context.get(), room.data(), room.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0) { // with room enough, only memory can be lacking
        throw std::bad_alloc();
    }
    return {room.begin(), room.begin() + static_cast<std::ptrdiff_t>(size)};
}

Result<std::vector<std::byte>> unpack(Bytes packed, std::size_t size)
{
    std::vector<std::byte> bytes(size);
    const std::size_t made =
        ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
    if (ZSTD_isError(made) != 0 || made != size) {
        return fail(ErrorCode::Corrupt, "packed bytes are damaged");
    }
    return bytes;
}

struct PackedWriter::State
{
    ContextPtr context = makeContext();
    Sink sink;
    Result<> status;
    std::vector<std::byte> room = std::vector<std::byte>(ZSTD_CStreamOutSize());

    /// Packs all of `bytes`; at the end, everything that zstd still holds back.
    void feed(Bytes bytes, ZSTD_EndDirective directive)
    {
        ZSTD_inBuffer in = {bytes.data(), bytes.size(), 0};
        bool isDone = false;
        while (status && !isDone) {
            ZSTD_outBuffer out = {room.data(), room.size(), 0};
            const std::size_t left = ZSTD_compressStream2(context.get(), &out, &in, directive);
            if (ZSTD_isError(left) != 0) {
                throw std::bad_alloc();
            }
            if (out.pos > 0) {
                status = sink(Bytes(room).first(out.pos));
            }
            isDone = directive == ZSTD_e_end ? left == 0 : in.pos == in.size;
        }
    }
};

PackedWriter::PackedWriter(Sink sink)
    : m_state(std::make_unique<State>())
{
    m_state->sink = std::move(sink);
}

PackedWriter::~PackedWriter() = default;

void PackedWriter::write(Bytes bytes)
{
    m_state->feed(bytes, ZSTD_e_continue);
}

Result<> PackedWriter::finish()
{
    m_state->feed({}, ZSTD_e_end);
    return m_state->status;
}

} // namespace cutaway
