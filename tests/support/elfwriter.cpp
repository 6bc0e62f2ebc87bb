// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/elfwriter.h"

#include <string_view>
#include <utility>

namespace cutaway::test {

namespace {

constexpr std::uint64_t kBase = 0x400000; ///< address of the first byte

struct Section
{
    std::uint32_t type = 0;
    std::uint32_t link = 0;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

class ElfWriter
{
public:
    explicit ElfWriter(const ElfSpec &spec)
        : m_spec(spec)
    {}

    std::string write()
    {
        m_bytes.assign(headerBytes() + segmentCount() * segmentBytes(), '\0');
        const std::uint64_t tablePlace = m_bytes.size();
        if (m_spec.hasTableFirst) {
            m_bytes.append(std::size_t{kSections} * sectionBytes(), '\0');
        }
        m_interpreter = append(m_spec.interpreter.empty() ? "" : m_spec.interpreter + '\0');
        const std::string strings = makeStrings();
        if (!m_spec.hasStringsLast) {
            m_strings = append(strings);
        }
        m_firstEnd = m_bytes.size();
        append(std::string(m_spec.codeBytes, 'c'));
        m_dynamic = append(std::string(m_tags.size() * 2 * wordBytes(), '\0'));
        if (m_spec.hasStringsLast) {
            m_strings = append(strings);
        }
        fillDynamic(strings.size());
        appendSections();
        const std::uint64_t table = m_spec.hasTableFirst ? tablePlace : m_bytes.size();
        if (!m_spec.hasTableFirst) {
            m_bytes.append(m_sections.size() * sectionBytes(), '\0');
        }
        fillTable(table);
        fillHeader(table);
        fillSegments();
        return std::move(m_bytes);
    }

private:
    static constexpr std::uint64_t kSections = 6;

    bool isDynamic() const { return m_tags.size() > 1; }
    std::size_t wordBytes() const { return m_spec.is64 ? 8 : 4; }
    std::size_t headerBytes() const { return m_spec.is64 ? 64 : 52; }
    std::size_t segmentBytes() const { return m_spec.is64 ? 56 : 32; }
    std::size_t sectionBytes() const { return m_spec.is64 ? 64 : 40; }
    static std::size_t segmentCount() { return 4; }

    std::uint64_t append(const std::string &bytes)
    {
        m_bytes += bytes;
        return m_bytes.size() - bytes.size();
    }

    void put(std::uint64_t at, std::uint64_t value, std::size_t bytes)
    {
        for (std::size_t i = 0; i < bytes; ++i) {
            const std::size_t place = m_spec.isLittleEndian ? i : bytes - 1 - i;
            m_bytes[at + place] = static_cast<char>(value >> (8 * i) & 0xff);
        }
    }
    void putWord(std::uint64_t at, std::uint64_t value) { put(at, value, wordBytes()); }

    /// The strings of the dynamic segment, and its tags that refer to them.
    std::string makeStrings()
    {
        std::string strings(1, '\0');
        const auto add = [&](std::uint64_t tag, const std::string &text) {
            m_tags.emplace_back(tag, strings.size());
            strings += text + '\0';
        };
        for (const std::string &name : m_spec.needed) {
            add(1, name);
        }
        for (const auto &[tag, text] : {std::pair(std::uint64_t{14}, m_spec.soname),
                                        std::pair(std::uint64_t{15}, m_spec.rpath),
                                        std::pair(std::uint64_t{29}, m_spec.runpath)}) {
            if (!text.empty()) {
                add(tag, text);
            }
        }
        if (!m_tags.empty()) {
            m_tags.emplace_back(5, 0);
            m_tags.emplace_back(10, strings.size());
        }
        m_tags.emplace_back(0, 0);
        return strings;
    }

    void fillDynamic(std::uint64_t stringBytes)
    {
        std::uint64_t at = m_dynamic;
        for (const auto &[tag, value] : m_tags) {
            putWord(at, tag);
            putWord(at + wordBytes(),
                    tag == 5    ? kBase + m_strings
                    : tag == 10 ? stringBytes
                                : value);
            at += 2 * wordBytes();
        }
    }

