// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/directorywalker.h"

#include "core/base/limits.h"
#include "core/base/openregular.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <dirent.h>
#include <memory>
#include <span>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

namespace cutaway {

namespace {

struct DirectoryCloser
{
    void operator()(DIR *directory) const { ::closedir(directory); }
};

std::optional<EntryType> typeOf(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG: return EntryType::File;
    case S_IFDIR: return EntryType::Directory;
    case S_IFLNK: return EntryType::Symlink;
    case S_IFCHR: return EntryType::CharDevice;
    case S_IFBLK: return EntryType::BlockDevice;
    case S_IFIFO: return EntryType::Fifo;
    default: return std::nullopt;
    }
}

std::vector<std::pair<std::string, std::string>> xattrsOf(int descriptor)
{
    std::vector<std::pair<std::string, std::string>> xattrs;
    const ssize_t length = descriptor < 0 ? 0 : ::flistxattr(descriptor, nullptr, 0);
    if (length <= 0 || static_cast<std::size_t>(length) > limits::kXattrBytes) {
        return xattrs;
    }
    std::string names(static_cast<std::size_t>(length), '\0');
    const ssize_t real = ::flistxattr(descriptor, names.data(), names.size());
    std::string_view rest(names.data(), real < 0 ? 0 : static_cast<std::size_t>(real));
    while (!rest.empty()) {
        const std::string name(rest.substr(0, rest.find('\0')));
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        const ssize_t size = ::fgetxattr(descriptor, name.c_str(), nullptr, 0);
        if (size < 0 || static_cast<std::size_t>(size) > limits::kXattrBytes) {
            continue;
        }
        std::string value(static_cast<std::size_t>(size), '\0');
        const ssize_t got = ::fgetxattr(descriptor, name.c_str(), value.data(), value.size());
        if (got >= 0) {
            value.resize(static_cast<std::size_t>(got));
            xattrs.emplace_back(name, std::move(value));
        }
    }
    std::ranges::sort(xattrs);
    return xattrs;
}

bool wasWrittenTo(int descriptor, const struct stat &before)
{
    struct stat now{};
    return ::fstat(descriptor, &now) == 0
           && (now.st_size != before.st_size || now.st_mtim.tv_sec != before.st_mtim.tv_sec
               || now.st_mtim.tv_nsec != before.st_mtim.tv_nsec);
}

std::string childPath(const std::string &directory, const std::string &name)
{
    return directory.empty() ? name : directory + "/" + name;
}

ContentHash unreadableHash(const std::string &path)
{
    ContentHasher hasher;
    const std::string text = std::string("unreadable\0", 11) + path;
    hasher.update(std::as_bytes(std::span(text)));
    return hasher.finish();
}

} // namespace

DirectoryWalker::DirectoryWalker(int root, const LayerReadOptions &options, Monitor &monitor)
    : m_root(root)
    , m_mostEntries(options.limits.layerEntries)
    , m_observer(options.observe ? options.observe() : nullptr)
    , m_monitor(monitor)
    , m_block(limits::kBlockSize)
{
    m_reading.tree = LayerTree(options.limits);
}

Entry DirectoryWalker::entryOf(const struct stat &status) const
{
    Entry entry;
    entry.mode = static_cast<std::uint16_t>(status.st_mode & 07777);
    entry.uid = status.st_uid;
    entry.gid = status.st_gid;
    entry.mtime = status.st_mtim.tv_sec;
    entry.mtimeNsec = static_cast<std::uint32_t>(status.st_mtim.tv_nsec);
    entry.headerOffset = m_reading.tree.entries().size();
    return entry;
}

Result<LayerReading> DirectoryWalker::run()
{
    struct stat status{};
    if (::fstat(m_root, &status) != 0) {
        return fail(ErrorCode::Io, std::strerror(errno));
    }
    m_device = status.st_dev;
    m_stack.emplace_back();
    while (!m_stack.empty()) {
        const std::string path = std::move(m_stack.back());
        m_stack.pop_back();
        if (auto read = readDirectory(path); !read) {
            return std::unexpected(read.error());
        }
    }
    m_reading.tree.freeze();
    return std::move(m_reading);
}

void DirectoryWalker::remark(const std::string &path, std::string_view what)
{
    if (m_reading.remarks.size() < limits::kNotes) {
        m_reading.remarks.push_back("/" + displayText(path) + ": " + std::string(what));
    }
}

Result<> DirectoryWalker::append(const std::string &path,
                                 Entry entry,
                                 std::string_view target,
                                 const ContentHash &hash,
                                 int xattrsFrom)
{
    std::optional<EntryExtra> extra;
    if (auto xattrs = xattrsOf(xattrsFrom); !xattrs.empty()) {
        extra.emplace().xattrs = std::move(xattrs);
    }
    return m_reading.tree.append(path, entry, target, hash, std::move(extra));
}

