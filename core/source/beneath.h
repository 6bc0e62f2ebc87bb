// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ownedfd.h"

#include <fcntl.h>
#include <string>
#include <string_view>

namespace cutaway {

/// Opens `path`, relative and normalised, below the open directory `root` without following any
/// symbolic link on the way. "" opens the root itself. The result is not open when that fails;
/// errno says why.
[[nodiscard]] OwnedFd openBeneath(int root, std::string_view path, int flags);
/// The same for a regular file to be read, as openRegular does it.
[[nodiscard]] OwnedFd openFileBeneath(int root, std::string_view path, struct stat &status);

} // namespace cutaway
