// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"
#include "core/base/monitor.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace cutaway::test {

/// Bytes in memory that go wrong the way they are told to. Reads are counted from 0.
class FaultSource : public ByteSource
{
public:
    explicit FaultSource(std::string bytes)
        : m_bytes(std::move(bytes))
    {}

    /// Reading this byte is an input error.
    FaultSource &failAt(std::uint64_t offset);
    /// From here on there is nothing, whatever size() says.
    FaultSource &endAt(std::uint64_t offset);
    /// This read throws std::bad_alloc.
    FaultSource &throwAt(int read);
    /// From this read on the bytes are others.
    FaultSource &changeAt(int read, std::string bytes);
    /// Reading this byte waits until `monitor` is cancelled.
    FaultSource &blockAt(std::uint64_t offset, const Monitor &monitor);
    /// Called at the beginning of each read, in the reading thread.
    FaultSource &onRead(std::function<void(int read)> watch);
    /// No read gives more than this.
    FaultSource &atMost(std::size_t bytes);

    int reads() const { return m_reads.load(); }

    std::uint64_t size() const override { return m_bytes.size(); }
    [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset,
                                             std::span<std::byte> into) const override;

private:
    std::string m_bytes;
    std::optional<std::uint64_t> m_failAt;
    std::optional<std::uint64_t> m_endAt;
    std::optional<int> m_throwAt;
    std::optional<int> m_changeAt;
    std::string m_changed;
    std::optional<std::uint64_t> m_blockAt;
    const Monitor *m_monitor = nullptr;
    std::function<void(int)> m_watch;
    std::size_t m_most = static_cast<std::size_t>(-1);
    mutable std::atomic<int> m_reads = 0;
};

} // namespace cutaway::test
