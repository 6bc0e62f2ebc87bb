// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/compare/comparison.h"
#include "ui/jobs/inspectjob.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace cutaway {

using ComparisonPtr = std::shared_ptr<const Comparison>;

/// Reads a second image in the background and holds it against one that is open. The newest request
/// wins.
class CompareJob : public QObject
{
    Q_OBJECT

public:
    explicit CompareJob(QObject *parent = nullptr);
    ~CompareJob() override; ///< cancels and waits (100 ms at the most)

    /// Where analyses are kept and the policy is looked for, as for the open image.
    void setCache(AnalysisCachePtr cache) { m_cache = std::move(cache); }
    void setBlobs(BlobCachePtr blobs) { m_blobs = std::move(blobs); }
    void setPolicySearch(PolicySearch search) { m_policySearch = std::move(search); }

    void start(InspectionPtr before, const OpenRequest &second);
    /// The two of a comparison the other way round; nothing is read.
    void swap(const Comparison &comparison);
    void cancel();
    /// The same without a word.
    void drop() { letGo(); }
    /// The image that was read for the comparison, and where its contents are.
    const Inspected &second() const { return m_second; }
    /// What was asked for last.
    const OpenRequest &request() const { return m_request; }
    bool isRunning() const { return m_run != nullptr; }

signals:
    void progressChanged(const cutaway::Progress &progress);
    void finished(const cutaway::ComparisonPtr &comparison);
    void failed(const cutaway::InspectError &error);

private:
    struct Run;

    void launch(std::shared_ptr<Run> run);
    void letGo();

    QThreadPool m_pool;
    QTimer m_poll;
    OpenRequest m_request;
    AnalysisCachePtr m_cache;
    BlobCachePtr m_blobs;
    PolicySearch m_policySearch;
    std::shared_ptr<Run> m_run;
    Inspected m_second;
};

} // namespace cutaway
