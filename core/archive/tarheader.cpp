// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/tarheader.h"

#include "core/base/words.h"

#include <algorithm>
#include <limits>

namespace cutaway {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kChecksumAt = 148;
constexpr std::size_t kChecksumBytes = 8;

TarNumber base256(std::string_view field)
{
    const auto first = static_cast<unsigned char>(field.front());
    const bool isNegative = (first & 0x40) != 0;
    // Sign-extended, so that the loop also tells whether the value leaves 64 bits.
    std::int64_t value = isNegative ? -1 : 0;
    for (std::size_t i = 0; i < field.size(); ++i) {
        auto byte = static_cast<unsigned char>(field[i]);
        if (i == 0) {
            byte = static_cast<unsigned char>(isNegative ? byte | 0x80 : byte & 0x3f);
        }
        if (value > (std::numeric_limits<std::int64_t>::max() >> 8)
            || value < (std::numeric_limits<std::int64_t>::min() >> 8)) {
            return {isNegative ? std::numeric_limits<std::int64_t>::min()
                               : std::numeric_limits<std::int64_t>::max(),
                    true};
        }
        value = value * 256 + byte;
    }
    return {value, false};
}

} // namespace

std::optional<TarNumber> tarNumber(std::string_view field)
{
    if (!field.empty() && (static_cast<unsigned char>(field.front()) & 0x80) != 0) {
        return base256(field);
    }
    std::string_view digits = trimmed(field, " \0"sv);
    digits = trimmed(digits.substr(0, digits.find('\0')), " ");
    std::int64_t value = 0; // at most twelve digits: no overflow
    for (const char c : digits) {
        if (c < '0' || c > '7') {
            return std::nullopt;
        }
        value = value * 8 + (c - '0');
    }
    return TarNumber{value, false};
}

TarHeader::TarHeader(Bytes block)
    : m_bytes(reinterpret_cast<const char *>(block.data()), block.size())
{
    if (m_bytes.substr(257, 8) == "ustar  \0"sv) {
        m_format = Format::Gnu;
    } else if (m_bytes.substr(257, 6) == "ustar\0"sv) {
        m_format = m_bytes.substr(508, 4) == "tar\0"sv ? Format::Star : Format::Ustar;
    }
}

bool TarHeader::isZero() const
{
    return m_bytes.front() == '\0'
           && std::ranges::all_of(m_bytes, [](char c) { return c == '\0'; });
}

bool TarHeader::hasRightChecksum() const
{
    const std::optional<TarNumber> stated = tarNumber(m_bytes.substr(kChecksumAt, kChecksumBytes));
    if (!stated) {
        return false;
    }
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < kTarBlock; ++i) { // a count that the compiler knows
        sum += static_cast<unsigned char>(m_bytes[i]);
    }
    std::int32_t highBytes = 0;
    for (std::size_t i = 0; i < kChecksumBytes; ++i) {
        const auto byte = static_cast<unsigned char>(m_bytes[kChecksumAt + i]);
        sum += static_cast<std::uint32_t>(' ') - byte;
        highBytes -= byte >= 0x80 ? 1 : 0;
    }
    if (stated->value == static_cast<std::int64_t>(sum)) {
        return true;
    }
    highBytes += static_cast<std::int32_t>(std::ranges::count_if(
        m_bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
    return stated->value == static_cast<std::int64_t>(sum) - 256 * std::int64_t{highBytes};
}

std::string_view TarHeader::prefix() const
{
    switch (m_format) {
    case Format::Ustar: return text(345, 155);
    case Format::Star: return text(345, 131);
    default: return {};
    }
}

std::string_view TarHeader::text(std::size_t at, std::size_t width) const
{
    const std::string_view field = m_bytes.substr(at, width);
    return field.substr(0, field.find('\0'));
}

} // namespace cutaway
