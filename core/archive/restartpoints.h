// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/pack.h"
#include "core/base/limits.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace cutaway {

/// A place in a compressed blob that decompressing can begin at.
struct RestartPlace
{
    std::uint64_t blobOffset = 0; ///< of the next compressed byte
    std::uint64_t tarOffset = 0;  ///< of the next byte that comes out
    /// Inside of a gzip member: what the decoder knew there is kept. Otherwise a gzip member (not
    /// the first) or a zstd frame begins here and nothing need be known.
    bool hasState = false;

    bool operator==(const RestartPlace &) const = default;
};

/// The restart places of one blob, in order. Immutable; may be asked from any thread.
class RestartIndex
{
public:
    explicit RestartIndex(std::vector<RestartPlace> places)
        : m_places(std::move(places))
    {}
    virtual ~RestartIndex() = default;
    RestartIndex(const RestartIndex &) = delete;
    RestartIndex &operator=(const RestartIndex &) = delete;

    std::span<const RestartPlace> places() const { return m_places; }
    /// Index of the last place at or before `tarOffset`; nothing where only the start is.
    [[nodiscard]] std::optional<std::size_t> before(std::uint64_t tarOffset) const;
    /// The decoder's state at a place that has one, packed.
    [[nodiscard]] virtual Result<std::vector<std::byte>> packedState(std::size_t place) const = 0;
    /// That the states take.
    virtual std::uint64_t memoryBytes() const { return 0; }

private:
    std::vector<RestartPlace> m_places;
};

using RestartIndexPtr = std::shared_ptr<const RestartIndex>;

/// Gathers the places of one blob while it is decompressed, by thread D alone. Keeps one about
/// every limits::kRestartSpacing bytes of output, then fewer: what they take stays below 1 % of the
/// output and below limits::kRestartBytes, by dropping every second one.
class RestartCollector
{
public:
    /// Whether a place here would be kept.
    bool wants(std::uint64_t tarOffset) const { return tarOffset >= m_next; }
    void add(RestartPlace place, Bytes state);
    /// Ends the gathering; nullptr where there is no place.
    [[nodiscard]] RestartIndexPtr finish();

private:
    void thinOut();

    std::vector<RestartPlace> m_places;
    std::vector<std::vector<std::byte>> m_states;
    Packer m_packer;
    std::uint64_t m_spacing = limits::kRestartSpacing;
    std::uint64_t m_next = limits::kRestartFrom;
    std::uint64_t m_bytes = 0; ///< of the packed states
};

/// Which decoder's states these are: the library, its version, the layout of the state and how it
/// fills it in. States of another kind must not be restored. 0 = there are no states here.
[[nodiscard]] std::uint64_t restartStateKind();

} // namespace cutaway
