// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/findingsmodel.h"

#include "core/audit/rule.h"
#include "ui/models/audittexts.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>

namespace cutaway {

namespace {

// An index' id tells its level: 0 a group, even the item at position id / 2 - 1, odd a fact of the
// item at position (id - 1) / 2.
constexpr quintptr kGroupId = 0;

quintptr itemId(int position)
{
    return (static_cast<quintptr>(position) + 1) * 2;
}

quintptr evidenceId(int position)
{
    return static_cast<quintptr>(position) * 2 + 1;
}

/// What the summary of a suppressed finding is followed by.
QString suppressionText(const Suppression &suppression)
{
    const QString reason = shown(suppression.reason);
    return reason.isEmpty() ? FindingsModel::tr("suppressed")
                            : FindingsModel::tr("suppressed: %1").arg(reason);
}

} // namespace

FindingsModel::FindingsModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_columns(
          {{"severity", tr("Severity")},
           {"summary", tr("What")},
           {"where", tr("Where"), tr("The path, setting, build step or layer it is about most")},
           {"bytes", tr("Bytes"), tr("What mending it would save"), true},
           {"points", tr("Points"), tr("What the score gains when this is mended"), true},
           {"rule",
            tr("Rule"),
            tr("What the row rests on; choose it to read why, and how to fix it")}})
{}

void FindingsModel::setInspection(InspectionPtr inspection)
{
    beginResetModel();
    m_list.setInspection(std::move(inspection));
    arrange();
    endResetModel();
}

void FindingsModel::setQuery(const FindingsQuery &query)
{
    if (query == m_query) {
        return;
    }
    beginResetModel();
    m_query = query;
    arrange();
    endResetModel();
}

void FindingsModel::arrange()
{
    m_list.arrange(m_query);
    m_groupOf.assign(m_list.order().size(), 0);
    m_position.assign(m_list.items().size(), -1);
    for (std::size_t group = 0; group < m_list.groups().size(); ++group) {
        const FindingsList::Group &at = m_list.groups()[group];
        std::fill(
            m_groupOf.begin() + at.begin, m_groupOf.begin() + at.end, static_cast<int>(group));
    }
    for (std::size_t position = 0; position < m_list.order().size(); ++position) {
        m_position[static_cast<std::size_t>(m_list.order()[position])] = static_cast<int>(position);
    }
}

FindingsModel::Level FindingsModel::level(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Level::None;
    }
    if (index.internalId() == kGroupId) {
        return Level::Group;
    }
    return index.internalId() % 2 == 0 ? Level::Item : Level::Evidence;
}

int FindingsModel::positionOf(const QModelIndex &index) const
{
    switch (level(index)) {
    case Level::Item: return static_cast<int>(index.internalId() / 2) - 1;
    case Level::Evidence: return static_cast<int>(index.internalId() / 2);
    case Level::None:
    case Level::Group: break;
    }
    return -1;
}

const FindingsItem *FindingsModel::item(const QModelIndex &index) const
{
    const int position = positionOf(index);
    if (position < 0) {
        return nullptr;
    }
    const int at = m_list.order()[static_cast<std::size_t>(position)];
    return &m_list.items()[static_cast<std::size_t>(at)];
}

const Finding *FindingsModel::finding(const QModelIndex &index) const
{
    const int position = positionOf(index);
    return position < 0 ? nullptr
                        : m_list.finding(m_list.order()[static_cast<std::size_t>(position)]);
}

const Evidence *FindingsModel::evidence(const QModelIndex &index) const
{
    const Finding *found = level(index) == Level::Evidence ? finding(index) : nullptr;
    return found == nullptr ? nullptr : &found->evidence[static_cast<std::size_t>(index.row())];
}

