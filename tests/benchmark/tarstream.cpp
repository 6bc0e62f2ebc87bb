// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmark/tarstream.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace cutaway::benchmark {

namespace {

constexpr std::size_t kTarBlock = 512;
using Header = std::array<char, kTarBlock>;

void putText(Header &header, std::size_t at, std::string_view text)
{
    std::ranges::copy(text, header.begin() + static_cast<std::ptrdiff_t>(at));
}

/// `digits` octal digits, the last of the field left NUL.
void putOctal(Header &header, std::size_t at, std::size_t digits, std::uint64_t number)
{
    for (std::size_t i = digits; i-- > 0; number /= 8) {
        header[at + i] = static_cast<char>('0' + number % 8);
    }
}

} // namespace

void TarStream::header(std::string_view name, char type, std::uint64_t size)
{
    Header header = {};
    constexpr std::size_t kNameBytes = 100;
    putText(header, 0, name.substr(0, kNameBytes));
    putOctal(header, 100, 7, type == '5' ? 0755 : 0644);
    putOctal(header, 108, 7, 0);
    putOctal(header, 116, 7, 0);
    putOctal(header, 124, 11, size);
    putOctal(header, 136, 11, 1'700'000'000);
    header[156] = type;
    putText(header, 257, std::string_view("ustar\00000", 8));
    std::fill_n(header.begin() + 148, 8, ' ');
    const std::uint64_t sum = std::accumulate(
        header.begin(), header.end(), std::uint64_t{0}, [](std::uint64_t all, char byte) {
            return all + static_cast<unsigned char>(byte);
        });
    putOctal(header, 148, 6, sum);
    header[154] = '\0';
    m_to.write({header.data(), header.size()});
}

void TarStream::pad(std::uint64_t size)
{
    static constexpr Header kZeros = {};
    m_to.write({kZeros.data(), (kTarBlock - size % kTarBlock) % kTarBlock});
}

void TarStream::file(std::string_view name, std::string_view content)
{
    header(name, '0', content.size());
    data(content);
    pad(content.size());
}

void TarStream::end()
{
    static constexpr std::array<char, 2 * kTarBlock> kMark = {};
    m_to.write({kMark.data(), kMark.size()});
}

} // namespace cutaway::benchmark
