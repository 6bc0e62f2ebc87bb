// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/codec.h"
#include "core/archive/restartpoints.h"
#include "core/base/bytesource.h"
#include "core/base/limits.h"
#include "core/base/monitor.h"

#include <memory>

namespace cutaway {

/// The blob of a layer, to be read at places of the tar inside.
struct SeekableTar
{
    ByteSourcePtr blob;
    Compression compression = Compression::None;
    RestartIndexPtr restarts; ///< may be nullptr
    Limits limits = {};       // NOLINT(readability-redundant-member-init): may be left out

    /// Where decompressing would begin to reach `tarOffset`; `tarOffset` itself in a plain tar.
    [[nodiscard]] std::uint64_t startFor(std::uint64_t tarOffset) const;
    /// The tar from `tarOffset` on: a plain one by seeking, a compressed one decompressed from the
    /// last restart point before, else from the start. A restart point that cannot be used is
    /// passed over. Cancelled in between; `monitor` must outlive the stream.
    [[nodiscard]] Result<std::unique_ptr<ByteStream>> open(std::uint64_t tarOffset,
                                                           const Monitor &monitor) const;
};

/// `blob` with its compression told by its first bytes.
[[nodiscard]] Result<SeekableTar> seekableTar(ByteSourcePtr blob,
                                              RestartIndexPtr restarts,
                                              const Limits &limits = {});

} // namespace cutaway