QModelIndex FindingsModel::find(const QString &fingerprint) const
{
    if (!m_list.inspection() || fingerprint.isEmpty()) {
        return {};
    }
    const std::vector<Finding> &findings = m_list.inspection()->findings;
    const auto found =
        std::ranges::find(findings, fingerprint.toStdString(), &Finding::fingerprint);
    if (found == findings.end()) {
        return {};
    }
    const int position = m_position[static_cast<std::size_t>(found - findings.begin())];
    return position < 0 ? QModelIndex() : itemIndex(position);
}

QModelIndex FindingsModel::evidenceIndex(const QModelIndex &finding, int at) const
{
    return index(at, 0, finding.siblingAtColumn(0));
}

QModelIndex FindingsModel::itemIndex(int position, int column) const
{
    const int group = m_groupOf[static_cast<std::size_t>(position)];
    const int row = position - m_list.groups()[static_cast<std::size_t>(group)].begin;
    return createIndex(row, column, itemId(position));
}

QModelIndex FindingsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    switch (level(parent)) {
    case Level::None:
        return isGrouped() ? createIndex(row, column, kGroupId)
                           : createIndex(row, column, itemId(row));
    case Level::Group: {
        const FindingsList::Group &group = m_list.groups()[static_cast<std::size_t>(parent.row())];
        return createIndex(row, column, itemId(group.begin + row));
    }
    case Level::Item: return createIndex(row, column, evidenceId(positionOf(parent)));
    case Level::Evidence: break;
    }
    return {};
}

QModelIndex FindingsModel::parent(const QModelIndex &index) const
{
    switch (level(index)) {
    case Level::Evidence: return itemIndex(positionOf(index));
    case Level::Item:
        return isGrouped() ? createIndex(m_groupOf[static_cast<std::size_t>(positionOf(index))],
                                         0,
                                         kGroupId)
                           : QModelIndex();
    case Level::None:
    case Level::Group: break;
    }
    return {};
}

int FindingsModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0) {
        return 0;
    }
    switch (level(parent)) {
    case Level::None:
        return static_cast<int>(isGrouped() ? m_list.groups().size() : m_list.order().size());
    case Level::Group: return m_list.groups()[static_cast<std::size_t>(parent.row())].size();
    case Level::Item: {
        const Finding *found = finding(parent);
        return found == nullptr ? 0 : static_cast<int>(found->evidence.size());
    }
    case Level::Evidence: break;
    }
    return 0;
}

int FindingsModel::columnCount(const QModelIndex &) const
{
    return static_cast<int>(m_columns.size());
}

bool FindingsModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

Cell FindingsModel::groupCell(const FindingsList::Group &group, FindingsColumn column) const
{
    switch (column) {
    case FindingsColumn::Summary:
        return {.text = group.title,
                .suffix = numberText(static_cast<quint64>(group.size())),
                .severity = group.severity,
                .bold = true};
    case FindingsColumn::Size:
        return {.text = group.bytes > 0 ? sizeText(group.bytes) : QString(),
                .raw = group.bytes,
                .toolTip = group.bytes > 0 ? exactBytes(group.bytes) : QString(),
                .right = true};
    case FindingsColumn::Severity:
    case FindingsColumn::Where:
    case FindingsColumn::Points:
    case FindingsColumn::Rule: break;
    }
    return {};
}

