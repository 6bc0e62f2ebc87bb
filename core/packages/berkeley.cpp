// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/berkeley.h"

#include "core/packages/packagelimits.h"

#include <bit>
#include <cstdint>
#include <optional>
#include <string>

namespace cutaway {

namespace {

/// A file of pages, the first of which tells of all. A page of pairs has an index of its items,
/// key and value in turn, which lie at its end, the first one last. Long values are chains of
/// pages.
class HashFile
{
public:
    explicit HashFile(std::string_view bytes)
        : m_bytes(bytes)
    {}

    bool open()
    {
        constexpr std::uint64_t kMagic = 0x061561;
        constexpr std::uint64_t kSmallest = 512;
        constexpr std::uint64_t kLargest = 65536;
        if (m_bytes.size() < kSmallest) {
            return false;
        }
        m_isLittleEndian = number(12, 4) == kMagic; // read so until now
        m_pageBytes = number(20, 4);
        const bool isPlain = number(24, 1) == 0; // not encrypted
        return number(12, 4) == kMagic && number(25, 1) == kHashMeta && isPlain
               && std::has_single_bit(m_pageBytes) && m_pageBytes >= kSmallest
               && m_pageBytes <= kLargest;
    }

    bool forEach(const std::function<void(std::string_view value)> &visit)
    {
        bool isWhole = true;
        const std::uint64_t count = m_bytes.size() / m_pageBytes;
        for (std::uint64_t page = 1; page < count; ++page) {
            const std::uint64_t type = number(page * m_pageBytes + kTypeAt, 1);
            if (type == kHash || type == kUnsortedHash) {
                isWhole = visitPage(page * m_pageBytes, visit) && isWhole;
            }
        }
        return isWhole;
    }

private:
    static constexpr std::uint64_t kUnsortedHash = 2; ///< types of pages
    static constexpr std::uint64_t kOverflow = 7;
    static constexpr std::uint64_t kHashMeta = 8;
    static constexpr std::uint64_t kHash = 13;
    static constexpr std::uint64_t kNextAt = 16; ///< places in a page's header
    static constexpr std::uint64_t kCountAt = 20;
    static constexpr std::uint64_t kUsedAt = 22;
    static constexpr std::uint64_t kTypeAt = 25;
    static constexpr std::uint64_t kHeader = 26;

    bool visitPage(std::uint64_t page, const std::function<void(std::string_view value)> &visit)
    {
        const std::uint64_t items = number(page + kCountAt, 2);
        if (kHeader + 2 * items > m_pageBytes) {
            return false;
        }
        bool isWhole = true;
        for (std::uint64_t item = 1; item < items; item += 2) {
            const std::uint64_t end = number(page + kHeader + 2 * (item - 1), 2);
            const std::uint64_t start = number(page + kHeader + 2 * item, 2);
            const auto value =
                start < end && end <= m_pageBytes
                    ? valueOf(m_bytes.substr(page + start, end - start), page + start)
                    : std::nullopt;
            if (value) {
                visit(*value);
            }
            isWhole = isWhole && value.has_value();
        }
        return isWhole;
    }

    /// Of an item, whose first byte says where its value is.
    std::optional<std::string_view> valueOf(std::string_view item, std::uint64_t at)
    {
        constexpr char kHere = 1;
        constexpr char kElsewhere = 3;
        constexpr std::size_t kElsewhereBytes = 12;
        if (item.front() == kHere) {
            return item.substr(1);
        }
        if (item.front() != kElsewhere || item.size() < kElsewhereBytes) {
            return std::nullopt;
        }
        return chained(number(at + 4, 4), number(at + 8, 4));
    }

    std::optional<std::string_view> chained(std::uint64_t page, std::uint64_t size)
    {
        m_work += size;
        if (size > m_bytes.size() || m_work > limits::kRpmDatabaseBytes) {
            return std::nullopt;
        }
        m_value.clear();
        while (m_value.size() < size) {
            const std::uint64_t start = page * m_pageBytes; // both are below 2^32
            if (page == 0 || start + m_pageBytes > m_bytes.size()
                || number(start + kTypeAt, 1) != kOverflow) {
                return std::nullopt;
            }
            const std::uint64_t used = number(start + kUsedAt, 2);
            if (used == 0 || used > m_pageBytes - kHeader || used > size - m_value.size()) {
                return std::nullopt;
            }
            m_value += m_bytes.substr(start + kHeader, used);
            page = number(start + kNextAt, 4);
        }
        return m_value;
    }

    std::uint64_t number(std::uint64_t at, std::size_t bytes) const
    {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) {
            const std::size_t place = m_isLittleEndian ? at + bytes - 1 - i : at + i;
            value = value << 8 | static_cast<unsigned char>(m_bytes[place]);
        }
        return value;
    }

    std::string_view m_bytes;
    bool m_isLittleEndian = true;
    std::uint64_t m_pageBytes = 0;
    std::string m_value; ///< that was put together last
    std::uint64_t m_work = 0;
};

} // namespace

bool forEachHashValue(std::string_view bytes,
                      const std::function<void(std::string_view value)> &visit)
{
    HashFile file(bytes);
    return file.open() && file.forEach(visit);
}

} // namespace cutaway
