// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cutaway {

/// Writes plain records, in this machine's byte order, as runs of bytes.
class BinaryWriter
{
public:
    explicit BinaryWriter(std::function<void(Bytes)> sink)
        : m_sink(std::move(sink))
    {}

    template<typename T>
        requires std::is_arithmetic_v<T>
    void number(T value)
    {
        m_sink(std::as_bytes(std::span(&value, 1)));
    }
    template<typename T>
        requires std::is_arithmetic_v<T>
    void column(std::span<const T> values)
    {
        m_sink(std::as_bytes(values));
    }
    void text(std::string_view text)
    {
        number(static_cast<std::uint32_t>(text.size()));
        m_sink(std::as_bytes(std::span(text)));
    }

private:
    std::function<void(Bytes)> m_sink;
};

/// A writer that puts all behind what `bytes` holds.
[[nodiscard]] inline BinaryWriter binaryWriterInto(std::string &bytes)
{
    return BinaryWriter([&bytes](Bytes run) {
        bytes.append(reinterpret_cast<const char *>(run.data()), run.size());
    });
}

/// Bytes in memory as a stream, in one run.
class TextStream : public ByteStream
{
public:
    explicit TextStream(std::string_view text)
        : m_text(text)
    {}
    Result<Bytes> next() override { return std::as_bytes(std::span(std::exchange(m_text, {}))); }

private:
    std::string_view m_text;
};

/// Reads what BinaryWriter wrote, out of bytes that may be anything: the first failure stays, and
/// everything read after it is zero. Takes no more memory than there are bytes.
class BinaryReader
{
public:
    explicit BinaryReader(ByteStream &from)
        : m_from(from)
    {}

    bool isGood() const { return m_status.has_value(); }
    const Result<> &status() const { return m_status; }
    void fail(std::string why)
    {
        if (m_status) {
            m_status = cutaway::fail(ErrorCode::Corrupt, std::move(why));
        }
    }

    template<typename T>
        requires std::is_arithmetic_v<T>
    T number()
    {
        T value = 0;
        take(std::as_writable_bytes(std::span(&value, 1)));
        return value;
    }
    template<typename T>
        requires std::is_arithmetic_v<T>
    void column(std::span<T> values)
    {
        take(std::as_writable_bytes(values));
    }
    /// A text of at most `limit` bytes.
    std::string text(std::size_t limit)
    {
        std::size_t left = number<std::uint32_t>();
        if (left > limit) {
            fail("a text is too long");
        }
        std::string text;
        while (isGood() && left > 0) {
            const std::size_t part = std::min<std::size_t>(left, 64 * 1024);
            const std::size_t before = text.size();
            text.resize(before + part);
            take(std::as_writable_bytes(std::span(text).subspan(before)));
            left -= part;
        }
        return text;
    }
    /// Nothing is left.
    bool isAtEnd() { return isGood() && m_run.empty() && !fetch(); }

private:
    void take(std::span<std::byte> into)
    {
        while (!into.empty() && isGood()) {
            if (m_run.empty() && !fetch()) {
                fail("the bytes end too early");
                break;
            }
            const std::size_t count = std::min(into.size(), m_run.size());
            std::memcpy(into.data(), m_run.data(), count);
            m_run = m_run.subspan(count);
            into = into.subspan(count);
        }
        if (!isGood()) {
            std::ranges::fill(into, std::byte{0});
        }
    }
    bool fetch()
    {
        const Result<Bytes> run = m_from.next();
        if (!run) {
            m_status = std::unexpected(run.error());
            return false;
        }
        m_run = *run;
        return !run->empty();
    }

    ByteStream &m_from;
    Bytes m_run;
    Result<> m_status;
};

} // namespace cutaway
