// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/peek.h"
#include "core/source/sources.h"

#include <memory>

namespace cutaway {

/// Bytes of a pipe, socket or terminal; answers a cancel while it waits for them.
[[nodiscard]] std::unique_ptr<ByteStream> descriptorStream(int descriptor, const Monitor &monitor);

/// Reads an image archive as it comes: layers become readings, small members are kept, everything
/// else is passed over. `archive` is uncompressed.
[[nodiscard]] Result<FileStorePtr> readStream(ByteStream &archive,
                                              const LayerReadOptions &options,
                                              Monitor &monitor);

} // namespace cutaway
