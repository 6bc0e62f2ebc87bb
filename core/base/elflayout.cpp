// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/elflayout.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::size_t kHeader32 = 52;
constexpr std::size_t kHeader64 = 64;

} // namespace

std::optional<ElfLayout> ElfLayout::read(std::string_view front)
{
    if (front.size() < kHeader32
        || !front.starts_with("\x7f"
                              "ELF")) {
        return std::nullopt;
    }
    const char kind = front[4];
    const char order = front[5];
    ElfLayout layout;
    layout.is64 = kind == 2;
    layout.isLittleEndian = order == 1;
    if ((kind != 1 && kind != 2) || (order != 1 && order != 2)
        || (layout.is64 && front.size() < kHeader64)) {
        return std::nullopt;
    }
    layout.type = static_cast<std::uint16_t>(layout.number(front, 16, 2));
    layout.machine = static_cast<std::uint16_t>(layout.number(front, 18, 2));
    const std::size_t counts = layout.is64 ? 54 : 42; // five numbers of two bytes each
    layout.segments = {layout.word(front, 28, 32),
                       layout.number(front, counts, 2),
                       layout.number(front, counts + 2, 2)};
    layout.sections = {layout.word(front, 32, 40),
                       layout.number(front, counts + 4, 2),
                       layout.number(front, counts + 6, 2)};
    layout.nameSection = layout.number(front, counts + 8, 2);
    if (layout.segments.recordBytes != (layout.is64 ? 56 : 32)) {
        layout.segments.recordBytes = 0;
    }
    if (layout.sections.recordBytes != (layout.is64 ? 64 : 40)) {
        layout.sections.recordBytes = 0;
    }
    return layout;
}

ElfLayout::Segment ElfLayout::segment(std::string_view record) const
{
    return {number(record, 0, 4),
            number(record, is64 ? 4 : 24, 4),
            word(record, 4, 8),
            word(record, 8, 16),
            word(record, 16, 32)};
}

ElfLayout::Section ElfLayout::section(std::string_view record) const
{
    return {static_cast<std::uint32_t>(number(record, 0, 4)),
            static_cast<std::uint32_t>(number(record, 4, 4)),
            static_cast<std::uint32_t>(number(record, is64 ? 40 : 24, 4)),
            word(record, 8, 8),
            word(record, 16, 24),
            word(record, 20, 32)};
}

std::uint64_t ElfLayout::number(std::string_view record, std::size_t at, std::size_t bytes) const
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
        const std::size_t place = isLittleEndian ? at + bytes - 1 - i : at + i;
        value = value << 8 | static_cast<unsigned char>(record[place]);
    }
    return value;
}

std::uint64_t ElfLayout::word(std::string_view record, std::size_t at32, std::size_t at64) const
{
    return is64 ? number(record, at64, 8) : number(record, at32, 4);
}

void PassingPart::keep(std::uint64_t passed, Bytes run)
{
    const std::uint64_t next = offset + bytes.size();
    if (bytes.size() >= limit || next < passed || next - passed >= run.size()) {
        return;
    }
    const Bytes rest = run.subspan(static_cast<std::size_t>(next - passed));
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(rest.size(), limit - bytes.size()));
    bytes.append(reinterpret_cast<const char *>(rest.data()), count);
}

std::string_view PassingPart::at(std::uint64_t from, std::uint64_t size) const
{
    const std::uint64_t start = from - offset;
    if (from < offset || start > bytes.size() || size > bytes.size() - start) {
        return {};
    }
    return std::string_view(bytes).substr(start, size);
}

} // namespace cutaway
