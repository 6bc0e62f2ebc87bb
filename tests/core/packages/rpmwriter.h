// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace cutaway::test {

inline std::string bigEndian(std::uint64_t number, int bytes)
{
    std::string text;
    for (int i = bytes - 1; i >= 0; --i) {
        text += static_cast<char>((number >> (8 * i)) & 0xFF);
    }
    return text;
}

inline std::string littleEndian(std::uint32_t number)
{
    std::string text = bigEndian(number, 4);
    std::ranges::reverse(text);
    return text;
}

/// A header as rpm writes it.
class HeaderWriter
{
public:
    HeaderWriter &texts(std::uint32_t tag, const std::vector<std::string> &values)
    {
        constexpr std::uint32_t kString = 6;
        constexpr std::uint32_t kStrings = 8;
        entry(tag, values.size() == 1 ? kString : kStrings, values.size());
        for (const std::string &value : values) {
            m_data += value + '\0';
        }
        return *this;
    }
    HeaderWriter &numbers(std::uint32_t tag, const std::vector<std::uint32_t> &values)
    {
        constexpr std::uint32_t kInt32 = 4;
        entry(tag, kInt32, values.size());
        for (const std::uint32_t value : values) {
            m_data += bigEndian(value, 4);
        }
        return *this;
    }
    std::string bytes() const
    {
        constexpr std::size_t kEntry = 16;
        return bigEndian(m_entries.size() / kEntry, 4) + bigEndian(m_data.size(), 4) + m_entries
               + m_data;
    }

private:
    void entry(std::uint32_t tag, std::uint32_t type, std::size_t count)
    {
        m_entries += bigEndian(tag, 4) + bigEndian(type, 4) + bigEndian(m_data.size(), 4)
                     + bigEndian(count, 4);
    }

    std::string m_entries;
    std::string m_data;
};

/// rpm's own format with these headers.
inline std::string slotsOf(const std::vector<std::string> &headers)
{
    constexpr std::size_t kPage = 4096;
    constexpr std::size_t kBlock = 16;
    std::string table = "RpmP" + littleEndian(0) + littleEndian(1) + littleEndian(1)
                        + littleEndian(9) + std::string(12, '\0');
    std::string blobs;
    std::uint32_t package = 0;
    for (const std::string &header : headers) {
        const std::size_t start = kPage + blobs.size();
        blobs += "BlbS" + littleEndian(++package) + littleEndian(1)
                 + littleEndian(static_cast<std::uint32_t>(header.size())) + header;
        blobs.resize((blobs.size() + kBlock - 1) / kBlock * kBlock);
        table += "Slot" + littleEndian(package)
                 + littleEndian(static_cast<std::uint32_t>(start / kBlock)) + littleEndian(1);
    }
    table.resize(kPage);
    return table + blobs;
}

} // namespace cutaway::test
