// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/names.h"

#include "core/base/hash.h"

namespace cutaway {

NameId Names::intern(std::string_view name)
{
    if ((std::size_t{count()} + 1) * 2 > m_table.size()) {
        grow();
    }
    const std::size_t mask = m_table.size() - 1;
    for (std::size_t slot = tableHash(name) & mask;; slot = (slot + 1) & mask) {
        const NameId id = m_table[slot];
        if (id == kNone) {
            m_table[slot] = count();
            m_bytes.insert(m_bytes.end(), name.begin(), name.end());
            m_starts.push_back(m_bytes.size());
            return m_table[slot];
        }
        if ((*this)[id] == name) {
            return id;
        }
    }
}

void Names::grow()
{
    m_table.assign(m_table.empty() ? 64 : m_table.size() * 2, kNone);
    const std::size_t mask = m_table.size() - 1;
    for (NameId id = 0; id < count(); ++id) {
        std::size_t slot = tableHash((*this)[id]) & mask;
        while (m_table[slot] != kNone) {
            slot = (slot + 1) & mask;
        }
        m_table[slot] = id;
    }
}

void Names::freeze()
{
    m_table = {};
    m_bytes.shrink_to_fit();
    m_starts.shrink_to_fit();
}

std::size_t Names::memoryBytes() const
{
    return m_bytes.capacity() + m_starts.capacity() * sizeof(m_starts[0])
           + m_table.capacity() * sizeof(m_table[0]);
}

} // namespace cutaway
