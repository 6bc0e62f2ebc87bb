// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/cellgroups.h"

#include "ui/models/roles.h"

namespace cutaway {

CellGroups::Row CellGroups::rowAt(const QModelIndex &index)
{
    if (!index.isValid()) {
        return {};
    }
    // An item's id is its group's number plus one; a group's id is 0.
    const auto id = static_cast<int>(index.internalId());
    return id == 0 ? Row{.group = index.row()} : Row{.group = id - 1, .item = index.row()};
}

QModelIndex CellGroups::groupIndex(int group, int column) const
{
    return group >= 0 && group < groups() ? createIndex(group, column, quintptr{0}) : QModelIndex();
}

QModelIndex CellGroups::itemIndex(int group, int item, int column) const
{
    return index(item, column, groupIndex(group));
}

QModelIndex CellGroups::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(
        row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr{0});
}

QModelIndex CellGroups::parent(const QModelIndex &index) const
{
    const Row row = rowAt(index);
    return row.group < 0 || row.isGroup() ? QModelIndex() : createIndex(row.group, 0, quintptr{0});
}

int CellGroups::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return groups();
    }
    const Row row = rowAt(parent);
    return row.isGroup() && parent.column() == 0 ? items(row.group) : 0;
}

int CellGroups::columnCount(const QModelIndex &) const
{
    return static_cast<int>(columns().size());
}

QVariant CellGroups::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == role::Path || role == role::Layer || role == role::Finding) {
        return rowData(rowAt(index), role);
    }
    return cellData(cell(rowAt(index), index.column()), role);
}

QVariant CellGroups::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0
        || section >= static_cast<int>(columns().size())) {
        return {};
    }
    return columnData(columns()[static_cast<std::size_t>(section)], role);
}

} // namespace cutaway
