// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cutaway::benchmark {

/// Numbers that are the same on every machine and in every run (splitmix64).
class Random
{
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {}

    std::uint64_t next();
    /// 0 ≤ number < bound.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

private:
    std::uint64_t m_state;
};

/// File contents as image layers have them: text of a natural vocabulary, machine code and tables,
/// and what is packed already. gzip -6 makes about half of the mixture.
class ContentMaker
{
public:
    ContentMaker();

    /// Fills `into` with `size` bytes; the same for the same seed.
    void make(std::uint64_t seed, std::size_t size, std::string &into) const;

private:
    void addText(Random &random, std::size_t size, std::string &into) const;
    static void addCode(Random &random, std::size_t size, std::string &into);
    static void addPacked(Random &random, std::size_t size, std::string &into);

    std::vector<std::string> m_words;
};

} // namespace cutaway::benchmark
