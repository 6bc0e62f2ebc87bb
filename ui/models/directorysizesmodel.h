// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/compare/comparison.h"
#include "ui/models/celltable.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace cutaway {

/// Children of each directory, biggest change first; worked out away from the main thread.
struct DirectoryOrder
{
    std::vector<std::uint32_t> children; ///< runs of them
    std::vector<std::uint32_t> starts;   ///< of each directory's run, and the end of the last
    std::vector<std::uint32_t> places;   ///< of each directory among its siblings
};
[[nodiscard]] DirectoryOrder orderDirectories(const std::vector<DirectoryDifference> &directories);

/// Directories below which something differs, as a tree, with their bytes in both images.
class DirectorySizesModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, DeltaColumn, BeforeColumn, AfterColumn, FilesColumn };

    explicit DirectorySizesModel(QObject *parent = nullptr);

    void set(std::shared_ptr<const Comparison> comparison, DirectoryOrder order);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const std::vector<DirectoryDifference> &directories() const;
    Cell cell(std::uint32_t at, int column) const;
    std::string path(std::uint32_t at) const;

    std::vector<cutaway::Column> m_columns;
    std::shared_ptr<const Comparison> m_comparison;
    DirectoryOrder m_order;
};

} // namespace cutaway
