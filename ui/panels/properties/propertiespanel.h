// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class ExplanationView;
class PropertiesModel;
class Selection;

/// Does the image have the seven properties of a module container, and what stands in the way?
class PropertiesPanel : public QWidget
{
    Q_OBJECT

public:
    PropertiesPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildView();
    void showInspection();
    void showExplanation();
    void followPlace();
    void choose();

    Document &m_document;
    Selection &m_selection;
    PropertiesModel *m_model = nullptr;
    QLabel *m_summary = nullptr;
    QTreeView *m_view = nullptr;
    ExplanationView *m_explanation = nullptr;
    EmptyState *m_state = nullptr;
    bool m_isFollowing = false;
};

} // namespace cutaway
