// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/compare/comparedtable.h"

#include "ui/delegates/emptystate.h"
#include "ui/delegates/itemview.h"
#include "ui/models/roles.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace cutaway {

ComparedTable::ComparedTable(const QString &name,
                             const QString &title,
                             const QString &empty,
                             QWidget *parent)
    : QWidget(parent)
    , m_empty(empty)
    , m_model(new RowsModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_filter(new QLineEdit)
    , m_view(new QTreeView)
{
    setObjectName(name);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(role::Sort);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setUpView(*m_view, name + QStringLiteral("View"));
    m_view->setAccessibleName(title);
    m_view->setModel(m_sorted);
    m_view->setRootIsDecorated(false);
    m_view->header()->setSortIndicatorClearable(true);
    m_view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    m_view->setSortingEnabled(true);
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setAccessibleName(tr("Filter: %1").arg(title));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setToolTip(tr("Show only rows with this text (Ctrl+F)"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("search"), theme::Role::Muted),
                        QLineEdit::LeadingPosition);
    m_state = new EmptyState(m_view);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme::kPadding, theme::kPadding, theme::kPadding, theme::kPadding);
    column->setSpacing(theme::kGrid);
    column->addWidget(m_filter);
    column->addWidget(m_state, 1);
    setFocusProxy(m_view);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_sorted->setFilterFixedString(text);
        showState();
    });
    connect(m_state, &EmptyState::actionActivated, m_filter, &QLineEdit::clear);
}

void ComparedTable::setTable(TableRows table, std::initializer_list<int> letters)
{
    m_model->set(std::move(table));
    setColumnLetters(*m_view, letters);
    showState();
}

void ComparedTable::showState()
{
    m_filter->setVisible(m_hasFilter && m_model->rowCount() > 0);
    if (m_model->rowCount() == 0) {
        m_state->showText(m_empty);
    } else if (m_sorted->rowCount() == 0) {
        m_state->showText(tr("No row has this text."), tr("Show all"));
    } else {
        m_state->showView();
    }
}

} // namespace cutaway
