// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// Every bound on what an image may make us do, by name. Sizes are bytes.
namespace cutaway::limits {

inline constexpr std::size_t kBlockSize = 256 * 1024; ///< unit of reading and decompressing
inline constexpr std::size_t kBlocksInFlight = 8;     ///< blocks between a layer's two threads

/// Decompressing can begin again about every so many bytes of output, from the second place on.
inline constexpr std::uint64_t kRestartSpacing = 4u << 20;
inline constexpr std::uint64_t kRestartFrom = 8u << 20;
inline constexpr std::uint64_t kRestartBytes = 16u << 20;      ///< of restart points, a layer
inline constexpr std::uint64_t kRestartImageBytes = 64u << 20; ///< all layers, in memory

inline constexpr std::uint64_t kCacheBytes = 1ull << 30; ///< of the analysis cache on disk

inline constexpr std::uint64_t kJsonBytes = 16u << 20; ///< manifest, index, config, manifest.json
inline constexpr std::size_t kJsonDepth = 100;
inline constexpr std::size_t kJsonValues = 2'000'000;

inline constexpr std::uint64_t kTarMetaBytes = 1u << 20; ///< one PAX or GNU long-name header
inline constexpr std::size_t kTarGlobalBytes = 4096; ///< a value that a global header sets for all
inline constexpr std::size_t kPathBytes = 1u << 20;  ///< one path in a layer
inline constexpr std::size_t kXattrBytes = 1u << 20; ///< all xattrs of one entry
inline constexpr std::uint32_t kSparseRuns = 1u << 20;       ///< extents of one sparse file
inline constexpr std::uint64_t kSparseHashBytes = 64u << 20; ///< holes are hashed up to this size
inline constexpr std::uint32_t kLayerEntries = 50'000'000;

inline constexpr std::uint32_t kLayers = 4096;
inline constexpr std::uint32_t kIndexDepth = 32;
inline constexpr std::uint32_t kImages = 100'000; ///< images of one archive
inline constexpr std::uint32_t kLinkHops = 32;    ///< symlinks between members of an archive
inline constexpr std::uint32_t kArchiveMembers = 2'000'000;

inline constexpr std::uint64_t kSpoolBytes = 64ull << 30; ///< a whole-compressed archive, unpacked
inline constexpr std::uint32_t kZstdWindowLog = 27;       ///< 128 MiB, the zstd program's own bound

inline constexpr std::size_t kShellBytes = 1u << 20; ///< text of one build step or script
inline constexpr std::size_t kShellCommands = 20'000;
inline constexpr std::size_t kShellDepth = 8; ///< `$(…)` and `sh -c` inside each other

inline constexpr std::size_t kNotes = 1000; ///< notes kept of one image; more are counted

} // namespace cutaway::limits
