// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/analysiscache.h"
#include "core/source/peek.h"
#include "core/source/sources.h"

#include <memory>

namespace cutaway {

/// Bytes of a pipe, socket or terminal; answers a cancel while it waits for them.
[[nodiscard]] std::unique_ptr<ByteStream> descriptorStream(int descriptor, const Monitor &monitor);

/// What is kept of a stream, so that the same archive need not come once more.
struct StreamMemory
{
    AnalysisCachePtr cache; ///< takes the readings as they are made
    std::optional<std::uint32_t> factsVersion;
    ArchiveRecord record;
    bool isWhole = true; ///< every layer was read and is in the cache
};

/// Reads an image archive as it comes: layers become readings, small members are kept, everything
/// else is passed over. `archive` is uncompressed.
[[nodiscard]] Result<FileStorePtr> readStream(ByteStream &archive,
                                              const LayerReadOptions &options,
                                              Monitor &monitor,
                                              StreamMemory *memory = nullptr);
/// The same out of the cache. NotFound where that has not all of it, with such facts.
[[nodiscard]] Result<FileStorePtr> recallStream(const ArchiveRecord &record,
                                                const AnalysisCache &cache,
                                                const FileWatch &watch,
                                                const LayerReadOptions &options);

} // namespace cutaway
