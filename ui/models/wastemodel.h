// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "ui/models/cellgroups.h"

#include <vector>

namespace cutaway {

/// Bytes that are shipped and never seen, by cause, each with its paths, the biggest first; then
/// what is stored several times over.
class WasteModel : public CellGroups
{
    Q_OBJECT

public:
    enum Column { WhatColumn, BytesColumn, LayerColumn, HiddenByColumn, StepColumn };
    static constexpr int kFirstItems = 20; ///< of a cause, until all are asked for

    explicit WasteModel(QObject *parent = nullptr);

    void setInspection(InspectionPtr inspection);
    /// Whether the row stands for the items that are not shown yet.
    bool isShowAll(const QModelIndex &index) const;
    void showAll(int at);
    /// Items of the path and layer; invalid where it is no waste or not shown yet.
    QModelIndex find(const QByteArray &path, int layer) const;
    /// What the cause means.
    QString explanation(const QModelIndex &index) const;

protected:
    int groups() const override { return static_cast<int>(m_groups.size()); }
    int items(int at) const override;
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(Row row, int column) const override;
    QVariant rowData(Row row, int role) const override;

private:
    struct Group
    {
        Cause cause = Cause::None; ///< None: the duplicates
        quint64 bytes = 0;
        std::vector<std::uint32_t> items = {}; ///< indices into waste, or into duplicates
        bool isOpening = false;                ///< the row that asked for all is an item already
        bool all = false;
    };
    const Group &group(int at) const { return m_groups[static_cast<std::size_t>(at)]; }
    bool isMore(Row row) const;
    Cell groupCell(const Group &group, int column) const;
    Cell itemCell(const WasteItem &item, int column) const;
    Cell duplicateCell(const DuplicateGroup &group, int column) const;
    Cell layerCell(LayerIndex layer) const;
    QString pathOf(EntryId entry) const;

    std::vector<cutaway::Column> m_columns;
    InspectionPtr m_inspection;
    std::vector<QString> m_instructions;
    std::vector<Group> m_groups;
};

} // namespace cutaway
