// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/extractjob.h"

#include "core/base/text.h"
#include "core/extract/extraction.h"
#include "core/source/contentreader.h"
#include "ui/jobs/polledmonitor.h"

#include <QFile>
#include <QSaveFile>

#include <new>
#include <utility>

namespace cutaway {

namespace {

constexpr int kPollMilliseconds = 100;

Result<std::string> writeFile(const Inspected &inspected,
                              EntryId entry,
                              const QString &path,
                              Monitor &monitor)
{
    QSaveFile file(path);
    const auto failToWrite = [&file] {
        return fail(ErrorCode::Io, file.errorString().toStdString());
    };
    if (!file.open(QIODevice::WriteOnly)) {
        return failToWrite();
    }
    const Image &image = *inspected.inspection->image;
    const std::uint64_t size = image.tree->entry(image.tree->content(entry)).size;
    std::uint64_t written = 0;
    monitor.beginStep("Extracting");
    const ContentReceiver receiver{
        [](EntryId) { return Result<>(); },
        [&](EntryId, Bytes run) -> Result<> {
            const auto bytes = static_cast<qint64>(run.size());
            if (file.write(reinterpret_cast<const char *>(run.data()), bytes) != bytes) {
                return failToWrite();
            }
            written += run.size();
            monitor.advance(written, size);
            return {};
        }};
    if (auto read = readContents(*inspected.source, image, {entry}, receiver, monitor); !read) {
        return std::unexpected(read.error());
    }
    if (!file.commit()) {
        return failToWrite();
    }
    return "1 file, " + formatBytes(written);
}

Result<std::string> writeBelow(const Inspected &inspected,
                               NodeId node,
                               LayerIndex layer,
                               const std::string &directory,
                               Monitor &monitor)
{
    TargetDirectory target({});
    std::string skipped;
    Extraction extraction(*inspected.source,
                          *inspected.inspection->image,
                          layer,
                          target,
                          [&skipped](const std::string &text) { skipped += "; " + text; });
    extraction.choose(node);
    if (auto ready = target.open(directory); !ready) {
        return std::unexpected(ready.error());
    }
    if (auto done = extraction.run(monitor); !done) {
        return std::unexpected(done.error());
    }
    return extraction.summary() + skipped;
}

} // namespace

ExtractJob::ExtractJob(QObject *parent)
    : QObject(parent)
{
    m_poll.setInterval(kPollMilliseconds);
    connect(
        &m_poll, &QTimer::timeout, this, [this] { emit progressChanged(m_monitor->progress()); });
}

ExtractJob::~ExtractJob()
{
    cancel();
}

template<typename Work>
void ExtractJob::run(Work work)
{
    cancel();
    m_monitor = std::make_shared<PolledMonitor>();
    m_poll.start();
    m_background.run(
        [monitor = m_monitor, work = std::move(work)]() -> Outcome {
            try {
                return work(*monitor);
            } catch (const std::bad_alloc &) {
                return failOutOfMemory();
            }
        },
        [this](const Outcome &outcome) { tell(outcome); });
}

void ExtractJob::tell(const Outcome &outcome)
{
    m_poll.stop();
    m_monitor.reset();
    if (outcome) {
        emit finished(QString::fromStdString(displayText(*outcome)));
    } else {
        emit failed(QString::fromStdString(displayText(outcome.error().message)));
    }
}

void ExtractJob::saveFile(const Inspected &inspected, EntryId entry, const QString &path)
{
    run([inspected, entry, path](Monitor &monitor) {
        return writeFile(inspected, entry, path, monitor);
    });
}

void ExtractJob::extract(const Inspected &inspected,
                         NodeId node,
                         LayerIndex layer,
                         const QString &directory)
{
    run([inspected, node, layer, path = QFile::encodeName(directory).toStdString()](
            Monitor &monitor) { return writeBelow(inspected, node, layer, path, monitor); });
}

void ExtractJob::cancel()
{
    if (m_monitor) {
        m_poll.stop();
        m_monitor->cancel();
        m_monitor.reset();
        m_background.drop();
        emit failed({});
    }
}

} // namespace cutaway
