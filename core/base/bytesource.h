// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"
#include "core/base/limits.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cutaway {

/// Which bytes of which file: as long as nobody writes to it, equal identities mean equal bytes.
struct FileIdentity
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t fileSize = 0;
    std::int64_t modified = 0; ///< mtime, nanoseconds since 1970
    std::int64_t changed = 0;  ///< ctime, nanoseconds since 1970
    std::uint64_t offset = 0;  ///< of the bytes in the file
    std::uint64_t size = 0;    ///< of the bytes

    bool operator==(const FileIdentity &) const = default;
};

/// Bytes that can be read at any offset, from several threads at once.
class ByteSource
{
public:
    ByteSource() = default;
    virtual ~ByteSource() = default;
    ByteSource(const ByteSource &) = delete;
    ByteSource &operator=(const ByteSource &) = delete;

    /// Size in bytes.
    virtual std::uint64_t size() const = 0;
    /// Reads at most `into.size()` bytes at `offset`; fewer only at the end. 0 past the end.
    [[nodiscard]] virtual Result<std::size_t> readAt(std::uint64_t offset,
                                                     std::span<std::byte> into) const = 0;
    /// Where the bytes lie, as the file system says at this moment; nothing for bytes that can be
    /// found in no file again.
    [[nodiscard]] virtual std::optional<FileIdentity> identity() const { return std::nullopt; }
};

using ByteSourcePtr = std::shared_ptr<const ByteSource>;

/// A regular file, read with pread. Directories, devices, FIFOs and sockets are refused unopened.
[[nodiscard]] Result<ByteSourcePtr> openFile(const std::string &path);
/// Takes over an open, readable descriptor of a regular file.
[[nodiscard]] ByteSourcePtr adoptFile(int descriptor, std::uint64_t size, std::string name);
/// The same for a temporary file that nobody will open again: it has no identity.
[[nodiscard]] ByteSourcePtr adoptTemporary(int descriptor, std::uint64_t size, std::string name);
[[nodiscard]] ByteSourcePtr memorySource(std::vector<std::byte> bytes);
[[nodiscard]] ByteSourcePtr memorySource(std::string_view bytes);
/// A window on `source`; reading past the end of `source` is Corrupt, not a short read.
[[nodiscard]] ByteSourcePtr windowOf(ByteSourcePtr source,
                                     std::uint64_t offset,
                                     std::uint64_t size);

/// Reads `source` from `offset` on in runs of `runBytes`; can skip.
[[nodiscard]] std::unique_ptr<ByteStream> streamOf(ByteSourcePtr source,
                                                   std::uint64_t offset = 0,
                                                   std::size_t runBytes = limits::kBlockSize);

/// The whole of `source`, when it is at most `limit` bytes; `what` names it in the error.
[[nodiscard]] Result<std::string> readAll(const ByteSource &source,
                                          std::uint64_t limit,
                                          std::string_view what);

} // namespace cutaway
