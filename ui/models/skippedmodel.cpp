// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/skippedmodel.h"

#include "ui/models/audittexts.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <utility>

namespace cutaway {

SkippedModel::SkippedModel(QObject *parent)
    : CellTable(parent)
    , m_columns({{"rule", tr("Rule")},
                 {"title", tr("What it looks for")},
                 {"reason", tr("Why it was not asked")}})
{}

void SkippedModel::setInspection(InspectionPtr inspection)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    endResetModel();
}

int SkippedModel::rows() const
{
    return m_inspection ? static_cast<int>(m_inspection->skipped.size()) : 0;
}

const SkippedRule &SkippedModel::at(int row) const
{
    return m_inspection->skipped[static_cast<std::size_t>(row)];
}

const Rule *SkippedModel::rule(int row) const
{
    return findRule(at(row).ruleId);
}

QString SkippedModel::reason(int row) const
{
    return shown(at(row).reason);
}

Cell SkippedModel::cell(int row, int column) const
{
    switch (column) {
    case RuleColumn: return {.text = shown(at(row).ruleId), .muted = true};
    case TitleColumn: return {.text = ruleTitle(at(row).ruleId)};
    case ReasonColumn: return {.text = reason(row)};
    default: return {};
    }
}

QVariant SkippedModel::rowData(int, int role) const
{
    switch (role) {
    case role::Path: return QByteArray();
    case role::Layer: return -1;
    default: return QString();
    }
}

} // namespace cutaway
