// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QAbstractItemView;
class QMenu;
class QWidget;

namespace cutaway {

/// The selected rows, a line each, visible columns set apart by tabs, as they are shown.
QString selectedAsText(const QAbstractItemView &view);
/// The selected rows as a JSON array of objects, with raw values under the columns' names.
QString selectedAsJson(const QAbstractItemView &view);

/// Copies what is selected in the widget that has the focus, a view (as text) or a widget of text,
/// or in the one around it. False when there is nothing to copy; then the clipboard is left alone.
bool copySelection(QWidget *from);
/// "Copy" and "Copy as JSON".
void addCopyActions(QMenu &menu, QAbstractItemView &view);

} // namespace cutaway
