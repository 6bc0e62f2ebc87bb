// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/elffacts.h"

#include "core/audit/capture.h"
#include "core/base/binary.h"
#include "core/base/limits.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

/// Enough for the header and, as all linkers place them, the program headers behind it.
constexpr std::size_t kFirstBytes = 4096;
/// Linkers put the sections' names right before the table.
constexpr std::uint64_t kBeforeTable = 16u * 1024;

constexpr std::uint64_t kDynamicSegment = 2; ///< types of segments
constexpr std::uint64_t kInterpreterSegment = 3;

constexpr std::uint64_t kNeeded = 1; ///< tags of the dynamic segment
constexpr std::uint64_t kStringTable = 5;
constexpr std::uint64_t kStringBytes = 10;
constexpr std::uint64_t kSoname = 14;
constexpr std::uint64_t kRpath = 15;
constexpr std::uint64_t kRunpath = 29;

constexpr std::uint32_t kSymbolTable = 2; ///< types of sections
constexpr std::uint32_t kProgramBits = 1;
constexpr std::uint32_t kNoBits = 8;
constexpr std::uint64_t kAllocated = 2; ///< flag of sections that are loaded

/// Bytes that are there already, as a stream.
class ViewStream : public ByteStream
{
public:
    explicit ViewStream(std::string_view bytes)
        : m_bytes(bytes)
    {}
    Result<Bytes> next() override
    {
        return std::as_bytes(std::span(std::exchange(m_bytes, std::string_view())));
    }

private:
    std::string_view m_bytes;
};

} // namespace

void ElfCollector::reset()
{
    m_stage = BeforeHeader;
    m_passed = 0;
    m_layout = {};
    m_facts = {};
    for (PassingPart &part : m_parts) {
        part.offset = 0;
        part.limit = 0;
        part.bytes.clear();
    }
    m_parts[Front].limit = kFirstBytes;
    m_loaded.clear();
    m_interpreter.reset();
    m_dynamic.reset();
    m_tags.clear();
    m_strings.reset();
    m_sections.clear();
}

void ElfCollector::feed(Bytes run)
{
    if (m_stage == BeforeHeader) {
        m_parts[Front].keep(m_passed, run);
        if (m_parts[Front].bytes.size() >= kFirstBytes) {
            readHeader();
        }
    }
    if (m_stage == InFile) {
        keepParts(run);
        readDynamic();
        readTable();
        keepParts(run); // what these expect may begin in this very run
    }
    m_passed += run.size();
}

std::optional<ElfFacts> ElfCollector::finish()
{
    if (m_stage == BeforeHeader) {
        readHeader();
    }
    if (m_stage == NoElf) {
        return std::nullopt;
    }
    readDynamic();
    readTable();
    addNames();
    addSizes();
    return std::move(m_facts);
}

void ElfCollector::keepParts(Bytes run)
{
    for (PassingPart &part : m_parts) {
        part.keep(m_passed, run);
    }
}

/// Has a part kept that is still to come; what begins in the front is kept with that.
void ElfCollector::expect(PartName name, std::uint64_t offset, std::uint64_t size)
{
    PassingPart &front = m_parts[Front];
    if (offset < front.bytes.size()) {
        const std::uint64_t end = offset + std::min<std::uint64_t>(size, limits::kElfFrontBytes);
        front.limit = std::max(front.limit, std::min<std::uint64_t>(end, limits::kElfFrontBytes));
        return;
    }
    m_parts[name].offset = offset;
    m_parts[name].limit = size;
}

/// The same for what a part has told that has just come by, in this run or the one before. What
/// stands before that part is not looked for in what is left of the run: the same bytes give the
/// same facts, whichever runs they come in.
void ElfCollector::expectBehind(PartName name,
                                const ElfLayout::Segment &teller,
                                std::uint64_t offset,
                                std::uint64_t size)
{
    const std::uint64_t end = teller.offset + teller.bytes;
    if (offset < kFirstBytes && end <= kFirstBytes) {
        expect(name, offset, size);
    } else if (offset >= end) {
        m_parts[name].offset = offset;
        m_parts[name].limit = size;
    }
}

