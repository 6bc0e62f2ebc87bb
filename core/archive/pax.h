// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cutaway {

/// The records that say something about a member; all others are ignored.
enum class PaxKey : std::uint8_t {
    Path,
    LinkPath,
    Size,
    Uid,
    Gid,
    Mtime,
    SparseMajor,
    SparseRealSize,
    SparseSize,
    SparseName,
    SparseMap,
};
inline constexpr std::size_t kPaxKeys = 11;

/// The records of pax extended headers (POSIX pax, "pax Header Block"): the body of one 'x' header
/// over what 'g' headers said before. An empty value takes a record back.
class PaxRecords
{
public:
    /// Takes an 'x' header's body; the views that are asked for later point into it.
    [[nodiscard]] Result<> readLocal(std::string body);
    /// Merges a 'g' header's body. LimitExceeded for values that would weigh on every later member.
    [[nodiscard]] Result<> readGlobal(std::string_view body);
    /// The member that the 'x' header belonged to is over.
    void clearLocal();

    /// Empty where nothing is said.
    std::string_view operator[](PaxKey key) const;
    /// (name, value) of the extended attributes, sorted by name, each name once.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> xattrs() const;
    bool hasXattrs() const { return !m_xattrs.empty(); }
    /// Attributes in an encoding that could not be read.
    bool hasBadXattr() const { return m_hasBadXattr; }

private:
    void takeLocal(std::string_view key, std::string_view value);
    void takeXattr(std::string_view key, std::string_view value);

    std::string m_body;
    std::string m_sparseList; ///< offsets and sizes of GNU sparse 0.0, one record each
    std::array<std::optional<std::string_view>, kPaxKeys> m_local;
    std::array<std::string, kPaxKeys> m_global;
    bool m_hasLocal = false;
    bool m_hasBadXattr = false;
    std::vector<std::pair<std::string, std::string>> m_xattrs;
};

/// A pax time: seconds with a fraction, rounded down to nanoseconds.
struct PaxTime
{
    std::int64_t seconds = 0; ///< clamped to 64 bits
    std::uint32_t nanoseconds = 0;
};
[[nodiscard]] std::optional<PaxTime> paxTime(std::string_view text);

/// Decimal digits only; clamped to 63 bits.
[[nodiscard]] std::optional<std::uint64_t> paxDigits(std::string_view text);

} // namespace cutaway
