// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace cutaway {

using NodeId = std::uint32_t;  ///< one path
using EntryId = std::uint32_t; ///< one mention of a path by a layer
using NameId = std::uint32_t;  ///< one interned name
using LayerIndex = std::uint16_t;

inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
inline constexpr LayerIndex kNoLayer = std::numeric_limits<LayerIndex>::max();
inline constexpr NodeId kRoot = 0;

/// What a layer says about a path. Whiteout and Opaque hide the path, or what is below it, in lower
/// layers.
enum class EntryType : std::uint8_t {
    File,
    Directory,
    Symlink,
    HardLink,
    CharDevice,
    BlockDevice,
    Fifo,
    Whiteout,
    Opaque,
};

/// The first thing that hid an entry's bytes.
enum class Cause : std::uint8_t {
    None, ///< visible
    MetadataCopy,
    Rewritten,
    TypeChange,
    DeletedFile,
    DeletedDirectory,
    Opaque,
    DuplicateEntry,
};
inline constexpr int kCauseCount = 8;

enum class Change : std::uint8_t { Unmodified, Added, Modified, Metadata, Removed };

/// What only few entries have, kept apart.
struct EntryExtra
{
    std::vector<std::pair<std::string, std::string>> xattrs; ///< name, raw value; sorted by name
    std::uint32_t deviceMajor = 0;
    std::uint32_t deviceMinor = 0;
    bool isSparse = false;
    std::uint64_t storedBytes = 0; ///< of a sparse file: bytes that the tar holds
};

/// One mention of a path by a layer: a plain record.
struct Entry
{
    enum Flag : std::uint8_t {
        Implicit = 1,   ///< a parent directory that the layer needs but does not name
        Leftover = 2,   ///< AUFS leftover (`.wh..wh.*`): in the layer, never in the file system
        UnsafePath = 4, ///< the name pointed above the root and was kept inside
        ToolFile = 8,  ///< written by the builder for itself (eStargz table of contents, landmarks)
        Dangling = 16, ///< a hard link whose target does not exist
    };

    std::uint64_t size = 0;         ///< logical bytes of a regular file; 0 for all other types
    std::uint64_t headerOffset = 0; ///< of the entry's first header block in the uncompressed tar
    std::int64_t mtime = 0;         ///< seconds since 1970
    std::uint32_t mtimeNsec = 0;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::uint32_t node = kNone;  ///< its path
    std::uint32_t link = kNone;  ///< symbolic and hard links: target text, an id in the tree's
                                 ///< names; files with bytes: place of their hash among the tree's
    std::uint32_t extra = kNone; ///< index into the tree's extras
    std::uint16_t mode = 0;      ///< permission bits, setuid, setgid and sticky included (07777)
    LayerIndex layer = 0;
    LayerIndex hiddenBy = kNoLayer; ///< first layer that hides this entry at its path
    EntryType type : 4 = EntryType::File;
    Cause cause : 4 = Cause::None; ///< why, where hiddenBy is set
    std::uint8_t flags = 0;

    bool has(Flag flag) const { return (flags & flag) != 0; }
    /// Regular files that are not empty: those with a content hash.
    bool holdsBytes() const { return type == EntryType::File && size > 0; }
    /// Whether the entry makes something exist (whiteouts, opaque markers and leftovers do not).
    bool makesPath() const
    {
        return type != EntryType::Whiteout && type != EntryType::Opaque && !has(Leftover);
    }
};
static_assert(sizeof(Entry) == 56);

} // namespace cutaway
