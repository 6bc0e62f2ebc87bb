// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"
#include "core/base/limits.h"
#include "core/tree/entry.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cutaway {

/// A run of bytes that a sparse file stores.
struct SparseRun
{
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

/// One member of a tar archive, headers resolved (POSIX pax, GNU, star, v7; base-256 numbers;
/// sparse).
struct TarMember
{
    std::string name;   ///< raw bytes, as written
    std::string target; ///< of symbolic and hard links
    EntryType type =
        EntryType::File; ///< never Whiteout or Opaque: those are told by name elsewhere
    char typeFlag = '0';
    std::uint64_t size = 0;         ///< logical size of a regular file, else 0
    std::uint64_t storedSize = 0;   ///< data bytes in the archive, padding apart
    std::uint64_t headerOffset = 0; ///< of the first header block that belongs to the member
    std::uint64_t dataOffset = 0;
    std::uint32_t mode = 0;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::int64_t mtime = 0;
    std::uint32_t mtimeNsec = 0;
    std::uint32_t deviceMajor = 0;
    std::uint32_t deviceMinor = 0;
    std::vector<std::pair<std::string, std::string>> xattrs;
    std::optional<std::vector<SparseRun>> sparse;
};

/// Walks a tar archive front to back. A cursor: `next()` until it gives nothing, then `status()` is
/// plain or says why it stopped. Data that nobody reads is passed over, with ByteStream::skip where
/// the stream can: so an index of a big plain archive reads headers only. Every byte of the stream
/// is taken, those after the end-of-archive mark included, so that a digest over the stream is
/// complete.
class TarCursor
{
public:
    /// `from` must outlive the cursor. `firstHeaderOffset` is added to reported offsets.
    explicit TarCursor(ByteStream &from,
                       std::uint64_t firstHeaderOffset = 0,
                       const Limits &limits = {});
    ~TarCursor();
    TarCursor(const TarCursor &) = delete;
    TarCursor &operator=(const TarCursor &) = delete;

    /// The next member, valid until the following call; nullptr at the end or after an error.
    [[nodiscard]] const TarMember *next();
    /// The next run of the current member's stored data (holes are not in it); empty at its end.
    [[nodiscard]] Result<Bytes> readData();
    /// Plain while all is well; otherwise Corrupt, LimitExceeded or the stream's own error.
    [[nodiscard]] const Result<> &status() const;

    /// Members of unknown type that were passed over, data after the end mark, and the like.
    [[nodiscard]] const std::vector<std::string> &remarks() const;
    /// Reads on to the end of the stream after the last member.
    [[nodiscard]] Result<> drain();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace cutaway
