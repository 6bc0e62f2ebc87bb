// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/document/document.h"
#include "ui/jobs/background.h"
#include "ui/jobs/comparejob.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QStackedWidget;
class QTreeView;
class QTabWidget;
class QToolButton;

namespace cutaway {

class ComparedFilesView;
class ComparedTable;
class DirectorySizesModel;
class EmptyState;
class StrataPairView;
class VerdictBox;

/// What is the difference between two images, and which is the better one?
class ComparePanel : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePanel(QWidget *parent = nullptr);

    void showRunning(const QString &reference);
    void showProgress(const Progress &progress);
    void showProblem(const InspectError &error);
    void showComparison(const ComparisonPtr &comparison);
    const ComparisonPtr &comparison() const { return m_comparison; }
    /// Nothing is compared any more.
    void clear();
    /// Puts the cursor into the filter line of the tab in front.
    void focusFilter();

signals:
    void backWanted();    ///< to the image
    void swapWanted();    ///< the other way round
    void anotherWanted(); ///< another image to compare with
    void cancelWanted();
    void pathActivated(const QByteArray &path);
    void contentsWanted(const QByteArray &path); ///< of both, side by side

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *buildHeader();
    QWidget *buildSizes();
    QWidget *buildWaiting();
    void buildTabs();
    void fillHeader();
    void fillStrata();
    void fillTables();
    void chooseJoin(int join);

    ComparisonPtr m_comparison;
    QLabel *m_before = nullptr;
    QLabel *m_after = nullptr;
    QToolButton *m_swap = nullptr;
    VerdictBox *m_verdict = nullptr;
    StrataPairView *m_strata = nullptr;
    QTabWidget *m_tabs = nullptr;
    ComparedFilesView *m_files = nullptr;
    ComparedTable *m_settings = nullptr;
    ComparedTable *m_steps = nullptr;
    ComparedTable *m_findings = nullptr;
    ComparedTable *m_packages = nullptr;
    ComparedTable *m_sizes = nullptr;
    DirectorySizesModel *m_directories = nullptr;
    QTreeView *m_directoryView = nullptr;
    QLabel *m_waitingText = nullptr;
    QProgressBar *m_progress = nullptr;
    QWidget *m_page = nullptr;
    QWidget *m_waiting = nullptr;
    EmptyState *m_state = nullptr;
    QStackedWidget *m_stack = nullptr;
    Background m_background;
};

} // namespace cutaway
