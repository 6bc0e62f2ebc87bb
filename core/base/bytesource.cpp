// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/bytesource.h"

#include "core/base/limits.h"
#include "core/base/openregular.h"
#include "core/base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cutaway {
namespace {

std::string systemReason(int code)
{
    return std::strerror(code); // NOLINT(concurrency-mt-unsafe): glibc's is safe for known codes
}

std::int64_t nanoseconds(const timespec &time)
{
    constexpr std::int64_t kPerSecond = 1'000'000'000;
    return static_cast<std::int64_t>(time.tv_sec) * kPerSecond + time.tv_nsec;
}

class FileSource final : public ByteSource
{
public:
    FileSource(int descriptor, std::uint64_t size, std::string name, bool isTemporary)
        : m_descriptor(descriptor)
        , m_size(size)
        , m_name(std::move(name))
        , m_isTemporary(isTemporary)
    {}
    ~FileSource() override { ::close(m_descriptor); }

    std::uint64_t size() const override { return m_size; }

    std::optional<FileIdentity> identity() const override
    {
        struct stat status = {};
        if (m_isTemporary || ::fstat(m_descriptor, &status) != 0) {
            return std::nullopt;
        }
        FileIdentity identity;
        identity.device = status.st_dev;
        identity.inode = status.st_ino;
        identity.fileSize = static_cast<std::uint64_t>(status.st_size);
        identity.modified = nanoseconds(status.st_mtim);
        identity.changed = nanoseconds(status.st_ctim);
        identity.size = m_size;
        return identity;
    }

    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        if (offset >= m_size) {
            return 0;
        }
        const std::size_t wanted = std::min<std::uint64_t>(into.size(), m_size - offset);
        std::size_t done = 0;
        while (done < wanted) {
            const ssize_t got = ::pread(
                m_descriptor, into.data() + done, wanted - done, static_cast<off_t>(offset + done));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return fail(ErrorCode::Io, m_name + ": cannot read: " + systemReason(errno));
            }
            if (got == 0) {
                return fail(ErrorCode::Io, m_name + ": became shorter while it was read");
            }
            done += static_cast<std::size_t>(got);
        }
        return done;
    }

private:
    int m_descriptor;
    std::uint64_t m_size;
    std::string m_name;
    bool m_isTemporary;
};

class MemorySource final : public ByteSource
{
public:
    explicit MemorySource(std::vector<std::byte> bytes)
        : m_bytes(std::move(bytes))
    {}

    std::uint64_t size() const override { return m_bytes.size(); }

    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        if (offset >= m_bytes.size()) {
            return 0;
        }
        const std::size_t count = std::min<std::uint64_t>(into.size(), m_bytes.size() - offset);
        std::copy_n(m_bytes.data() + offset, count, into.data());
        return count;
    }

private:
    std::vector<std::byte> m_bytes;
};

class WindowSource final : public ByteSource
{
public:
    WindowSource(ByteSourcePtr source, std::uint64_t offset, std::uint64_t size)
        : m_source(std::move(source))
        , m_offset(offset)
        , m_size(size)
    {}

    std::uint64_t size() const override { return m_size; }

    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        if (offset >= m_size) {
            return 0;
        }
        const std::size_t wanted = std::min<std::uint64_t>(into.size(), m_size - offset);
        auto got = m_source->readAt(m_offset + offset, into.first(wanted));
        if (got && *got < wanted) {
            return fail(ErrorCode::Corrupt,
                        "the archive is truncated: it ends in the middle of a member");
        }
        return got;
    }

    std::optional<FileIdentity> identity() const override
    {
        std::optional<FileIdentity> identity = m_source->identity();
        if (identity) {
            identity->offset += m_offset;
            identity->size = m_size;
        }
        return identity;
    }

private:
    ByteSourcePtr m_source;
    std::uint64_t m_offset;
    std::uint64_t m_size;
};

class SourceStream final : public ByteStream
{
public:
    SourceStream(ByteSourcePtr source, std::uint64_t offset, std::size_t runBytes)
        : m_source(std::move(source))
        , m_offset(offset)
        , m_block(runBytes)
    {}

    Result<Bytes> next() override
    {
        auto got = m_source->readAt(m_offset, m_block);
        if (!got) {
            return std::unexpected(got.error());
        }
        m_offset += *got;
        return Bytes(m_block.data(), *got);
    }

    Result<std::uint64_t> skip(std::uint64_t bytes) override
    {
        const std::uint64_t left = m_source->size() - std::min(m_offset, m_source->size());
        const std::uint64_t skipped = std::min(bytes, left);
        m_offset += skipped;
        return skipped;
    }

private:
    ByteSourcePtr m_source;
    std::uint64_t m_offset;
    std::vector<std::byte> m_block;
};

const char *kindOf(mode_t mode)
{
    if (S_ISDIR(mode)) {
        return "a directory";
    }
    if (S_ISFIFO(mode)) {
        return "a FIFO";
    }
    if (S_ISSOCK(mode)) {
        return "a socket";
    }
    return "a device";
}

} // namespace

Result<ByteSourcePtr> openFile(const std::string &path)
{
    const std::string name = displayText(path);
    struct stat status = {};
    OwnedFd file = openRegular(AT_FDCWD, path, LastPart::Follow, status);
    if (!file.isOpen()) {
        const int code = errno;
        if (status.st_mode != 0 && !S_ISREG(status.st_mode)) {
            return fail(ErrorCode::InvalidInput,
                        name + ": is " + kindOf(status.st_mode) + ", not a file");
        }
        return fail(code == ENOENT || code == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Io,
                    name + ": cannot open: " + systemReason(code));
    }
    return adoptFile(file.release(), static_cast<std::uint64_t>(status.st_size), name);
}

ByteSourcePtr adoptFile(int descriptor, std::uint64_t size, std::string name)
{
    return std::make_shared<FileSource>(descriptor, size, std::move(name), false);
}

ByteSourcePtr adoptTemporary(int descriptor, std::uint64_t size, std::string name)
{
    return std::make_shared<FileSource>(descriptor, size, std::move(name), true);
}

ByteSourcePtr memorySource(std::vector<std::byte> bytes)
{
    return std::make_shared<MemorySource>(std::move(bytes));
}

ByteSourcePtr memorySource(std::string_view bytes)
{
    const auto run = std::as_bytes(std::span(bytes));
    return memorySource(std::vector<std::byte>(run.begin(), run.end()));
}

ByteSourcePtr windowOf(ByteSourcePtr source, std::uint64_t offset, std::uint64_t size)
{
    return std::make_shared<WindowSource>(std::move(source), offset, size);
}

std::unique_ptr<ByteStream> streamOf(ByteSourcePtr source,
                                     std::uint64_t offset,
                                     std::size_t runBytes)
{
    return std::make_unique<SourceStream>(std::move(source), offset, runBytes);
}

Result<std::string> readAll(const ByteSource &source, std::uint64_t limit, std::string_view what)
{
    if (source.size() > limit) {
        return fail(ErrorCode::LimitExceeded,
                    std::string(what) + " is larger than " + formatBytes(limit));
    }
    std::string text(source.size(), '\0');
    auto got = source.readAt(0, std::as_writable_bytes(std::span(text)));
    if (!got) {
        return failIn(what, got.error());
    }
    text.resize(*got);
    return text;
}

} // namespace cutaway
