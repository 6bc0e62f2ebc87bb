// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/audit/secrets/places.h"
#include "core/base/pattern.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cutaway {

/// Why a match is no leak, or not quite one.
enum class SecretNote : std::uint8_t {
    None,
    Documented,   ///< a value that documentation shows
    TestMaterial, ///< lies among the tests or examples of a library
    Encrypted,    ///< of no use without its passphrase
    Expired,
    Snakeoil, ///< made by a package, the same in every container of the image
};

/// A place whose text a detector's pattern matched.
struct SecretMatch
{
    std::string_view text; ///< all of it
    const SecretPlace &place;
    std::string_view whole; ///< what matched, a part of text
    std::string_view value; ///< the pattern's group where it has one: the secret

    std::size_t begin() const { return static_cast<std::size_t>(whole.data() - text.data()); }
    /// What stands before and behind the match, as far as that many bytes.
    std::string_view before(std::size_t bytes) const;
    std::string_view behind(std::size_t bytes) const;
};

/// What a closer look made of a match.
struct SecretVerdict
{
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Likely;
    SecretNote note = SecretNote::None;
    std::string_view value; ///< a part of the text that is the secret, and nothing else
    // NOLINTNEXTLINE(readability-redundant-member-init): so that it may be left out.
    std::string identity = {}; ///< by which the same secret is known again; empty = the value
};

/// A kind of secret: what gives it away, what it looks like, how it is verified.
struct SecretDetector
{
    enum Trait : std::uint8_t {
        AnyCase = 1,        ///< of the triggers
        Around = 2,         ///< the trigger stands within the match, not at its beginning
        SettingsOnly = 4,   ///< too frequent elsewhere
        NotInLockFiles = 8, ///< these are full of things that look like it
        OpenLeft = 16,      ///< may follow upon a letter or digit
        OpenRight = 32,     ///< may be followed by one
        LooksFar = 64,      ///< its check searches limits::kSecretKeyBytes
    };
    using Check = std::optional<SecretVerdict> (*)(const SecretMatch &, SecretVerdict);

    std::string_view id;       ///< of the catalogue: "D12"
    std::string_view name;     ///< "a GitHub token"
    std::string_view triggers; ///< one of these texts stands in each, "|" between them
    const char *pattern;       ///< bytes; its first group, where there is one, is the secret
    Severity severity;
    double entropy = 0;        ///< that the secret has at least, in bits a character
    Check check = nullptr;     ///< the closer look; without one the pattern is all that is known
    std::uint8_t traits = 0;   ///< Trait
    std::uint16_t reach = 512; ///< bytes from the trigger on that a match may take
    std::uint16_t lead = 0;    ///< and before it, if Around
    std::uint8_t shown = 4;    ///< characters at the front that are the same in all of them
    /// Where it is not empty, its first character stands behind the trigger in each match, and
    /// none of the others between: for triggers so frequent that the pattern is too dear.
    std::string_view sign = {}; // NOLINT(readability-redundant-member-init): may be left out

    bool has(Trait trait) const { return (traits & trait) != 0; }
};

/// The table; of matches that overlap those of earlier rows count.
[[nodiscard]] std::span<const SecretDetector> secretDetectors();

/// The pattern of a row, compiled when it is first asked for.
[[nodiscard]] const Pattern &patternOf(std::size_t detector);

} // namespace cutaway
