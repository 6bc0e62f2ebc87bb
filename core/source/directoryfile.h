// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"
#include "core/base/ownedfd.h"

#include <memory>
#include <string>

namespace cutaway {

/// The regular file at `path`, relative and without links, below the open directory `root`. It is
/// looked at at once, but held open only from its first reading on: an image may have more layers
/// than a process may have files. Another file that has taken its place by then is refused. `shown`
/// names it in errors.
[[nodiscard]] Result<ByteSourcePtr> directoryFile(std::shared_ptr<const OwnedFd> root,
                                                  std::string path,
                                                  std::string shown);

} // namespace cutaway
