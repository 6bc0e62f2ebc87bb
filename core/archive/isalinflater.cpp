// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/inflater.h"

#ifdef CUTAWAY_HAS_ISAL

#include <isa-l.h>

#include <algorithm>
#include <array>

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

/// The header of a member (RFC 1952, 2.3), in pieces of any size. ISA-L has a reader too, but it
/// loses its place when the optional fields come byte by byte.
class GzipHeader
{
public:
    /// Takes what belongs to the header and says how much that was.
    std::size_t take(Bytes in)
    {
        std::size_t taken = 0;
        while (taken < in.size() && m_field != Field::Done && !m_isInvalid) {
            const auto byte = static_cast<std::uint8_t>(in[taken++]);
            if (m_field != Field::Checksum) {
                m_crc = crc32_gzip_refl(m_crc, &byte, 1);
            }
            m_isInvalid = !takeByte(byte);
        }
        return taken;
    }
    bool isDone() const { return m_field == Field::Done; }
    bool isInvalid() const { return m_isInvalid; }

private:
    enum class Field : std::uint8_t { Fixed, ExtraSize, Extra, Name, Comment, Checksum, Done };
    enum Flag : std::uint8_t { HasChecksum = 2, HasExtra = 4, HasName = 8, HasComment = 16 };
    static constexpr std::size_t kFixedBytes = 10;

    bool takeByte(std::uint8_t byte)
    {
        switch (m_field) {
        case Field::Fixed: return takeFixed(byte);
        case Field::ExtraSize:
            m_number |= static_cast<std::uint32_t>(byte) << (8 * m_at);
            if (++m_at == 2) {
                m_field = m_number > 0 ? Field::Extra : after(Field::Extra);
                m_at = 0;
            }
            return true;
        case Field::Extra:
            if (++m_at == m_number) {
                m_field = after(Field::Extra);
            }
            return true;
        case Field::Name:
        case Field::Comment:
            if (byte == 0) {
                m_field = after(m_field);
            }
            return true;
        case Field::Checksum: return takeChecksum(byte);
        case Field::Done: break;
        }
        return false;
    }

    bool takeFixed(std::uint8_t byte)
    {
        static constexpr std::array<std::uint8_t, 3> kMagicAndDeflate = {0x1f, 0x8b, 8};
        if (m_at < kMagicAndDeflate.size() && byte != kMagicAndDeflate[m_at]) {
            return false;
        }
        if (m_at == kMagicAndDeflate.size()) {
            m_flags = byte;
        }
        if (++m_at == kFixedBytes) {
            m_at = 0;
            m_field = (m_flags & HasExtra) != 0 ? Field::ExtraSize : after(Field::Extra);
        }
        return (m_flags & 0xe0) == 0; // reserved
    }

    bool takeChecksum(std::uint8_t byte)
    {
        const bool isRight = byte == ((m_crc >> (8 * m_checksumAt)) & 0xff);
        if (++m_checksumAt == 2) {
            m_field = Field::Done;
        }
        return isRight;
    }

    /// The next field that the flags announce.
    Field after(Field field) const
    {
        if (field < Field::Name && (m_flags & HasName) != 0) {
            return Field::Name;
        }
        if (field < Field::Comment && (m_flags & HasComment) != 0) {
            return Field::Comment;
        }
        return (m_flags & HasChecksum) != 0 ? Field::Checksum : Field::Done;
    }

    Field m_field = Field::Fixed;
    std::uint8_t m_flags = 0;
    std::uint32_t m_crc = 0;
    std::uint32_t m_number = 0; ///< size of the extra field
    std::size_t m_at = 0;       ///< in the current field
    int m_checksumAt = 0;
    bool m_isInvalid = false;
};

class IsalInflater : public Inflater
{
public:
    IsalInflater() { isal_inflate_init(m_state.get()); }

    void beginMember() override
    {
        m_header = {};
        isal_inflate_reset(m_state.get());
        m_state->crc_flag = ISAL_GZIP_NO_HDR_VER;
    }

    Step inflate(Bytes in, std::span<std::byte> out) override
    {
        if (!m_header.isDone()) {
            const std::size_t taken = m_header.take(in);
            return Step{taken, 0, false, m_header.isInvalid() ? "invalid header" : ""};
        }
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
        // In broken data ISA-L may give back bytes that it was given in an earlier step.
        const bool givesBackMore = m_state->avail_in > inBytes;
        Step step{givesBackMore ? 0 : inBytes - m_state->avail_in,
                  outBytes - m_state->avail_out,
                  m_state->block_state == ISAL_BLOCK_FINISH,
                  {}};
        if (result < ISAL_DECOMP_OK || result > ISAL_OUT_OVERFLOW || givesBackMore) {
            step.problem = reasonOf(result);
        }
        return step;
    }

private:
    GzipHeader m_header;
    std::unique_ptr<inflate_state> m_state = std::make_unique<inflate_state>();
};

} // namespace

std::unique_ptr<Inflater> fastInflater()
{
    return std::make_unique<IsalInflater>();
}

} // namespace cutaway

#endif
