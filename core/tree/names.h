// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/entry.h"

#include <string_view>
#include <vector>

namespace cutaway {

/// Interned raw bytes: equal names have one id. File names are bytes, not text.
class Names
{
public:
    NameId intern(std::string_view name);
    std::string_view operator[](NameId id) const
    {
        return {m_bytes.data() + m_starts[id], m_starts[id + 1] - m_starts[id]};
    }
    std::uint32_t count() const { return static_cast<std::uint32_t>(m_starts.size() - 1); }
    /// Drops the look-up table once no name will be added any more.
    void freeze();
    std::size_t memoryBytes() const;

private:
    void grow();

    std::vector<char> m_bytes;
    std::vector<std::uint64_t> m_starts = {0};
    std::vector<NameId> m_table; ///< open addressing, kNone = free
};

} // namespace cutaway
