// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Fuzz targets: each is one file with one LLVMFuzzerTestOneInput, built with libFuzzer by the
/// preset "fuzz", and into a replay of seeds and of past findings by all others. A target asserts
/// what holds for whatever the input is, beyond not crashing.
namespace cutaway::fuzz {

/// Ends the program with a message when it does not hold.
void require(bool holds, std::string_view what);
/// The same, and shows what differs.
void requireEqual(std::string_view one, std::string_view other, std::string_view what);
void requireEqual(std::uint64_t one, std::uint64_t other, std::string_view what);

[[nodiscard]] inline std::string_view textOf(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), size};
}
[[nodiscard]] inline Bytes bytesOf(std::string_view text)
{
    return std::as_bytes(std::span(text));
}

/// Numbers off the end of an input, so that its beginning can be a file as it is. An input that is
/// used up gives zeros.
class Choices
{
public:
    explicit Choices(std::string_view input)
        : m_rest(input)
    {}

    std::uint8_t byte();
    std::uint32_t below(std::uint32_t bound) { return bound == 0 ? 0 : byte() % bound; }
    std::uint32_t word() { return (std::uint32_t{byte()} << 8) | byte(); }
    /// What no number was taken from.
    std::string_view rest() const { return m_rest; }

private:
    std::string_view m_rest;
};

} // namespace cutaway::fuzz

// The name is libFuzzer's.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);
