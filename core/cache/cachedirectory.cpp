// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/cache/cachedirectory.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>

namespace cutaway {

namespace {

constexpr const char *kSeedName = "seed";
constexpr const char *kLockName = "lock";
constexpr std::string_view kTemporaryPrefix = "new-";
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kAbandonedAfter = 600 * kSecond; ///< a file under a temporary name
constexpr int kLockTries = 20;
constexpr std::chrono::milliseconds kLockPause(5);

std::unexpected<Error> failSystem(const std::string &what)
{
    const int code = errno;
    return fail(ErrorCode::Io, what + ": " + std::strerror(code));
}

std::int64_t nanoseconds(const timespec &time)
{
    return static_cast<std::int64_t>(time.tv_sec) * kSecond + time.tv_nsec;
}

bool isOurs(const struct stat &status)
{
    return S_ISREG(status.st_mode) && status.st_uid == ::geteuid();
}

Result<> writeAll(int descriptor, Bytes bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return failSystem("writing to the cache");
        }
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

} // namespace

Result<std::shared_ptr<CacheDirectory>> CacheDirectory::open(const std::string &path)
{
    const std::filesystem::path above = std::filesystem::path(path).parent_path();
    std::error_code error;
    if (std::filesystem::create_directories(above, error)) {
        std::filesystem::permissions(above, std::filesystem::perms::owner_all, error);
    }
    struct stat status = {};
    // As root in somebody's home, files of root must not be left behind.
    if (::stat(above.c_str(), &status) != 0 || status.st_uid != ::geteuid()) {
        return fail(ErrorCode::Io, displayText(above.string()) + ": not a directory of this user");
    }
    ::mkdir(path.c_str(), 0700);
    OwnedFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!directory.isOpen() || ::fstat(directory.get(), &status) != 0) {
        return failSystem(displayText(path));
    }
    if (status.st_uid != ::geteuid()) {
        return fail(ErrorCode::Io, displayText(path) + ": not a directory of this user");
    }
    if ((status.st_mode & 077) != 0 && ::fchmod(directory.get(), 0700) != 0) {
        return failSystem(displayText(path));
    }
    return std::shared_ptr<CacheDirectory>(new CacheDirectory(std::move(directory), path));
}

OwnedFd CacheDirectory::lock() const
{
    OwnedFd file(
        ::openat(m_directory.get(), kLockName, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    for (int i = 0; file.isOpen() && ::flock(file.get(), LOCK_EX | LOCK_NB) != 0; ++i) {
        if (i == kLockTries || (errno != EWOULDBLOCK && errno != EINTR)) {
            return {};
        }
        std::this_thread::sleep_for(kLockPause);
    }
    return file;
}

std::uint64_t CacheDirectory::readSeed() const
{
    const auto file = openFile(kSeedName);
    const auto text = file ? readAll(**file, 100, kSeedName) : Result<std::string>(std::string());
    std::uint64_t seed = 0;
    if (text) {
        std::from_chars(text->data(), text->data() + text->size(), seed, 16);
    }
    return seed;
}

Result<std::uint64_t> CacheDirectory::seed() const
{
    if (const std::uint64_t kept = readSeed(); kept != 0) {
        return kept;
    }
    const OwnedFd locked = lock();
    if (!locked.isOpen()) {
        return failSystem("the cache's lock");
    }
    if (const std::uint64_t kept = readSeed(); kept != 0) {
        return kept;
    }
    const std::uint64_t seed = contentSeed();
    std::array<char, 16> digits = {};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), seed, 16).ptr;
    const std::string text = std::string(digits.data(), end) + "\n";
    const auto written = writeFile(
        kSeedName, [&text](const Write &write) { return write(std::as_bytes(std::span(text))); });
    if (!written) {
        return std::unexpected(written.error());
    }
    return seed;
}

