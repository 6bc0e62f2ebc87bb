// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/delegates/itemview.h"

#include "ui/delegates/celldelegate.h"
#include "ui/delegates/copying.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QMenu>
#include <QSignalBlocker>
#include <QTreeView>

namespace cutaway {

namespace {

/// Qt makes the first row current when a view without one gets the focus: a choice that nobody made
/// and that the panels would follow. Undone here; the first arrow key still goes to the first row.
class NoChoiceByFocus : public QObject
{
public:
    explicit NoChoiceByFocus(QTreeView &view)
        : QObject(&view)
        , m_view(view)
    {
        view.installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        QItemSelectionModel *selection = m_view.selectionModel();
        if (event->type() != QEvent::FocusIn || selection == nullptr
            || selection->currentIndex().isValid()) {
            return QObject::eventFilter(watched, event);
        }
        const QSignalBlocker silent(selection);
        watched->event(event);
        selection->clearCurrentIndex();
        return true;
    }

private:
    QTreeView &m_view;
};

} // namespace

void setUpView(QTreeView &view,
               const QString &name,
               const std::function<void(QMenu &, const QModelIndex &)> &addActions)
{
    view.setObjectName(name);
    view.setItemDelegate(new CellDelegate(&view));
    view.setUniformRowHeights(true);
    view.setAllColumnsShowFocus(true);
    view.setAlternatingRowColors(true);
    view.setSelectionMode(QAbstractItemView::ExtendedSelection);
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    view.setTextElideMode(Qt::ElideRight);
    view.setIconSize({theme::kIcon, theme::kIcon});
    view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.header()->setStretchLastSection(false);
    view.header()->setHighlightSections(false);
    new NoChoiceByFocus(view);
    view.setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(
        &view, &QWidget::customContextMenuRequested, &view, [&view, addActions](const QPoint &at) {
            QMenu menu(&view);
            if (addActions) {
                addActions(menu, view.indexAt(at));
            }
            if (!menu.isEmpty()) {
                menu.addSeparator();
            }
            addCopyActions(menu, view);
            menu.exec(view.viewport()->mapToGlobal(at));
        });
}

void setColumnLetters(QTreeView &view, std::initializer_list<int> letters)
{
    QHeaderView *header = view.header();
    const int width = view.fontMetrics().averageCharWidth();
    header->setMinimumSectionSize(width * 3);
    int column = 0;
    for (const int count : letters) {
        if (count == 0) {
            header->setSectionResizeMode(column, QHeaderView::Stretch);
        } else {
            header->setSectionResizeMode(column, QHeaderView::Interactive);
            header->resizeSection(column, count * width + 2 * theme::kGrid);
        }
        ++column;
    }
}

void showRow(QTreeView &view, const QModelIndex &index)
{
    const QModelIndex row = index.siblingAtColumn(0);
    view.selectionModel()->setCurrentIndex(
        row, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    view.scrollTo(row, QAbstractItemView::EnsureVisible);
}

} // namespace cutaway
