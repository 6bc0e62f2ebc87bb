// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cutaway {

/// How an ELF file writes its numbers, and where its tables are (System V ABI, chapters 4 and 5).
/// Whatever it says may be wrong.
class ElfLayout
{
public:
    static constexpr std::uint64_t kLoad = 1;     ///< types of segments
    static constexpr std::uint64_t kWritable = 2; ///< flag of segments

    struct Table
    {
        std::uint64_t offset = 0;
        std::uint64_t recordBytes = 0; ///< 0 where the file has none, or of another size
        std::uint64_t count = 0;

        std::uint64_t bytes() const { return recordBytes * count; }
    };
    struct Segment
    {
        std::uint64_t type = 0;
        std::uint64_t flags = 0;
        std::uint64_t offset = 0;
        std::uint64_t address = 0;
        std::uint64_t bytes = 0; ///< in the file
    };
    struct Section
    {
        std::uint32_t name = 0; ///< place of its name in the section of names
        std::uint32_t type = 0;
        std::uint32_t link = 0;
        std::uint64_t flags = 0;
        std::uint64_t offset = 0;
        std::uint64_t bytes = 0;
    };

    /// By the file's first bytes; nothing when these are no ELF file's.
    [[nodiscard]] static std::optional<ElfLayout> read(std::string_view front);

    bool is64 = false;
    bool isLittleEndian = true;
    std::uint16_t type = 0;
    std::uint16_t machine = 0;
    Table segments;
    Table sections;
    std::uint64_t nameSection = 0; ///< index of the section of names

    /// `record` has as many bytes as the table's records.
    [[nodiscard]] Segment segment(std::string_view record) const;
    [[nodiscard]] Section section(std::string_view record) const;
    [[nodiscard]] std::uint64_t number(std::string_view record,
                                       std::size_t at,
                                       std::size_t bytes) const;
    /// A number that is as wide as addresses are.
    [[nodiscard]] std::uint64_t word(std::string_view record,
                                     std::size_t at32,
                                     std::size_t at64) const;
};

/// A part of a file that is kept while the file passes by once.
struct PassingPart
{
    std::uint64_t offset = 0;
    std::uint64_t limit = 0;
    std::string bytes = {};

    /// Keeps what of it lies in the run, before which `passed` bytes came by. A part that began
    /// before the run is lost.
    void keep(std::uint64_t passed, Bytes run);
    /// Those bytes of the file, when all of them were kept.
    [[nodiscard]] std::string_view at(std::uint64_t from, std::uint64_t size) const;
};

} // namespace cutaway