void ElfCollector::readHeader()
{
    const auto layout = ElfLayout::read(m_parts[Front].bytes);
    m_stage = layout ? InFile : NoElf;
    if (!layout) {
        return;
    }
    m_layout = *layout;
    m_facts.is64 = layout->is64;
    m_facts.isLittleEndian = layout->isLittleEndian;
    m_facts.type = layout->type;
    m_facts.machine = layout->machine;
    readSegments();
    expectSegments();
    expectTable();
}

void ElfCollector::readSegments()
{
    const ElfLayout::Table &table = m_layout.segments;
    for (std::uint64_t i = 0; i < table.count; ++i) {
        const std::uint64_t at = table.offset + i * table.recordBytes;
        const std::string_view record = table.recordBytes > 0 && at >= table.offset
                                            ? bytesAt(at, table.recordBytes)
                                            : std::string_view();
        if (record.empty()) {
            m_facts.hasAllNames = false;
            return;
        }
        const ElfLayout::Segment segment = m_layout.segment(record);
        switch (segment.type) {
        case ElfLayout::kLoad: m_loaded.push_back(segment); break;
        case kDynamicSegment: m_dynamic = segment; break;
        case kInterpreterSegment: m_interpreter = segment; break;
        default: break;
        }
    }
}

void ElfCollector::expectSegments()
{
    m_facts.isDynamic = m_dynamic.has_value();
    if (m_interpreter) {
        expect(Interpreter,
               m_interpreter->offset,
               std::min<std::uint64_t>(m_interpreter->bytes, limits::kElfNameBytes));
    }
    if (!m_dynamic) {
        return;
    }
    // The strings mostly stand in the first segment, and before the dynamic one: nothing has told
    // yet where, when they come by.
    if (!m_loaded.empty() && m_loaded.front().offset == 0) {
        expect(Strings, 0, m_loaded.front().bytes);
    }
    m_dynamic->bytes = std::min<std::uint64_t>(m_dynamic->bytes, limits::kElfDynamicBytes);
    expect(Dynamic, m_dynamic->offset, m_dynamic->bytes);
}

void ElfCollector::expectTable()
{
    ElfLayout::Table &table = m_layout.sections;
    if (table.recordBytes == 0 || table.offset == 0 || table.count == 0
        || table.bytes() > limits::kElfSectionBytes - kBeforeTable) {
        table.count = 0;
        return;
    }
    const std::uint64_t front = m_parts[Front].bytes.size();
    const std::uint64_t before =
        table.offset < front ? 0 : std::min(kBeforeTable, table.offset - front);
    expect(Table, table.offset - before, table.bytes() + before);
}

/// As soon as the segment is there: its strings may still be to come.
void ElfCollector::readDynamic()
{
    if (!m_dynamic || m_strings) {
        return;
    }
    const std::string_view entries = bytesAt(m_dynamic->offset, m_dynamic->bytes);
    const std::size_t size = m_facts.is64 ? 16 : 8;
    std::uint64_t address = 0;
    m_tags.clear();
    ElfLayout::Section strings;
    for (std::size_t at = 0; at + size <= entries.size(); at += size) {
        const std::string_view entry = entries.substr(at, size);
        const Tag tag{m_layout.word(entry, 0, 0), m_layout.word(entry, 4, 8)};
        if (tag.tag == 0) {
            break;
        }
        if (tag.tag == kStringTable) {
            address = tag.value;
        } else if (tag.tag == kStringBytes) {
            strings.bytes = tag.value;
        } else if (tag.tag == kNeeded || tag.tag == kSoname || tag.tag == kRpath
                   || tag.tag == kRunpath) {
            m_tags.push_back(tag);
        }
    }
    const auto place = placeOf(address);
    if (!place || entries.empty()) {
        return;
    }
    strings.offset = *place;
    m_strings = strings;
    expectBehind(Strings,
                 *m_dynamic,
                 strings.offset,
                 std::min<std::uint64_t>(strings.bytes, limits::kElfFrontBytes));
}

