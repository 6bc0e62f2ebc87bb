// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cutaway {

enum class HashAlgorithm : std::uint8_t { Sha256, Sha512 };

/// A running cryptographic hash. Not thread-safe; moveable.
class Hasher
{
public:
    explicit Hasher(HashAlgorithm algorithm = HashAlgorithm::Sha256);
    ~Hasher();
    Hasher(Hasher &&) noexcept;
    Hasher &operator=(Hasher &&) noexcept;

    void update(Bytes bytes);
    /// Lowercase hexadecimal of all bytes so far; ends the hash.
    [[nodiscard]] std::string finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

[[nodiscard]] std::string sha256Hex(std::string_view bytes);

/// Identity of a file's content: XXH3-128 with a secret seed. Equal hashes and sizes mean equal
/// content for all but a forger who knows the seed.
struct ContentHash
{
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    bool operator==(const ContentHash &) const = default;
    auto operator<=>(const ContentHash &) const = default;
};

/// The seed of this process: drawn at random at first use, unless one was adopted before. Never 0.
[[nodiscard]] std::uint64_t contentSeed();
/// Makes `seed` that of the process, so that hashes compare with those of other runs. Too late when
/// one is in use. Gives the seed that counts.
std::uint64_t adoptContentSeed(std::uint64_t seed);

class ContentHasher
{
public:
    ContentHasher();
    ~ContentHasher();
    ContentHasher(const ContentHasher &) = delete;
    ContentHasher &operator=(const ContentHasher &) = delete;

    void reset();
    void update(Bytes bytes);
    [[nodiscard]] ContentHash finish() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Fast hash for tables in memory (seeded like ContentHash, so that names cannot be made to
/// collide).
[[nodiscard]] std::uint64_t tableHash(std::string_view bytes);

} // namespace cutaway
