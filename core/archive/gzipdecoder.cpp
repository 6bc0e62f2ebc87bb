// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/decoder.h"
#include "core/archive/inflater.h"

#include <algorithm>
#include <array>

namespace cutaway {

namespace {

constexpr std::byte kMagic0{0x1f};
constexpr std::byte kMagic1{0x8b};

/// RFC 1952: members one after the other (eStargz and pigz write many), then perhaps zero padding
/// or, rarely, something else. gzip(1) ignores that with a warning, and so do we.
class GzipDecoder : public Decoder
{
public:
    GzipDecoder(std::unique_ptr<ByteStream> from,
                std::unique_ptr<Inflater> inflater,
                const DecoderStart &start)
        : m_input(std::move(from), start.place.blobOffset)
        , m_inflater(std::move(inflater))
        , m_collector(m_inflater->stateBytes() > 0 ? start.collector : nullptr)
        , m_made(start.place.tarOffset)
        , m_isInMember(start.place.hasState)
        , m_hasMember(start.isResumed)
    {}

    Result<std::size_t> fill(std::span<std::byte> into) override
    {
        std::size_t made = 0;
        while (made < into.size() && !m_isDone) {
            if (!m_isInMember) {
                if (const Result<> begun = beginMember(); !begun) {
                    return std::unexpected(begun.error());
                }
                continue;
            }
            const Result<std::size_t> more = inflate(into.subspan(made));
            if (!more) {
                return more;
            }
            made += *more;
        }
        m_made += made;
        offerRestart();
        return made;
    }

    std::string_view remark() const override
    {
        return m_hasForeignTail ? "data that is not gzip follows the last gzip member" : "";
    }

private:
    void offerRestart()
    {
        if (m_collector == nullptr || m_isDone || !m_collector->wants(m_made)) {
            return;
        }
        if (m_isInMember ? m_inflater->save(m_state) : true) {
            m_collector->add({m_input.offset(), m_made, m_isInMember},
                             m_isInMember ? Bytes(m_state) : Bytes());
        }
    }

    /// At the start, or behind a member: another one, or the tail.
    Result<> beginMember()
    {
        const Result<bool> some = hasInput();
        if (!some) {
            return std::unexpected(some.error());
        }
        if (!*some) {
            m_isDone = true;
            return {};
        }
        m_inflater->beginMember();
        if (m_hasMember) {
            const Result<bool> another = beginsWithMagic();
            if (!another) {
                return std::unexpected(another.error());
            }
            if (!*another) {
                m_isDone = true;
                return passOverTail();
            }
        }
        m_isInMember = true;
        m_hasMember = true;
        return {};
    }

    /// Whether there is a byte to look at.
    Result<bool> hasInput()
    {
        return m_input.rest().empty() ? m_input.fetch() : Result<bool>(true);
    }

    /// The two bytes of the magic may lie in two runs; then the first is given to the inflater
    /// here.
    Result<bool> beginsWithMagic()
    {
        if (m_input.rest().front() != kMagic0) {
            return false;
        }
        if (m_input.rest().size() > 1) {
            return m_input.rest()[1] == kMagic1;
        }
        std::array<std::byte, 1> unused = {}; // zlib asks for room even where it makes nothing
        m_input.take(m_inflater->inflate(m_input.rest(), unused).taken);
        const Result<bool> more = hasInput();
        if (!more) {
            return more;
        }
        m_hasForeignTail = !*more || m_input.rest().front() != kMagic1;
        return !m_hasForeignTail;
    }

    Result<> passOverTail()
    {
        while (true) {
            const Bytes rest = m_input.rest();
            m_hasForeignTail = m_hasForeignTail || std::ranges::any_of(rest, [](std::byte b) {
                                   return b != std::byte{0};
                               });
            m_input.take(rest.size());
            const Result<bool> more = m_input.fetch();
            if (!more) {
                return std::unexpected(more.error());
            }
            if (!*more) {
                return {};
            }
        }
    }

    Result<std::size_t> inflate(std::span<std::byte> into)
    {
        const Inflater::Step step = m_inflater->inflate(m_input.rest(), into);
        m_input.take(step.taken);
        if (!step.problem.empty()) {
            return m_input.corrupt("broken gzip data (" + step.problem + ")");
        }
        if (step.isMemberDone) {
            m_isInMember = false;
        } else if (step.taken == 0 && step.made == 0) {
            if (!m_input.rest().empty()) {
                return m_input.corrupt("broken gzip data");
            }
            const Result<bool> more = m_input.fetch();
            if (!more) {
                return std::unexpected(more.error());
            }
            if (!*more) {
                return m_input.corrupt("truncated gzip data: it ends inside a member,");
            }
        }
        return step.made;
    }

    DecoderInput m_input;
    std::unique_ptr<Inflater> m_inflater;
    RestartCollector *m_collector;
    std::vector<std::byte> m_state; ///< scratch
    std::uint64_t m_made;           ///< of all that comes out, up to here
    bool m_isInMember;
    bool m_hasMember;
    bool m_isDone = false;
    bool m_hasForeignTail = false;
};

} // namespace

std::unique_ptr<Decoder> gzipDecoder(std::unique_ptr<ByteStream> from,
                                     std::unique_ptr<Inflater> inflater,
                                     const DecoderStart &start)
{
    return std::make_unique<GzipDecoder>(std::move(from), std::move(inflater), start);
}

} // namespace cutaway