Result<> DirectoryWalker::readDirectory(const std::string &path)
{
    OwnedFd directory = openBeneath(m_root, path, O_RDONLY | O_DIRECTORY);
    struct stat status{};
    if (!directory.isOpen() || ::fstat(directory.get(), &status) != 0) {
        remark(path, std::strerror(errno));
        return {};
    }
    Entry entry = entryOf(status);
    entry.type = EntryType::Directory;
    if (auto added = append(path.empty() ? "." : path, entry, {}, {}, directory.get()); !added) {
        return added;
    }
    if (status.st_dev != m_device) {
        remark(path, "another file system is mounted here; not read");
        return {};
    }
    const std::unique_ptr<DIR, DirectoryCloser> listing(::fdopendir(::dup(directory.get())));
    std::vector<std::string> names;
    while (const dirent *item = listing ? ::readdir(listing.get()) : nullptr) {
        const std::string_view name = item->d_name;
        if (name != "." && name != "..") {
            names.emplace_back(name);
        }
        if (names.size() > m_mostEntries) {
            return failLimit("a directory has more than " + formatNumber(m_mostEntries)
                                 + " entries",
                             &Limits::layerEntries);
        }
    }
    std::ranges::sort(names);
    const std::size_t firstOfMine = m_stack.size();
    for (const std::string &name : names) {
        if (auto added = addEntry(directory, path, name); !added) {
            return added;
        }
    }
    std::reverse(m_stack.begin() + static_cast<std::ptrdiff_t>(firstOfMine), m_stack.end());
    return {};
}

Result<> DirectoryWalker::addEntry(const OwnedFd &directory,
                                   const std::string &path,
                                   const std::string &name)
{
    if (m_monitor.isCancelled()) {
        return failCancelled();
    }
    const std::string full = childPath(path, name);
    struct stat status{};
    if (::fstatat(directory.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        remark(full, std::strerror(errno));
        return {};
    }
    const auto type = typeOf(status.st_mode);
    if (!type) {
        remark(full, "a socket; left out");
        return {};
    }
    if (*type == EntryType::Directory) {
        m_stack.push_back(full);
        return {};
    }
    if (*type == EntryType::File) {
        return addFile(directory, path, name);
    }
    Entry entry = entryOf(status);
    entry.type = *type;
    std::string target;
    if (*type == EntryType::Symlink) {
        std::array<char, PATH_MAX> text{};
        const ssize_t length =
            ::readlinkat(directory.get(), name.c_str(), text.data(), text.size());
        target.assign(text.data(), length < 0 ? 0 : static_cast<std::size_t>(length));
    }
    std::optional<EntryExtra> extra;
    if (*type == EntryType::CharDevice || *type == EntryType::BlockDevice) {
        extra.emplace();
        extra->deviceMajor = major(status.st_rdev);
        extra->deviceMinor = minor(status.st_rdev);
    }
    return m_reading.tree.append(full, entry, target, {}, std::move(extra));
}

Result<> DirectoryWalker::addFile(const OwnedFd &directory,
                                  const std::string &path,
                                  const std::string &name)
{
    const std::string full = childPath(path, name);
    struct stat status{};
    const OwnedFd file = openRegular(directory.get(), name, LastPart::NoLink, status);
    if (!S_ISREG(status.st_mode)) { // or gone: it was a file when the directory was listed
        remark(full, "changed while it was read; left out");
        return {};
    }
    if (!file.isOpen()) {
        remark(full, std::strerror(errno));
    }
    Entry entry = entryOf(status);
    entry.type = EntryType::File;
    if (status.st_nlink > 1) {
        const auto [known, isFirst] = m_linked.try_emplace({status.st_dev, status.st_ino}, full);
        if (!isFirst) {
            entry.type = EntryType::HardLink;
            return append(full, entry, known->second, {}, -1);
        }
    }
    entry.size = static_cast<std::uint64_t>(status.st_size);
    ContentHash hash = unreadableHash(full);
    if (file.isOpen()) {
        const auto real = readContent(file.get(), full, entry);
        if (real) {
            hash = *real;
        } else if (real.error().code == ErrorCode::Cancelled) {
            return std::unexpected(real.error());
        } else {
            remark(full, real.error().message);
        }
        if (wasWrittenTo(file.get(), status)) {
            remark(full, "changed while it was read");
        }
    }
    return append(full, entry, {}, hash, file.get());
}

/// Also puts right the entry's size, should the file have become shorter.
Result<ContentHash> DirectoryWalker::readContent(int descriptor,
                                                 const std::string &path,
                                                 Entry &entry)
{
    const bool isWatched = m_observer != nullptr && m_observer->begin(path, entry);
    ContentHasher hasher;
    std::uint64_t total = 0;
    for (;;) {
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        const std::size_t wanted = std::min<std::uint64_t>(m_block.size(), entry.size - total);
        const ssize_t count = wanted == 0 ? 0 : ::read(descriptor, m_block.data(), wanted);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(ErrorCode::Io, std::strerror(errno));
        }
        if (count == 0) {
            entry.size = total;
            if (isWatched) {
                m_observer->end(m_reading.facts);
            }
            return hasher.finish();
        }
        const Bytes run(m_block.data(), static_cast<std::size_t>(count));
        hasher.update(run);
        if (isWatched) {
            m_observer->data(run);
        }
        total += static_cast<std::uint64_t>(count);
        m_bytes += static_cast<std::uint64_t>(count);
        m_monitor.advance(m_bytes, 0);
    }
}

} // namespace cutaway
