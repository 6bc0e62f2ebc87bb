// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/findingslist.h"

#include <QList>
#include <QWidget>

#include <functional>

class QLineEdit;
class QMenu;
class QToolButton;

namespace cutaway {

/// The line above the findings: severities with their numbers, what else narrows the list, groups,
/// search.
class FindingsFilters : public QWidget
{
    Q_OBJECT

public:
    /// `list` is asked for what there is to choose from; it outlives this.
    explicit FindingsFilters(const FindingsList &list, QWidget *parent = nullptr);

    /// Sorting is not decided here.
    const FindingsQuery &query() const { return m_query; }
    void setQuery(const FindingsQuery &query);
    /// Shows everything but what is suppressed, in the groups there are.
    void clear();
    /// The numbers of another image.
    void showCounts();

signals:
    void queryChanged();

private:
    void buildSeverities();
    void buildMenus();
    void buildSearch();
    void fillFilterMenu();
    void fillGroupMenu();
    void addChoice(QMenu &menu,
                   const QString &text,
                   bool isChosen,
                   const std::function<void(FindingsQuery &)> &change);
    void changeSeverities();
    void change(const std::function<void(FindingsQuery &)> &change);
    void showQuery();

    const FindingsList &m_list;
    FindingsQuery m_query;
    QList<QToolButton *> m_severities; ///< from critical down to info, then notes
    QToolButton *m_filter = nullptr;
    QToolButton *m_group = nullptr;
    QLineEdit *m_search = nullptr;
};

} // namespace cutaway
