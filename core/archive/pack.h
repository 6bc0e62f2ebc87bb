// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytestream.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace cutaway {

/// Our own bytes made small in passing, with zstd at its fastest.
class Packer
{
public:
    Packer();
    ~Packer();
    Packer(const Packer &) = delete;
    Packer &operator=(const Packer &) = delete;

    [[nodiscard]] std::vector<std::byte> pack(Bytes bytes);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// What pack() made small. Corrupt for anything else, or when it is not `size` bytes.
[[nodiscard]] Result<std::vector<std::byte>> unpack(Bytes packed, std::size_t size);

/// The same piece by piece: what is written comes out packed at `sink`, in runs. After an error of
/// the sink nothing more is given to it; finish() tells.
class PackedWriter
{
public:
    using Sink = std::function<Result<>(Bytes)>;

    explicit PackedWriter(Sink sink);
    ~PackedWriter();
    PackedWriter(const PackedWriter &) = delete;
    PackedWriter &operator=(const PackedWriter &) = delete;

    void write(Bytes bytes);
    [[nodiscard]] Result<> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace cutaway
