// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"
#include "core/tree/entry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

struct ArchiveMember
{
    std::string name;   ///< raw bytes
    std::string target; ///< of links
    EntryType type = EntryType::File;
    std::uint64_t size = 0;
};

/// What an archive within the image holds.
struct ArchiveListing
{
    std::string format; ///< "tar, gzip", "zip", "ar"
    std::vector<ArchiveMember> members;
    bool isWhole = true; ///< all members are listed
    std::string problem; ///< why the listing ends early; empty = nothing is wrong
};

/// Whether the first bytes are those of an archive, or of something compressed that may be one.
[[nodiscard]] bool mayBeArchive(std::string_view head);

/// Tar (plain or compressed), zip, ar (so .deb). Nothing when the bytes are none of these.
/// `isWhole` is false where the file is longer than the bytes. At most limits::kPreviewMembers
/// members, and limits::kPreviewUnpackedBytes unpacked on the way.
[[nodiscard]] std::optional<ArchiveListing> listArchive(std::string_view bytes,
                                                        bool isWhole,
                                                        const Monitor &monitor);

/// The first bytes of what a compressed file unpacks to; nothing where it is none.
struct Unpacked
{
    std::string compression; ///< "gzip"
    std::string bytes;
    bool isWhole = false;
};
[[nodiscard]] std::optional<Unpacked> unpackHead(std::string_view bytes, std::size_t wanted);

} // namespace cutaway