    void appendSections()
    {
        const std::string last = m_spec.isGo ? ".go.buildinfo" : ".comment";
        std::string names(1, '\0');
        for (const std::string &name : {std::string(),
                                        std::string(".symtab"),
                                        std::string(".strtab"),
                                        std::string(".debug_info"),
                                        last,
                                        std::string(".shstrtab")}) {
            m_names.push_back(name.empty() ? 0 : names.size());
            names += name.empty() ? "" : name + '\0';
        }
        std::uint64_t place = m_spec.hasNamesFirst ? append(names) : 0;
        const auto add = [this](std::uint32_t type, std::uint32_t link, std::uint64_t size) {
            m_sections.push_back({type, link, append(std::string(size, 's')), size});
        };
        m_sections.push_back({});
        add(2, 2, m_spec.symbolBytes);
        add(3, 0, m_spec.symbolBytes / 4);
        add(1, 0, m_spec.debugBytes);
        add(1, 0, 8);
        place = m_spec.hasNamesFirst ? place : append(names);
        m_sections.push_back({3, 0, place, names.size()});
    }

    void fillTable(std::uint64_t table)
    {
        for (std::size_t i = 0; i < m_sections.size(); ++i) {
            const Section &section = m_sections[i];
            const std::uint64_t at = table + i * sectionBytes();
            put(at, m_names[i], 4);
            put(at + 4, section.type, 4);
            putWord(at + (m_spec.is64 ? 24 : 16), section.offset);
            putWord(at + (m_spec.is64 ? 32 : 20), section.size);
            put(at + (m_spec.is64 ? 40 : 24), section.link, 4);
        }
    }

    void fillHeader(std::uint64_t table)
    {
        m_bytes.replace(0,
                        4,
                        "\x7f"
                        "ELF");
        m_bytes[4] = m_spec.is64 ? 2 : 1;
        m_bytes[5] = m_spec.isLittleEndian ? 1 : 2;
        m_bytes[6] = 1;
        put(16, m_spec.type, 2);
        put(18, m_spec.machine, 2);
        putWord(m_spec.is64 ? 32 : 28, headerBytes());
        putWord(m_spec.is64 ? 40 : 32, table);
        const std::uint64_t counts = m_spec.is64 ? 54 : 42;
        put(counts, segmentBytes(), 2);
        put(counts + 2, segmentCount(), 2);
        put(counts + 4, sectionBytes(), 2);
        put(counts + 6, m_sections.size(), 2);
        put(counts + 8, m_sections.size() - 1, 2);
    }

    void putSegment(std::size_t index, std::uint32_t type, std::uint64_t from, std::uint64_t to)
    {
        const std::uint64_t at = headerBytes() + index * segmentBytes();
        put(at, type, 4);
        putWord(at + (m_spec.is64 ? 8 : 4), from);
        putWord(at + (m_spec.is64 ? 16 : 8), kBase + from);
        putWord(at + (m_spec.is64 ? 32 : 16), to - from);
    }

    void fillSegments()
    {
        putSegment(0, 1, 0, m_firstEnd);
        putSegment(1, 1, m_firstEnd, m_bytes.size());
        if (isDynamic()) {
            putSegment(2, 2, m_dynamic, m_dynamic + m_tags.size() * 2 * wordBytes());
        }
        if (!m_spec.interpreter.empty()) {
            putSegment(3, 3, m_interpreter, m_interpreter + m_spec.interpreter.size() + 1);
        }
    }

    const ElfSpec &m_spec;
    std::string m_bytes;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> m_tags;
    std::vector<Section> m_sections;
    std::vector<std::uint64_t> m_names; ///< places of the sections' names
    std::uint64_t m_interpreter = 0;
    std::uint64_t m_strings = 0;
    std::uint64_t m_dynamic = 0;
    std::uint64_t m_firstEnd = 0;
};

} // namespace

std::string elfOf(const ElfSpec &spec)
{
    return ElfWriter(spec).write();
}

} // namespace cutaway::test
