// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"
#include "core/base/elflayout.h"
#include "core/image/filecontents.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// What an audit wants to know of an ELF file (System V ABI, chapters 4 and 5).
struct ElfFacts
{
    static constexpr std::uint16_t kExecutable = 2; ///< types
    static constexpr std::uint16_t kShared = 3;
    static constexpr std::uint16_t kCore = 4;

    bool is64 = false;
    bool isLittleEndian = true;
    std::uint16_t type = 0;
    std::uint16_t machine = 0; ///< EM_… : 62 = x86-64, 183 = AArch64
    bool isDynamic = false;    ///< has a dynamic segment
    bool isGo = false;         ///< linked by the Go toolchain
    bool hasAllNames = true;   ///< none of the names below had to be left out
    bool hasSections = false;  ///< the section table could be read; else the sizes are 0
    /// Of .debug_* sections, as stored; where the sections' names are not to be seen, of all that
    /// are not loaded.
    std::uint64_t debugBytes = 0;
    std::uint64_t symbolBytes = 0; ///< of .symtab and its names
    std::string interpreter;       ///< the program's loader; empty = none, a static program
    std::string soname;
    std::string rpath;
    std::string runpath;
    std::vector<std::string> needed; ///< names of libraries, as they stand

    bool operator==(const ElfFacts &) const = default;
};

/// Takes these facts off a file that passes by once, from its front to its back. They lie all over
/// it, so parts are kept as they come: the front with the headers and, mostly, the strings of the
/// dynamic segment; that segment; the section table with the names before it; and strings that lie
/// behind what refers to them. All of it is bounded, and nothing is read twice. The bytes may be
/// anything.
class ElfCollector
{
public:
    /// For the next file.
    void reset();
    /// Its next bytes.
    void feed(Bytes run);
    /// Nothing when it is no ELF file.
    [[nodiscard]] std::optional<ElfFacts> finish();

private:
    enum PartName : std::uint8_t { Front, Interpreter, Dynamic, Table, Strings, SectionNames };
    /// An entry of the dynamic segment.
    struct Tag
    {
        std::uint64_t tag = 0;
        std::uint64_t value = 0;
    };

    void keepParts(Bytes run);
    void expect(PartName name, std::uint64_t offset, std::uint64_t size);
    void expectBehind(PartName name,
                      const ElfLayout::Segment &teller,
                      std::uint64_t offset,
                      std::uint64_t size);
    void readHeader();
    void readSegments();
    void expectSegments();
    void expectTable();
    void readDynamic();
    void readTable();
    void addNames();
    void addSizes();
    std::optional<std::uint64_t> placeOf(std::uint64_t address) const;
    std::string_view bytesAt(std::uint64_t offset, std::uint64_t size) const;
    std::optional<std::string> textAt(std::uint64_t offset, std::uint64_t limit) const;

    enum Stage : std::uint8_t { BeforeHeader, NoElf, InFile };
    Stage m_stage = BeforeHeader;
    std::uint64_t m_passed = 0; ///< bytes before the current run
    ElfLayout m_layout;
    ElfFacts m_facts;
    std::array<PassingPart, 6> m_parts;
    std::vector<ElfLayout::Segment> m_loaded;
    std::optional<ElfLayout::Segment> m_interpreter;
    std::optional<ElfLayout::Segment> m_dynamic;
    std::vector<Tag> m_tags;
    std::optional<ElfLayout::Section>
        m_strings; ///< place and size of the dynamic segment's strings
    std::vector<ElfLayout::Section> m_sections;
};

/// As the bytes of a fact.
[[nodiscard]] std::string encodeElf(const ElfFacts &facts);
/// Nothing when they are none that encodeElf() made.
[[nodiscard]] std::optional<ElfFacts> decodeElf(std::string_view bytes);

/// What was found out about a regular file, or what a hard link is bound to, while it was read;
/// nothing when it is no ELF file, or its layer had too many.
[[nodiscard]] std::optional<ElfFacts> elfFactsOf(const FileContents &contents, EntryId entry);

} // namespace cutaway
