// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytesource.h"
#include "core/base/ownedfd.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cutaway {

/// Where a draft is written, and where it goes when it is kept: file descriptors of directories,
/// which live longer.
struct DraftPlaces
{
    int directory = -1;
    std::string temporary;
    int target = -1;
    std::string name;
};

/// A file on its way into a cache: nobody sees it before it is kept. Goes when it is not, unless it
/// is one that somebody may go on with.
class CacheDraft
{
public:
    /// `had`: bytes that are in the file already.
    CacheDraft(OwnedFd file, DraftPlaces places, std::uint64_t had = 0);
    ~CacheDraft();
    CacheDraft(const CacheDraft &) = delete;
    CacheDraft &operator=(const CacheDraft &) = delete;

    [[nodiscard]] Result<> append(Bytes bytes);
    /// Gives it its name; nothing is appended from now on.
    [[nodiscard]] Result<> keep();
    /// It is of no use to anybody.
    void discard();
    /// What is in it so far.
    std::uint64_t size() const { return m_size; }
    [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const;
    /// All that is there at this moment.
    [[nodiscard]] Result<ByteSourcePtr> open() const;

private:
    OwnedFd m_file;
    DraftPlaces m_places; ///< without a temporary name once it is kept
    std::uint64_t m_size = 0;
    bool m_mayStay = false;
};

/// A directory of the user's alone (0700) with files that appear whole or not at all (0600), used
/// by any number of processes at once. Held open: it is the same even when its path is not.
class CacheDirectory
{
public:
    /// Opens `path`, made where it is missing. Fails for one that belongs to somebody else.
    [[nodiscard]] static Result<std::shared_ptr<CacheDirectory>> open(const std::string &path);

    const std::string &path() const { return m_path; }
    /// The seed that all content hashes in here were made with; drawn once and kept.
    [[nodiscard]] Result<std::uint64_t> seed() const;

    /// Keeps other processes from changing what is read, changed and written again, until the
    /// descriptor closes; not open when another process holds it for long.
    [[nodiscard]] OwnedFd lock() const;

    /// NotFound where there is no such file, or none that could be ours.
    [[nodiscard]] Result<ByteSourcePtr> openFile(const std::string &name) const;
    /// A file was of use: it will be the last to go.
    void touch(const std::string &name) const;
    bool contains(const std::string &name) const;
    void remove(const std::string &name) const;

    using Write = std::function<Result<>(Bytes)>;
    /// Writes a file under a name of its own and gives it `name` when it is whole.
    [[nodiscard]] Result<> writeFile(const std::string &name,
                                     const std::function<Result<>(const Write &)> &content) const;

    /// The same, piece by piece.
    [[nodiscard]] Result<std::unique_ptr<CacheDraft>> begin(const std::string &name) const;

    /// A draft in this directory that becomes the file `name` of another one, and stays under that
    /// name in here when it is not finished: who asks for it next goes on with it. Io when another
    /// process is at it.
    [[nodiscard]] Result<std::unique_ptr<CacheDraft>> resume(const std::string &name,
                                                             const CacheDirectory &target) const;

    struct Usage
    {
        std::uint64_t bytes = 0;
        std::uint64_t files = 0;
    };
    [[nodiscard]] Usage usage() const;
    /// Removes the files least recently of use until they take at most `limit` bytes, and what
    /// processes that were killed have left. Nothing when another process is at it.
    void trim(std::uint64_t limit) const;
    /// The same where another directory's files of the same names say when one was last of use.
    void trim(std::uint64_t limit, const CacheDirectory &uses) const;
    /// Notes that the file of that name in another directory was of use.
    void noteUse(const std::string &name) const;
    /// Removes every file but the seed.
    [[nodiscard]] Result<> clear() const;

private:
    struct File
    {
        std::string name;
        std::uint64_t bytes = 0;
        std::int64_t used = 0; ///< nanoseconds since 1970
    };
    CacheDirectory(OwnedFd directory, std::string path)
        : m_directory(std::move(directory))
        , m_path(std::move(path))
    {}
    std::vector<File> files() const;
    void trim(std::uint64_t limit, const CacheDirectory *uses) const;
    std::uint64_t readSeed() const;

    OwnedFd m_directory;
    std::string m_path;
    mutable std::atomic<std::uint32_t> m_written = 0;
};

} // namespace cutaway
