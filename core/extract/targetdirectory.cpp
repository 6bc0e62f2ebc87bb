// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/extract/targetdirectory.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace cutaway {
namespace {

constexpr int kDirectoryFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

std::unexpected<Error> failAt(std::string_view path, int error)
{
    const bool isName = error == ENAMETOOLONG || error == EILSEQ || error == EINVAL;
    return fail(isName ? ErrorCode::InvalidInput : ErrorCode::Io,
                displayText(path) + ": " + std::strerror(error)); // NOLINT(concurrency-mt-unsafe)
}

/// A component that can only mean an entry of its directory.
bool isPlainName(std::string_view name)
{
    return !name.empty() && name != "." && name != ".."
           && name.find_first_of(std::string_view("/\0", 2)) == std::string_view::npos;
}

std::string_view parentPathOf(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string nameOf(std::string_view path)
{
    return std::string(path.substr(path.rfind('/') + 1));
}

std::array<timespec, 2> timesOf(const Attributes &attributes)
{
    timespec time = {};
    time.tv_sec = attributes.mtime;
    time.tv_nsec = static_cast<long>(std::min<std::uint32_t>(attributes.mtimeNsec, 999'999'999));
    return {time, time};
}

Result<bool> isEmptyDirectory(int descriptor, std::string_view path)
{
    const int copy = ::openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(copy < 0 ? nullptr : ::fdopendir(copy),
                                                         ::closedir);
    if (directory == nullptr) {
        return failAt(path, errno);
    }
    while (const dirent *entry = ::readdir(directory.get())) { // NOLINT(concurrency-mt-unsafe)
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") {
            return false;
        }
    }
    return true;
}

} // namespace

TargetDirectory::TargetDirectory(const Options &options)
    : m_options(options)
    , m_isRoot(::geteuid() == 0)
{}

TargetDirectory::~TargetDirectory()
{
    abandonFile();
    if (m_parent >= 0) {
        ::close(m_parent);
    }
    if (m_root >= 0) {
        ::close(m_root);
    }
}

Result<> TargetDirectory::open(const std::string &path)
{
    std::error_code error;
    std::filesystem::create_directories(path, error);
    // The target itself may be a link: it is the user's own word.
    m_root = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (m_root < 0) {
        return failAt(path, error ? error.value() : errno);
    }
    const Result<bool> isEmpty = isEmptyDirectory(m_root, path);
    if (!isEmpty) {
        return std::unexpected(isEmpty.error());
    }
    if (!*isEmpty && !m_options.force) {
        return fail(ErrorCode::Io,
                    displayText(path)
                        + " is not empty; give another directory, or --force to write into it");
    }
    return {};
}

Result<int> TargetDirectory::openDirectory(std::string_view path) const
{
    int at = ::dup(m_root);
    std::string_view rest = path;
    while (at >= 0 && !rest.empty()) {
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        const std::string name(rest.substr(0, slash));
        rest.remove_prefix(std::min(slash + 1, rest.size()));
        if (!isPlainName(name)) {
            ::close(at);
            return failAt(path, EINVAL);
        }
        const int next = ::openat(at, name.c_str(), kDirectoryFlags);
        const int error = errno;
        ::close(at);
        errno = error;
        at = next;
    }
    if (at < 0) {
        return failAt(path, errno);
    }
    return at;
}

Result<int> TargetDirectory::parentOf(std::string_view path)
{
    const std::string_view parent = parentPathOf(path);
    if (!isPlainName(nameOf(path))) {
        return failAt(path, EINVAL);
    }
    if (m_parent >= 0 && parent == m_parentPath) {
        return m_parent;
    }
    const Result<int> opened = openDirectory(parent);
    if (!opened) {
        return opened;
    }
    if (m_parent >= 0) {
        ::close(m_parent);
    }
    m_parent = *opened;
    m_parentPath = parent;
    return m_parent;
}

/// With force, removes what is at the name; a directory only when it is empty.
Result<> TargetDirectory::clearTheWay(int parent, const std::string &name) const
{
    if (!m_options.force) {
        return {};
    }
    if (::unlinkat(parent, name.c_str(), 0) == 0 || errno == ENOENT) {
        return {};
    }
    if ((errno == EISDIR || errno == EPERM)
        && ::unlinkat(parent, name.c_str(), AT_REMOVEDIR) == 0) {
        return {};
    }
    return failAt(name, errno);
}

