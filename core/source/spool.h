// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/codec.h"
#include "core/base/bytesource.h"
#include "core/base/monitor.h"
#include "core/base/ownedfd.h"

namespace cutaway {

/// A new file without a name, below the first of these directories that takes one:
/// $XDG_CACHE_HOME/cutaway or ~/.cache/cutaway, $TMPDIR, /tmp. It is gone when it is closed,
/// however the program ends.
[[nodiscard]] Result<OwnedFd> openSpoolFile();

/// Writes all of them, from where the descriptor stands.
[[nodiscard]] Result<> writeAll(int descriptor, Bytes bytes);

/// Decompresses an archive into `file`. LimitExceeded beyond Limits::spoolBytes.
[[nodiscard]] Result<ByteSourcePtr> spool(const ByteSourcePtr &archive,
                                          Compression compression,
                                          OwnedFd file,
                                          const Limits &limits,
                                          Monitor &monitor);

} // namespace cutaway
