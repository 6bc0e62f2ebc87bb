// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/source/filesearch.h"
#include "ui/models/celltable.h"

#include <vector>

namespace cutaway {

/// What a search found, a row for each layer that does something to a path. Rows come to the view
/// as it is scrolled, so that a million of them cost it nothing.
class SearchModel : public CellTable
{
    Q_OBJECT

public:
    enum Column {
        PathColumn,
        LayerColumn,
        ChangeColumn,
        SizeColumn,
        ModeColumn,
        OwnerColumn,
        TimeColumn
    };
    static constexpr int kPage = 2000; ///< rows that come at once

    explicit SearchModel(QObject *parent = nullptr);

    /// Forgets what was found; what comes is of this image.
    void reset(PathTreePtr tree);
    void append(const std::vector<SearchHit> &hits);
    /// The same hits in another order.
    void setHits(std::vector<SearchHit> hits);
    const std::vector<SearchHit> &hits() const { return m_hits; }
    const PathTreePtr &tree() const { return m_tree; }
    /// Of that path and layer, among those the view has; invalid where there is none.
    QModelIndex find(const QByteArray &path, int layer) const;

    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    /// Tells who sorts, off the main thread.
    void sort(int column, Qt::SortOrder order) override;

signals:
    void sortWanted(int column, Qt::SortOrder order);

protected:
    int rows() const override { return m_shown; }
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    void show(int rows);

    std::vector<cutaway::Column> m_columns;
    PathTreePtr m_tree;
    std::vector<SearchHit> m_hits;
    int m_shown = 0; ///< rows that the view was told of
};

/// Sorts by a column of the model; ties stay in the order of paths, then of layers. May be called
/// from any thread.
[[nodiscard]] std::vector<SearchHit> sortedHits(const PathTree &tree,
                                                std::vector<SearchHit> hits,
                                                int column,
                                                Qt::SortOrder order);

/// What was found in groups, the largest first.
class SearchGroupsModel : public CellTable
{
    Q_OBJECT

public:
    enum Column { NameColumn, CountColumn, BytesColumn, WastedColumn };

    explicit SearchGroupsModel(QObject *parent = nullptr);

    void setGroups(PathTreePtr tree, HitGrouping grouping, std::vector<HitGroup> groups);
    HitGrouping grouping() const { return m_grouping; }
    const HitGroup &group(int row) const { return m_groups[static_cast<std::size_t>(row)]; }
    /// The words that leave this group alone, to be put behind a filter.
    QString filterOf(int row) const;

protected:
    int rows() const override { return static_cast<int>(m_groups.size()); }
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    std::vector<cutaway::Column> m_columns;
    PathTreePtr m_tree;
    HitGrouping m_grouping = HitGrouping::Extension;
    std::vector<HitGroup> m_groups;
    quint64 m_total = 0;
};

} // namespace cutaway
