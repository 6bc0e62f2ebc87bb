// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"

#include <openssl/evp.h>
#include <xxhash.h>

#include <array>
#include <atomic>
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

std::uint64_t drawSeed()
{
    std::random_device device;
    const std::uint64_t drawn = (static_cast<std::uint64_t>(device()) << 32) | device();
    return drawn != 0 ? drawn : 1;
}

/// Of tables in memory: those live no longer than the process.
std::uint64_t tableSeed()
{
    static const std::uint64_t kSeed = drawSeed();
    return kSeed;
}

std::atomic<std::uint64_t> seedInUse = 0; // NOLINT: 0 = none yet

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

std::uint64_t contentSeed()
{
    const std::uint64_t seed = seedInUse.load(std::memory_order_relaxed);
    return seed != 0 ? seed : adoptContentSeed(drawSeed());
}

std::uint64_t adoptContentSeed(std::uint64_t seed)
{
    std::uint64_t none = 0;
    return seedInUse.compare_exchange_strong(none, seed) ? seed : none;
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
    XXH3_128bits_reset_withSeed(m_state->state.get(), contentSeed());
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
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), tableSeed());
}

} // namespace cutaway
