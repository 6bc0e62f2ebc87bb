// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/confine.h"

#include "core/base/ownedfd.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace cutaway {

namespace {

// The C library has no wrappers for these, and Debian 12's header knows version 2 of the interface.
constexpr long kTruncateVersion = 3;
constexpr long kReferVersion = 2;
constexpr std::uint64_t kTruncate = 1ULL << 14; // LANDLOCK_ACCESS_FS_TRUNCATE

constexpr std::uint64_t kReadFile = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t kReadBelow = kReadFile | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kChangeBelow =
    kReadBelow | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG
    | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR
    | LANDLOCK_ACCESS_FS_REFER | kTruncate;
constexpr std::uint64_t kNeverAllowed =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK
    | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM;

/// The version of the kernel's interface; 0 where there is none, or it is switched off.
long landlockVersion()
{
    const long version =
        ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? version : 0;
}

std::uint64_t handledBy(long version)
{
    std::uint64_t handled = kNeverAllowed | kChangeBelow;
    if (version < kTruncateVersion) {
        handled &= ~kTruncate;
    }
    if (version < kReferVersion) {
        handled &= ~static_cast<std::uint64_t>(LANDLOCK_ACCESS_FS_REFER);
    }
    return handled;
}

bool allow(const OwnedFd &ruleset, const std::string &path, std::uint64_t access)
{
    const OwnedFd place(::open(path.c_str(), O_PATH | O_CLOEXEC));
    struct stat status = {};
    if (!place.isOpen() || ::fstat(place.get(), &status) != 0) {
        return true; // nothing there to be allowed
    }
    landlock_path_beneath_attr rule = {};
    rule.allowed_access = S_ISDIR(status.st_mode) ? access : access & kReadFile;
    rule.parent_fd = place.get();
    return rule.allowed_access == 0
           || ::syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0)
                  == 0;
}

bool confinePaths(const Confinement &allowed)
{
    const long version = landlockVersion();
    if (version == 0) {
        return false;
    }
    const std::uint64_t handled = handledBy(version);
    landlock_ruleset_attr attributes = {};
    attributes.handled_access_fs = handled;
    const OwnedFd ruleset(static_cast<int>(
        ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof(attributes), 0)));
    if (!ruleset.isOpen()) {
        return false;
    }
    for (const std::string &path : allowed.readable) {
        if (!allow(ruleset, path, kReadBelow)) {
            return false;
        }
    }
    for (const std::string &path : allowed.writable) {
        if (!allow(ruleset, path, kChangeBelow & handled)) {
            return false;
        }
    }
    return ::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0;
}

} // namespace

Confined confineThread(const Confinement &allowed)
{
    // The C library reads the translations of its messages when it first needs one.
    (void)std::strerror(ENOENT); // NOLINT(concurrency-mt-unsafe): glibc's is safe for known codes
    const bool isBound = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0; // Landlock asks for it
    return isBound && confinePaths(allowed) ? Confined::PathsToo : Confined::PrivilegesOnly;
}

} // namespace cutaway
