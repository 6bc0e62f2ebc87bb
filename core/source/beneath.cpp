// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/beneath.h"

#include "core/base/openregular.h"

#include <sys/stat.h>

namespace cutaway {

namespace {

/// The directory of the path's last part, which is left in `path`.
OwnedFd openParent(int root, std::string_view &path)
{
    OwnedFd place(::openat(root, ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
    for (std::size_t slash = path.find('/'); place.isOpen() && slash != std::string_view::npos;
         slash = path.find('/')) {
        const std::string part(path.substr(0, slash));
        path.remove_prefix(slash + 1);
        place = OwnedFd(
            ::openat(place.get(), part.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    }
    return place;
}

} // namespace

OwnedFd openBeneath(int root, std::string_view path, int flags)
{
    const OwnedFd parent = openParent(root, path);
    if (!parent.isOpen()) {
        return {};
    }
    const std::string last(path.empty() ? std::string_view(".") : path);
    return OwnedFd(::openat(parent.get(), last.c_str(), flags | O_NOFOLLOW | O_CLOEXEC));
}

OwnedFd openFileBeneath(int root, std::string_view path, struct stat &status)
{
    status = {};
    const OwnedFd parent = openParent(root, path);
    return parent.isOpen() ? openRegular(parent.get(), std::string(path), LastPart::NoLink, status)
                           : OwnedFd();
}

} // namespace cutaway
