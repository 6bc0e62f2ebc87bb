// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ownedfd.h"

#include <cstdint>
#include <string>

struct stat; // NOLINT(readability-identifier-naming): the C library's

namespace cutaway {

enum class LastPart : std::uint8_t { Follow, NoLink };

/// Opens a regular file to be read, and never anything else: to open a device or a FIFO may already
/// do something. `path` is relative to the open directory `directory` (AT_FDCWD: to the process's).
/// Fills `status`. The result is not open when that fails; errno says why, and when `status` was
/// filled, it says what stands there instead.
[[nodiscard]] OwnedFd openRegular(int directory,
                                  const std::string &path,
                                  LastPart last,
                                  struct stat &status);

} // namespace cutaway
