// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/packagelist.h"

#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QSplitter;
class QToolButton;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class PackageDetails;
class PackagesModel;
class Selection;

/// Which software is in the image, what weighs how much, and whose files are they?
class PackagesPanel : public QWidget
{
    Q_OBJECT

public:
    PackagesPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

signals:
    /// A package was opened, and its biggest file chosen: the tree shall be in sight.
    void filesWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildView();
    QWidget *buildFilters();
    void fillGroupMenu();
    void connectAll();
    void showInspection();
    void showSummary();
    void showNotes(const Packages &packages);
    void showState();
    void followRows();
    void followPlace();
    void choose();
    void goToFiles();
    void showDetails();
    void showColumns();
    void change(const std::function<void(PackagesQuery &)> &change);

    Document &m_document;
    Selection &m_selection;
    PackagesModel *m_model = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_notes = nullptr;
    QToolButton *m_group = nullptr;
    QToolButton *m_removed = nullptr;
    QLineEdit *m_search = nullptr;
    QTreeView *m_view = nullptr;
    PackageDetails *m_details = nullptr;
    QSplitter *m_splitter = nullptr;
    EmptyState *m_list = nullptr;   ///< the table, or that all is filtered out
    EmptyState *m_state = nullptr;  ///< the page, or that there is nothing to show
    std::uint32_t m_chosen = kNone; ///< place in the list of packages, whatever the rows' order
    bool m_isFollowing = false;
};

} // namespace cutaway
