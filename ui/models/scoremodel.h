// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "ui/models/cellgroups.h"

#include <vector>

namespace cutaway {

/// The sum behind the grade: what each fix gains, what was taken off and why, and which findings
/// keep the grade down whatever the sum says.
class ScoreModel : public CellGroups
{
    Q_OBJECT

public:
    enum Column { WhatColumn, WhyColumn, PointsColumn };
    enum class Part : std::uint8_t { Gains, Sum, Ceilings };

    explicit ScoreModel(QObject *parent = nullptr);

    void setInspection(InspectionPtr inspection);
    Part part(int group) const { return m_groups[static_cast<std::size_t>(group)].part; }
    /// The finding that the row leads to: the fix' own, else the rule's severest; null where none.
    const Finding *finding(const QModelIndex &index) const;

protected:
    int groups() const override { return static_cast<int>(m_groups.size()); }
    int items(int group) const override;
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(Row row, int column) const override;
    QVariant rowData(Row row, int role) const override;

private:
    struct Item
    {
        QString what = {};
        QString why = {};
        QString points = {};
        double raw = 0;
        int severity = -2;
        bool isTotal = false;
        const Finding *finding = nullptr; ///< of the inspection
    };
    struct Group
    {
        Part part = Part::Sum;
        QString title = {};
        QString remark = {};
        std::vector<Item> items = {};
    };
    void addGains();
    void addSum();
    void addCeilings();
    const Finding *severestOf(std::string_view rule) const;
    const Item *item(Row row) const;

    std::vector<cutaway::Column> m_columns;
    InspectionPtr m_inspection;
    std::vector<Group> m_groups;
};

} // namespace cutaway
