// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/comparejob.h"

#include "ui/jobs/polledmonitor.h"

#include <QFile>
#include <QFuture>
#include <QtConcurrentRun>

#include <new>
#include <utility>

namespace cutaway {

namespace {

constexpr int kPollMilliseconds = 50;

using Outcome = std::expected<ComparisonPtr, InspectError>;

} // namespace

/// Everything that the background touches.
struct CompareJob::Run
{
    PolledMonitor monitor;
    InspectionPtr before;
    InspectionPtr after; ///< null: to be read
    Inspected second;    ///< what was read
    InspectOptions options;
    std::string reference;
    PolicySearch policySearch;

    std::expected<Inspected, InspectError> read()
    {
        const Result<Reference> parsed = parseReference(reference);
        if (!parsed) {
            return std::unexpected(InspectError{parsed.error()});
        }
        // As where the first was opened: a policy with an error is told there, and left out here.
        if (Result<Policy> policy = loadPolicy(policySearch)) {
            options.policy = std::make_shared<const Policy>(std::move(*policy));
        }
        return inspect(*parsed, options, monitor);
    }

    Outcome operator()()
    {
        try {
            if (!after) {
                const auto read = this->read();
                if (!read) {
                    return std::unexpected(read.error());
                }
                second = *read;
                after = second.inspection;
            }
            monitor.beginStep("Comparing");
            Result<Comparison> comparison = compare(before, after, monitor);
            if (!comparison) {
                return std::unexpected(InspectError{comparison.error()});
            }
            return std::make_shared<const Comparison>(std::move(*comparison));
        } catch (const std::bad_alloc &) {
            return std::unexpected(InspectError{Error{
                ErrorCode::LimitExceeded, "there is not enough memory to compare these images"}});
        }
    }
};

CompareJob::CompareJob(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(2); // a new one need not wait until the one before has noticed
    m_poll.setInterval(kPollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (m_run) {
            emit progressChanged(m_run->monitor.progress());
        }
    });
}

CompareJob::~CompareJob()
{
    letGo();
    m_pool.clear();
    m_pool.waitForDone();
}

void CompareJob::start(InspectionPtr before, const OpenRequest &second)
{
    m_request = second;
    auto run = std::make_shared<Run>();
    run->before = std::move(before);
    run->reference = QFile::encodeName(second.reference).toStdString();
    run->policySearch = m_policySearch;
    run->options = optionsOf(second, m_cache, m_blobs);
    run->options.wantContents = false;
    launch(std::move(run));
}

void CompareJob::swap(const Comparison &comparison)
{
    auto run = std::make_shared<Run>();
    run->before = comparison.after;
    run->after = comparison.before;
    launch(std::move(run));
}

void CompareJob::launch(std::shared_ptr<Run> run)
{
    letGo();
    m_run = std::move(run);
    const std::weak_ptr<Run> weak = m_run;
    m_poll.start(); // before: what is done at once stops it at once
    QtConcurrent::run(&m_pool, [run = m_run] {
        return std::make_shared<Outcome>((*run)());
    }).then(this, [this, weak](const std::shared_ptr<Outcome> &outcome) {
        if (!m_run || m_run != weak.lock()) {
            return;
        }
        if (m_run->second.inspection) {
            m_second = m_run->second;
        }
        m_run.reset();
        m_poll.stop();
        if (*outcome) {
            emit finished(**outcome);
        } else {
            emit failed(outcome->error());
        }
    });
}

void CompareJob::cancel()
{
    if (m_run) {
        letGo();
        emit failed(InspectError{Error{ErrorCode::Cancelled, "reading was stopped"}});
    }
}

void CompareJob::letGo()
{
    if (m_run) {
        m_run->monitor.cancel();
        m_run.reset();
    }
    m_poll.stop();
}

} // namespace cutaway
