// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace cutaway {

class Document;
class EmptyState;
class ExplanationView;
class Selection;
class SkippedModel;

/// Which rules could not be asked of this image, and why not?
class SkippedPanel : public QWidget
{
    Q_OBJECT

public:
    SkippedPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildView();
    void showInspection();
    void showExplanation();

    Document &m_document;
    SkippedModel *m_model = nullptr;
    QSortFilterProxyModel *m_sorted = nullptr;
    QLabel *m_summary = nullptr;
    QLineEdit *m_filter = nullptr;
    QTreeView *m_view = nullptr;
    ExplanationView *m_explanation = nullptr;
    EmptyState *m_state = nullptr;
};

} // namespace cutaway
