// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/descriptor.h"
#include "core/tree/layertree.h"

#include <cstdint>
#include <optional>
#include <string>

namespace cutaway {

/// One row of the layer list. Rows are told apart by index: a blob may occur twice.
struct Layer
{
    enum class State : std::uint8_t {
        Waiting, ///< not read yet (only while loading)
        Read,
        Damaged, ///< could not be read to its end; `problem` says why
        Absent,  ///< not in this archive, by design or by loss
        Foreign, ///< distributed elsewhere (`descriptor.urls`), not read
    };

    Descriptor descriptor;
    Digest digest; ///< of the blob: declared, else computed
    Digest diffId; ///< of the uncompressed tar: declared by the config, else computed
    State state = State::Waiting;
    std::string problem;
    std::string compression;                    ///< "none", "gzip", "zstd" …, what the bytes are
    std::optional<std::uint64_t> wireBytes;     ///< blob as stored
    std::optional<std::uint64_t> unpackedBytes; ///< uncompressed tar
    std::optional<bool>
        verified; ///< blob digest and diff ID are what was declared; nothing: not read
    bool verifiedEarlier =
        false; ///< then the bytes were read in another run, this file since untouched
    LayerTree::Counts counts; ///< zero unless Read

    bool isRead() const { return state == State::Read; }
};

} // namespace cutaway
