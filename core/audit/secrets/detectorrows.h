// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/secrets/detectors.h"

#include <cstdint>
#include <span>

/// The rows of secretDetectors(), in parts.
namespace cutaway::secretrows {

using D = SecretDetector;

inline constexpr std::uint8_t kAround = D::Around;
inline constexpr std::uint8_t kNotLocks = D::NotInLockFiles;
/// Keys are as long as their armour lets them be: their checks look for the end by themselves.
inline constexpr std::uint8_t kKey = D::OpenLeft | D::OpenRight | D::LooksFar;
inline constexpr std::uint16_t kToken = 512;
inline constexpr std::uint16_t kLong = 8192;

/// Private keys, and what the big clouds give out.
[[nodiscard]] std::span<const SecretDetector> keys();
/// Tokens of hosts of code and packages, of messengers, models and vaults.
[[nodiscard]] std::span<const SecretDetector> tokens();
/// Tokens of platforms; web tokens, files of engines and clusters, passwords in addresses.
[[nodiscard]] std::span<const SecretDetector> platforms();

} // namespace cutaway::secretrows
