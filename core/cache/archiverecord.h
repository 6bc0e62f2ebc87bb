// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/binary.h"
#include "core/tree/entry.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cutaway {

namespace limits {

inline constexpr std::uint32_t kRecordMembers = 10'000;    ///< of an archive that is remembered
inline constexpr std::uint64_t kRecordBytes = 8ULL << 20U; ///< its texts and names

} // namespace limits

/// An image archive without its layers: which members it had, what the small ones said, and which
/// blobs the others were.
struct ArchiveRecord
{
    struct Member
    {
        std::string name; ///< as the archive has it
        std::string target;
        EntryType type = EntryType::File;
        bool isSparse = false;
        std::uint64_t size = 0;
    };
    std::vector<Member> members;              ///< in the order of the archive
    std::map<std::string, std::string> texts; ///< by normalised name
    std::map<std::string, std::string> blobs; ///< SHA-256 in lower case, by normalised name

    /// Whether it is small enough to be kept.
    bool isModest() const;
};

void writeArchiveRecord(const ArchiveRecord &record, BinaryWriter &writer);
[[nodiscard]] Result<ArchiveRecord> readArchiveRecord(ByteStream &from);

} // namespace cutaway
