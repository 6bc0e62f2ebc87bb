// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/elfsections.h"

#include "core/preview/previewlimits.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cutaway {

namespace {

constexpr std::size_t kHeaderBytes = 64;
/// Around the table, where linkers put the names of the sections.
constexpr std::uint64_t kNamesBytes = 64u * 1024;
constexpr std::uint32_t kNoBits = 8;
constexpr std::uint64_t kAllocated = 2;

} // namespace

void ElfSectionCollector::feed(Bytes run)
{
    m_front.limit = kHeaderBytes;
    m_front.keep(m_passed, run);
    if (!m_layout && m_front.bytes.size() == kHeaderBytes) {
        m_layout = ElfLayout::read(m_front.bytes);
        if (m_layout) {
            ElfLayout::Table &table = m_layout->sections;
            table.count = std::min<std::uint64_t>(table.count, limits::kPreviewSections);
            const std::uint64_t before = std::min(table.offset, kNamesBytes);
            const bool hasTable = table.recordBytes > 0 && table.offset > 0 && table.count > 0;
            m_table.offset = table.offset - before;
            m_table.limit = hasTable ? before + table.bytes() + kNamesBytes : 0;
        }
    }
    m_table.keep(m_passed, run);
    m_passed += run.size();
}

std::vector<ElfSection> ElfSectionCollector::finish() const
{
    std::vector<ElfSection> sections;
    if (!m_layout) {
        return sections;
    }
    const ElfLayout::Table &table = m_layout->sections;
    std::vector<ElfLayout::Section> records;
    for (std::uint64_t i = 0; i < table.count; ++i) {
        const std::string_view record =
            m_table.at(table.offset + i * table.recordBytes, table.recordBytes);
        if (record.empty()) {
            break;
        }
        records.push_back(m_layout->section(record));
    }
    std::string_view names;
    if (m_layout->nameSection < records.size()) {
        const ElfLayout::Section &place = records[m_layout->nameSection];
        names = m_table.at(place.offset, place.bytes);
    }
    for (const ElfLayout::Section &record : records) {
        if (record.type == 0) {
            continue; // the first of each table, which stands for none
        }
        const std::string_view from =
            record.name < names.size() ? names.substr(record.name) : std::string_view();
        sections.push_back(
            {std::string(from.substr(0, std::min(from.find('\0'), limits::kPreviewNameBytes))),
             record.type,
             record.bytes,
             (record.flags & kAllocated) != 0,
             record.type != kNoBits});
    }
    return sections;
}

std::string_view elfMachineName(std::uint16_t machine)
{
    static constexpr std::array<std::pair<std::uint16_t, std::string_view>, 12> kNames = {{
        {3, "x86"},
        {8, "MIPS"},
        {20, "PowerPC"},
        {21, "PowerPC 64"},
        {22, "S390"},
        {40, "ARM"},
        {43, "SPARC V9"},
        {62, "x86-64"},
        {183, "AArch64"},
        {243, "RISC-V"},
        {247, "BPF"},
        {258, "LoongArch"},
    }};
    const auto *found =
        std::ranges::find(kNames, machine, &std::pair<std::uint16_t, std::string_view>::first);
    return found == kNames.end() ? std::string_view() : found->second;
}

} // namespace cutaway
