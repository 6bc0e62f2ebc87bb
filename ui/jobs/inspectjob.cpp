// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/inspectjob.h"

#include "core/archive/layerpool.h"
#include "ui/jobs/polledmonitor.h"

#include <QFile>
#include <QFuture>
#include <QMetaObject>
#include <QtConcurrentRun>

#include <new>
#include <utility>

namespace cutaway {

namespace {

constexpr int kPollMilliseconds = 50;

using Outcome = std::expected<Inspected, InspectError>;

} // namespace

InspectOptions optionsOf(const OpenRequest &request, AnalysisCachePtr cache, BlobCachePtr blobs)
{
    InspectOptions options;
    options.image = request.image.toStdString();
    options.platform = request.platform;
    options.cache = std::move(cache);
    options.open.limits = request.limits;
    options.open.registry = RegistryOptions::ofEnvironment();
    options.open.engines = EngineSearch::ofEnvironment();
    options.open.blobs = std::move(blobs);
    return options;
}

/// Everything that the background touches; it lives until the last of both threads lets go of it.
struct InspectJob::Run
{
    PolledMonitor monitor;
    LayerPriority priority = kNoPriority;
    LoadObserver observer;
    InspectOptions options;
    std::string reference;
    PolicySearch policySearch;
    QString policyProblem; ///< for the main thread once the outcome is there

    /// A policy with an error keeps nobody from looking at an image; the audit is one without it.
    void readPolicy()
    {
        Result<Policy> policy = loadPolicy(policySearch);
        if (policy) {
            options.policy = std::make_shared<const Policy>(std::move(*policy));
        } else {
            policyProblem = QString::fromStdString(policy.error().message);
        }
    }

    Outcome operator()()
    {
        try {
            const Result<Reference> parsed = parseReference(reference);
            if (!parsed) {
                return std::unexpected(InspectError{parsed.error()});
            }
            readPolicy();
            return inspect(*parsed, options, monitor);
        } catch (const std::bad_alloc &) {
            return std::unexpected(InspectError{
                Error{ErrorCode::LimitExceeded, "there is not enough memory to read this image"}});
        }
    }
};

InspectJob::InspectJob(Document &document, Selection &selection, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_selection(selection)
{
    // Two, so that a new image need not wait until the one before has noticed that it is unwanted.
    m_pool.setMaxThreadCount(2);
    m_poll.setInterval(kPollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &InspectJob::pollProgress);
    connect(&m_selection, &Selection::placeChanged, this, &InspectJob::followSelection);
}

InspectJob::~InspectJob()
{
    letGo();
    m_pool.clear();
    m_pool.waitForDone();
}

void InspectJob::open(const OpenRequest &request)
{
    letGo();
    m_early.drop();
    m_request = request;
    m_selection.reset();
    m_document.beginLoading(request.reference);
    startRun();
}

void InspectJob::startRun()
{
    m_run = std::make_shared<Run>();
    m_run->reference = QFile::encodeName(m_request.reference).toStdString();
    m_run->policySearch = m_policySearch;
    m_run->options = optionsOf(m_request, m_cache, m_blobs);
    m_run->options.observer = &m_run->observer;
    m_run->options.priority = &m_run->priority;

    const std::weak_ptr<Run> weak = m_run;
    m_run->observer.onConfig = [this, weak](ImagePtr image) {
        QMetaObject::invokeMethod(
            this,
            [this, weak, image = std::move(image)] {
                if (m_run && m_run == weak.lock()) {
                    auditEarly(image);
                    m_document.setEarlyImage(image);
                }
            },
            Qt::QueuedConnection);
    };
    m_run->observer.onLayer = [this, weak](std::uint32_t layer,
                                           std::shared_ptr<const LayerTree> tree) {
        QMetaObject::invokeMethod(
            this,
            [this, weak, layer, tree = std::move(tree)] {
                if (m_run && m_run == weak.lock()) {
                    m_document.addLayerTree(layer, tree);
                }
            },
            Qt::QueuedConnection);
    };

    m_poll.start(); // before: what is done at once stops it at once
    QtConcurrent::run(&m_pool, [run = m_run] {
        return std::make_shared<Outcome>((*run)());
    }).then(this, [this, weak](const std::shared_ptr<Outcome> &outcome) {
        if (!m_run || m_run != weak.lock()) {
            return;
        }
        const QString policyProblem = m_run->policyProblem;
        m_run.reset();
        m_poll.stop();
        m_early.drop();
        if (!*outcome) {
            m_document.fail(std::move(outcome->error()));
            return;
        }
        m_document.finish(std::move(**outcome), policyProblem);
        if (m_request.place != Place{}) {
            m_selection.reset(m_request.place);
        }
    });
}

void InspectJob::cancel()
{
    if (!m_run) {
        return;
    }
    letGo(); // what is found out of the config alone comes all the same
    m_document.stop();
}

/// While the layers come. What is said then is said again with all the rest.
void InspectJob::auditEarly(const ImagePtr &image)
{
    m_early.run(
        [image, policy = m_run->options.policy]() -> InspectionPtr {
            const Monitor monitor;
            auto analysis = analyze(*image, monitor);
            if (!analysis) {
                return nullptr;
            }
            AuditOptions options;
            options.policy = policy.get();
            auto inspection = audit(image, std::move(*analysis), options, monitor);
            return inspection ? std::make_shared<const Inspection>(std::move(*inspection))
                              : nullptr;
        },
        [this](const InspectionPtr &inspection) { m_document.setEarlyInspection(inspection); });
}

void InspectJob::letGo()
{
    if (m_run) {
        m_run->monitor.cancel();
        m_run.reset();
    }
    m_poll.stop();
}

void InspectJob::pollProgress()
{
    if (m_run) {
        m_document.setProgress(m_run->monitor.progress());
    }
}

void InspectJob::followSelection(const Place &place)
{
    if (m_run) {
        m_run->priority.store(place.layer ? std::size_t{*place.layer} : kNoPriority);
    }
}

} // namespace cutaway
