// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QAbstractItemView;
class QMenu;

namespace cutaway {

/// The selected rows, a line each, visible columns set apart by tabs, as they are shown.
QString selectedAsText(const QAbstractItemView &view);
/// The selected rows as a JSON array of objects, with raw values under the columns' names.
QString selectedAsJson(const QAbstractItemView &view);

/// Ctrl+C on the view copies text.
void installCopying(QAbstractItemView &view);
/// "Copy" and "Copy as JSON".
void addCopyActions(QMenu &menu, QAbstractItemView &view);

} // namespace cutaway
