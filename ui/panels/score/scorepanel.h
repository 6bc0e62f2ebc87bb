// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class GradeBadge;
class ScoreModel;
class Selection;

/// Which grade does the image get, by which sum, and what would better it most?
class ScorePanel : public QWidget
{
    Q_OBJECT

public:
    ScorePanel(Document &document, Selection &selection, QWidget *parent = nullptr);

private:
    QWidget *buildCard();
    void buildView();
    void showInspection();
    void showFacts();
    void followPlace();
    void choose();

    Document &m_document;
    Selection &m_selection;
    ScoreModel *m_model = nullptr;
    GradeBadge *m_badge = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_facts = nullptr;
    QTreeView *m_view = nullptr;
    EmptyState *m_state = nullptr;
    bool m_isFollowing = false;
};

} // namespace cutaway
