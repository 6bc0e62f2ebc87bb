// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/tarinput.h"

#include <algorithm>

namespace cutaway {

TarInput::TarInput(ByteStream &from, std::uint64_t offset)
    : m_from(from)
    , m_offset(offset)
{}

Result<Bytes> TarInput::block()
{
    if (m_run.size() >= kTarBlock) {
        return takeFromRun(kTarBlock);
    }
    std::size_t joined = 0;
    while (joined < kTarBlock) {
        const Result<Bytes> part = run(kTarBlock - joined);
        if (!part) {
            return part;
        }
        if (part->empty()) {
            break;
        }
        std::ranges::copy(*part, m_joined.begin() + static_cast<std::ptrdiff_t>(joined));
        joined += part->size();
    }
    return Bytes(m_joined).first(joined);
}

Result<Bytes> TarInput::run(std::uint64_t most)
{
    if (m_run.empty()) {
        if (const Result<> fetched = fetch(); !fetched) {
            return std::unexpected(fetched.error());
        }
    }
    return takeFromRun(static_cast<std::size_t>(std::min<std::uint64_t>(most, m_run.size())));
}

Result<> TarInput::readInto(std::string &into, std::size_t count)
{
    while (count > 0) {
        const Result<Bytes> part = run(count);
        if (!part) {
            return std::unexpected(part.error());
        }
        if (part->empty()) {
            break;
        }
        into.append(reinterpret_cast<const char *>(part->data()), part->size());
        count -= part->size();
    }
    return {};
}

Result<std::uint64_t> TarInput::skip(std::uint64_t count)
{
    std::uint64_t left = count;
    while (left > 0) {
        if (m_run.empty() && !m_isAtEnd) {
            const Result<std::uint64_t> skipped = m_from.skip(left);
            if (!skipped) {
                return skipped;
            }
            left -= *skipped;
            m_offset += *skipped;
            if (*skipped > 0) {
                continue;
            }
        }
        const Result<Bytes> part = run(left);
        if (!part) {
            return std::unexpected(part.error());
        }
        if (part->empty()) {
            break;
        }
        left -= part->size();
    }
    return count - left;
}

Result<> TarInput::fetch()
{
    if (m_isAtEnd) {
        return {};
    }
    const Result<Bytes> next = m_from.next();
    if (!next) {
        m_isAtEnd = true;
        return std::unexpected(next.error());
    }
    m_run = *next;
    m_isAtEnd = next->empty();
    return {};
}

Bytes TarInput::takeFromRun(std::size_t count)
{
    const Bytes taken = m_run.first(count);
    m_run = m_run.subspan(count);
    m_offset += count;
    return taken;
}

} // namespace cutaway
