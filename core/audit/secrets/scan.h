// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/finding.h"
#include "core/audit/secrets/detectors.h"
#include "core/audit/secrets/literals.h"
#include "core/audit/secrets/places.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A secret in a text: where it stands, and how it can be spoken of without telling it.
struct SecretHit
{
    std::uint16_t detector = 0; ///< place in secretKinds()
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Likely;
    SecretNote note = SecretNote::None;
    std::uint32_t line = 1;
    std::uint32_t offset = 0; ///< of the secret itself, in the text
    std::uint32_t length = 0;
    std::string prefix;     ///< at most four characters, the same in all secrets of its kind
    std::string name;       ///< of the variable that holds it, where that gave it away
    std::uint64_t hash = 0; ///< keyed: equal secrets have equal ones, and nobody can compute them

    bool operator==(const SecretHit &) const = default;
};

/// A kind of secret, for people: those of the table of detectors, and behind them those that the
/// path of their file gives away.
struct SecretKind
{
    std::string_view id;
    std::string_view name;
};
[[nodiscard]] SecretKind secretKind(std::uint16_t detector);
/// All of them; several may have one id.
[[nodiscard]] std::vector<SecretKind> secretKinds();

/// What a search came to.
struct SecretSearch
{
    std::vector<SecretHit> hits; ///< in order, none overlapping another; limits::kSecretHits
    std::size_t searched = 0;    ///< bytes at the front of which all secrets are known: all of them
                                 ///< but where a text has more to look at than a limit allows
};

/// What a thread needs to search long texts.
class SecretMemory
{
public:
    SecretMemory();

private:
    friend SecretSearch searchForSecrets(std::string_view,
                                         const SecretPlace &,
                                         const SecretMemory *);
    LiteralFinder::Memory m_everywhere;
    LiteralFinder::Memory m_settings;
};

/// Secrets in a text. Time linear in the text's length. Without memory no database is compiled: for
/// a few short texts.
[[nodiscard]] SecretSearch searchForSecrets(std::string_view text,
                                            const SecretPlace &place,
                                            const SecretMemory *memory = nullptr);
/// Those found.
[[nodiscard]] std::vector<SecretHit> secretsIn(std::string_view text,
                                               const SecretPlace &place,
                                               const SecretMemory *memory = nullptr);

/// The longest prefix of a secret that may be shown.
[[nodiscard]] std::string_view shownPrefix(std::string_view secret, std::size_t shown);

} // namespace cutaway
