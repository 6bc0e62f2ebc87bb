// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/searchjob.h"

#include "core/base/text.h"
#include "ui/jobs/polledmonitor.h"

#include <QMutex>

#include <new>
#include <utility>

namespace cutaway {

namespace {

constexpr int kPollMilliseconds = 50;

} // namespace

/// Everything that the background touches.
struct SearchJob::Run
{
    PolledMonitor monitor;
    Inspected inspected;
    FileFilter filter;
    QMutex mutex;
    std::vector<SearchHit> hits; ///< found and not told yet

    Result<SearchSummary> operator()()
    {
        try {
            return searchFiles(
                inspected.source.get(),
                *inspected.inspection->image,
                filter,
                [this](const std::vector<SearchHit> &more) {
                    const QMutexLocker lock(&mutex);
                    hits.insert(hits.end(), more.begin(), more.end());
                },
                monitor);
        } catch (const std::bad_alloc &) {
            return failOutOfMemory();
        }
    }
    std::vector<SearchHit> take()
    {
        const QMutexLocker lock(&mutex);
        return std::exchange(hits, {});
    }
};

SearchJob::SearchJob(QObject *parent)
    : QObject(parent)
{
    m_poll.setInterval(kPollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &SearchJob::tell);
}

SearchJob::~SearchJob()
{
    stop();
}

void SearchJob::tell()
{
    const std::vector<SearchHit> hits = m_run->take();
    if (!hits.empty()) {
        emit found(hits);
    }
    if (m_run) {
        emit progressChanged(m_run->monitor.progress());
    }
}

void SearchJob::start(const Inspected &inspected, const FileFilter &filter)
{
    stop();
    m_run = std::make_shared<Run>();
    m_run->inspected = inspected;
    m_run->filter = filter;
    m_poll.start();
    m_background.run([run = m_run] { return (*run)(); },
                     [this](const Result<SearchSummary> &summary) {
                         m_poll.stop();
                         const std::vector<SearchHit> rest = m_run->take();
                         m_run.reset();
                         if (!rest.empty()) {
                             emit found(rest);
                         }
                         if (summary) {
                             emit finished(*summary);
                         } else {
                             emit failed(
                                 QString::fromStdString(displayText(summary.error().message)));
                         }
                     });
}

void SearchJob::stop()
{
    m_poll.stop();
    if (m_run) {
        m_run->monitor.cancel();
        m_run.reset();
    }
    m_background.drop();
}

} // namespace cutaway
