// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cutaway {

/// Inflates one gzip member at a time, its header and trailer (CRC-32 and size, both checked)
/// included.
class Inflater
{
public:
    struct Step
    {
        std::size_t taken = 0;
        std::size_t made = 0;
        bool isMemberDone = false;
        /// Why the data is broken, behind the bytes taken; empty where it is not.
        std::string problem;
    };

    Inflater() = default;
    virtual ~Inflater() = default;
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    virtual void beginMember() = 0;
    /// A step that neither takes nor makes anything asks for more input.
    [[nodiscard]] virtual Step inflate(Bytes in, std::span<std::byte> out) = 0;

    /// Size of what save() gives; 0 where the state cannot be had, as zlib's, which is made of
    /// pointers.
    virtual std::size_t stateBytes() const { return 0; }
    /// Puts into `state` what another inflater of this kind needs to go on from here. False where
    /// this is no place for that: inside of a member's header.
    [[nodiscard]] virtual bool save(std::vector<std::byte> &state) const
    {
        state.clear();
        return false;
    }
    /// Takes over what save() gave, in the same or another process. False for what cannot be that.
    /// Only the numbers that lead to memory are checked, not the code tables: the caller vouches
    /// for where the bytes come from.
    [[nodiscard]] virtual bool restore(Bytes state) { return state.empty() && stateBytes() != 0; }
};

[[nodiscard]] std::unique_ptr<Inflater> zlibInflater();
/// The fastest that was built in: ISA-L, or zlib where that is missing.
[[nodiscard]] std::unique_ptr<Inflater> fastInflater();

} // namespace cutaway
