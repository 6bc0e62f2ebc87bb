// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/beneath.h"

namespace cutaway {

OwnedFd openBeneath(int root, std::string_view path, int flags)
{
    OwnedFd place(::openat(root, ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
    while (place.isOpen()) {
        const std::size_t slash = path.find('/');
        const std::string part(path.empty() ? std::string_view(".") : path.substr(0, slash));
        if (slash == std::string_view::npos) {
            return OwnedFd(::openat(place.get(), part.c_str(), flags | O_NOFOLLOW | O_CLOEXEC));
        }
        path.remove_prefix(slash + 1);
        place = OwnedFd(
            ::openat(place.get(), part.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    }
    return {};
}

} // namespace cutaway
