// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/faultsource.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <thread>

namespace cutaway::test {

FaultSource &FaultSource::failAt(std::uint64_t offset)
{
    m_failAt = offset;
    return *this;
}

FaultSource &FaultSource::endAt(std::uint64_t offset)
{
    m_endAt = offset;
    return *this;
}

FaultSource &FaultSource::throwAt(int read)
{
    m_throwAt = read;
    return *this;
}

FaultSource &FaultSource::changeAt(int read, std::string bytes)
{
    m_changeAt = read;
    m_changed = std::move(bytes);
    return *this;
}

FaultSource &FaultSource::blockAt(std::uint64_t offset, const Monitor &monitor)
{
    m_blockAt = offset;
    m_monitor = &monitor;
    return *this;
}

FaultSource &FaultSource::onRead(std::function<void(int)> watch)
{
    m_watch = std::move(watch);
    return *this;
}

FaultSource &FaultSource::atMost(std::size_t bytes)
{
    m_most = bytes;
    return *this;
}

Result<std::size_t> FaultSource::readAt(std::uint64_t offset, std::span<std::byte> into) const
{
    const int read = m_reads.fetch_add(1);
    if (m_watch) {
        m_watch(read);
    }
    if (m_throwAt == read) {
        throw std::bad_alloc();
    }
    const bool isChanged = m_changeAt && read >= *m_changeAt;
    const std::string &bytes = isChanged ? m_changed : m_bytes;
    const std::uint64_t end = std::min<std::uint64_t>(bytes.size(), m_endAt.value_or(bytes.size()));
    const std::uint64_t left = end - std::min(offset, end);
    const std::size_t count = std::min<std::uint64_t>({into.size(), left, m_most});
    const auto isReached = [offset, count](std::optional<std::uint64_t> at) {
        return at && *at >= offset && *at < offset + count;
    };
    if (isReached(m_blockAt)) {
        while (!m_monitor->isCancelled()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return failCancelled();
    }
    if (isReached(m_failAt)) {
        return fail(ErrorCode::Io, "the disk: cannot read: Input/output error");
    }
    std::copy_n(std::as_bytes(std::span(bytes)).begin() + static_cast<std::ptrdiff_t>(offset),
                count,
                into.begin());
    return count;
}

} // namespace cutaway::test
