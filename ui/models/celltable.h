// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>
#include <QIcon>
#include <QString>
#include <QVariant>

#include <vector>

namespace cutaway {

/// One cell, as all of its roles say it.
struct Cell
{
    QString text = {};
    QVariant raw = {};    ///< role::Sort; the text where not given
    QString toolTip = {}; ///< plain text; the text where not given
    QString suffix = {};
    QIcon icon = {};
    quint64 total = 0; ///< not 0: `raw` is in bytes, and a bar shows its share of this
    int severity = -2; ///< -2: not a severity; -1: a note
    int change = -1;   ///< int of Change; -1: not a change
    bool right = false;
    bool muted = false;
    bool fixed = false;
    bool struck = false;
    bool bold = false;
    bool secret = false; ///< shown because somebody asked for it: `raw` is what is copied
    int elide = -1;      ///< Qt::TextElideMode; -1: as the view does
};
[[nodiscard]] QVariant cellData(const Cell &cell, int role);

struct Column
{
    const char *key = ""; ///< name in JSON
    QString title;
    QString explanation = {};
    bool right = false; ///< numbers; sorted downwards first
};
[[nodiscard]] QVariant columnData(const Column &column, int role);

/// A flat table whose cells are made when they are asked for.
class CellTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;

protected:
    virtual int rows() const = 0;
    virtual const std::vector<Column> &columns() const = 0;
    virtual Cell cell(int row, int column) const = 0;
    /// What holds for the whole row: role::Path, role::Layer, role::Finding.
    virtual QVariant rowData(int row, int role) const = 0;
};

} // namespace cutaway
