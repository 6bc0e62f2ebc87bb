// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QTextBrowser;
class QToolButton;
class QTreeView;
class QUrl;

namespace cutaway {

class Document;
class EmptyState;
class FindingsFilter;
class FindingsModel;
class Selection;

/// What is wrong with the image, why does it matter, and how is it mended? Notes of reading
/// included.
class FindingsPanel : public QWidget
{
    Q_OBJECT

public:
    FindingsPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

private:
    QWidget *buildFilters();
    void buildView();
    void showInspection();
    void showCounts();
    void showState();
    void showDetails();
    void filter();
    void follow(const QUrl &link);
    void followPlace();
    void choose();
    int currentRow() const; ///< of the model, not of the filter; -1: none

    Document &m_document;
    Selection &m_selection;
    FindingsModel *m_model = nullptr;
    FindingsFilter *m_filter = nullptr;
    QList<QToolButton *> m_severities; ///< from critical down to info, then notes
    QLineEdit *m_filterLine = nullptr;
    EmptyState *m_state = nullptr;
    QTreeView *m_view = nullptr;
    QTextBrowser *m_details = nullptr;
    bool m_isFollowing = false;
};

} // namespace cutaway
