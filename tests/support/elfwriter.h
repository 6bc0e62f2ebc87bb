// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cutaway::test {

/// An ELF file as linkers make it, but for its code.
struct ElfSpec
{
    bool is64 = true;
    bool isLittleEndian = true;
    std::uint16_t type = 3;
    std::uint16_t machine = 62;
    std::string interpreter = {};
    std::vector<std::string> needed = {};
    std::string soname = {};
    std::string rpath = {};
    std::string runpath = {};
    std::uint64_t codeBytes = 0;   ///< between the strings and the dynamic segment
    bool hasStringsLast = false;   ///< behind the dynamic segment, as patchelf puts them
    bool hasTableFirst = false;    ///< the section table behind the program headers, as Go puts it
    bool hasNamesFirst = false;    ///< those of the sections before them, as mold puts them
    std::uint64_t debugBytes = 0;  ///< of .debug_info
    std::uint64_t symbolBytes = 0; ///< of .symtab; .strtab has a quarter of it
    bool isGo = false;
};

[[nodiscard]] std::string elfOf(const ElfSpec &spec);

} // namespace cutaway::test
