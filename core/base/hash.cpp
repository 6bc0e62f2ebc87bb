// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"

#include <openssl/evp.h>
#include <xxhash.h>

#include <array>
#include <cstdlib>
#include <random>

namespace cutaway {
namespace {

struct EvpContextFree
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};
struct XxhFree
{
    void operator()(XXH3_state_t *state) const { XXH3_freeState(state); }
};

/// Fetching an algorithm costs a look-up under a lock: done once a process.
const EVP_MD *algorithmOf(HashAlgorithm algorithm)
{
    static EVP_MD *const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    static EVP_MD *const kSha512 = EVP_MD_fetch(nullptr, "SHA512", nullptr);
    return algorithm == HashAlgorithm::Sha256 ? kSha256 : kSha512;
}

std::uint64_t processSeed()
{
    static const std::uint64_t kSeed = [] {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32) | device();
    }();
    return kSeed;
}

} // namespace

struct Hasher::State
{
    std::unique_ptr<EVP_MD_CTX, EvpContextFree> context{EVP_MD_CTX_new()};
};

Hasher::Hasher(HashAlgorithm algorithm)
    : m_state(std::make_unique<State>())
{
    // Without a working digest no claim of ours would hold: there is nothing to fall back on.
    const EVP_MD *md = algorithmOf(algorithm);
    if (md == nullptr || m_state->context == nullptr
        || EVP_DigestInit_ex2(m_state->context.get(), md, nullptr) != 1) {
        std::abort();
    }
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher &&) noexcept = default;
Hasher &Hasher::operator=(Hasher &&) noexcept = default;

void Hasher::update(Bytes bytes)
{
    EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size());
}

std::string Hasher::finish()
{
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<unsigned char, EVP_MAX_MD_SIZE> raw = {};
    unsigned int size = 0;
    EVP_DigestFinal_ex(m_state->context.get(), raw.data(), &size);
    std::string hex;
    hex.reserve(std::size_t{size} * 2);
    for (unsigned int i = 0; i < size; ++i) {
        hex += kDigits[raw[i] >> 4];
        hex += kDigits[raw[i] & 15];
    }
    return hex;
}

std::string sha256Hex(std::string_view bytes)
{
    Hasher hasher;
    hasher.update(std::as_bytes(std::span(bytes)));
    return hasher.finish();
}

struct ContentHasher::State
{
    std::unique_ptr<XXH3_state_t, XxhFree> state{XXH3_createState()};
};

ContentHasher::ContentHasher()
    : m_state(std::make_unique<State>())
{
    reset();
}

ContentHasher::~ContentHasher() = default;

void ContentHasher::reset()
{
    XXH3_128bits_reset_withSeed(m_state->state.get(), processSeed());
}

void ContentHasher::update(Bytes bytes)
{
    XXH3_128bits_update(m_state->state.get(), bytes.data(), bytes.size());
}

ContentHash ContentHasher::finish() const
{
    const XXH128_hash_t hash = XXH3_128bits_digest(m_state->state.get());
    return {hash.low64, hash.high64};
}

std::uint64_t tableHash(std::string_view bytes)
{
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), processSeed());
}

} // namespace cutaway
