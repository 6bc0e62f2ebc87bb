// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/propertiesmodel.h"

#include "ui/models/audittexts.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cutaway {

namespace {

constexpr std::ptrdiff_t kKeptRows = 3; ///< of a practice; more become one row

/// One sign for each verdict, by its shape as by its colour.
const QIcon &verdictIcon(Verdict verdict)
{
    static const std::array<QIcon, 4> kIcons = {
        icon(QStringLiteral("good"), theme::Role::Good),
        icon(QStringLiteral("low"), theme::Role::Low),
        icon(QStringLiteral("high"), theme::Role::High),
        icon(QStringLiteral("unknown"), theme::Role::Muted),
    };
    return kIcons[static_cast<std::size_t>(verdict)];
}

} // namespace

PropertiesModel::PropertiesModel(QObject *parent)
    : CellGroups(parent)
    , m_columns({{"what", tr("What")},
                 {"state", tr("State")},
                 {"practice", tr("Practice"), tr("What it is a part of")}})
{}

void PropertiesModel::setInspection(InspectionPtr inspection)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    m_properties.clear();
    m_items.clear();
    if (m_inspection) {
        m_properties = propertiesOf(*m_inspection);
    }
    for (const PropertyVerdict &property : m_properties) {
        std::vector<Item> &items = m_items.emplace_back();
        for (const PracticeVerdict &practice : property.practices) {
            addItems(practice, items);
        }
        std::ranges::stable_sort(items, {}, [](const Item &item) {
            // What was found first, then what was kept, then what nobody can tell.
            constexpr std::array kRank = {2, 1, 0, 3};
            return kRank.at(static_cast<std::size_t>(item.verdict));
        });
    }
    endResetModel();
}

void PropertiesModel::addItems(const PracticeVerdict &practice, std::vector<Item> &items)
{
    if (practice.rules.empty()) {
        items.push_back({.practice = practice.practice});
        return;
    }
    const auto isQuiet = [](const RuleVerdict &rule) {
        return rule.verdict == Verdict::Kept && rule.findings.empty();
    };
    const auto quiet = std::ranges::count_if(practice.rules, isQuiet);
    const bool isJoined = quiet > kKeptRows;
    for (const RuleVerdict &rule : practice.rules) {
        if (!isJoined || !isQuiet(rule)) {
            items.push_back(
                {.practice = practice.practice, .rule = &rule, .verdict = rule.verdict});
        }
    }
    if (isJoined) {
        items.push_back({.practice = practice.practice,
                         .others = static_cast<int>(quiet),
                         .verdict = Verdict::Kept});
    }
}

Verdict PropertiesModel::verdict(int property) const
{
    return m_properties[static_cast<std::size_t>(property)].verdict;
}

int PropertiesModel::count(Verdict verdict) const
{
    return static_cast<int>(std::ranges::count(m_properties, verdict, &PropertyVerdict::verdict));
}

int PropertiesModel::items(int group) const
{
    return static_cast<int>(m_items[static_cast<std::size_t>(group)].size());
}

const PropertiesModel::Item *PropertiesModel::item(Row row) const
{
    return row.group < 0 || row.isGroup()
               ? nullptr
               : &m_items[static_cast<std::size_t>(row.group)][static_cast<std::size_t>(row.item)];
}

const Rule *PropertiesModel::rule(const QModelIndex &index) const
{
    const Item *found = item(rowAt(index));
    return found == nullptr || found->rule == nullptr ? nullptr : found->rule->rule;
}

const Finding *PropertiesModel::finding(const QModelIndex &index) const
{
    const Item *found = item(rowAt(index));
    return found == nullptr || found->rule == nullptr || found->rule->findings.empty()
               ? nullptr
               : &m_inspection->findings[found->rule->findings.front()];
}

QString PropertiesModel::stateText(const Item &item) const
{
    if (item.rule == nullptr) {
        return item.others > 0 ? verdictWord(Verdict::Kept) : tr("No rule can tell");
    }
    if (!item.rule->reason.empty()) {
        return tr("Not asked");
    }
    if (item.rule->findings.empty()) {
        return verdictWord(Verdict::Kept);
    }
    const Finding &first = m_inspection->findings[item.rule->findings.front()];
    const QString word = severityWord(static_cast<int>(first.severity));
    const auto count = item.rule->findings.size();
    return count == 1 ? word : tr("%1, %2 findings").arg(word, numberText(count));
}

QString PropertiesModel::explanation(const QModelIndex &index) const
{
    const Row row = rowAt(index);
    if (row.group < 0) {
        return {};
    }
    const Item *found = item(row);
    if (found == nullptr) {
        const ModuleProperty &property =
            *m_properties[static_cast<std::size_t>(row.group)].property;
        return QString::fromUtf8(property.meaning);
    }
    if (found->rule == nullptr) {
        return found->others > 0 ? tr("These rules were asked and found nothing.")
                                 : QString::fromUtf8(found->practice->remark);
    }
    if (!found->rule->reason.empty()) {
        return tr("Not asked: %1.").arg(shown(found->rule->reason));
    }
    const Finding *first = finding(index);
    return first == nullptr ? tr("Asked, and found nothing.") : shown(first->summary);
}

Cell PropertiesModel::itemCell(const Item &item, int column) const
{
    const QString practice = QString::fromUtf8(item.practice->title);
    switch (column) {
    case WhatColumn: {
        const QString text = item.rule != nullptr ? QString::fromUtf8(item.rule->rule->title)
                             : item.others > 0    ? tr("%1 other rules").arg(item.others)
                                                  : practice;
        return {.text = text,
                .raw = item.rule != nullptr ? QString::fromUtf8(item.rule->rule->id) : text,
                .toolTip = text,
                .icon = verdictIcon(item.verdict),
                .muted = item.verdict == Verdict::Unknown};
    }
    case StateColumn: {
        const QString tip = item.rule != nullptr && !item.rule->reason.empty()
                                ? shown(item.rule->reason)
                                : QString();
        return {.text = stateText(item),
                .toolTip = tip,
                .muted = item.verdict != Verdict::Broken && item.verdict != Verdict::Remarks};
    }
    case PracticeColumn: return {.text = practice, .muted = true};
    default: return {};
    }
}

Cell PropertiesModel::cell(Row row, int column) const
{
    if (const Item *found = item(row)) {
        return itemCell(*found, column);
    }
    const PropertyVerdict &verdict = m_properties[static_cast<std::size_t>(row.group)];
    switch (column) {
    case WhatColumn:
        return {.text = QString::fromUtf8(verdict.property->title),
                .raw = QString::fromUtf8(verdict.property->id),
                .toolTip = QString::fromUtf8(verdict.property->meaning),
                .icon = verdictIcon(verdict.verdict),
                .bold = true};
    case StateColumn:
        return {.text = verdictWord(verdict.verdict),
                .raw = QString::fromUtf8(verdictName(verdict.verdict).data()),
                .bold = true};
    default: return {};
    }
}

QVariant PropertiesModel::rowData(Row row, int role) const
{
    if (role == role::Finding) {
        const Item *found = item(row);
        return found == nullptr || found->rule == nullptr || found->rule->findings.empty()
                   ? QString()
                   : QString::fromStdString(
                         m_inspection->findings[found->rule->findings.front()].fingerprint);
    }
    return role == role::Layer ? QVariant(-1) : QVariant(QByteArray());
}

} // namespace cutaway