/// As soon as the table is there: its names may still be to come.
void ElfCollector::readTable()
{
    const ElfLayout::Table &place = m_layout.sections;
    if (place.count == 0 || !m_sections.empty()) {
        return;
    }
    const std::string_view table = bytesAt(place.offset, place.bytes());
    const std::size_t size = place.recordBytes;
    for (std::size_t at = 0; at + size <= table.size(); at += size) {
        m_sections.push_back(m_layout.section(table.substr(at, size)));
    }
    if (m_layout.nameSection < m_sections.size()) {
        const ElfLayout::Section &names = m_sections[m_layout.nameSection];
        expectBehind(SectionNames,
                     {.offset = place.offset, .bytes = place.bytes()},
                     names.offset,
                     std::min<std::uint64_t>(names.bytes, limits::kElfSectionBytes));
    }
}

void ElfCollector::addNames()
{
    if (m_interpreter) {
        const auto text = textAt(m_interpreter->offset, m_interpreter->bytes);
        m_facts.interpreter = text.value_or("");
        m_facts.hasAllNames = m_facts.hasAllNames && text.has_value();
    }
    m_facts.hasAllNames = m_facts.hasAllNames && m_dynamic.has_value() == m_strings.has_value();
    for (const Tag &tag : m_tags) {
        const bool isInside = m_strings && tag.value < m_strings->bytes;
        auto text = isInside ? textAt(m_strings->offset + tag.value, m_strings->bytes - tag.value)
                             : std::nullopt;
        if (!text || m_facts.needed.size() >= limits::kElfNames) {
            m_facts.hasAllNames = false;
            continue;
        }
        switch (tag.tag) {
        case kNeeded: m_facts.needed.push_back(std::move(*text)); break;
        case kSoname: m_facts.soname = std::move(*text); break;
        case kRpath: m_facts.rpath = std::move(*text); break;
        default: m_facts.runpath = std::move(*text); break;
        }
    }
}

/// Sections may claim anything: none counts for more than the file has.
void ElfCollector::addSizes()
{
    if (m_layout.nameSection >= m_sections.size()) {
        return;
    }
    const auto sizeOf = [this](const ElfLayout::Section &section) {
        const bool isInFile = section.type != kNoBits && section.offset <= m_passed
                              && section.bytes <= m_passed - section.offset;
        return isInFile ? section.bytes : 0;
    };
    const ElfLayout::Section &names = m_sections[m_layout.nameSection];
    // Linkers that put the names far before the table have let them pass by unnoticed.
    const bool hasNames = !bytesAt(names.offset, names.bytes).empty();
    m_facts.hasSections = true;
    for (const ElfLayout::Section &section : m_sections) {
        if (section.type == kSymbolTable) {
            const bool hasText = section.link < m_sections.size();
            m_facts.symbolBytes += sizeOf(section);
            m_facts.symbolBytes += hasText ? sizeOf(m_sections[section.link]) : 0;
        }
        if (!hasNames) {
            const bool isLoaded = (section.flags & kAllocated) != 0;
            m_facts.debugBytes += section.type == kProgramBits && !isLoaded ? sizeOf(section) : 0;
            continue;
        }
        const auto name = section.name < names.bytes
                              ? textAt(names.offset + section.name, names.bytes - section.name)
                              : std::nullopt;
        if (!name) {
            m_facts.hasSections = false;
        } else if (name->starts_with(".debug_") || name->starts_with(".zdebug_")) {
            m_facts.debugBytes += sizeOf(section);
        } else if (*name == ".go.buildinfo" || *name == ".note.go.buildid") {
            m_facts.isGo = true;
        }
    }
    m_facts.debugBytes = std::min(m_facts.debugBytes, m_passed);
    m_facts.symbolBytes = std::min(m_facts.symbolBytes, m_passed);
}

