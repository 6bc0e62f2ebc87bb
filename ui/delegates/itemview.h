// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QModelIndex>
#include <QString>

#include <functional>
#include <initializer_list>

class QMenu;
class QTreeView;

namespace cutaway {

/// The habits that every table and tree of the window shares: one row height, our painting,
/// copying, whole rows, a context menu with `addActions` before the copy actions.
void setUpView(QTreeView &view,
               const QString &name,
               const std::function<void(QMenu &, const QModelIndex &)> &addActions = {});

/// Widths in letters of the view's font, so that they hold at any scale; 0: takes the rest.
void setColumnLetters(QTreeView &view, std::initializer_list<int> letters);

/// Makes a row current and brings it into sight, without more scrolling than it takes.
void showRow(QTreeView &view, const QModelIndex &index);

} // namespace cutaway
