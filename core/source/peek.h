// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/codec.h"
#include "core/base/bytestream.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// How much of an archive is looked at to tell what it is.
inline constexpr std::size_t kPeekBytes = 1u << 20;

/// A stream whose beginning can be looked at before it is read.
class PeekStream : public ByteStream
{
public:
    explicit PeekStream(std::unique_ptr<ByteStream> from)
        : m_from(std::move(from))
    {}

    /// The first `count` bytes, or as many as there are. To be called before `next()`.
    [[nodiscard]] Result<Bytes> peek(std::size_t count);
    Result<Bytes> next() override;

private:
    std::unique_ptr<ByteStream> m_from;
    std::vector<std::byte> m_head;
    bool m_headGiven = false;
};

/// What an archive is, as far as its first bytes tell.
enum class ArchiveLook : std::uint8_t {
    NotTar,
    Image,     ///< members named as image archives name them
    Rootfs,    ///< bin, etc, usr …
    Undecided, ///< a tar of something
};
/// `head` is uncompressed.
[[nodiscard]] ArchiveLook lookAtTar(Bytes head);
/// The beginning of what the bytes decompress to, errors at their end ignored.
[[nodiscard]] std::vector<std::byte> decompressHead(Bytes head, Compression compression);

/// Whether a member of this name, on the first level, speaks for an image archive; for a root file
/// system.
[[nodiscard]] bool isImageName(std::string_view topName);
[[nodiscard]] bool isRootfsName(std::string_view topName);

/// What bytes that are no image look like, for people: "a ZIP archive", "an ELF program", "text".
[[nodiscard]] std::string describeBytes(Bytes head);

} // namespace cutaway
