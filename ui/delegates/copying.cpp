// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/delegates/copying.h"

#include "ui/models/roles.h"
#include "ui/theme/icons.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QMetaObject>
#include <QTreeView>

#include <algorithm>

namespace cutaway {

namespace {

constexpr qsizetype kMostRows = 100'000; ///< more than anybody pastes

/// In the order they are seen.
QModelIndexList selectedRows(const QAbstractItemView &view)
{
    if (view.selectionModel() == nullptr) {
        return {};
    }
    QModelIndexList rows = view.selectionModel()->selectedRows();
    if (rows.size() > kMostRows) {
        rows.resize(kMostRows);
    }
    std::ranges::sort(
        rows, {}, [&view](const QModelIndex &index) { return view.visualRect(index).top(); });
    return rows;
}

QList<int> columnsInOrder(const QAbstractItemView &view)
{
    QList<int> columns;
    const auto *tree = qobject_cast<const QTreeView *>(&view);
    const int count = view.model()->columnCount(view.rootIndex());
    for (int visual = 0; visual < count; ++visual) {
        const int column = tree != nullptr ? tree->header()->logicalIndex(visual) : visual;
        if (tree == nullptr || !tree->isColumnHidden(column)) {
            columns.append(column);
        }
    }
    return columns;
}

QString cellText(const QModelIndex &index)
{
    if (index.data(role::Secret).toBool()) {
        return index.data(role::Sort).toString();
    }
    const QString suffix = index.data(role::Suffix).toString();
    // What is shown shortened, a digest, a label's name, is copied whole.
    QString text = index.data().toString();
    if (const QVariant raw = index.data(role::Sort); raw.typeId() == QMetaType::QString) {
        const QString whole = raw.toString();
        if (whole.startsWith(text) || text.contains(QChar(0x2026))) {
            text = whole;
        }
    }
    return suffix.isEmpty() ? text : text + QLatin1Char(' ') + suffix;
}

QJsonValue jsonValue(const QVariant &value)
{
    if (!value.isValid() || value.isNull()) {
        return QJsonValue::Null;
    }
    if (value.typeId() == QMetaType::ULongLong) {
        return static_cast<qint64>(value.toULongLong());
    }
    return QJsonValue::fromVariant(value);
}

} // namespace

QString selectedAsText(const QAbstractItemView &view)
{
    const QList<int> columns = columnsInOrder(view);
    QStringList lines;
    for (const QModelIndex &row : selectedRows(view)) {
        QStringList cells;
        for (const int column : columns) {
            cells << cellText(row.siblingAtColumn(column));
        }
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

QString selectedAsJson(const QAbstractItemView &view)
{
    QJsonArray rows;
    for (const QModelIndex &row : selectedRows(view)) {
        QJsonObject object;
        for (int column = 0; column < view.model()->columnCount(row.parent()); ++column) {
            const QString key =
                view.model()->headerData(column, Qt::Horizontal, role::Key).toString();
            if (!key.isEmpty()) {
                object.insert(key, jsonValue(row.siblingAtColumn(column).data(role::Sort)));
            }
        }
        rows.append(object);
    }
    return QString::fromUtf8(QJsonDocument(rows).toJson());
}

bool copySelection(QWidget *from)
{
    for (QWidget *widget = from; widget != nullptr; widget = widget->parentWidget()) {
        if (const auto *view = qobject_cast<QAbstractItemView *>(widget)) {
            const QString text = selectedAsText(*view);
            if (!text.isEmpty()) {
                QApplication::clipboard()->setText(text);
            }
            return !text.isEmpty();
        }
        // Widgets of text have a slot of that name, whatever their class.
        if (widget->metaObject()->indexOfMethod("copy()") >= 0) {
            return QMetaObject::invokeMethod(widget, "copy");
        }
    }
    return false;
}

void addCopyActions(QMenu &menu, QAbstractItemView &view)
{
    const auto add = [&menu, &view](const char *text, QString (*copy)(const QAbstractItemView &)) {
        QAction *action = menu.addAction(QCoreApplication::translate("cutaway", text));
        action->setEnabled(view.selectionModel() != nullptr
                           && view.selectionModel()->hasSelection());
        QObject::connect(action, &QAction::triggered, &view, [&view, copy] {
            QApplication::clipboard()->setText(copy(view));
        });
        return action;
    };
    QAction *text = add(QT_TRANSLATE_NOOP("cutaway", "&Copy"), selectedAsText);
    text->setIcon(icon(QStringLiteral("copy")));
    text->setShortcut(QKeySequence::Copy);
    add(QT_TRANSLATE_NOOP("cutaway", "Copy as &JSON"), selectedAsJson);
}

} // namespace cutaway
