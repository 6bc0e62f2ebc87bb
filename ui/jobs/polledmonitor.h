// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"
#include "ui/document/document.h"

#include <QMutex>

namespace cutaway {

/// Takes progress from any thread; the main thread looks when it has time, so that it is never
/// flooded.
class PolledMonitor : public Monitor
{
public:
    void beginStep(std::string_view text) override
    {
        const QMutexLocker lock(&m_mutex);
        m_progress = {.step = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))};
    }
    void advance(std::uint64_t done, std::uint64_t total) override
    {
        const QMutexLocker lock(&m_mutex);
        m_progress.done = done;
        m_progress.total = total;
    }
    Progress progress() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_progress;
    }

private:
    mutable QMutex m_mutex;
    Progress m_progress;
};

} // namespace cutaway
