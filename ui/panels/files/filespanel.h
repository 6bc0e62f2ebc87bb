// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/document/place.h"
#include "ui/models/filetreemodel.h"
#include "ui/panels/files/treeloader.h"

#include <QTimer>
#include <QWidget>

#include <set>

class QLabel;
class QLineEdit;
class QMenu;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class Selection;
class ViewSwitch;

/// Which files are in the image, or in a layer of it, and what became of them? The tree of one
/// view, with a filter line above.
class FilesPanel : public QWidget
{
    Q_OBJECT

public:
    FilesPanel(Document &document, Selection &selection, QWidget *parent = nullptr);
    ~FilesPanel() override;

signals:
    void previewWanted(); ///< of the chosen file
    void extractWanted(const QByteArray &path);

private:
    void buildLine();
    void buildTree();
    void connectAll();

    void reload();
    void reloadEarly();
    void readFilter();
    void showTree(const TreeLoader::Loaded &result);
    void showEmptyState();
    void showCount();
    void followPlace(const Place &place, const Place &before);
    void showPath();
    void chooseView(ViewSpec::Kind kind);
    void chooseCurrent(const QModelIndex &current);

    void restoreExpanded();
    void expandTowardsMatches();
    void fillMenu(QMenu &menu, const QModelIndex &index);
    bool eventFilter(QObject *watched, QEvent *event) override;

    Document &m_document;
    Selection &m_selection;
    FileTreeModel *m_model = nullptr;
    TreeLoader *m_loader = nullptr;
    ViewSwitch *m_switch = nullptr;
    QLineEdit *m_filterLine = nullptr;
    QLabel *m_count = nullptr;
    QLabel *m_error = nullptr;
    EmptyState *m_state = nullptr;
    QTreeView *m_tree = nullptr;
    QTimer m_earlyTimer;
    FileFilter m_filter;
    std::set<NodeId> m_expanded; ///< of the unfiltered tree of `m_expandedOf`
    PathTreePtr m_expandedOf;
    bool m_isFollowing = false; ///< the tree is being moved to the selection, not by the user
    bool m_isFiltered = false;  ///< what the tree shows now
};

} // namespace cutaway
