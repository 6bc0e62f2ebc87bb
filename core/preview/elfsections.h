// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/elflayout.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

struct ElfSection
{
    std::string name; ///< raw bytes; empty where it cannot be seen
    std::uint32_t type = 0;
    std::uint64_t bytes = 0; ///< that it takes, in memory where the file stores none
    bool isLoaded = false;
    bool isStored = true; ///< false: memory that begins as zeros
};

/// Takes the table of sections off an ELF file that passes by once. Names are seen where linkers
/// put them, right before the table or behind it.
class ElfSectionCollector
{
public:
    void feed(Bytes run);
    /// At most limits::kPreviewSections; empty when the file has none, or is no ELF file.
    [[nodiscard]] std::vector<ElfSection> finish() const;

private:
    std::uint64_t m_passed = 0;
    PassingPart m_front;
    PassingPart m_table;
    std::optional<ElfLayout> m_layout;
};

/// "x86-64", "AArch64"; empty for those that images are not made for.
[[nodiscard]] std::string_view elfMachineName(std::uint16_t machine);

} // namespace cutaway
