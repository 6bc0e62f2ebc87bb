// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/celltable.h"

#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <QFont>

namespace cutaway {

namespace {

constexpr qsizetype kShown = 2000; ///< characters of a cell that are ever laid out

} // namespace

QVariant cellData(const Cell &cell, int role)
{
    const bool right = cell.right || cell.total > 0;
    switch (role) {
    case Qt::DisplayRole: return cell.text.left(kShown);
    case Qt::ToolTipRole: {
        const QString &tip = cell.toolTip.isEmpty() ? cell.text : cell.toolTip;
        return tip.isEmpty() ? QVariant() : plainToolTip(tip);
    }
    case Qt::DecorationRole: return cell.icon.isNull() ? QVariant() : QVariant(cell.icon);
    case Qt::TextAlignmentRole:
        return right ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::FontRole: {
        if (!cell.bold) {
            return {};
        }
        QFont font;
        font.setBold(true);
        return font;
    }
    case role::Sort: return cell.raw.isValid() ? cell.raw : QVariant(cell.text);
    case role::Total: return cell.total > 0 ? QVariant(cell.total) : QVariant();
    case role::SeverityKind: return cell.severity > -2 ? QVariant(cell.severity) : QVariant();
    case role::ChangeKind: return cell.change >= 0 ? QVariant(cell.change) : QVariant();
    case role::Muted: return cell.muted;
    case role::Fixed: return cell.fixed;
    case role::Struck: return cell.struck;
    case role::Secret: return cell.secret;
    case role::Suffix: return cell.suffix.left(kShown);
    case role::Elide: return cell.elide >= 0 ? QVariant(cell.elide) : QVariant();
    default: return {};
    }
}

QVariant columnData(const Column &column, int role)
{
    switch (role) {
    case Qt::DisplayRole: return column.title;
    case Qt::ToolTipRole:
        return column.explanation.isEmpty() ? QVariant() : plainToolTip(column.explanation);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((column.right ? Qt::AlignRight : Qt::AlignLeft)
                                   | Qt::AlignVCenter);
    case Qt::InitialSortOrderRole:
        return QVariant::fromValue(column.right ? Qt::DescendingOrder : Qt::AscendingOrder);
    case role::Key: return QLatin1String(column.key);
    default: return {};
    }
}

int CellTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : rows();
}

int CellTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns().size());
}

QVariant CellTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == role::Path || role == role::Layer || role == role::Finding) {
        return rowData(index.row(), role);
    }
    return cellData(cell(index.row(), index.column()), role);
}

QVariant CellTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0
        || section >= static_cast<int>(columns().size())) {
        return {};
    }
    return columnData(columns()[static_cast<std::size_t>(section)], role);
}

} // namespace cutaway
