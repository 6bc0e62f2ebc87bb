// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QModelIndex;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class Selection;
class WasteModel;

/// Which bytes are shipped and never seen, why, and which layers did it?
class WastePanel : public QWidget
{
    Q_OBJECT

public:
    WastePanel(Document &document, Selection &selection, QWidget *parent = nullptr);

private:
    void showInspection();
    void followPlace();
    void choose(const QModelIndex &index);
    void activate(const QModelIndex &index);

    Document &m_document;
    Selection &m_selection;
    WasteModel *m_model = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_explanation = nullptr;
    EmptyState *m_state = nullptr;
    QTreeView *m_view = nullptr;
    bool m_isFollowing = false;
};

} // namespace cutaway
