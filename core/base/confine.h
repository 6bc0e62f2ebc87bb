// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cutaway {

/// What a confined thread may still open by name. What is open already stays usable.
struct Confinement
{
    std::vector<std::string> readable; ///< files; directories with all that is below them
    std::vector<std::string> writable; ///< directories to make, read, change and remove files in
};

enum class Confined : std::uint8_t {
    PathsToo,       ///< nothing but what was allowed can be opened
    PrivilegesOnly, ///< the kernel has no Landlock, or would not take the rules
};

/// Narrows, for good, what the calling thread and all threads that it starts from now on may do:
/// running a program gives no privileges (no_new_privs), and where the kernel has Landlock, files
/// and directories but those of `allowed` can neither be opened, made, removed nor run. Other
/// threads are left as they are. A path of `allowed` that does not exist allows nothing.
Confined confineThread(const Confinement &allowed);

} // namespace cutaway