Result<ByteSourcePtr> CacheDirectory::openFile(const std::string &name) const
{
    OwnedFd file(::openat(m_directory.get(),
                          name.c_str(),
                          O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat status = {};
    if (!file.isOpen() || ::fstat(file.get(), &status) != 0 || !isOurs(status)) {
        return fail(ErrorCode::NotFound, "the cache has no " + displayText(name));
    }
    return adoptFile(file.release(), static_cast<std::uint64_t>(status.st_size), name);
}

void CacheDirectory::touch(const std::string &name) const
{
    ::utimensat(m_directory.get(), name.c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
}

bool CacheDirectory::contains(const std::string &name) const
{
    struct stat status = {};
    return ::fstatat(m_directory.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0
           && isOurs(status);
}

void CacheDirectory::remove(const std::string &name) const
{
    ::unlinkat(m_directory.get(), name.c_str(), 0);
}

CacheDraft::CacheDraft(OwnedFd file, DraftPlaces places, std::uint64_t had)
    : m_file(std::move(file))
    , m_places(std::move(places))
    , m_size(had)
    , m_mayStay(m_places.directory != m_places.target)
{}

CacheDraft::~CacheDraft()
{
    const bool isOfUse = m_mayStay && m_size > 0;
    if (!m_places.temporary.empty() && !isOfUse) {
        ::unlinkat(m_places.directory, m_places.temporary.c_str(), 0);
    }
}

void CacheDraft::discard()
{
    m_mayStay = false;
}

Result<> CacheDraft::append(Bytes bytes)
{
    const Result<> written = writeAll(m_file.get(), bytes);
    m_size += written ? bytes.size() : 0;
    return written;
}

Result<> CacheDraft::keep()
{
    const bool isKept =
        ::renameat(
            m_places.directory, m_places.temporary.c_str(), m_places.target, m_places.name.c_str())
        == 0;
    // Somebody else may have tidied it away: then it is there for us alone.
    if (!isKept && errno != ENOENT) {
        return failSystem("writing to the cache");
    }
    m_places.temporary.clear();
    return {};
}

Result<std::size_t> CacheDraft::readAt(std::uint64_t offset, std::span<std::byte> into) const
{
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t got = ::pread(m_file.get(),
                                    into.data() + done,
                                    into.size() - done,
                                    static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return failSystem("reading the cache");
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Result<ByteSourcePtr> CacheDraft::open() const
{
    const int copy = ::fcntl(m_file.get(), F_DUPFD_CLOEXEC, 0);
    if (copy < 0) {
        return failSystem("reading the cache");
    }
    return adoptFile(copy, m_size, m_places.name);
}

Result<std::unique_ptr<CacheDraft>> CacheDirectory::begin(const std::string &name) const
{
    std::string temporary = std::string(kTemporaryPrefix) + std::to_string(::getpid()) + "-"
                            + std::to_string(m_written.fetch_add(1)) + "-" + name;
    OwnedFd file(::openat(m_directory.get(),
                          temporary.c_str(),
                          O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                          0600));
    if (!file.isOpen()) {
        return failSystem("writing to the cache");
    }
    const int here = m_directory.get();
    return std::make_unique<CacheDraft>(std::move(file),
                                        DraftPlaces{here, std::move(temporary), here, name});
}

Result<std::unique_ptr<CacheDraft>> CacheDirectory::resume(const std::string &name,
                                                           const CacheDirectory &target) const
{
    OwnedFd file(::openat(m_directory.get(),
                          name.c_str(),
                          O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                          0600));
    struct stat status = {};
    struct stat named = {};
    // Whoever held it before may have kept it under its own name since.
    const bool isHeld =
        file.isOpen() && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0
        && ::fstat(file.get(), &status) == 0 && isOurs(status)
        && ::fstatat(m_directory.get(), name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0
        && named.st_ino == status.st_ino;
    if (!isHeld || ::lseek(file.get(), 0, SEEK_END) != status.st_size) {
        return fail(ErrorCode::Io, "another process is at it");
    }
    return std::make_unique<CacheDraft>(
        std::move(file),
        DraftPlaces{m_directory.get(), name, target.m_directory.get(), name},
        static_cast<std::uint64_t>(status.st_size));
}

Result<> CacheDirectory::writeFile(const std::string &name,
                                   const std::function<Result<>(const Write &)> &content) const
{
    const auto draft = begin(name);
    if (!draft) {
        return std::unexpected(draft.error());
    }
    const Result<> written =
        content([&draft](Bytes bytes) -> Result<> { return (*draft)->append(bytes); });
    return written ? (*draft)->keep() : written;
}

std::vector<CacheDirectory::File> CacheDirectory::files() const
{
    struct CloseDirectory
    {
        void operator()(DIR *directory) const { ::closedir(directory); }
    };
    std::vector<File> files;
    OwnedFd again(::openat(m_directory.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const std::unique_ptr<DIR, CloseDirectory> directory(again.isOpen() ? ::fdopendir(again.get())
                                                                        : nullptr);
    if (directory == nullptr) {
        return files;
    }
    again.release(); // the stream's now
    // NOLINTNEXTLINE(concurrency-mt-unsafe): a stream of our own
    while (const dirent *entry = ::readdir(directory.get())) {
        struct stat status = {};
        const std::string name = entry->d_name;
        if (name != kLockName && name != kSeedName
            && ::fstatat(m_directory.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0
            && isOurs(status)) {
            files.push_back(
                {name, static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim)});
        }
    }
    return files;
}

CacheDirectory::Usage CacheDirectory::usage() const
{
    Usage usage;
    for (const File &file : files()) {
        usage.bytes += file.bytes;
        ++usage.files;
    }
    return usage;
}

void CacheDirectory::noteUse(const std::string &name) const
{
    // Made where it is missing; its time is what is wanted.
    const OwnedFd mark(::openat(m_directory.get(),
                                name.c_str(),
                                O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                                0600));
    touch(name);
}

void CacheDirectory::trim(std::uint64_t limit) const
{
    trim(limit, nullptr);
}

void CacheDirectory::trim(std::uint64_t limit, const CacheDirectory &uses) const
{
    trim(limit, &uses);
}

void CacheDirectory::trim(std::uint64_t limit, const CacheDirectory *uses) const
{
    const OwnedFd locked = lock();
    timespec now = {};
    if (!locked.isOpen() || ::clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return;
    }
    std::vector<File> all = files();
    std::erase_if(all, [&](const File &file) {
        if (!file.name.starts_with(kTemporaryPrefix)) {
            return false;
        }
        if (nanoseconds(now) - file.used > kAbandonedAfter) {
            remove(file.name);
        }
        return true;
    });
    if (uses != nullptr) {
        for (File &file : all) {
            struct stat status = {};
            if (::fstatat(uses->m_directory.get(), file.name.c_str(), &status, AT_SYMLINK_NOFOLLOW)
                == 0) {
                file.used = std::max(file.used, nanoseconds(status.st_mtim));
            }
        }
    }
    std::ranges::sort(all, {}, &File::used);
    std::uint64_t bytes = 0;
    for (const File &file : all) {
        bytes += file.bytes;
    }
    for (const File &file : all) {
        if (bytes <= limit) {
            break;
        }
        remove(file.name);
        if (uses != nullptr) {
            uses->remove(file.name);
        }
        bytes -= file.bytes;
    }
}

Result<> CacheDirectory::clear() const
{
    const OwnedFd locked = lock();
    if (!locked.isOpen()) {
        return fail(ErrorCode::Io, "another process is cleaning up the cache");
    }
    for (const File &file : files()) {
        if (::unlinkat(m_directory.get(), file.name.c_str(), 0) != 0 && errno != ENOENT) {
            return failSystem(displayText(m_path + "/" + file.name));
        }
    }
    return {};
}

} // namespace cutaway
