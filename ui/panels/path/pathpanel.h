// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/entry.h"

#include <QWidget>

class QLabel;
class QToolButton;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class FactForm;
class PathLifeView;
class Selection;
class TimelineModel;
struct Place;

/// What became of the chosen path, layer by layer, and what it is now?
class PathPanel : public QWidget
{
    Q_OBJECT

public:
    PathPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

signals:
    void previewWanted();  ///< of the chosen path
    void versionsWanted(); ///< of it are to be compared
    void extractWanted();  ///< to disk

private:
    void buildView();
    QWidget *buildButtons();
    void showPlace();
    void showFacts(NodeId node);

    Document &m_document;
    Selection &m_selection;
    TimelineModel *m_model = nullptr;
    EmptyState *m_state = nullptr;
    QLabel *m_path = nullptr;
    QLabel *m_shipped = nullptr;
    FactForm *m_facts = nullptr;
    PathLifeView *m_life = nullptr;
    QTreeView *m_view = nullptr;
    QToolButton *m_preview = nullptr;
    QToolButton *m_versions = nullptr;
    bool m_isFollowing = false;
};

} // namespace cutaway
