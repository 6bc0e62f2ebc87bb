// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/tarinput.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace cutaway {

/// A number as a header field has it: octal, or base-256 where the first bit is set.
struct TarNumber
{
    std::int64_t value = 0;
    bool isClamped = false; ///< it was beyond 64 bits
};

/// Nothing when the field holds no number. An empty field is 0.
[[nodiscard]] std::optional<TarNumber> tarNumber(std::string_view field);

/// A view of one header block, field by field (POSIX ustar, GNU, star, v7).
class TarHeader
{
public:
    enum class Format : std::uint8_t { V7, Ustar, Star, Gnu };

    /// `block` is kTarBlock bytes long and must outlive the view.
    explicit TarHeader(Bytes block);

    [[nodiscard]] bool isZero() const;
    /// POSIX sums unsigned bytes; some old programs summed signed ones.
    [[nodiscard]] bool hasRightChecksum() const;

    Format format() const { return m_format; }
    char typeFlag() const { return m_bytes[156]; }
    std::string_view name() const { return text(0, 100); }
    /// What comes before the name, with a slash between; empty where there is none.
    std::string_view prefix() const;
    std::string_view target() const { return text(157, 100); }
    std::string_view modeField() const { return m_bytes.substr(100, 8); }
    std::string_view uidField() const { return m_bytes.substr(108, 8); }
    std::string_view gidField() const { return m_bytes.substr(116, 8); }
    std::string_view sizeField() const { return m_bytes.substr(124, 12); }
    std::string_view mtimeField() const { return m_bytes.substr(136, 12); }
    std::string_view deviceMajorField() const { return m_bytes.substr(329, 8); }
    std::string_view deviceMinorField() const { return m_bytes.substr(337, 8); }
    /// Of an old GNU sparse member: four (offset, size) pairs, "more follow", the logical size.
    std::string_view sparsePairs() const { return m_bytes.substr(386, 96); }
    bool sparseContinues() const { return m_bytes[482] != '\0'; }
    std::string_view sparseRealSizeField() const { return m_bytes.substr(483, 12); }

private:
    std::string_view text(std::size_t at, std::size_t width) const;

    std::string_view m_bytes;
    Format m_format = Format::V7;
};

} // namespace cutaway
