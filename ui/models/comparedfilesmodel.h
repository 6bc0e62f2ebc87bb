// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/compare/comparison.h"
#include "ui/models/celltable.h"

#include <QStringList>

#include <cstdint>
#include <memory>
#include <vector>

namespace cutaway {

/// Which of the paths that differ are shown, and in which order.
struct ComparedFilesQuery
{
    enum class Sort : std::uint8_t { Change, Path, Before, After, Kind };
    QString words = {};         ///< all of them occur in the path, in any case
    bool withTimeOnly = false;  ///< files with another time alone, or out of another layer
    int layerPair = -1;         ///< only those out of this pair of layers; -1: all
    Sort sortBy = Sort::Change; ///< biggest change first
    bool isDescending = true;

    bool operator==(const ComparedFilesQuery &) const = default;
};

/// What a query gives, worked out away from the main thread.
struct ComparedFiles
{
    std::vector<std::uint32_t> rows; ///< places in the list of differences; limited
    std::size_t matches = 0;         ///< how many there are in all
};
[[nodiscard]] ComparedFiles arrangeFiles(const Comparison &comparison,
                                         const ComparedFilesQuery &query);

/// The paths of two images that differ, a row each.
class ComparedFilesModel : public CellTable
{
    Q_OBJECT

public:
    enum Column { ChangeColumn, PathColumn, DeltaColumn, BeforeColumn, AfterColumn, WhatColumn };
    /// Beyond that rows are for the filter to find.
    static constexpr std::size_t kMostRows = 20'000;

    explicit ComparedFilesModel(QObject *parent = nullptr);

    void set(std::shared_ptr<const Comparison> comparison, ComparedFiles files);

protected:
    int rows() const override { return static_cast<int>(m_files.rows.size()); }
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    const FileDifference &difference(int row) const;
    std::string path(int row) const;
    QString whatText(const FileDifference &difference) const;

    std::vector<cutaway::Column> m_columns;
    std::shared_ptr<const Comparison> m_comparison;
    ComparedFiles m_files;
    quint64 m_biggest = 0;
};

/// "+1.20 MB", "−300 kB"; a dash for none.
QString byteChangeText(quint64 before, quint64 after);

} // namespace cutaway
