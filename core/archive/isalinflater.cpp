// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/inflater.h"

#ifdef CUTAWAY_HAS_ISAL

#include <isa-l.h>

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::size_t kMostBytes = 1u << 30; ///< of one step: ISA-L counts in 32 bits

/// ISA-L's CRC leaves the upper halves of the vector registers dirty, which slows down the SSE code
/// that runs next in this thread.
void cleanVectorRegisters()
{
#if defined(__x86_64__) && defined(__GNUC__)
    static const bool hasAvx = __builtin_cpu_supports("avx") != 0;
    if (hasAvx) {
        __asm__ volatile("vzeroupper" ::: "xmm0");
    }
#endif
}

std::string_view reasonOf(int result)
{
    switch (result) {
    case ISAL_INVALID_BLOCK: return "invalid block";
    case ISAL_INVALID_SYMBOL: return "invalid symbol";
    case ISAL_INVALID_LOOKBACK: return "invalid distance";
    case ISAL_INVALID_WRAPPER: return "invalid header";
    case ISAL_UNSUPPORTED_METHOD: return "unknown compression method";
    case ISAL_INCORRECT_CHECKSUM: return "incorrect checksum or size";
    default: return "not deflate data";
    }
}

class IsalInflater : public Inflater
{
public:
    void beginMember() override
    {
        isal_inflate_init(m_state.get());
        m_state->crc_flag = ISAL_GZIP;
    }

    Result<Step> inflate(Bytes in, std::span<std::byte> out) override
    {
        const std::size_t inBytes = std::min(in.size(), kMostBytes);
        const std::size_t outBytes = std::min(out.size(), kMostBytes);
        // ISA-L never writes through next_in; its interface has no const.
        m_state->next_in =
            const_cast<std::uint8_t *>(reinterpret_cast<const std::uint8_t *>(in.data()));
        m_state->avail_in = static_cast<std::uint32_t>(inBytes);
        m_state->next_out = reinterpret_cast<std::uint8_t *>(out.data());
        m_state->avail_out = static_cast<std::uint32_t>(outBytes);
        const int result = isal_inflate(m_state.get());
        cleanVectorRegisters();
        if (result < ISAL_DECOMP_OK || result > ISAL_OUT_OVERFLOW) {
            return fail(ErrorCode::Corrupt, std::string(reasonOf(result)));
        }
        return Step{inBytes - m_state->avail_in,
                    outBytes - m_state->avail_out,
                    m_state->block_state == ISAL_BLOCK_FINISH};
    }

private:
    std::unique_ptr<inflate_state> m_state = std::make_unique<inflate_state>();
};

} // namespace

std::unique_ptr<Inflater> fastInflater()
{
    return std::make_unique<IsalInflater>();
}

} // namespace cutaway

#endif