Result<> TargetDirectory::makeDirectory(std::string_view path)
{
    const Result<int> parent = parentOf(path);
    if (!parent) {
        return std::unexpected(parent.error());
    }
    const std::string name = nameOf(path);
    if (::mkdirat(*parent, name.c_str(), 0700) == 0) {
        return {};
    }
    if (errno != EEXIST || !m_options.force) {
        return failAt(path, errno);
    }
    struct stat status = {};
    if (::fstatat(*parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0
        && S_ISDIR(status.st_mode)) {
        return {};
    }
    if (const Result<> cleared = clearTheWay(*parent, name); !cleared) {
        return cleared;
    }
    return ::mkdirat(*parent, name.c_str(), 0700) == 0 ? Result<>() : failAt(path, errno);
}

std::uint32_t TargetDirectory::modeOf(const Attributes &attributes) const
{
    const bool keepsSpecial = m_options.keepOwner && m_isRoot;
    return attributes.mode & (keepsSpecial ? 07777U : 01777U);
}

Result<> TargetDirectory::applyTo(int descriptor,
                                  std::string_view path,
                                  const Attributes &attributes) const
{
    if (m_options.keepOwner && ::fchown(descriptor, attributes.uid, attributes.gid) != 0) {
        return failAt(path, errno);
    }
    // The mode after the owner: changing the owner drops setuid.
    if (::fchmod(descriptor, modeOf(attributes)) != 0) {
        return failAt(path, errno);
    }
    const std::array<timespec, 2> times = timesOf(attributes);
    // A time that this file system cannot hold is no reason to lose the file.
    if (::futimens(descriptor, times.data()) != 0 && errno != EINVAL && errno != ERANGE) {
        return failAt(path, errno);
    }
    return {};
}

Result<> TargetDirectory::finishDirectory(std::string_view path, const Attributes &attributes)
{
    const Result<int> parent = parentOf(path);
    if (!parent) {
        return std::unexpected(parent.error());
    }
    const int directory = ::openat(*parent, nameOf(path).c_str(), kDirectoryFlags);
    if (directory < 0) {
        return failAt(path, errno);
    }
    Result<> applied = applyTo(directory, path, attributes);
    ::close(directory);
    return applied;
}

Result<> TargetDirectory::beginFile(std::string_view path, bool sparse)
{
    const Result<int> parent = parentOf(path);
    if (!parent) {
        return std::unexpected(parent.error());
    }
    const std::string name = nameOf(path);
    if (const Result<> cleared = clearTheWay(*parent, name); !cleared) {
        return cleared;
    }
    m_file =
        ::openat(*parent, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (m_file < 0) {
        return failAt(path, errno);
    }
    m_fileParent = ::dup(*parent);
    m_fileName = name;
    m_filePath = path;
    m_fileSize = 0;
    m_fileIsSparse = sparse;
    return {};
}

Result<> TargetDirectory::write(Bytes bytes)
{
    const bool isHole = m_fileIsSparse && std::ranges::all_of(bytes, [](std::byte byte) {
                            return byte == std::byte(0);
                        });
    m_fileSize += bytes.size();
    if (isHole) {
        return ::lseek(m_file, static_cast<off_t>(m_fileSize), SEEK_SET) >= 0
                   ? Result<>()
                   : failAt(m_filePath, errno);
    }
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return failAt(m_filePath, errno);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<> TargetDirectory::endFile(const Attributes &attributes)
{
    if (m_fileIsSparse && ::ftruncate(m_file, static_cast<off_t>(m_fileSize)) != 0) {
        return failAt(m_filePath, errno);
    }
    if (const Result<> applied = applyTo(m_file, m_filePath, attributes); !applied) {
        return applied;
    }
    const int file = m_file;
    if (::close(file) != 0) {
        return failAt(m_filePath, errno);
    }
    m_file = -1;
    ::close(m_fileParent);
    m_fileParent = -1;
    return {};
}

void TargetDirectory::abandonFile()
{
    if (m_file >= 0) {
        ::close(m_file);
        ::unlinkat(m_fileParent, m_fileName.c_str(), 0);
        ::close(m_fileParent);
        m_file = -1;
    }
}

Result<> TargetDirectory::makeHardLink(std::string_view existing, std::string_view path)
{
    const Result<int> from = openDirectory(parentPathOf(existing));
    if (!from) {
        return std::unexpected(from.error());
    }
    const Result<int> parent = parentOf(path);
    Result<> made =
        parent ? clearTheWay(*parent, nameOf(path)) : Result<>(std::unexpected(parent.error()));
    // Flags 0: a link is linked itself, never what it points to.
    if (made && ::linkat(*from, nameOf(existing).c_str(), *parent, nameOf(path).c_str(), 0) != 0) {
        made = failAt(path, errno);
    }
    ::close(*from);
    return made;
}

Result<> TargetDirectory::makeSymlink(std::string_view path,
                                      const std::string &target,
                                      const Attributes &attributes)
{
    const Result<int> parent = parentOf(path);
    if (!parent) {
        return std::unexpected(parent.error());
    }
    const std::string name = nameOf(path);
    if (const Result<> cleared = clearTheWay(*parent, name); !cleared) {
        return cleared;
    }
    if (target.empty() || ::symlinkat(target.c_str(), *parent, name.c_str()) != 0) {
        return failAt(path, target.empty() ? EINVAL : errno);
    }
    if (m_options.keepOwner
        && ::fchownat(*parent, name.c_str(), attributes.uid, attributes.gid, AT_SYMLINK_NOFOLLOW)
               != 0) {
        return failAt(path, errno);
    }
    const std::array<timespec, 2> times = timesOf(attributes);
    if (::utimensat(*parent, name.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0
        && errno != EINVAL && errno != ERANGE) {
        return failAt(path, errno);
    }
    return {};
}

Result<> TargetDirectory::makeFifo(std::string_view path, const Attributes &attributes)
{
    const Result<int> parent = parentOf(path);
    if (!parent) {
        return std::unexpected(parent.error());
    }
    const std::string name = nameOf(path);
    if (const Result<> cleared = clearTheWay(*parent, name); !cleared) {
        return cleared;
    }
    if (::mkfifoat(*parent, name.c_str(), 0600) != 0) {
        return failAt(path, errno);
    }
    // Opened for reading without waiting for a writer; it cannot have become anything else.
    const int fifo =
        ::openat(*parent, name.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fifo < 0) {
        return failAt(path, errno);
    }
    Result<> applied = applyTo(fifo, path, attributes);
    ::close(fifo);
    return applied;
}

} // namespace cutaway
