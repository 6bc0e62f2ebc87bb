// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// Bounds on looking for secrets in files. Sizes are bytes.
namespace cutaway::limits {

inline constexpr std::uint64_t kSecretFileBytes = 5u << 20; ///< longer files are not searched
inline constexpr std::size_t kSecretTextFront = 8 * 1024;   ///< without a NUL in it: a text
inline constexpr std::size_t kSecretKeyBytes = 32 * 1024;   ///< one key in its armour
inline constexpr std::uint64_t kSecretWork = 16u << 20; ///< looked at twice, a file and detector
inline constexpr std::size_t kSecretHits = 100;         ///< kept of one file
inline constexpr std::size_t kSettingBytes = 1u << 20;  ///< of a setting or step, searched
inline constexpr std::size_t kPlainBytes = 64 * 1024;   ///< a thread searches without a database
inline constexpr std::size_t kSecretNameBytes = 64;     ///< of the name that a value has

} // namespace cutaway::limits
