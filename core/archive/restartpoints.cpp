// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/restartpoints.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::uint64_t kShare = 100; ///< of the output: points take at most one part of this many

class RestartsInMemory : public RestartIndex
{
public:
    RestartsInMemory(std::vector<RestartPlace> places, std::vector<std::vector<std::byte>> states)
        : RestartIndex(std::move(places))
        , m_states(std::move(states))
    {
        for (const std::vector<std::byte> &state : m_states) {
            m_bytes += state.size();
        }
    }

    Result<std::vector<std::byte>> packedState(std::size_t place) const override
    {
        return m_states[place];
    }
    std::uint64_t memoryBytes() const override { return m_bytes; }

private:
    std::vector<std::vector<std::byte>> m_states;
    std::uint64_t m_bytes = 0;
};

/// Keeps the second of every two: the first point then is one spacing behind the start.
template<typename T>
void keepEverySecond(std::vector<T> &list)
{
    for (std::size_t i = 1; i < list.size(); i += 2) {
        list[i / 2] = std::move(list[i]);
    }
    list.resize(list.size() / 2);
}

} // namespace

std::optional<std::size_t> RestartIndex::before(std::uint64_t tarOffset) const
{
    const auto after = std::ranges::upper_bound(m_places, tarOffset, {}, &RestartPlace::tarOffset);
    if (after == m_places.begin()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(after - m_places.begin()) - 1;
}

void RestartCollector::add(RestartPlace place, Bytes state)
{
    place.hasState = !state.empty();
    m_states.push_back(place.hasState ? m_packer.pack(state) : std::vector<std::byte>());
    m_bytes += m_states.back().size() + sizeof(RestartPlace);
    m_places.push_back(place);
    m_next = place.tarOffset + m_spacing;
    while (m_bytes > std::min(limits::kRestartBytes, place.tarOffset / kShare)
           && !m_places.empty()) {
        thinOut();
    }
}

void RestartCollector::thinOut()
{
    keepEverySecond(m_places);
    keepEverySecond(m_states);
    m_bytes = m_places.size() * sizeof(RestartPlace);
    for (const std::vector<std::byte> &state : m_states) {
        m_bytes += state.size();
    }
    m_spacing *= 2;
    m_next = std::max(m_next, (m_places.empty() ? 0 : m_places.back().tarOffset) + m_spacing);
}

RestartIndexPtr RestartCollector::finish()
{
    if (m_places.empty()) {
        return nullptr;
    }
    return std::make_shared<const RestartsInMemory>(std::move(m_places), std::move(m_states));
}

} // namespace cutaway
