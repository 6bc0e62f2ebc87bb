// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QModelIndex;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class LayerRowsModel;
class Selection;
class StepsModel;
class StepText;

/// How was the image built? Its Dockerfile, as far as the history tells.
class StepsPanel : public QWidget
{
    Q_OBJECT

public:
    StepsPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

private:
    void buildViews();
    void addActions(QMenu &menu, const QModelIndex &index);
    void connectAll();
    void showImage();
    void showStep();
    /// Shows the masked values of the step until something else is chosen, or hides them again.
    void toggleReveal(int row);
    void followPlace();
    void chooseLayer(const QTreeView &view);

    Document &m_document;
    Selection &m_selection;
    StepsModel *m_steps = nullptr;
    LayerRowsModel *m_layers = nullptr;
    QLabel *m_notice = nullptr;
    QLabel *m_details = nullptr;
    EmptyState *m_state = nullptr;
    QTreeView *m_stepsView = nullptr;
    QTreeView *m_layersView = nullptr;
    StepText *m_text = nullptr;
    int m_revealed = -1; ///< row of the step whose masked values are shown
    bool m_isFollowing = false;
};

} // namespace cutaway
