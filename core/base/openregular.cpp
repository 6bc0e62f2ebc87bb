// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/openregular.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace cutaway {

namespace {

// O_NONBLOCK: should it not be what it was a moment ago, nothing is waited for.
constexpr int kReading = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

bool isSame(const struct stat &left, const struct stat &right)
{
    return left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

} // namespace

OwnedFd openRegular(int directory, const std::string &path, LastPart last, struct stat &status)
{
    status = {};
    const int noLink = last == LastPart::NoLink ? O_NOFOLLOW : 0;
    const OwnedFd place(::openat(directory, path.c_str(), O_PATH | O_CLOEXEC | noLink));
    if (!place.isOpen() || ::fstat(place.get(), &status) != 0) {
        return {};
    }
    if (!S_ISREG(status.st_mode)) {
        errno = S_ISLNK(status.st_mode) ? ELOOP : EINVAL;
        return {};
    }
    OwnedFd file(::open(("/proc/self/fd/" + std::to_string(place.get())).c_str(), kReading));
    if (!file.isOpen()) {
        // Without /proc: by name once more.
        file.reset(::openat(directory, path.c_str(), kReading | noLink));
    }
    struct stat opened = {};
    if (!file.isOpen() || ::fstat(file.get(), &opened) != 0) {
        return {};
    }
    if (!isSame(opened, status)) {
        errno = ESTALE;
        return {};
    }
    status = opened;
    return file;
}

} // namespace cutaway
