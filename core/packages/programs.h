// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/elflayout.h"
#include "core/packages/package.h"

#include <optional>
#include <string_view>

namespace cutaway {

/// What Go writes into programs since 1.18: an identifier, then the version of Go and the modules
/// (`runtime/debug.BuildInfo`). Nothing where the bytes do not begin with that. Of the modules the
/// program's own has a file, which is the program.
[[nodiscard]] std::optional<PackageRecords> readGoBuildInfo(std::string_view bytes);
/// What `cargo auditable` writes into a section of its own: JSON, compressed. The same holds of the
/// root crate. Crates that only took part in building are left out.
[[nodiscard]] std::optional<PackageRecords> readRustAuditData(std::string_view bytes);

/// Takes these off a program that passes by once, from its front to its back. Go's lies in what the
/// program may write to and is told by its first bytes; Rust's section is not loaded, so it stands
/// behind what is, and the section table tells where.
class ProgramCollector
{
public:
    /// For the next file.
    void reset();
    /// Its next bytes.
    void feed(Bytes run);
    /// Nothing when it is no program, or none of these two.
    [[nodiscard]] std::optional<PackageRecords> finish();

private:
    struct Range
    {
        std::uint64_t from = 0;
        std::uint64_t to = 0;
    };

    void readHeader();
    void keepParts(std::uint64_t passed, Bytes run);
    void findGo(std::uint64_t passed, Bytes run);
    std::string_view rustSection() const;

    enum Stage : std::uint8_t { BeforeHeader, Other, InFile };
    Stage m_stage = BeforeHeader;
    std::uint64_t m_passed = 0; ///< bytes before the current run
    ElfLayout m_layout;
    Range m_writable;
    std::uint64_t m_next = 0; ///< where Go's identifier is looked for next
    PassingPart m_front;
    PassingPart m_go;
    PassingPart m_tail;  ///< what follows the last loaded byte
    PassingPart m_table; ///< the sections, and before them their names
};

} // namespace cutaway
