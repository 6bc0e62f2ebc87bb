// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cutaway {

/// Weak digests, lowercase hexadecimal, only to compare with what package managers wrote down.
/// Empty where the library does not give them.
[[nodiscard]] std::string md5Hex(std::string_view bytes);
[[nodiscard]] std::string sha1Hex(std::string_view bytes);

/// A running SHA-1, for formats that ask for one. Not thread-safe.
class Sha1Hasher
{
public:
    Sha1Hasher();
    ~Sha1Hasher();
    Sha1Hasher(Sha1Hasher &&) noexcept;
    Sha1Hasher &operator=(Sha1Hasher &&) noexcept;

    void update(Bytes bytes);
    /// Lowercase hexadecimal of all bytes so far, and begins anew; empty where the library does not
    /// give it.
    [[nodiscard]] std::string finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Tells equal texts from others without telling the text: keyed with contentSeed(), so that nobody
/// who does not have that can look values up in a table.
[[nodiscard]] std::uint64_t keyedHash(std::string_view bytes);

} // namespace cutaway
