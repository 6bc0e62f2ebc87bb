// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/filesearch.h"
#include "ui/document/document.h"
#include "ui/jobs/background.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace cutaway {

/// Searches all layers off the main thread and tells what it finds in runs, while it goes on. The
/// newest search wins.
class SearchJob : public QObject
{
    Q_OBJECT

public:
    explicit SearchJob(QObject *parent = nullptr);
    ~SearchJob() override;

    void start(const Inspected &inspected, const FileFilter &filter);
    /// Ends it; what was found stays found.
    void stop();
    bool isRunning() const { return m_run != nullptr; }

signals:
    void found(const std::vector<cutaway::SearchHit> &hits);
    void progressChanged(const cutaway::Progress &progress);
    void finished(const cutaway::SearchSummary &summary); ///< after the last found()
    void failed(const QString &why);

private:
    struct Run;

    void tell();

    std::shared_ptr<Run> m_run;
    QTimer m_poll;
    Background m_background;
};

} // namespace cutaway
