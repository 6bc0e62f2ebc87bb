// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class LayerRowsModel;
class Selection;
class StepsModel;

/// How was the image built? Its Dockerfile, as far as the history tells.
class StepsPanel : public QWidget
{
    Q_OBJECT

public:
    StepsPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

private:
    void buildViews();
    void connectAll();
    void showImage();
    void showStep();
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
    QPlainTextEdit *m_text = nullptr;
    bool m_isFollowing = false;
};

} // namespace cutaway
