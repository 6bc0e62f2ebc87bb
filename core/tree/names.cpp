// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/names.h"

#include "core/base/hash.h"
#include "core/tree/nodetable.h"

namespace cutaway {

NameId Names::intern(std::string_view name)
{
    if (isTableFull(m_count, m_table.size())) {
        makeTable(tableSlotsFor(m_count));
    }
    const std::size_t mask = m_table.size() - 1;
    std::size_t slot = tableHash(name) & mask;
    for (; m_table[slot] != 0; slot = (slot + 1) & mask) {
        const NameId id = m_table[slot] - 1;
        if ((*this)[id] == name) {
            return id;
        }
    }
    if (m_count % kIdsOfBase == 0) {
        m_bases.push_back(m_bytes.size());
    }
    m_starts.push_back(static_cast<std::uint32_t>(m_bytes.size() - m_bases.back()));
    m_bytes.append(name);
    m_table[slot] = ++m_count;
    return m_count - 1;
}

void Names::makeTable(std::size_t slots)
{
    m_table.assignZeros(slots);
    const std::size_t mask = slots - 1;
    for (NameId id = 0; id < m_count; ++id) {
        std::size_t slot = tableHash((*this)[id]) & mask;
        while (m_table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        m_table[slot] = id + 1;
    }
}

void Names::forgetFront(NameId id)
{
    m_bytes.forgetFront(startOf(id));
    m_starts.forgetFront(id);
}

std::size_t Names::memoryBytes() const
{
    return m_bytes.memoryBytes() + m_starts.memoryBytes() + m_bases.memoryBytes()
           + m_table.memoryBytes();
}

} // namespace cutaway
