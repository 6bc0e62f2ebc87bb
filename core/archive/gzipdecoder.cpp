// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/decoder.h"
#include "core/archive/inflater.h"

#include <algorithm>

namespace cutaway {

namespace {

/// RFC 1952: members one after the other (eStargz and pigz write many), then perhaps zero padding.
class GzipDecoder : public Decoder
{
public:
    GzipDecoder(std::unique_ptr<ByteStream> from, std::unique_ptr<Inflater> inflater)
        : m_input(std::move(from))
        , m_inflater(std::move(inflater))
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
        return made;
    }

private:
    /// At the start, or behind a member: another one, padding, or the end.
    Result<> beginMember()
    {
        if (m_input.rest().empty()) {
            const Result<bool> more = m_input.fetch();
            if (!more) {
                return std::unexpected(more.error());
            }
            if (!*more) {
                m_isDone = true;
                return {};
            }
        }
        if (m_hasMember && m_input.rest().front() == std::byte{0}) {
            m_isDone = true;
            return passOverPadding();
        }
        if (m_hasMember && m_input.rest().front() != std::byte{0x1f}) {
            return m_input.corrupt("data that is not gzip follows the last gzip member");
        }
        m_inflater->beginMember();
        m_isInMember = true;
        m_hasMember = true;
        return {};
    }

    Result<> passOverPadding()
    {
        while (true) {
            const Bytes rest = m_input.rest();
            const auto nonZero =
                std::ranges::find_if(rest, [](std::byte b) { return b != std::byte{0}; });
            m_input.take(static_cast<std::size_t>(nonZero - rest.begin()));
            if (nonZero != rest.end()) {
                return m_input.corrupt("data follows the zero padding after the last gzip member");
            }
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
    bool m_isInMember = false;
    bool m_hasMember = false;
    bool m_isDone = false;
};

} // namespace

std::unique_ptr<Decoder> gzipDecoder(std::unique_ptr<ByteStream> from,
                                     std::unique_ptr<Inflater> inflater)
{
    return std::make_unique<GzipDecoder>(std::move(from), std::move(inflater));
}

} // namespace cutaway
