// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"
#include "core/audit/rule.h"
#include "ui/models/celltable.h"

namespace cutaway {

/// The rules that could not be asked of this image, and why.
class SkippedModel : public CellTable
{
    Q_OBJECT

public:
    enum Column { RuleColumn, TitleColumn, ReasonColumn };

    explicit SkippedModel(QObject *parent = nullptr);

    void setInspection(InspectionPtr inspection);
    /// Null where the rule is not known any more.
    const Rule *rule(int row) const;
    QString reason(int row) const;

protected:
    int rows() const override;
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    const SkippedRule &at(int row) const;

    std::vector<cutaway::Column> m_columns;
    InspectionPtr m_inspection;
};

} // namespace cutaway
