// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// Every bound on what an image may make us do, by name. Sizes are bytes. Those that are a matter
/// of size are defaults only: what holds is in the Limits that a caller hands in.
namespace cutaway::limits {

inline constexpr std::size_t kBlockSize = 256 * 1024; ///< unit of reading and decompressing
inline constexpr std::size_t kBlocksInFlight = 8;     ///< blocks between a layer's two threads

/// Decompressing can begin again about every so many bytes of output, from the second place on.
inline constexpr std::uint64_t kRestartSpacing = 4u << 20;
inline constexpr std::uint64_t kRestartFrom = 8u << 20;
inline constexpr std::uint64_t kRestartBytes = 16u << 20;      ///< of restart points, a layer
inline constexpr std::uint64_t kRestartImageBytes = 64u << 20; ///< all layers, in memory

/// Of files that are kept because they can be reached from a layer's start alone.
inline constexpr std::uint64_t kOpenedFileBytes = 1u << 20; ///< one of them
inline constexpr std::uint64_t kOpenedFilesBytes = 16u << 20;
inline constexpr std::size_t kOpenedFiles = 1000;

inline constexpr std::uint64_t kCacheBytes = 1ull << 30; ///< of the analysis cache on disk

inline constexpr std::uint64_t kJsonBytes = 16u << 20; ///< manifest, index, config, manifest.json
inline constexpr std::uint64_t kJsonMostBytes = 1u << 30; ///< whatever is asked for
inline constexpr std::size_t kJsonDepth = 100;
inline constexpr std::size_t kJsonValues = 2'000'000; ///< or one for 8 bytes, where that is more

inline constexpr std::uint64_t kYamlBytes = 1u << 20; ///< a policy or the like
inline constexpr std::size_t kYamlDepth = 64;
inline constexpr std::size_t kYamlNodes = 100'000; ///< aliases resolved
inline constexpr std::size_t kYamlText = 4u << 20; ///< bytes of all scalars, aliases resolved

inline constexpr std::uint64_t kTarMetaBytes = 1u << 20; ///< one PAX or GNU long-name header
inline constexpr std::size_t kTarGlobalBytes = 4096; ///< a value that a global header sets for all
inline constexpr std::size_t kPathBytes = 1u << 20;  ///< one path in a layer
inline constexpr std::size_t kPathDepth = 4096;      ///< names in one path
inline constexpr std::size_t kXattrBytes = 1u << 20; ///< all xattrs of one entry
inline constexpr std::uint32_t kSparseRuns = 1u << 20;       ///< extents of one sparse file
inline constexpr std::uint64_t kSparseHashBytes = 64u << 20; ///< holes are hashed up to this size
inline constexpr std::uint32_t kLayerEntries = 50'000'000;
/// Files of one layer together, holes included: so the sums over an image stay below 2^63.
inline constexpr std::uint64_t kLayerFileBytes = 1ull << 47;

inline constexpr std::uint64_t kUnpackedBytes = 2'000'000'000'000; ///< one layer or archive
/// Unpacked bytes for one packed byte, in what unpacks to kExpansionFrom or more. Deflate cannot
/// reach it; zstd, xz and bzip2 can with nothing but zeros.
inline constexpr std::uint64_t kExpansion = 2000;
inline constexpr std::uint64_t kExpansionFrom = 10'000'000'000;

inline constexpr std::uint32_t kLayers = 4096;
inline constexpr std::uint32_t kMostLayers = 65'000; ///< that can be counted
inline constexpr std::uint32_t kIndexDepth = 32;
inline constexpr std::uint32_t kImages = 100'000; ///< images of one archive
inline constexpr std::uint32_t kLinkHops = 32;    ///< symlinks between members of an archive
inline constexpr std::uint32_t kArchiveMembers = 2'000'000;

inline constexpr std::uint64_t kSpoolBytes = 64ull << 30; ///< a whole-compressed archive, unpacked
inline constexpr std::uint32_t kZstdWindowLog = 27;       ///< 128 MiB, the zstd program's own bound

inline constexpr std::size_t kShellBytes = 1u << 20; ///< text of one build step or script
inline constexpr std::size_t kShellCommands = 20'000;
inline constexpr std::size_t kShellDepth = 8;        ///< `$(…)` and `sh -c` inside each other
inline constexpr std::size_t kShellVariables = 4096; ///< kinds of use and assignments of a script
inline constexpr std::size_t kEntryScripts = 32;     ///< read of those that start a container
inline constexpr std::size_t kEntryScriptDepth = 2;  ///< scripts that scripts read in or start

inline constexpr std::size_t kPatternBytes = 16 * 1024; ///< text of one regular expression
inline constexpr std::int64_t kPatternMemory = 8 << 20; ///< its program and what a search keeps

/// What is kept of files for those who judge an image, while its layers are read.
inline constexpr std::size_t kContentBytes = 64 * 1024;      ///< of one file
inline constexpr std::size_t kHeadBytes = 64;                ///< of a program
inline constexpr std::uint64_t kFactLayerBytes = 32u << 20;  ///< all facts of a layer
inline constexpr std::uint64_t kFactImageBytes = 128u << 20; ///< all facts of an image
/// What is read of files afterwards, where it was not kept.
inline constexpr std::uint32_t kLaterFiles = 1000;
inline constexpr std::uint64_t kLaterBytes = 32u << 20;        ///< kept of them
inline constexpr std::uint64_t kLaterPassedBytes = 512u << 20; ///< unpacked on the way to them

/// What is looked at of an ELF file as it passes by.
inline constexpr std::size_t kElfFrontBytes = 1u << 20; ///< headers and the strings behind them
inline constexpr std::size_t kElfDynamicBytes = 16 * 1024;
inline constexpr std::size_t kElfSectionBytes = 256 * 1024; ///< section headers and their names
inline constexpr std::size_t kElfNames = 256;               ///< libraries that it needs
inline constexpr std::size_t kElfNameBytes = 4096;          ///< one name or search path

inline constexpr std::size_t kAccounts = 10'000;   ///< lines read of passwd, group or shadow
inline constexpr std::size_t kHomes = 16;          ///< home directories that passwd adds
inline constexpr std::size_t kContentReads = 2000; ///< files whose content one rule asks for

inline constexpr std::size_t kNotes = 1000; ///< notes kept of one image; more are counted

} // namespace cutaway::limits

