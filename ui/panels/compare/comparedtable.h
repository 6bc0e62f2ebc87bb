// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/comparetables.h"

#include <QWidget>

#include <initializer_list>

class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace cutaway {

class EmptyState;

/// One of the short lists of a comparison, with a filter line.
class ComparedTable : public QWidget
{
    Q_OBJECT

public:
    /// `name`: of the view; `title`: what is in it, for screen readers; `empty`: where nothing is.
    ComparedTable(const QString &name,
                  const QString &title,
                  const QString &empty,
                  QWidget *parent = nullptr);

    /// `letters` as for setColumnLetters().
    void setTable(TableRows table, std::initializer_list<int> letters);
    /// For a table that nobody has to search.
    void hideFilter() { m_hasFilter = false; }
    void setEmptyText(const QString &empty) { m_empty = empty; }

private:
    void showState();

    QString m_empty;
    bool m_hasFilter = true;
    RowsModel *m_model = nullptr;
    QSortFilterProxyModel *m_sorted = nullptr;
    QLineEdit *m_filter = nullptr;
    QTreeView *m_view = nullptr;
    EmptyState *m_state = nullptr;
};

} // namespace cutaway
