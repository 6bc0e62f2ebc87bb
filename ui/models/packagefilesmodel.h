// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "ui/models/celltable.h"

#include <vector>

namespace cutaway {

/// The files of one package, the biggest first; of one that is gone those that it had.
class PackageFilesModel : public CellTable
{
    Q_OBJECT

public:
    enum Column { PathColumn, BytesColumn, LayerColumn };

    explicit PackageFilesModel(QObject *parent = nullptr);

    /// `package` is one of the inspection's, or null.
    void setPackage(InspectionPtr inspection, const Package *package);
    QModelIndex find(const QByteArray &path) const;

protected:
    int rows() const override { return static_cast<int>(m_entries.size()); }
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    const Entry &entry(int row) const;
    std::string path(int row) const;

    std::vector<cutaway::Column> m_columns;
    InspectionPtr m_inspection;
    std::vector<EntryId> m_entries;
};

} // namespace cutaway
