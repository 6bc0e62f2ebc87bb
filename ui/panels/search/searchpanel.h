// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/filesearch.h"
#include "ui/jobs/background.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class FilterLine;
class SearchGroupsModel;
class SearchJob;
class SearchMenu;
class SearchModel;
class Selection;
struct Progress;
struct SavedSearch;

/// Where in all layers is what one looks for, by name, size, kind, change, content …? One line, and
/// a list that fills while the search goes on, or its sums by what the files have in common.
class SearchPanel : public QWidget
{
    Q_OBJECT

public:
    SearchPanel(Document &document, Selection &selection, QWidget *parent = nullptr);
    ~SearchPanel() override;

signals:
    void previewWanted(); ///< of the chosen file

private:
    QWidget *buildLine();
    QWidget *buildState();
    void buildViews();
    void connectAll();
    void ask(const SavedSearch &search);
    void readFilter(bool isEntered);
    void search(const FileFilter &filter);
    void showDocument();
    void showProgress(const Progress &progress);
    void finish(const SearchSummary &summary);
    void showCount();
    void showProblem(const QString &text);
    void showView();
    void sortHits(int column, Qt::SortOrder order);
    void groupHits();
    void narrowTo(const QModelIndex &group);
    void choose(const QModelIndex &index);
    void followPlace();

    Document &m_document;
    Selection &m_selection;
    SearchJob *m_job = nullptr;
    SearchModel *m_model = nullptr;
    SearchGroupsModel *m_groups = nullptr;
    FilterLine *m_line = nullptr;
    QComboBox *m_grouping = nullptr;
    SearchMenu *m_menu = nullptr;
    QLabel *m_words = nullptr;
    QToolButton *m_stop = nullptr;
    QTreeView *m_list = nullptr;
    QTreeView *m_sums = nullptr;
    QStackedWidget *m_views = nullptr;
    EmptyState *m_state = nullptr;
    QTimer m_pause;
    Background m_sorting;
    Background m_summing;
    SearchSummary m_summary;
    bool m_isBySize = false; ///< as soon as all is found
    bool m_isFollowing = false;
};

} // namespace cutaway
