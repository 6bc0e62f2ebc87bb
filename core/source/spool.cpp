// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/spool.h"

#include "core/base/limits.h"
#include "core/base/text.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <vector>

namespace cutaway {

namespace {

namespace fs = std::filesystem;

/// Reports how far the compressed bytes have been read, and stops when cancelled.
class WatchedStream : public ByteStream
{
public:
    WatchedStream(std::unique_ptr<ByteStream> from, std::uint64_t total, Monitor &monitor)
        : m_from(std::move(from))
        , m_total(total)
        , m_monitor(monitor)
    {}

    Result<Bytes> next() override
    {
        if (m_monitor.isCancelled()) {
            return failCancelled();
        }
        auto run = m_from->next();
        m_done += run ? run->size() : 0;
        m_monitor.advance(m_done, m_total);
        return run;
    }

private:
    std::unique_ptr<ByteStream> m_from;
    std::uint64_t m_total;
    std::uint64_t m_done = 0;
    Monitor &m_monitor;
};

std::string variable(const char *name)
{
    const char *value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

std::vector<fs::path> spoolDirectories()
{
    std::vector<fs::path> directories;
    if (const std::string cache = variable("XDG_CACHE_HOME"); cache.starts_with('/')) {
        directories.push_back(fs::path(cache) / "cutaway");
    } else if (const std::string home = variable("HOME"); home.starts_with('/')) {
        directories.push_back(fs::path(home) / ".cache" / "cutaway");
    }
    if (const std::string temporary = variable("TMPDIR"); temporary.starts_with('/')) {
        directories.emplace_back(temporary);
    }
    directories.emplace_back("/tmp");
    return directories;
}

OwnedFd openIn(const fs::path &directory)
{
    std::error_code error;
    if (fs::create_directories(directory, error)) {
        fs::permissions(directory, fs::perms::owner_all, error);
    }
    OwnedFd file(::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (file.isOpen()) {
        return file;
    }
    std::string pattern = (directory / "spool-XXXXXX").string();
    file.reset(::mkostemp(pattern.data(), O_CLOEXEC));
    if (file.isOpen()) {
        ::unlink(pattern.c_str());
    }
    return file;
}

} // namespace

Result<> writeAll(int descriptor, Bytes bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(ErrorCode::Io, std::string("writing the archive: ") + std::strerror(errno));
        }
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

Result<OwnedFd> openSpoolFile()
{
    for (const fs::path &directory : spoolDirectories()) {
        if (OwnedFd file = openIn(directory); file.isOpen()) {
            return file;
        }
    }
    return fail(ErrorCode::Io,
                "no directory to write the archive into; set XDG_CACHE_HOME or TMPDIR");
}

Result<ByteSourcePtr> spool(const ByteSourcePtr &archive,
                            Compression compression,
                            OwnedFd file,
                            const Limits &limits,
                            Monitor &monitor)
{
    monitor.beginStep("Decompressing the archive");
    const auto stream =
        decompress(std::make_unique<WatchedStream>(streamOf(archive), archive->size(), monitor),
                   compression,
                   limits);
    std::uint64_t total = 0;
    for (;;) {
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        const auto run = stream->next();
        if (!run) {
            return std::unexpected(run.error());
        }
        if (run->empty()) {
            return adoptTemporary(file.release(), total, "the decompressed archive");
        }
        total += run->size();
        if (total > limits.spoolBytes) {
            return failLimit("the decompressed archive is larger than "
                                 + formatBytes(limits.spoolBytes),
                             &Limits::spoolBytes);
        }
        if (auto written = writeAll(file.get(), *run); !written) {
            return std::unexpected(written.error());
        }
    }
}

} // namespace cutaway
