// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/compare/comparison.h"
#include "ui/models/celltable.h"

#include <vector>

namespace cutaway {

/// Columns, and rows whose cells are there already.
struct TableRows
{
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;
};

/// The short lists of a comparison. Made away from the main thread.
[[nodiscard]] TableRows comparedSettings(const Comparison &comparison);
[[nodiscard]] TableRows comparedSteps(const Comparison &comparison);
[[nodiscard]] TableRows comparedFindings(const Comparison &comparison);
[[nodiscard]] TableRows comparedPackages(const Comparison &comparison);
[[nodiscard]] TableRows comparedSizes(const Comparison &comparison);

/// A table that somebody else has made.
class RowsModel : public CellTable
{
    Q_OBJECT

public:
    using CellTable::CellTable;
    void set(TableRows table);

protected:
    int rows() const override { return static_cast<int>(m_table.rows.size()); }
    const std::vector<Column> &columns() const override { return m_table.columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    TableRows m_table;
};

} // namespace cutaway
