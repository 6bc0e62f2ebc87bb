// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/inflater.h"

#ifdef CUTAWAY_HAS_ISAL

#include "core/archive/restartpoints.h"
#include "core/base/hash.h"

#include <isa-l.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <type_traits>

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
    static GzipHeader done()
    {
        GzipHeader header;
        header.m_field = Field::Done;
        return header;
    }
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

    std::size_t stateBytes() const override { return sizeof(inflate_state); }

    /// The struct holds no pointers but those to input and output, which each call sets anew.
    bool save(std::vector<std::byte> &state) const override
    {
        const inflate_state &now = *m_state;
        state.clear();
        if (!m_header.isDone() || !isBetweenCalls(now)) {
            return false;
        }
        state.resize(sizeof(now));
        std::memcpy(state.data(), &now, sizeof(now));
        const auto clear = [&state](std::size_t from, std::size_t to) {
            std::fill(state.begin() + static_cast<std::ptrdiff_t>(from),
                      state.begin() + static_cast<std::ptrdiff_t>(to),
                      std::byte{0});
        };
        clear(offsetof(inflate_state, next_out), offsetof(inflate_state, total_out));
        clear(offsetof(inflate_state, next_in), offsetof(inflate_state, read_in));
        clear(offsetof(inflate_state, avail_in), offsetof(inflate_state, read_in_length));
        // What lies further back than a distance reaches, and what no longer counts.
        constexpr std::size_t kOut = offsetof(inflate_state, tmp_out_buffer);
        const auto seen = static_cast<std::size_t>(now.tmp_out_processed);
        const std::size_t reach = ISAL_DEF_HIST_SIZE;
        clear(kOut, kOut + (seen > reach ? seen - reach : 0));
        clear(kOut + static_cast<std::size_t>(now.tmp_out_valid),
              kOut + sizeof(now.tmp_out_buffer));
        return true;
    }

    bool restore(Bytes state) override
    {
        if (state.size() != sizeof(inflate_state)) {
            return false;
        }
        std::memcpy(m_state.get(), state.data(), state.size());
        m_header = GzipHeader::done();
        return isBetweenCalls(*m_state);
    }

private:
    /// In the body of a member, nothing held back that a call would write without looking, and all
    /// numbers within their buffers.
    static bool isBetweenCalls(const inflate_state &state)
    {
        const auto buffer = static_cast<std::int32_t>(sizeof(state.tmp_out_buffer));
        // Not read as what it claims to be: a number outside of the enumeration must not become
        // one.
        std::underlying_type_t<isal_block_state> block = 0;
        static_assert(sizeof(block) == sizeof(state.block_state));
        std::memcpy(&block, &state.block_state, sizeof(block));
        return block >= ISAL_BLOCK_NEW_HDR && block <= ISAL_BLOCK_INPUT_DONE
               && state.crc_flag == ISAL_GZIP_NO_HDR_VER && state.write_overflow_len == 0
               && state.copy_overflow_length == 0 && state.copy_overflow_distance >= 0
               && state.copy_overflow_distance <= static_cast<std::int32_t>(ISAL_DEF_HIST_SIZE)
               && state.read_in_length >= 0 && state.read_in_length <= 64 && state.hist_bits <= 15
               && state.type0_block_len >= 0 && state.type0_block_len <= 0xffff
               && state.tmp_in_size >= 0
               && state.tmp_in_size <= static_cast<std::int16_t>(sizeof(state.tmp_in_buffer))
               && state.tmp_out_processed >= 0 && state.tmp_out_processed <= state.tmp_out_valid
               && state.tmp_out_valid <= buffer;
    }

    GzipHeader m_header;
    std::unique_ptr<inflate_state> m_state = std::make_unique<inflate_state>();
};

/// A gzip member with a dynamic Huffman block, cut inside of it: so the tables are filled in.
constexpr std::array<std::uint8_t, 170> kProbe = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x35, 0x52, 0x0b, 0xaa, 0xc4, 0x30,
    0x08, 0xbc, 0x4a, 0xae, 0x26, 0x44, 0x50, 0x10, 0x03, 0x26, 0xde, 0xff, 0xcd, 0xd8, 0x7d, 0x0b,
    0x65, 0x5b, 0xa3, 0xf3, 0x33, 0xe7, 0xbc, 0xf7, 0xd6, 0x12, 0x3c, 0xcb, 0xcf, 0x39, 0x66, 0xfe,
    0xde, 0xd9, 0xbb, 0xfb, 0xb8, 0xef, 0xbd, 0xb3, 0x6a, 0x6f, 0x93, 0x7b, 0xd1, 0xe6, 0xf8, 0x45,
    0x34, 0x8e, 0x0e, 0xbb, 0xfd, 0x9e, 0xe3, 0xef, 0xde, 0x8b, 0xb2, 0x99, 0xe1, 0x25, 0x37, 0x66,
    0x0f, 0xa6, 0x3d, 0x33, 0x22, 0x32, 0xd3, 0x52, 0x55, 0xcf, 0xc1, 0x4c, 0xbd, 0x27, 0x72, 0x55,
    0xc3, 0x89, 0xab, 0xea, 0x2e, 0x22, 0x80, 0xd9, 0xf8, 0x06, 0x8e, 0x7b, 0xa1, 0x1d, 0xcd, 0x2a,
    0xd2, 0x8d, 0xcf, 0x41, 0xfa, 0xbe, 0x65, 0x97, 0x59, 0xe5, 0x28, 0xd8, 0x97, 0xe4, 0xba, 0x16,
    0x4e, 0xd7, 0x55, 0xce, 0xb2, 0x20, 0xa2, 0x5a, 0x94, 0x0a, 0xe1, 0x1d, 0x54, 0x8b, 0xb2, 0x08,
    0x70, 0x28, 0x2b, 0x6d, 0x0e, 0x32, 0x29, 0x15, 0xdc, 0xd5, 0xbd, 0x09, 0xbb, 0xab, 0x22, 0x56,
    0x93, 0xc6, 0x07, 0x91, 0x64, 0x05, 0x32, 0x33, 0x32, 0xd7,
};

} // namespace

std::uint64_t restartStateKind()
{
    static const std::uint64_t kKind = [] {
        IsalInflater inflater;
        inflater.beginMember();
        std::array<std::byte, 64> out = {};
        Bytes in = std::as_bytes(std::span(kProbe));
        while (!in.empty()) {
            const Inflater::Step step = inflater.inflate(in, out);
            if (!step.problem.empty() || (step.taken == 0 && step.made == 0)) {
                break;
            }
            in = in.subspan(step.taken);
        }
        std::vector<std::byte> state;
        if (!inflater.save(state)) {
            return std::uint64_t{0};
        }
        const std::string hash =
            sha256Hex(std::to_string(ISAL_VERSION) + std::to_string(sizeof(inflate_state))
                      + std::string(reinterpret_cast<const char *>(state.data()), state.size()));
        std::uint64_t kind = 0;
        std::from_chars(hash.data(), hash.data() + 16, kind, 16);
        return kind;
    }();
    return kKind;
}

std::unique_ptr<Inflater> fastInflater()
{
    return std::make_unique<IsalInflater>();
}

} // namespace cutaway

#endif
