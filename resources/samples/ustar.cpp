// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "resources/samples/ustar.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <numeric>

namespace cutaway::sample {

namespace {

constexpr std::size_t kBlock = 512;

/// A field of a ustar header block (POSIX.1-1988): where it starts, how long it is.
struct Field
{
    std::size_t offset;
    std::size_t length;
};
constexpr Field kName{0, 100};
constexpr Field kMode{100, 8};
constexpr Field kUid{108, 8};
constexpr Field kGid{116, 8};
constexpr Field kSize{124, 12};
constexpr Field kTime{136, 12};
constexpr Field kChecksum{148, 8};
constexpr Field kType{156, 1};
constexpr Field kTarget{157, 100};
constexpr Field kMagic{257, 8};

using Block = std::array<char, kBlock>;

void put(Block &block, Field field, std::string_view text)
{
    if (text.size() > field.length) {
        std::fprintf(
            stderr, "%.*s: too long for ustar\n", static_cast<int>(text.size()), text.data());
        std::exit(1);
    }
    std::ranges::copy(text, block.begin() + static_cast<std::ptrdiff_t>(field.offset));
}

void putOctal(Block &block, Field field, std::uint64_t number)
{
    std::string digits(field.length - 1, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number /= 8) {
        *digit = static_cast<char>('0' + number % 8);
    }
    put(block, field, digits);
}

} // namespace

void Ustar::header(
    std::string_view name, char type, std::uint64_t size, std::string_view target, Meta meta)
{
    Block block{};
    put(block, kName, name);
    putOctal(block, kMode, meta.mode);
    putOctal(block, kUid, meta.uid);
    putOctal(block, kGid, meta.gid);
    putOctal(block, kSize, size);
    putOctal(block, kTime, static_cast<std::uint64_t>(m_time));
    put(block, kType, std::string_view(&type, 1));
    put(block, kTarget, target);
    put(block,
        kMagic,
        std::string_view("ustar\0"
                         "00",
                         8));
    put(block, kChecksum, "        ");
    putOctal(block, {kChecksum.offset, 7}, std::accumulate(block.begin(), block.end(), 0U));
    block[kChecksum.offset + 6] = '\0';
    m_bytes.append(block.data(), block.size());
}

void Ustar::directory(std::string_view name, Meta meta)
{
    header(std::string(name) + '/', '5', 0, {}, meta);
}

void Ustar::file(std::string_view name, std::string_view content, Meta meta)
{
    header(name, '0', content.size(), {}, meta);
    m_bytes += content;
    m_bytes.append((kBlock - content.size() % kBlock) % kBlock, '\0');
}

void Ustar::symlink(std::string_view name, std::string_view target)
{
    header(name, '2', 0, target, {.mode = 0777});
}

void Ustar::hardlink(std::string_view name, std::string_view target, Meta meta)
{
    header(name, '1', 0, target, meta);
}

void Ustar::whiteout(std::string_view folder, std::string_view name)
{
    file(std::string(folder) + "/.wh." + std::string(name), {});
}

void Ustar::opaque(std::string_view folder)
{
    file(std::string(folder) + "/.wh..wh..opq", {});
}

std::string Ustar::finish() const
{
    return m_bytes + std::string(2 * kBlock, '\0');
}

} // namespace cutaway::sample
