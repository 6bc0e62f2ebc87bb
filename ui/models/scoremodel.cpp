// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/scoremodel.h"

#include "core/audit/rule.h"
#include "ui/models/audittexts.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cutaway {

namespace {

QString takenText(double points)
{
    const QString text = pointsText(std::abs(points));
    return (points > 0 ? QStringLiteral("−") : QStringLiteral("+")) + text;
}

/// "bytes", a rule's id, or a family whose limit gives points back.
QString penaltyTitle(const Score::Penalty &penalty)
{
    if (penalty.what == "bytes") {
        return ScoreModel::tr("Bytes that could be saved");
    }
    if (findRule(penalty.what) != nullptr) {
        return ruleTitle(penalty.what);
    }
    QStringList families;
    for (const QString &family : shown(penalty.what).split(QStringLiteral(", "))) {
        families << familyTitle(family);
    }
    return ScoreModel::tr("Given back: %1").arg(families.join(QStringLiteral(", ")));
}

} // namespace

ScoreModel::ScoreModel(QObject *parent)
    : CellGroups(parent)
    , m_columns({{"what", tr("What")},
                 {"why", tr("Why")},
                 {"points", tr("Points"), tr("Of 100; decimals are rounded"), true}})
{}

void ScoreModel::setInspection(InspectionPtr inspection)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    m_groups.clear();
    if (m_inspection) {
        addGains();
        addSum();
        addCeilings();
    }
    endResetModel();
}

void ScoreModel::addGains()
{
    Group group{.part = Part::Gains, .title = tr("What each fix gains")};
    std::vector<const Finding *> findings;
    for (const Finding &finding : m_inspection->findings) {
        if (!finding.suppressed && !gainText(finding.points).isEmpty()) {
            findings.push_back(&finding);
        }
    }
    std::ranges::stable_sort(findings, std::ranges::greater(), &Finding::points);
    for (const Finding *finding : findings) {
        group.items.push_back({.what = shown(finding->summary),
                               .why = shown(finding->ruleId),
                               .points = gainText(finding->points),
                               .raw = finding->points,
                               .severity = static_cast<int>(finding->severity),
                               .finding = finding});
    }
    group.remark = group.items.empty() ? tr("nothing to gain") : QString();
    m_groups.push_back(std::move(group));
}

void ScoreModel::addSum()
{
    const Score &score = m_inspection->score;
    Group group{.part = Part::Sum, .title = tr("The sum")};
    group.items.push_back(
        {.what = tr("To begin with"), .points = QStringLiteral("100"), .raw = 100});
    for (const Score::Penalty &penalty : score.penalties) {
        group.items.push_back(
            {.what = penaltyTitle(penalty),
             .why = penalty.what == "bytes" ? tr("one for each percent") : shown(penalty.reason),
             .points = takenText(penalty.points),
             .raw = -penalty.points,
             .finding = severestOf(penalty.what)});
    }
    group.items.push_back({.what = tr("Score"),
                           .why = score.value <= 0 ? tr("never below none") : QString(),
                           .points = pointsText(score.value),
                           .raw = score.value,
                           .isTotal = true});
    if (score.isKnown) {
        m_groups.push_back(std::move(group));
    }
}

void ScoreModel::addCeilings()
{
    const Score &score = m_inspection->score;
    if (!score.isKnown || score.ceilings.empty()) {
        return;
    }
    Group group{.part = Part::Ceilings,
                .title = tr("What keeps the grade down"),
                .remark = tr("whatever the sum says")};
    for (const Score::Ceiling &ceiling : score.ceilings) {
        const Finding *finding = severestOf(ceiling.ruleId);
        group.items.push_back(
            {.what = ruleTitle(ceiling.ruleId),
             .why = shown(ceiling.ruleId),
             .points = tr("at most %1").arg(QLatin1Char(ceiling.grade)),
             .severity = finding == nullptr ? -2 : static_cast<int>(finding->severity),
             .finding = finding});
    }
    m_groups.push_back(std::move(group));
}

const Finding *ScoreModel::severestOf(std::string_view rule) const
{
    const Finding *severest = nullptr;
    for (const Finding &finding : m_inspection->findings) {
        if (finding.ruleId == rule && !finding.suppressed
            && (severest == nullptr || finding.severity > severest->severity)) {
            severest = &finding;
        }
    }
    return severest;
}

int ScoreModel::items(int group) const
{
    return static_cast<int>(m_groups[static_cast<std::size_t>(group)].items.size());
}

const ScoreModel::Item *ScoreModel::item(Row row) const
{
    return row.group < 0 || row.isGroup() ? nullptr
                                          : &m_groups[static_cast<std::size_t>(row.group)]
                                                 .items[static_cast<std::size_t>(row.item)];
}

const Finding *ScoreModel::finding(const QModelIndex &index) const
{
    const Item *found = item(rowAt(index));
    return found == nullptr ? nullptr : found->finding;
}

Cell ScoreModel::cell(Row row, int column) const
{
    const Item *found = item(row);
    if (found == nullptr) {
        const Group &group = m_groups[static_cast<std::size_t>(row.group)];
        return column == WhatColumn
                   ? Cell{.text = group.title, .suffix = group.remark, .bold = true}
                   : Cell{};
    }
    switch (column) {
    case WhatColumn:
        return {.text = found->what,
                .icon = found->severity < -1 ? QIcon() : severityIcon(found->severity),
                .bold = found->isTotal};
    case WhyColumn: return {.text = found->why, .muted = true};
    case PointsColumn:
        return {.text = found->points, .raw = found->raw, .right = true, .bold = found->isTotal};
    default: return {};
    }
}

QVariant ScoreModel::rowData(Row row, int role) const
{
    const Item *found = item(row);
    if (role == role::Finding) {
        return found == nullptr || found->finding == nullptr
                   ? QString()
                   : QString::fromStdString(found->finding->fingerprint);
    }
    return role == role::Layer ? QVariant(-1) : QVariant(QByteArray());
}

} // namespace cutaway
