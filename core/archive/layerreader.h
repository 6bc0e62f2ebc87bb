// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/codec.h"
#include "core/archive/restartpoints.h"
#include "core/base/bytesource.h"
#include "core/base/limits.h"
#include "core/base/monitor.h"
#include "core/tree/fileobserver.h"
#include "core/tree/layertree.h"

#include <functional>
#include <string>
#include <vector>

namespace cutaway {

/// Everything that one pass over a layer's blob tells.
struct LayerReading
{
    LayerTree tree;
    Compression compression = Compression::None;
    std::string blobSha256; ///< lowercase hex, of the bytes as stored
    std::string diffSha256; ///< of the uncompressed tar: the computed diff ID
    std::string blobSha512; ///< only when asked for
    std::uint64_t blobBytes = 0;
    std::uint64_t unpackedBytes = 0;
    std::vector<std::string> remarks; ///< oddities that did not stop the reading
    RestartIndexPtr restarts;         ///< only when asked for, and where there are places
    FileFacts facts;                  ///< what the observer found, where there was one
};

struct LayerReadOptions
{
    bool wantSha512 = false;
    bool wantRestarts = false; ///< keep places that the contents can be read from later
    Limits limits = {};        // NOLINT(readability-redundant-member-init): may be left out
    /// Called with the bytes read so far, often, from reading threads.
    std::function<void(std::uint64_t)> onProgress;
    FileObserverFactory observe; ///< makes who looks at what files hold; empty = nobody
};

/// Reads one layer: thread D decompresses into a bounded pool of blocks, thread H (the caller's)
/// hashes blob and tar, parses, hashes each file and fills the tree. Answers a cancel within 100
/// ms.
[[nodiscard]] Result<LayerReading> readLayer(ByteSourcePtr blob,
                                             const LayerReadOptions &options,
                                             const Monitor &monitor);

/// The same from a stream in the calling thread (an archive on standard input).
[[nodiscard]] Result<LayerReading> readLayer(std::unique_ptr<ByteStream> blob,
                                             const LayerReadOptions &options,
                                             const Monitor &monitor);

/// The tree of an uncompressed layer, in a fraction of the time: headers alone are read, contents
/// passed over. It has no content hashes (all files of one size look the same), and its bytes are
/// not verified. For a first look, while readLayer() does its work.
[[nodiscard]] Result<LayerTree> readTreeAlone(ByteSourcePtr blob,
                                              const Limits &limits,
                                              const Monitor &monitor);

} // namespace cutaway
