// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/celltable.h"

#include <QAbstractItemModel>

namespace cutaway {

/// A tree of two levels, groups and their items, whose cells are made when they are asked for.
class CellGroups : public QAbstractItemModel
{
    Q_OBJECT

public:
    using QAbstractItemModel::QAbstractItemModel;

    /// Which row is meant: item -1 is the group itself.
    struct Row
    {
        int group = -1;
        int item = -1;

        bool isGroup() const { return item < 0; }
    };
    static Row rowAt(const QModelIndex &index);
    QModelIndex groupIndex(int group, int column = 0) const;
    QModelIndex itemIndex(int group, int item, int column = 0) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const final;
    QModelIndex parent(const QModelIndex &index) const final;
    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;

protected:
    virtual int groups() const = 0;
    virtual int items(int group) const = 0;
    virtual const std::vector<Column> &columns() const = 0;
    virtual Cell cell(Row row, int column) const = 0;
    virtual QVariant rowData(Row row, int role) const = 0;
};

} // namespace cutaway
