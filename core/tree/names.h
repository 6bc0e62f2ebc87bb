// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/pagevector.h"
#include "core/tree/entry.h"

#include <string_view>

namespace cutaway {

/// Interned raw bytes: equal names have one id. File names are bytes, not text.
class Names
{
public:
    NameId intern(std::string_view name);
    std::string_view operator[](NameId id) const
    {
        const std::uint64_t start = startOf(id);
        return {m_bytes.data() + start, startOf(id + 1) - start};
    }
    std::uint32_t count() const { return m_count; }
    /// Drops the look-up table; the next intern() makes a new one.
    void freeze() { m_table.release(); }
    /// The names before `id` will not be looked at any more.
    void forgetFront(NameId id);
    std::size_t memoryBytes() const;

private:
    /// Names of so many ids share a base, so that a start needs four bytes: together they are
    /// shorter than 4 GiB, as no name is longer than limits::kPathBytes.
    static constexpr std::uint32_t kIdsOfBase = 1024;

    std::uint64_t startOf(NameId id) const
    {
        return id == m_count ? m_bytes.size() : m_bases[id / kIdsOfBase] + m_starts[id];
    }
    void makeTable(std::size_t slots);

    PageVector<char> m_bytes;
    PageVector<std::uint32_t> m_starts; ///< from the base on
    PageVector<std::uint64_t> m_bases;
    PageVector<std::uint32_t> m_table; ///< open addressing: id + 1, 0 = free
    std::uint32_t m_count = 0;
};

} // namespace cutaway
