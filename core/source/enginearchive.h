// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ownedfd.h"
#include "core/registry/engine.h"
#include "core/source/filestore.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace cutaway {

/// The archive of one image of an engine, and the file that it is kept in when its files are to be
/// read: had at once where it is kept as it comes by, else fetched when somebody first asks. Used
/// by several threads at once.
class EngineArchive
{
public:
    /// `spool` is empty where nothing can be kept.
    EngineArchive(std::unique_ptr<Engine> engine, EngineImage image, OwnedFd spool, Limits limits)
        : m_engine(std::move(engine))
        , m_image(std::move(image))
        , m_spool(std::move(spool))
        , m_limits(limits)
    {}

    const Engine &engine() const { return *m_engine; }
    const EngineImage &image() const { return m_image; }

    /// The archive as the engine sends it. With `keep`, what is read goes into the file too.
    [[nodiscard]] Result<std::unique_ptr<ByteStream>> begin(bool keep, const Monitor &monitor);
    /// All has been read: what was kept can be looked into.
    void end();

    /// Its members.
    [[nodiscard]] Result<FileStorePtr> files();

    /// From now on nothing that is fetched can be cancelled.
    void outliveMonitor() { m_monitor = &m_patient; }
    void setMonitor(const Monitor &monitor) { m_monitor = &monitor; }

private:
    class KeptStream;
    [[nodiscard]] Result<> fetch();
    [[nodiscard]] Result<> look();

    std::unique_ptr<Engine> m_engine;
    EngineImage m_image;
    OwnedFd m_spool;
    Limits m_limits;
    Monitor m_patient; ///< never cancelled
    std::atomic<const Monitor *> m_monitor = &m_patient;
    std::mutex m_mutex;
    std::uint64_t m_kept = 0;       ///< bytes in the file
    std::optional<Error> m_problem; ///< why the file is not whole
    FileStorePtr m_files;
};

} // namespace cutaway