namespace cutaway {

/// The bounds that a person may change, because they are a matter of size and not of safety.
struct Limits
{
    std::uint64_t jsonBytes = limits::kJsonBytes;
    std::uint64_t headerBytes = limits::kTarMetaBytes;
    std::uint64_t pathBytes = limits::kPathBytes;
    std::uint64_t pathDepth = limits::kPathDepth;
    std::uint64_t layerEntries = limits::kLayerEntries;
    std::uint64_t layers = limits::kLayers;
    std::uint64_t archiveMembers = limits::kArchiveMembers;
    std::uint64_t unpackedBytes = limits::kUnpackedBytes;
    std::uint64_t expansion = limits::kExpansion;
    std::uint64_t expansionFrom = limits::kExpansionFrom;
    std::uint64_t spoolBytes = limits::kSpoolBytes;
    std::uint64_t cacheBytes = limits::kCacheBytes;

    bool operator==(const Limits &) const = default;
};

/// One of them, as people know it.
struct LimitRow
{
    std::string_view name; ///< "layer-entries"
    std::uint64_t Limits::*value;
    bool isBytes;
    std::uint64_t most; ///< beyond which nothing would work any more
    std::string_view help;
};
[[nodiscard]] std::span<const LimitRow> limitRows();
/// A value as it can be given: "16MB", "50000000".
[[nodiscard]] std::string limitText(const LimitRow &row, const Limits &limits);

/// "json-size=64MB". InvalidInput for what is no limit, with the names that there are, or no value.
[[nodiscard]] Result<> setLimit(Limits &limits, std::string_view assignment);

/// LimitExceeded: "WHAT; --limit NAME=… raises this".
[[nodiscard]] std::unexpected<Error> failLimit(const std::string &what,
                                               std::uint64_t Limits::*value);
/// What so many packed bytes may unpack to.
[[nodiscard]] Result<> checkUnpacked(std::uint64_t packed,
                                     std::uint64_t unpacked,
                                     const Limits &limits);

} // namespace cutaway
