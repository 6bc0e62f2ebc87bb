// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/cache/cachedrestarts.h"

#include "core/base/binary.h"
#include "core/base/hash.h"
#include "core/cache/cacheentry.h"

#include <algorithm>
#include <cstring>

namespace cutaway {

namespace {

/// Where a state lies in the file, and what it hashes to.
struct StatePlace
{
    std::uint64_t blobOffset = 0;
    std::uint64_t tarOffset = 0;
    std::uint64_t fileOffset = 0;
    std::uint64_t bytes = 0; ///< 0 = the place has no state
    ContentHash hash;
};
static_assert(sizeof(StatePlace) == 48);

constexpr std::uint64_t kMostPlaces = 1u << 20;
constexpr std::uint64_t kMostStateBytes = 1u << 20;

ContentHash hashOf(Bytes bytes)
{
    ContentHasher hasher;
    hasher.update(bytes);
    return hasher.finish();
}

std::unexpected<Error> failDamaged()
{
    return fail(ErrorCode::Corrupt, "the cache's restart points are damaged");
}

class CachedRestarts : public RestartIndex
{
public:
    CachedRestarts(std::vector<RestartPlace> places,
                   std::vector<StatePlace> states,
                   std::shared_ptr<const CacheDirectory> directory,
                   std::string name)
        : RestartIndex(std::move(places))
        , m_states(std::move(states))
        , m_directory(std::move(directory))
        , m_name(std::move(name))
    {}

    /// Opens the file anew each time: an image has many layers, a process few descriptors.
    Result<std::vector<std::byte>> packedState(std::size_t place) const override
    {
        const StatePlace &state = m_states[place];
        const auto file = m_directory->openFile(m_name);
        if (!file) {
            return std::unexpected(file.error());
        }
        std::vector<std::byte> bytes(state.bytes);
        const auto got = (*file)->readAt(state.fileOffset, bytes);
        if (!got || *got != bytes.size() || hashOf(bytes) != state.hash) {
            return failDamaged();
        }
        return bytes;
    }

private:
    std::vector<StatePlace> m_states;
    std::shared_ptr<const CacheDirectory> m_directory;
    std::string m_name;
};

} // namespace

Result<> writeRestarts(const RestartIndex &restarts,
                       std::string_view key,
                       const CacheDirectory::Write &write)
{
    std::vector<std::byte> front = cacheHeader(CacheKind::Restarts, key);
    BinaryWriter writer([&front](Bytes run) { front.insert(front.end(), run.begin(), run.end()); });
    const std::span<const RestartPlace> places = restarts.places();
    writer.number(restartStateKind());
    writer.number(static_cast<std::uint64_t>(places.size()));
    std::uint64_t offset = front.size() + places.size() * sizeof(StatePlace) + sizeof(ContentHash);
    std::vector<std::vector<std::byte>> states;
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto state = places[i].hasState ? restarts.packedState(i)
                                        : Result<std::vector<std::byte>>(std::vector<std::byte>());
        if (!state) {
            return std::unexpected(state.error());
        }
        const StatePlace place{
            places[i].blobOffset, places[i].tarOffset, offset, state->size(), hashOf(*state)};
        const auto bytes = std::as_bytes(std::span(&place, 1));
        front.insert(front.end(), bytes.begin(), bytes.end());
        offset += state->size();
        states.push_back(std::move(*state));
    }
    const ContentHash sum = hashOf(front);
    const auto sumBytes = std::as_bytes(std::span(&sum, 1));
    front.insert(front.end(), sumBytes.begin(), sumBytes.end());
    Result<> written = write(front);
    for (std::size_t i = 0; written && i < states.size(); ++i) {
        written = write(states[i]);
    }
    return written;
}

Result<RestartIndexPtr> readRestarts(std::shared_ptr<const CacheDirectory> directory,
                                     const std::string &name,
                                     std::string_view key)
{
    const auto file = directory->openFile(name);
    if (!file) {
        return std::unexpected(file.error());
    }
    const std::uint64_t size = (*file)->size();
    std::vector<std::byte> front = cacheHeader(CacheKind::Restarts, key);
    const std::size_t header = front.size();
    const std::size_t fixed = header + 2 * sizeof(std::uint64_t);
    std::vector<std::byte> read(fixed);
    const auto got = (*file)->readAt(0, read);
    if (!got || *got != fixed || !std::equal(front.begin(), front.end(), read.begin())) {
        return failDamaged();
    }
    std::array<std::uint64_t, 2> numbers = {};
    std::memcpy(numbers.data(), read.data() + header, sizeof(numbers));
    const auto [kind, count] = numbers;
    if (kind != restartStateKind() || count == 0 || count > kMostPlaces
        || fixed + count * sizeof(StatePlace) + sizeof(ContentHash) > size) {
        return failDamaged();
    }
    read.resize(fixed + count * sizeof(StatePlace) + sizeof(ContentHash));
    const auto rest = (*file)->readAt(fixed, std::span(read).subspan(fixed));
    ContentHash sum;
    std::memcpy(&sum, read.data() + read.size() - sizeof(sum), sizeof(sum));
    if (!rest || *rest != read.size() - fixed
        || hashOf(Bytes(read).first(read.size() - sizeof(sum))) != sum) {
        return failDamaged();
    }
    std::vector<StatePlace> states(count);
    std::memcpy(states.data(), read.data() + fixed, count * sizeof(StatePlace));
    std::vector<RestartPlace> places;
    for (const StatePlace &state : states) {
        const bool isInOrder = places.empty() || places.back().tarOffset <= state.tarOffset;
        if (!isInOrder || state.bytes > kMostStateBytes || state.fileOffset > size
            || state.bytes > size - state.fileOffset) {
            return failDamaged();
        }
        places.push_back({state.blobOffset, state.tarOffset, state.bytes > 0});
    }
    return std::make_shared<const CachedRestarts>(
        std::move(places), std::move(states), std::move(directory), name);
}

} // namespace cutaway
