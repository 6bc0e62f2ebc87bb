// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerreader.h"
#include "core/archive/pack.h"
#include "core/base/binary.h"
#include "core/base/bytesource.h"

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

namespace cutaway {

/// Changes whenever anything that is written changes its meaning: entries of another version are
/// not read.
inline constexpr std::uint32_t kCacheVersion = 1;

enum class CacheKind : std::uint32_t { Blob = 1, Tree = 2, Restarts = 3, Facts = 4, Archive = 5 };

/// What an entry says at its front of itself: kind, version, machine, and what it is about.
[[nodiscard]] std::vector<std::byte> cacheHeader(CacheKind kind, std::string_view key);

/// An entry is its header, packed bytes, and a seeded hash over both: a damaged or made up one is
/// told when it is read.
[[nodiscard]] Result<> writeCacheEntry(CacheKind kind,
                                       std::string_view key,
                                       const std::function<void(BinaryWriter &)> &content,
                                       const PackedWriter::Sink &sink);
/// Reads an entry with `content`, which must not believe what it reads. Corrupt, whatever `content`
/// makes of it, when the entry is not what writeCacheEntry() wrote for this kind and key.
[[nodiscard]] Result<> readCacheEntry(const ByteSourcePtr &entry,
                                      CacheKind kind,
                                      std::string_view key,
                                      const std::function<Result<>(ByteStream &)> &content);

/// What reading a blob told besides its tree.
struct BlobRecord
{
    FileIdentity identity;
    LayerReading reading; ///< without tree and restart points
    bool hasRestarts = false;
};
void writeBlobRecord(const BlobRecord &record, BinaryWriter &writer);
[[nodiscard]] Result<BlobRecord> readBlobRecord(ByteStream &from);

/// What an observer of that version found in a layer's files.
void writeFileFacts(const FileFacts &facts, std::uint32_t version, BinaryWriter &writer);
/// Corrupt when they are of none of these versions, or not in the order of a tar.
[[nodiscard]] Result<FileFacts> readFileFacts(ByteStream &from,
                                              std::initializer_list<std::uint32_t> versions);

} // namespace cutaway