Cell FindingsModel::itemCell(const FindingsItem &item,
                             const Finding *finding,
                             FindingsColumn column) const
{
    const bool struck = item.isSuppressed;
    switch (column) {
    case FindingsColumn::Severity: {
        const QString word = severityWord(item.severity);
        return {.text = word, .raw = word.toLower(), .severity = item.severity};
    }
    case FindingsColumn::Summary:
        return {.text = item.summary,
                .suffix = struck ? suppressionText(*finding->suppressed) : QString(),
                .muted = struck,
                .struck = struck};
    case FindingsColumn::Where: {
        const std::size_t facts = finding == nullptr ? 0 : finding->evidence.size();
        QString tip = item.where;
        if (!item.path.isEmpty() && item.layer >= 0) {
            tip += QLatin1Char('\n') + tr("Layer %1").arg(item.layer);
        }
        return {.text = item.where,
                .raw = item.where,
                .toolTip = tip,
                .suffix = facts > 1 ? tr("and %1 more").arg(numberText(facts - 1)) : QString(),
                .fixed = !item.path.isEmpty()};
    }
    case FindingsColumn::Size:
        return {.text = item.bytes > 0 ? sizeText(item.bytes) : QString(),
                .raw = item.bytes,
                .toolTip = item.bytes > 0 ? exactBytes(item.bytes) : QString(),
                .right = true};
    case FindingsColumn::Points: {
        const QString gain = gainText(item.points);
        return {.text = gain,
                .raw = item.points,
                .toolTip = gain.isEmpty() ? QString()
                                          : tr("%1 points when this alone is mended").arg(gain),
                .right = true};
    }
    case FindingsColumn::Rule:
        return {.text = item.rule,
                .toolTip = ruleTitle(item.rule.toStdString()) + QLatin1Char('\n') + item.rule,
                .muted = true};
    }
    return {};
}

Cell FindingsModel::evidenceCell(const Evidence &evidence, FindingsColumn column) const
{
    switch (column) {
    case FindingsColumn::Severity: return {.text = evidenceKind(evidence), .muted = true};
    case FindingsColumn::Summary:
        return {.text = shown(evidence.text), .fixed = evidence.path.empty()};
    case FindingsColumn::Where: {
        const QString text = placeText(evidence);
        const bool hasLayer = evidence.layer && (!evidence.path.empty() || evidence.step);
        return {.text = text,
                .raw = text,
                .suffix = hasLayer ? tr("layer %1").arg(*evidence.layer) : QString(),
                .fixed = !evidence.path.empty()};
    }
    case FindingsColumn::Size:
        return {.text = evidence.bytes > 0 ? sizeText(evidence.bytes) : QString(),
                .raw = quint64{evidence.bytes},
                .toolTip = evidence.bytes > 0 ? exactBytes(evidence.bytes) : QString(),
                .right = true};
    case FindingsColumn::Points:
    case FindingsColumn::Rule: break;
    }
    return {};
}

Cell FindingsModel::cell(const QModelIndex &index) const
{
    const auto column = static_cast<FindingsColumn>(index.column());
    if (level(index) == Level::Group) {
        return groupCell(m_list.groups()[static_cast<std::size_t>(index.row())], column);
    }
    const Evidence *fact = evidence(index);
    return fact != nullptr ? evidenceCell(*fact, column)
                           : itemCell(*item(index), finding(index), column);
}

QVariant FindingsModel::rowData(const QModelIndex &index, int role) const
{
    const FindingsItem *line = item(index);
    const Evidence *fact = evidence(index);
    const Finding *found = finding(index);
    switch (role) {
    case role::Path:
        return fact != nullptr ? rawBytes(fact->path) : line != nullptr ? line->path : QByteArray();
    case role::Layer:
        if (fact != nullptr) {
            return fact->layer ? int{*fact->layer} : -1;
        }
        return line != nullptr ? line->layer : -1;
    case role::Finding:
        return found == nullptr ? QString() : QString::fromStdString(found->fingerprint);
    default: return {};
    }
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == role::Path || role == role::Layer || role == role::Finding) {
        return rowData(index, role);
    }
    return cellData(cell(index), role);
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0
        || section >= static_cast<int>(m_columns.size())) {
        return {};
    }
    return columnData(m_columns[static_cast<std::size_t>(section)], role);
}

void FindingsModel::sort(int column, Qt::SortOrder order)
{
    FindingsQuery query = m_query;
    query.sortBy.reset();
    if (column >= 0) {
        query.sortBy = static_cast<FindingsColumn>(column);
    }
    query.isDescending = order == Qt::DescendingOrder;
    setQuery(query);
}

} // namespace cutaway
