// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hashsums.h"

#include "core/base/hash.h"

#include <openssl/evp.h>

#include <array>
#include <charconv>
#include <span>

namespace cutaway {
namespace {

struct EvpContextFree
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

std::string hexText(std::span<const unsigned char> bytes)
{
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (const unsigned char byte : bytes) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 15];
    }
    return hex;
}

std::string hexDigest(const char *algorithm, std::string_view bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> raw = {};
    std::size_t size = 0;
    if (EVP_Q_digest(nullptr, algorithm, nullptr, bytes.data(), bytes.size(), raw.data(), &size)
        != 1) {
        return {};
    }
    return hexText(std::span(raw).first(size));
}

} // namespace

struct Sha1Hasher::State
{
    State() { begin(); }
    void begin()
    {
        isGood = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha1(), nullptr) == 1;
    }

    std::unique_ptr<EVP_MD_CTX, EvpContextFree> context{EVP_MD_CTX_new()};
    bool isGood = false;
};

Sha1Hasher::Sha1Hasher()
    : m_state(std::make_unique<State>())
{}
Sha1Hasher::~Sha1Hasher() = default;
Sha1Hasher::Sha1Hasher(Sha1Hasher &&) noexcept = default;
Sha1Hasher &Sha1Hasher::operator=(Sha1Hasher &&) noexcept = default;

void Sha1Hasher::update(Bytes bytes)
{
    if (m_state->isGood) {
        EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size());
    }
}

std::string Sha1Hasher::finish()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> raw = {};
    unsigned int size = 0;
    if (!m_state->isGood || EVP_DigestFinal_ex(m_state->context.get(), raw.data(), &size) != 1) {
        return {};
    }
    m_state->begin();
    return hexText(std::span(raw).first(size));
}

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
