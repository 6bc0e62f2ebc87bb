// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/secrets/encodings.h"

#include <array>
#include <cstdint>

namespace cutaway {

namespace {

constexpr std::size_t kChecksumLength = 6;

std::uint32_t crc32Of(std::string_view bytes)
{
    constexpr std::uint32_t kPolynomial = 0xEDB88320;
    std::uint32_t crc = ~0U;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? kPolynomial : 0);
        }
    }
    return ~crc;
}

std::uint32_t polymodStep(std::uint32_t state, std::uint32_t value)
{
    constexpr std::array<std::uint32_t, 5> kGenerators = {
        0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    const std::uint32_t top = state >> 25;
    state = ((state & 0x1ffffff) << 5) ^ value;
    for (std::size_t i = 0; i < kGenerators.size(); ++i) {
        state ^= ((top >> i) & 1) != 0 ? kGenerators[i] : 0;
    }
    return state;
}

} // namespace

bool endsWithChecksum(std::string_view text)
{
    constexpr std::string_view kDigits =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    if (text.size() <= kChecksumLength) {
        return false;
    }
    std::uint32_t crc = crc32Of(text.substr(0, text.size() - kChecksumLength));
    for (std::size_t i = 0; i < kChecksumLength; ++i) {
        if (text[text.size() - 1 - i] != kDigits[crc % kDigits.size()]) {
            return false;
        }
        crc /= kDigits.size();
    }
    return true;
}

bool isBech32(std::string_view text)
{
    constexpr std::string_view kAlphabet = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    const std::size_t separator = text.rfind('1');
    if (separator == std::string_view::npos) {
        return false;
    }
    // The prefix counts in small letters: its high bits, a zero, its low bits.
    std::uint32_t state = 1;
    const auto small = [](char c) {
        return static_cast<std::uint32_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) & 0xFF;
    };
    for (const char c : text.substr(0, separator)) {
        state = polymodStep(state, small(c) >> 5);
    }
    state = polymodStep(state, 0);
    for (const char c : text.substr(0, separator)) {
        state = polymodStep(state, small(c) & 31);
    }
    for (const char c : text.substr(separator + 1)) {
        const std::size_t value = kAlphabet.find(c);
        if (value == std::string_view::npos) {
            return false;
        }
        state = polymodStep(state, static_cast<std::uint32_t>(value));
    }
    return state == 1;
}

bool isAsn1Sequence(std::string_view bytes)
{
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    if (bytes.size() < 2 || at(0) != 0x30) {
        return false;
    }
    const std::size_t lengthBytes = at(1) < 0x80 ? 0 : at(1) & 0x7FU;
    if (lengthBytes > 4 || bytes.size() < 2 + lengthBytes) {
        return false;
    }
    std::size_t length = lengthBytes == 0 ? at(1) : 0;
    for (std::size_t i = 0; i < lengthBytes; ++i) {
        length = (length << 8) | at(2 + i);
    }
    return length + 2 + lengthBytes == bytes.size();
}

} // namespace cutaway
