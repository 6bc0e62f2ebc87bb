// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Bounds on what a registry or an engine may make us do.
namespace cutaway::limits {

inline constexpr std::size_t kHttpHeaderBytes = 64 * 1024; ///< all headers of one answer
inline constexpr std::size_t kHttpErrorBytes = 64 * 1024;  ///< kept of an answer that is an error
inline constexpr std::size_t kHttpTokenBytes = 256 * 1024; ///< a token's answer
inline constexpr std::size_t kManifestBytes = 4u << 20;    ///< as registries have it themselves
inline constexpr std::size_t kTagsBytes = 4u << 20;        ///< one page of tags
inline constexpr std::size_t kAttachedBytes = 16u << 20;   ///< of a signature, a bill of materials
inline constexpr int kRedirects = 10;
inline constexpr int kTries = 6; ///< of one request, where the server is busy
inline constexpr std::chrono::seconds kConnectTime{20};
inline constexpr std::chrono::seconds kSilentTime{30}; ///< without kLeastSpeed bytes a second
inline constexpr std::chrono::seconds kAnswerTime{60}; ///< of an answer that is kept in memory
inline constexpr long kLeastSpeed = 64;
inline constexpr std::chrono::seconds kLongestWait{30}; ///< that a server may ask for

inline constexpr std::size_t kEngineWordBytes = 4096;      ///< of an engine's greeting
inline constexpr std::size_t kEngineImageBytes = 4u << 20; ///< what it says of one image
inline constexpr std::size_t kEngineListBytes = 32u << 20; ///< of all images
inline constexpr std::size_t kEngineImages = 20'000;       ///< listed of one engine
inline constexpr std::size_t kEngineTags = 1000;           ///< of one image
inline constexpr std::uint64_t kContextBytes = 1u << 20;   ///< a file that says where engines are
inline constexpr std::chrono::seconds kEngineSilentTime{15};
/// Engines write the whole archive to disk before they send its first byte.
inline constexpr std::chrono::seconds kExportPatience{600};

inline constexpr std::size_t kChallenges = 16;
inline constexpr std::size_t kHeldScopes = 64; ///< that a registry may have asked for
inline constexpr std::size_t kChallengeParameters = 32;

inline constexpr std::uint64_t kCredentialFileBytes = 1u << 20;
inline constexpr std::size_t kRegistryRules = 10'000;  ///< of all files of registries.conf
inline constexpr std::size_t kMirrors = 16;            ///< of one registry
inline constexpr std::size_t kHelperBytes = 64 * 1024; ///< what a credential helper may say
inline constexpr std::chrono::seconds kHelperTime{10};
inline constexpr std::chrono::seconds kKeyringTime{120}; ///< somebody may have to open it

} // namespace cutaway::limits
