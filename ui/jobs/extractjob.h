// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/document/document.h"
#include "ui/jobs/background.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace cutaway {

class PolledMonitor;

/// Writes files of an image to disk, off the main thread, one wish at a time.
class ExtractJob : public QObject
{
    Q_OBJECT

public:
    explicit ExtractJob(QObject *parent = nullptr);
    ~ExtractJob() override;

    /// The content of one entry, to a file that somebody named. What was there is kept until all of
    /// the new one is written.
    void saveFile(const Inspected &inspected, EntryId entry, const QString &path);
    /// A path and all below it as they are after `layer`, below a directory that is empty or not
    /// there yet.
    void extract(const Inspected &inspected,
                 NodeId node,
                 LayerIndex layer,
                 const QString &directory);
    void cancel();
    bool isRunning() const { return m_monitor != nullptr; }

signals:
    void finished(const QString &summary);
    void failed(const QString &why); ///< empty where it was cancelled
    void progressChanged(const cutaway::Progress &progress);

private:
    using Outcome = Result<std::string>;
    template<typename Work>
    void run(Work work);
    void tell(const Outcome &outcome);

    std::shared_ptr<PolledMonitor> m_monitor;
    QTimer m_poll;
    Background m_background;
};

} // namespace cutaway
