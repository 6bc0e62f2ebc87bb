// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/enginearchive.h"

#include "core/base/text.h"
#include "core/source/memberindex.h"
#include "core/source/spool.h"

#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace cutaway {

/// What passes by goes into the file. Where that has no room, reading goes on all the same.
class EngineArchive::KeptStream : public ByteStream
{
public:
    KeptStream(std::unique_ptr<ByteStream> from, EngineArchive &archive)
        : m_from(std::move(from))
        , m_archive(archive)
    {}

    Result<Bytes> next() override
    {
        Result<Bytes> run = m_from->next();
        if (run) {
            keep(*run);
        }
        return run;
    }

private:
    void keep(Bytes run)
    {
        if (m_archive.m_problem) {
            return;
        }
        m_archive.m_kept += run.size();
        const Result<> written = m_archive.m_kept > m_archive.m_limits.spoolBytes
                                     ? failLimit("the engine's archive is larger than "
                                                     + formatBytes(m_archive.m_limits.spoolBytes),
                                                 &Limits::spoolBytes)
                                     : writeAll(m_archive.m_spool.get(), run);
        if (!written) {
            m_archive.m_problem = written.error();
            // The room it takes is of no use.
            [[maybe_unused]] const int emptied = ::ftruncate(m_archive.m_spool.get(), 0);
        }
    }

    std::unique_ptr<ByteStream> m_from;
    EngineArchive &m_archive;
};

Result<std::unique_ptr<ByteStream>> EngineArchive::begin(bool keep, const Monitor &monitor)
{
    auto stream = m_engine->save(m_image.id, monitor);
    if (!stream || !keep) {
        return stream;
    }
    if (!m_spool.isOpen()) {
        m_problem = Error{ErrorCode::Io,
                          "there is no directory to write the archive into; set XDG_CACHE_HOME or "
                          "TMPDIR"};
        return stream;
    }
    const bool isEmptied =
        ::ftruncate(m_spool.get(), 0) == 0 && ::lseek(m_spool.get(), 0, SEEK_SET) == 0;
    m_kept = 0;
    m_problem.reset();
    if (!isEmptied) {
        m_problem = Error{ErrorCode::Io, "the file for the archive cannot be written to"};
    }
    return std::make_unique<KeptStream>(std::move(*stream), *this);
}

void EngineArchive::end()
{
    const std::scoped_lock lock(m_mutex);
    if (const Result<> looked = look(); !looked) {
        m_files.reset(); // fetched anew, if need be
    }
}

Result<> EngineArchive::look()
{
    if (m_problem) {
        return std::unexpected(*m_problem);
    }
    const int copy = ::fcntl(m_spool.get(), F_DUPFD_CLOEXEC, 0);
    if (copy < 0) {
        return fail(ErrorCode::Io, "the file of the archive cannot be read");
    }
    const ByteSourcePtr file = adoptTemporary(copy, m_kept, "the engine's archive");
    Monitor nobody;
    auto index = indexMembers(file, m_limits, nobody);
    if (!index) {
        return std::unexpected(index.error());
    }
    m_files = tarFiles(file, std::move(*index));
    m_files->setLimits(m_limits);
    return {};
}

Result<> EngineArchive::fetch()
{
    const auto stream = begin(true, *m_monitor);
    if (!stream) {
        return std::unexpected(stream.error());
    }
    while (!m_problem) {
        const Result<Bytes> run = (*stream)->next();
        if (!run) {
            return std::unexpected(run.error());
        }
        if (run->empty()) {
            return look();
        }
    }
    return std::unexpected(*m_problem);
}

Result<FileStorePtr> EngineArchive::files()
{
    const std::scoped_lock lock(m_mutex);
    if (m_files == nullptr) {
        if (m_problem && m_problem->code == ErrorCode::LimitExceeded) {
            return std::unexpected(*m_problem); // the next try would end there, too
        }
        if (const Result<> fetched = fetch(); !fetched) {
            return std::unexpected(fetched.error());
        }
    }
    return m_files;
}

} // namespace cutaway
