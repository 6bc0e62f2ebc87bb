// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hashsums.h"

#include "core/base/hash.h"

#include <openssl/evp.h>

#include <array>
#include <charconv>

namespace cutaway {
namespace {

std::string hexDigest(const char *algorithm, std::string_view bytes)
{
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<unsigned char, EVP_MAX_MD_SIZE> raw = {};
    std::size_t size = 0;
    if (EVP_Q_digest(nullptr, algorithm, nullptr, bytes.data(), bytes.size(), raw.data(), &size)
        != 1) {
        return {};
    }
    std::string hex;
    for (std::size_t i = 0; i < size; ++i) {
        hex += kDigits[raw.at(i) >> 4];
        hex += kDigits[raw.at(i) & 15];
    }
    return hex;
}

} // namespace

std::string md5Hex(std::string_view bytes)
{
    return hexDigest("MD5", bytes);
}

std::string sha1Hex(std::string_view bytes)
{
    return hexDigest("SHA1", bytes);
}

std::uint64_t keyedHash(std::string_view bytes)
{
    constexpr std::size_t kDigits = 16;
    const std::uint64_t key = contentSeed();
    std::string keyed(reinterpret_cast<const char *>(&key), sizeof(key));
    keyed += bytes;
    const std::string hex = sha256Hex(keyed);
    std::uint64_t hash = 0;
    std::from_chars(hex.data(), hex.data() + kDigits, hash, 16);
    return hash;
}

} // namespace cutaway
