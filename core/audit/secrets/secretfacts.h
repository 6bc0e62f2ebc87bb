// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/secrets/scan.h"
#include "core/tree/fileobserver.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// Kinds of facts of this room.
inline constexpr std::uint32_t kSecretsFact = 1;    ///< SecretsOfFile
inline constexpr std::uint32_t kUnsearchedFact = 2; ///< a text not searched to its end; no bytes
/// Spare: without them nothing is known to be public.
inline constexpr std::uint32_t kOwnedFilesFact = (1U << 16) + 0x100; ///< OwnedFiles
inline constexpr std::uint32_t kVendorFact = (1U << 16) + 0x101;     ///< names, one a line

/// The secrets in one file, and what tells whether it is as its package made it.
struct SecretsOfFile
{
    std::uint64_t md5 = 0; ///< first eight bytes of the digests
    std::uint64_t sha1 = 0;
    std::vector<SecretHit> hits;
};
[[nodiscard]] std::string encodeSecrets(const SecretsOfFile &file);
/// Nothing where the bytes are none of encodeSecrets().
[[nodiscard]] std::optional<SecretsOfFile> decodeSecrets(std::string_view bytes);

/// Files that a package manager says it wrote.
struct OwnedFiles
{
    enum class Sum : std::uint8_t { Md5, Sha1 };
    struct File
    {
        std::uint64_t path = 0; ///< pathKey()
        std::uint64_t sum = 0;  ///< first eight bytes
    };

    std::string package; ///< empty: of several, all of public origin
    Sum sum = Sum::Md5;
    std::vector<File> files;
};
[[nodiscard]] std::string encodeOwned(const OwnedFiles &owned);
[[nodiscard]] std::optional<OwnedFiles> decodeOwned(std::string_view bytes);

/// Stands for a path without leading slash; the same in every run.
[[nodiscard]] std::uint64_t pathKey(std::string_view path);
/// The first eight bytes of a digest in hexadecimal.
[[nodiscard]] std::uint64_t sumKey(std::string_view hex);

} // namespace cutaway
