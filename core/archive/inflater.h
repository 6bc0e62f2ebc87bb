// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>

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
};

[[nodiscard]] std::unique_ptr<Inflater> zlibInflater();
/// The fastest that was built in: ISA-L, or zlib where that is missing.
[[nodiscard]] std::unique_ptr<Inflater> fastInflater();

} // namespace cutaway
