// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/hash.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace cutaway {

/// A content digest, `sha256:<64 hex>` or `sha512:<128 hex>` (image-spec descriptor.md, "Digests").
/// Only the parser makes a non-empty one, so its text is always safe as a file name part.
class Digest
{
public:
    Digest() = default;

    /// InvalidInput for what is no digest; Unsupported for a well-formed one of another algorithm
    /// than these two.
    [[nodiscard]] static Result<Digest> parse(std::string_view text);
    [[nodiscard]] static Digest ofSha256(std::string hex); ///< of a hash that we computed
    [[nodiscard]] static Digest ofSha512(std::string hex);

    bool isEmpty() const { return m_text.empty(); }
    const std::string &text() const { return m_text; } ///< "sha256:ab…", or empty
    HashAlgorithm algorithm() const;
    std::string_view algorithmName() const; ///< "sha256"
    std::string_view hex() const;
    /// "sha256:" and the first 12 digits, for people.
    std::string shortText() const;

    bool operator==(const Digest &) const = default;
    auto operator<=>(const Digest &) const = default;

private:
    explicit Digest(std::string text)
        : m_text(std::move(text))
    {}
    std::string m_text;
};

} // namespace cutaway
