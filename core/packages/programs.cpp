// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/programs.h"

#include "core/packages/packagelimits.h"

#include <algorithm>

namespace cutaway {

namespace {

/// Enough for the header and the segments behind it.
constexpr std::size_t kFrontBytes = 4096;
/// Linkers put the sections' names right before the table.
constexpr std::uint64_t kBeforeTable = 16u * 1024;
constexpr std::uint64_t kGoAlignment = 16;
constexpr std::string_view kGoMagic = "\xff Go buildinf:";
constexpr std::uint16_t kExecutable = 2; ///< types of ELF files
constexpr std::uint16_t kShared = 3;

std::string_view textOf(Bytes bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

} // namespace

void ProgramCollector::reset()
{
    m_stage = BeforeHeader;
    m_passed = 0;
    m_writable = {};
    m_next = 0;
    m_front = {.limit = kFrontBytes};
    m_go = {};
    m_tail = {};
    m_table = {};
}

void ProgramCollector::feed(Bytes run)
{
    if (m_stage == BeforeHeader) {
        m_front.keep(m_passed, run);
        if (m_front.bytes.size() >= kFrontBytes) {
            readHeader();
        }
    }
    if (m_stage == InFile) {
        keepParts(m_passed, run);
    }
    m_passed += run.size();
}

std::optional<PackageRecords> ProgramCollector::finish()
{
    if (m_stage == BeforeHeader) {
        readHeader();
    }
    if (m_stage != InFile) {
        return std::nullopt;
    }
    if (auto found = readGoBuildInfo(m_go.bytes)) {
        return found;
    }
    const std::string_view section = rustSection();
    return section.empty() ? std::nullopt : readRustAuditData(section);
}

void ProgramCollector::readHeader()
{
    const std::string_view front = m_front.bytes;
    const auto layout = ElfLayout::read(front);
    const bool isProgram = layout && (layout->type == kExecutable || layout->type == kShared);
    m_stage = isProgram ? InFile : Other;
    if (!isProgram) {
        return;
    }
    m_layout = *layout;
    std::uint64_t loadedEnd = 0;
    const ElfLayout::Table &segments = layout->segments;
    for (std::uint64_t i = 0; i < segments.count && segments.recordBytes > 0; ++i) {
        const std::string_view record =
            m_front.at(segments.offset + i * segments.recordBytes, segments.recordBytes);
        if (record.empty()) {
            break;
        }
        const ElfLayout::Segment segment = layout->segment(record);
        const std::uint64_t end = segment.offset + segment.bytes;
        if (segment.type != ElfLayout::kLoad || end < segment.offset) {
            continue;
        }
        loadedEnd = std::max(loadedEnd, end);
        if ((segment.flags & ElfLayout::kWritable) != 0) {
            m_writable.from = m_writable.to == 0 ? segment.offset : m_writable.from;
            m_writable.to = std::max(m_writable.to, end);
        }
    }
    m_next = m_writable.from + (kGoAlignment - m_writable.from % kGoAlignment) % kGoAlignment;
    m_tail = {.offset = loadedEnd, .limit = limits::kProgramTailBytes};
    const ElfLayout::Table &sections = layout->sections;
    const std::uint64_t before = std::min(kBeforeTable, sections.offset);
    if (sections.bytes() > 0 && sections.bytes() <= limits::kProgramTableBytes) {
        m_table = {.offset = sections.offset - before, .limit = before + sections.bytes()};
    }
    keepParts(0, std::as_bytes(std::span(front)));
}

void ProgramCollector::keepParts(std::uint64_t passed, Bytes run)
{
    findGo(passed, run);
    m_tail.keep(passed, run);
    m_table.keep(passed, run);
}

/// The identifier may lie across two runs: what could be its beginning is kept until it is seen.
void ProgramCollector::findGo(std::uint64_t passed, Bytes run)
{
    if (m_go.limit > 0) {
        m_go.keep(passed, run);
        if (m_go.bytes.size() < kGoMagic.size() || m_go.bytes.starts_with(kGoMagic)) {
            return;
        }
        m_go = {};
    }
    const std::uint64_t end = std::min<std::uint64_t>(m_writable.to, passed + run.size());
    for (; m_next >= passed && m_next < end; m_next += kGoAlignment) {
        const std::string_view here =
            textOf(run.subspan(m_next - passed)).substr(0, kGoMagic.size());
        if (kGoMagic.starts_with(here)) {
            m_go = {.offset = m_next, .limit = limits::kGoInfoBytes};
            m_go.keep(passed, run);
            m_next += kGoAlignment;
            return;
        }
    }
}

std::string_view ProgramCollector::rustSection() const
{
    const ElfLayout::Table &table = m_layout.sections;
    const std::string_view records = m_table.at(table.offset, table.bytes());
    const std::size_t size = table.recordBytes;
    if (records.empty() || m_layout.nameSection >= table.count) {
        return {};
    }
    const auto names = m_layout.section(records.substr(m_layout.nameSection * size, size));
    for (std::size_t at = 0; at + size <= records.size(); at += size) {
        constexpr std::string_view kName(".dep-v0\0", 8);
        const ElfLayout::Section section = m_layout.section(records.substr(at, size));
        if (section.name >= names.bytes || names.bytes - section.name < kName.size()) {
            continue;
        }
        const std::uint64_t place = names.offset + section.name;
        if (m_table.at(place, kName.size()) == kName || m_tail.at(place, kName.size()) == kName) {
            const std::string_view late = m_table.at(section.offset, section.bytes);
            return late.empty() ? m_tail.at(section.offset, section.bytes) : late;
        }
    }
    return {};
}

} // namespace cutaway
