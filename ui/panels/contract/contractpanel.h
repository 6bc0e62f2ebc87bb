// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QModelIndex>
#include <QWidget>

class QTreeView;

namespace cutaway {

class ContractModel;
class Document;
class EmptyState;
class Selection;

/// What does the image declare to whoever runs it: command, user, ports, volumes, labels,
/// environment?
class ContractPanel : public QWidget
{
    Q_OBJECT

public:
    ContractPanel(Document &document, Selection &selection, QWidget *parent = nullptr);

private:
    void showImage();
    void followPlace();
    void reveal(const QModelIndex &index);

    Document &m_document;
    Selection &m_selection;
    ContractModel *m_model = nullptr;
    EmptyState *m_state = nullptr;
    QTreeView *m_view = nullptr;
};

} // namespace cutaway