std::optional<std::uint64_t> ElfCollector::placeOf(std::uint64_t address) const
{
    for (const ElfLayout::Segment &segment : m_loaded) {
        const std::uint64_t inside = address - segment.address;
        if (address >= segment.address && inside < segment.bytes
            && inside <= ~std::uint64_t{0} - segment.offset) {
            return segment.offset + inside;
        }
    }
    return std::nullopt;
}

/// Those bytes of the file, when all of them were kept.
std::string_view ElfCollector::bytesAt(std::uint64_t offset, std::uint64_t size) const
{
    for (const PassingPart &part : m_parts) {
        if (const std::string_view bytes = part.at(offset, size); !bytes.empty()) {
            return bytes;
        }
    }
    return {};
}

/// The text that ends with a NUL within `limit` bytes.
std::optional<std::string> ElfCollector::textAt(std::uint64_t offset, std::uint64_t limit) const
{
    for (const PassingPart &part : m_parts) {
        if (offset < part.offset || offset - part.offset >= part.bytes.size()) {
            continue;
        }
        const std::string_view rest =
            std::string_view(part.bytes)
                .substr(static_cast<std::size_t>(offset - part.offset))
                .substr(0, std::min<std::uint64_t>(limit, limits::kElfNameBytes));
        if (const std::size_t end = rest.find('\0'); end != std::string_view::npos) {
            return std::string(rest.substr(0, end));
        }
    }
    return std::nullopt;
}

std::string encodeElf(const ElfFacts &facts)
{
    std::string bytes;
    BinaryWriter writer([&bytes](Bytes run) {
        bytes.append(reinterpret_cast<const char *>(run.data()), run.size());
    });
    for (const bool flag : {facts.is64,
                            facts.isLittleEndian,
                            facts.isDynamic,
                            facts.isGo,
                            facts.hasAllNames,
                            facts.hasSections}) {
        writer.number(static_cast<std::uint8_t>(flag));
    }
    writer.number(facts.type);
    writer.number(facts.machine);
    writer.number(facts.debugBytes);
    writer.number(facts.symbolBytes);
    for (const std::string *text :
         {&facts.interpreter, &facts.soname, &facts.rpath, &facts.runpath}) {
        writer.text(*text);
    }
    writer.number(static_cast<std::uint32_t>(facts.needed.size()));
    for (const std::string &name : facts.needed) {
        writer.text(name);
    }
    return bytes;
}

std::optional<ElfFacts> decodeElf(std::string_view bytes)
{
    ViewStream stream(bytes);
    BinaryReader reader(stream);
    ElfFacts facts;
    for (bool *flag : {&facts.is64,
                       &facts.isLittleEndian,
                       &facts.isDynamic,
                       &facts.isGo,
                       &facts.hasAllNames,
                       &facts.hasSections}) {
        *flag = reader.number<std::uint8_t>() != 0;
    }
    facts.type = reader.number<std::uint16_t>();
    facts.machine = reader.number<std::uint16_t>();
    facts.debugBytes = reader.number<std::uint64_t>();
    facts.symbolBytes = reader.number<std::uint64_t>();
    for (std::string *text : {&facts.interpreter, &facts.soname, &facts.rpath, &facts.runpath}) {
        *text = reader.text(limits::kElfNameBytes);
    }
    const auto count = reader.number<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && reader.isGood(); ++i) {
        facts.needed.push_back(reader.text(limits::kElfNameBytes));
    }
    return reader.isAtEnd() ? std::optional(std::move(facts)) : std::nullopt;
}

std::optional<ElfFacts> elfFactsOf(const FileContents &contents, EntryId entry)
{
    const std::string_view bytes = contents.fact(entry, kElfFact);
    return bytes.empty() ? std::nullopt : decodeElf(bytes);
}

} // namespace cutaway
