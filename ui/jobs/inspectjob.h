// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/jobs/background.h"

#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <utility>

namespace cutaway {

/// What to open, as a person asked for it.
struct OpenRequest
{
    QString reference;
    QString image;     ///< which image of several: "name:tag", "@INDEX"; empty = no choice made
    Platform platform; ///< empty = the host's, where there is a choice
    Place place;       ///< where to go once it is read
    // Without the initialiser g++ warns wherever it is left out.
    // NOLINTNEXTLINE(readability-redundant-member-init)
    Limits limits = {};
};
/// The same for inspect(), which keeps what it read there.
[[nodiscard]] InspectOptions optionsOf(const OpenRequest &request,
                                       AnalysisCachePtr cache,
                                       BlobCachePtr blobs);

/// Reads one image in the background and tells the document what comes in. The newest request wins;
/// what an older one still has to say is dropped. The layer that the selection points at is read
/// first.
class InspectJob : public QObject
{
    Q_OBJECT

public:
    InspectJob(Document &document, Selection &selection, QObject *parent = nullptr);
    ~InspectJob() override; ///< cancels and waits (100 ms at the most)

    void open(const OpenRequest &request);
    /// The request that is running or was last run.
    const OpenRequest &request() const { return m_request; }
    /// Where analyses are kept between runs; without one nothing is.
    void setCache(AnalysisCachePtr cache) { m_cache = std::move(cache); }
    /// The same for what comes from registries.
    void setBlobs(BlobCachePtr blobs) { m_blobs = std::move(blobs); }
    /// Where the policy is looked for, each time that an image is read.
    void setPolicySearch(PolicySearch search) { m_policySearch = std::move(search); }
    const PolicySearch &policySearch() const { return m_policySearch; }
    bool isRunning() const { return m_run != nullptr; }

public slots:
    /// Stops at once: the document keeps what is in, or fails with Cancelled where that is nothing;
    /// the reader's threads end on their own.
    void cancel();

private:
    struct Run;

    void startRun();
    void auditEarly(const ImagePtr &image);
    void letGo();
    void pollProgress();
    void followSelection(const Place &place);

    Document &m_document;
    Selection &m_selection;
    QThreadPool m_pool;
    QTimer m_poll;
    OpenRequest m_request;
    AnalysisCachePtr m_cache;
    BlobCachePtr m_blobs;
    PolicySearch m_policySearch;
    std::shared_ptr<Run> m_run;
    Background m_early; ///< what manifest and config alone tell
};

} // namespace cutaway
