// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/properties.h"
#include "ui/models/cellgroups.h"

#include <vector>

namespace cutaway {

/// The seven properties of a module container, each with its practices and the rules that tell of
/// them. Of a practice with many rules those that found nothing are one row.
class PropertiesModel : public CellGroups
{
    Q_OBJECT

public:
    enum Column { WhatColumn, StateColumn, PracticeColumn };

    explicit PropertiesModel(QObject *parent = nullptr);

    void setInspection(InspectionPtr inspection);
    Verdict verdict(int property) const;
    int count(Verdict verdict) const; ///< of the seven
    /// The rule of the row; null for a property, for a practice without rules, for several rules.
    const Rule *rule(const QModelIndex &index) const;
    /// What it found, the severest first; null where it is nothing.
    const Finding *finding(const QModelIndex &index) const;
    /// The row in words: what it means, and how the image does.
    QString explanation(const QModelIndex &index) const;

protected:
    int groups() const override { return static_cast<int>(m_properties.size()); }
    int items(int group) const override;
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(Row row, int column) const override;
    QVariant rowData(Row row, int role) const override;

private:
    struct Item
    {
        const Practice *practice = nullptr;
        const RuleVerdict *rule = nullptr; ///< null: none can tell, or `others`
        int others = 0;                    ///< how many rules that found nothing the row stands for
        Verdict verdict = Verdict::Unknown;
    };
    void addItems(const PracticeVerdict &practice, std::vector<Item> &items);
    const Item *item(Row row) const;
    Cell itemCell(const Item &item, int column) const;
    QString stateText(const Item &item) const;

    std::vector<cutaway::Column> m_columns;
    InspectionPtr m_inspection;
    std::vector<PropertyVerdict> m_properties;
    std::vector<std::vector<Item>> m_items; ///< by property
};

} // namespace cutaway
