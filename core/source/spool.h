// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/codec.h"
#include "core/base/bytesource.h"
#include "core/base/monitor.h"

namespace cutaway {

/// Decompresses an archive into a file without a name below the cache directory
/// ($XDG_CACHE_HOME/cutaway,
/// ~/.cache/cutaway, $TMPDIR), gone when the source is. LimitExceeded beyond limits::kSpoolBytes.
[[nodiscard]] Result<ByteSourcePtr> spool(const ByteSourcePtr &archive,
                                          Compression compression,
                                          Monitor &monitor);

} // namespace cutaway
