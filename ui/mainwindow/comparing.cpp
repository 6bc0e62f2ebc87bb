// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "ui/dialogs/comparedialog.h"
#include "ui/dialogs/diffdialog.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/workspace.h"
#include "ui/models/text.h"
#include "ui/panels/compare/comparepanel.h"
#include "ui/settings/settings.h"

#include <QInputDialog>
#include <QStackedWidget>
#include <QStatusBar>

#include <algorithm>
#include <utility>

namespace cutaway {

void MainWindow::setCache(AnalysisCachePtr cache)
{
    m_cache = cache;
    m_compareJob.setCache(cache);
    m_job.setCache(std::move(cache));
}

void MainWindow::setBlobs(BlobCachePtr blobs)
{
    m_blobs = blobs;
    m_compareJob.setBlobs(blobs);
    m_job.setBlobs(std::move(blobs));
}

void MainWindow::connectComparison()
{
    const auto toImage = [this] {
        m_isComparing = false;
        m_pages->setCurrentWidget(m_workspace);
        m_workspace->setFocus();
    };
    connect(m_compare, &ComparePanel::backWanted, this, toImage);
    connect(m_compare, &ComparePanel::anotherWanted, this, &MainWindow::askForComparison);
    connect(m_compare, &ComparePanel::cancelWanted, &m_compareJob, &CompareJob::cancel);
    connect(m_compare, &ComparePanel::swapWanted, this, [this] {
        m_compareJob.swap(*m_compare->comparison());
    });
    connect(m_compare, &ComparePanel::pathActivated, this, [this, toImage](const QByteArray &path) {
        const InspectionPtr inspection = m_document.inspection();
        if (!inspection || inspection->image->tree->find(viewOf(path)) == kNone) {
            statusBar()->showMessage(tr("The open image has no path %1").arg(shown(viewOf(path))),
                                     6000);
            return;
        }
        toImage();
        m_selection.setPlace({.path = path});
        m_actions[ActionId::ShowFiles].trigger();
    });
    connect(m_compare, &ComparePanel::contentsWanted, this, &MainWindow::compareContents);
    connect(&m_compareJob, &CompareJob::progressChanged, m_compare, &ComparePanel::showProgress);
    connect(&m_compareJob, &CompareJob::failed, this, &MainWindow::showComparisonProblem);
    connect(&m_compareJob, &CompareJob::finished, this, [this](const ComparisonPtr &comparison) {
        m_compare->showComparison(comparison);
        updateActions();
    });
    connect(&m_actions[ActionId::ShowComparison], &QAction::triggered, this, [this] {
        m_isComparing = true;
        m_pages->setCurrentWidget(m_compare);
    });
}

/// A file of both images, side by side as the two are.
void MainWindow::compareContents(const QByteArray &path)
{
    const ComparisonPtr comparison = m_compare->comparison();
    const Inspected &second = m_compareJob.second();
    if (!comparison || !second.source || !m_document.source()) {
        return;
    }
    const bool isSecondAfter = comparison->after == second.inspection;
    const Inspected &before = isSecondAfter ? m_document.inspected() : second;
    const Inspected &after = isSecondAfter ? second : m_document.inspected();
    auto *dialog = new DiffDialog(before, after, path, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_document, &Document::inspectionChanged, dialog, &QWidget::close);
    dialog->show();
}

void MainWindow::askForComparison()
{
    const InspectionPtr inspection = m_document.inspection();
    if (!inspection) {
        return;
    }
    auto *dialog =
        new CompareDialog(*inspection->image, m_document.reference(), settings::recent(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { compareWith(dialog->request()); });
    dialog->open();
}

void MainWindow::compareWith(const OpenRequest &request)
{
    const InspectionPtr inspection = m_document.inspection();
    if (!inspection) {
        return;
    }
    OpenRequest limited = request;
    QStringList problems;
    limited.limits = settings::limits(&problems);
    m_compare->showRunning(request.reference);
    m_isComparing = true;
    m_pages->setCurrentWidget(m_compare);
    m_compareJob.setPolicySearch(m_job.policySearch());
    m_compareJob.start(inspection, limited);
    if (!problems.isEmpty()) {
        statusBar()->showMessage(problems.join(QLatin1Char(' ')));
    }
}

/// Several images and no choice: asked once, in the words of the start page's list.
void MainWindow::showComparisonProblem(const InspectError &error)
{
    OpenRequest request = m_compareJob.request();
    if (error.candidates.empty()) {
        m_compare->showProblem(error);
        updateActions();
        return;
    }
    QStringList names;
    for (const ImageCandidate &candidate : error.candidates) {
        const std::string tag = candidate.tags.empty() ? std::string() : candidate.tags.front();
        names << QStringLiteral("@%1  %2  %3")
                     .arg(candidate.index)
                     .arg(shown(tag), shown(candidate.platform.text()));
    }
    bool isChosen = false;
    const QString chosen = QInputDialog::getItem(this,
                                                 tr("Compare"),
                                                 tr("There are several images: which one?"),
                                                 names,
                                                 0,
                                                 false,
                                                 &isChosen);
    if (!isChosen) {
        m_compare->showProblem(InspectError{Error{ErrorCode::Cancelled, "cancelled"}});
        return;
    }
    request.image = chosen.section(QLatin1Char(' '), 0, 0);
    compareWith(request);
}

} // namespace cutaway
