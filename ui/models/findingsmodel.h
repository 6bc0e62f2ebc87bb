// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/models/celltable.h"
#include "ui/models/findingslist.h"

#include <QAbstractItemModel>

namespace cutaway {

/// What is to be said of an image, one line each: groups where they are asked for, in them findings
/// and notes, below each finding the facts that it rests on. Rows cost nothing until they are seen.
class FindingsModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum class Level : std::uint8_t { None, Group, Item, Evidence };

    explicit FindingsModel(QObject *parent = nullptr);

    void setInspection(InspectionPtr inspection);
    void setQuery(const FindingsQuery &query);
    const FindingsQuery &query() const { return m_query; }
    const FindingsList &list() const { return m_list; }

    Level level(const QModelIndex &index) const;
    /// The finding of the row, or that its evidence belongs to; null for groups and notes.
    const Finding *finding(const QModelIndex &index) const;
    /// The fact of the row; null for what is no evidence.
    const Evidence *evidence(const QModelIndex &index) const;
    /// The note's or finding's line; null for a group.
    const FindingsItem *item(const QModelIndex &index) const;
    /// Where the finding with that fingerprint is shown; invalid where it is not.
    QModelIndex find(const QString &fingerprint) const;
    /// The row below the finding that has this fact.
    QModelIndex evidenceIndex(const QModelIndex &finding, int at) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// A column of -1 gives the audit's own order back.
    void sort(int column, Qt::SortOrder order) override;

private:
    bool isGrouped() const { return m_query.grouping != FindingsQuery::Grouping::None; }
    void arrange();
    int positionOf(const QModelIndex &index) const; ///< in the list's order; -1: a group
    QModelIndex itemIndex(int position, int column = 0) const;
    Cell groupCell(const FindingsList::Group &group, FindingsColumn column) const;
    Cell itemCell(const FindingsItem &item, const Finding *finding, FindingsColumn column) const;
    Cell evidenceCell(const Evidence &evidence, FindingsColumn column) const;
    Cell cell(const QModelIndex &index) const;
    QVariant rowData(const QModelIndex &index, int role) const;

    std::vector<Column> m_columns; ///< in the order of FindingsColumn
    FindingsList m_list;
    FindingsQuery m_query;
    std::vector<int> m_groupOf;  ///< by position
    std::vector<int> m_position; ///< by item; -1: not shown
};

} // namespace cutaway
