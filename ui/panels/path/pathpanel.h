// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/entry.h"

#include <QWidget>

class QLabel;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class FactForm;
class Selection;
class TimelineModel;
struct Place;

/// What became of the chosen path, layer by layer, and what it is now?
class PathPanel : public QWidget
{
    Q_OBJECT

public:
    PathPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

private:
    void buildView();
    void showPlace();
    void showFacts(NodeId node);
    EntryId entryOf(NodeId node) const;

    Document &m_document;
    Selection &m_selection;
    TimelineModel *m_model = nullptr;
    EmptyState *m_state = nullptr;
    QLabel *m_path = nullptr;
    QLabel *m_shipped = nullptr;
    FactForm *m_facts = nullptr;
    QTreeView *m_view = nullptr;
    bool m_isFollowing = false;
};

} // namespace cutaway
