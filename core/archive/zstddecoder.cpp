// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/decoder.h"
#include "core/base/limits.h"

#include <zstd.h>

#include <new>
#include <zstd_errors.h>

namespace cutaway {

namespace {

struct FreeContext
{
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

/// RFC 8878: frames one after the other; libzstd passes over the skippable ones.
class ZstdDecoder : public Decoder
{
public:
    ZstdDecoder(std::unique_ptr<ByteStream> from, const DecoderStart &start)
        : m_input(std::move(from), start.place.blobOffset)
        , m_context(ZSTD_createDCtx())
        , m_collector(start.collector)
        , m_made(start.place.tarOffset)
    {
        if (m_context == nullptr) {
            throw std::bad_alloc();
        }
        ZSTD_DCtx_setParameter(
            m_context.get(), ZSTD_d_windowLogMax, static_cast<int>(limits::kZstdWindowLog));
    }

    Result<std::size_t> fill(std::span<std::byte> into) override
    {
        ZSTD_outBuffer out = {into.data(), into.size(), 0};
        while (out.pos < out.size) {
            const std::size_t before = out.pos;
            ZSTD_inBuffer in = {m_input.rest().data(), m_input.rest().size(), 0};
            const std::size_t result = ZSTD_decompressStream(m_context.get(), &out, &in);
            if (ZSTD_isError(result) != 0) {
                return failure(result);
            }
            m_input.take(in.pos);
            // libzstd may ask for a new frame's first bytes by a hint; only progress counts.
            if (in.pos > 0 || out.pos > before) {
                m_isBetweenFrames = result == 0;
                const std::uint64_t made = m_made + out.pos;
                if (m_isBetweenFrames && m_collector != nullptr && m_collector->wants(made)) {
                    m_collector->add({m_input.offset(), made, false}, {});
                }
                continue;
            }
            const Result<bool> more = m_input.fetch();
            if (!more) {
                return std::unexpected(more.error());
            }
            if (!*more) {
                if (!m_isBetweenFrames) {
                    return m_input.corrupt("truncated zstd data: it ends inside a frame,");
                }
                break;
            }
        }
        m_made += out.pos;
        return out.pos;
    }

private:
    std::unexpected<Error> failure(std::size_t result) const
    {
        switch (ZSTD_getErrorCode(result)) {
        case ZSTD_error_memory_allocation: throw std::bad_alloc();
        case ZSTD_error_frameParameter_windowTooLarge:
            return fail(ErrorCode::LimitExceeded,
                        "the zstd frame asks for a window of more than "
                            + std::to_string((1u << limits::kZstdWindowLog) >> 20) + " MiB");
        default:
            return m_input.corrupt(std::string("broken zstd data (") + ZSTD_getErrorName(result)
                                   + ")");
        }
    }

    DecoderInput m_input;
    std::unique_ptr<ZSTD_DCtx, FreeContext> m_context;
    RestartCollector *m_collector;
    std::uint64_t m_made; ///< of all that comes out, up to here
    bool m_isBetweenFrames = true;
};

} // namespace

std::unique_ptr<Decoder> zstdDecoder(std::unique_ptr<ByteStream> from, const DecoderStart &start)
{
    return std::make_unique<ZstdDecoder>(std::move(from), start);
}

} // namespace cutaway
