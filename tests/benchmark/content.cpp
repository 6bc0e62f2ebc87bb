// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmark/content.h"

#include <array>
#include <cstring>

namespace cutaway::benchmark {

namespace {

constexpr std::size_t kWords = 8192;

template<typename Number>
void append(std::string &into, Number number)
{
    std::array<char, sizeof number> bytes;
    std::memcpy(bytes.data(), &number, sizeof number);
    into.append(bytes.data(), bytes.size());
}

} // namespace

std::uint64_t Random::next()
{
    m_state += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = m_state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31);
}

ContentMaker::ContentMaker()
{
    Random random(1);
    m_words.reserve(kWords);
    for (std::size_t i = 0; i < kWords; ++i) {
        std::string word;
        for (std::uint64_t length = 2 + random.below(9); length > 0; --length) {
            word += static_cast<char>('a' + random.below(26));
        }
        word += random.below(8) == 0 ? '\n' : ' ';
        m_words.push_back(std::move(word));
    }
}

void ContentMaker::make(std::uint64_t seed, std::size_t size, std::string &into) const
{
    into.clear();
    into.reserve(size + 64);
    Random random(seed);
    const std::uint64_t kind = random.below(8);
    if (kind < 4) {
        addText(random, size, into);
    } else if (kind < 7) {
        addCode(random, size, into);
    } else {
        addPacked(random, size, into);
    }
    into.resize(size);
}

/// The first words of the vocabulary come most often, as in any language.
void ContentMaker::addText(Random &random, std::size_t size, std::string &into) const
{
    while (into.size() < size) {
        const std::uint64_t bits = random.next();
        const std::size_t range = std::size_t{1} << (4 + (bits & 0xFF) % 10);
        into += m_words[(bits >> 8) % range];
        if ((bits >> 40) % 5 == 0 && into.size() > 512) { // a phrase that stood there before
            const std::size_t back = 64 + (bits >> 48) % 448;
            into.append(into, into.size() - back, 24 + back % 40);
        }
    }
}

/// Words of eight bytes: few operations, small numbers, addresses that go up.
void ContentMaker::addCode(Random &random, std::size_t size, std::string &into)
{
    std::uint32_t address = 0x400000;
    while (into.size() < size) {
        const std::uint64_t bits = random.next();
        const auto operation = static_cast<std::uint16_t>(0x4889 + (bits & 0x1F) * 0x101);
        append(into, operation);
        append(into, static_cast<std::uint16_t>((bits >> 8) & ((bits & 0x80) != 0 ? 0xFFF : 0x3F)));
        address += static_cast<std::uint32_t>((bits >> 24) & 0x7F);
        append(into, address);
    }
}

void ContentMaker::addPacked(Random &random, std::size_t size, std::string &into)
{
    while (into.size() < size) {
        append(into, random.next());
    }
}

} // namespace cutaway::benchmark
