// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/findingslist.h"

#include "ui/models/audittexts.h"
#include "ui/models/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <compare>
#include <utility>

namespace cutaway {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::FindingsList", text);
}

/// The evidence to go to: the first with a path, else the first.
const Evidence *mainEvidence(const Finding &finding)
{
    if (finding.evidence.empty()) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(
        finding.evidence, [](const Evidence &evidence) { return !evidence.path.empty(); });
    return found == finding.evidence.end() ? &finding.evidence.front() : &*found;
}

FindingsItem itemOf(const Finding &finding)
{
    FindingsItem item{.severity = static_cast<int>(finding.severity),
                      .rule = shown(finding.ruleId),
                      .summary = shown(finding.summary),
                      .layer = finding.layer ? int{*finding.layer} : -1,
                      .bytes = finding.bytes,
                      .points = finding.points,
                      .origin = finding.origin,
                      .state = finding.state,
                      .isSuppressed = finding.suppressed.has_value()};
    item.family = item.rule.section(QLatin1Char('/'), 0, 0);
    if (const Evidence *evidence = mainEvidence(finding)) {
        item.path = rawBytes(evidence->path);
        item.where = placeText(*evidence);
        item.layer = evidence->layer ? int{*evidence->layer} : item.layer;
    } else if (item.layer >= 0) {
        item.where = placeText({.layer = finding.layer});
    }
    return item;
}

FindingsItem itemOf(const Note &note)
{
    FindingsItem item{.rule = shown(note.code),
                      .summary = shown(note.message),
                      .path = rawBytes(note.path),
                      .where = shown(note.path),
                      .layer = note.layer ? static_cast<int>(*note.layer) : -1};
    if (item.where.isEmpty() && note.layer) {
        item.where = placeText({.layer = static_cast<LayerIndex>(*note.layer)});
    }
    return item;
}

/// By which two items are told apart in a grouping; notes are a group of their own, but for
/// layers.
QString groupKey(const FindingsItem &item, FindingsQuery::Grouping grouping)
{
    if (item.severity < 0 && grouping != FindingsQuery::Grouping::Layer) {
        return QStringLiteral("note");
    }
    switch (grouping) {
    case FindingsQuery::Grouping::Severity: return QString::number(item.severity);
    case FindingsQuery::Grouping::Family: return item.family;
    case FindingsQuery::Grouping::Layer: return QString::number(item.layer);
    case FindingsQuery::Grouping::Rule: return item.rule;
    case FindingsQuery::Grouping::None: break;
    }
    return {};
}

QString groupTitle(const FindingsItem &item, FindingsQuery::Grouping grouping)
{
    if (item.severity < 0 && grouping != FindingsQuery::Grouping::Layer) {
        return tr("Notes on reading the image");
    }
    switch (grouping) {
    case FindingsQuery::Grouping::Severity: return severityWord(item.severity);
    case FindingsQuery::Grouping::Family: return familyTitle(item.family);
    case FindingsQuery::Grouping::Layer:
        return item.layer < 0 ? tr("The image as a whole") : tr("Layer %1").arg(item.layer);
    case FindingsQuery::Grouping::Rule: return ruleTitle(item.rule.toStdString());
    case FindingsQuery::Grouping::None: break;
    }
    return {};
}

std::weak_ordering compared(const FindingsItem &a, const FindingsItem &b, FindingsColumn column)
{
    const auto text = [](const QString &left, const QString &right) {
        return left.compare(right, Qt::CaseInsensitive) <=> 0;
    };
    switch (column) {
    case FindingsColumn::Severity: return a.severity <=> b.severity;
    case FindingsColumn::Summary: return text(a.summary, b.summary);
    case FindingsColumn::Where: return text(a.where, b.where);
    case FindingsColumn::Size: return a.bytes <=> b.bytes;
    case FindingsColumn::Points: return std::weak_order(a.points, b.points);
    case FindingsColumn::Rule: return text(a.rule, b.rule);
    }
    return std::weak_ordering::equivalent;
}

} // namespace

int FindingsQuery::narrowings() const
{
    return (family.isEmpty() ? 0 : 1) + (origin ? 1 : 0) + (state ? 1 : 0) + (layer ? 1 : 0);
}

void FindingsList::setInspection(InspectionPtr inspection)
{
    m_inspection = std::move(inspection);
    m_items.clear();
    m_searched.clear();
    m_order.clear();
    m_groups.clear();
    if (!m_inspection) {
        return;
    }
    m_items.reserve(m_inspection->findings.size());
    for (const Finding &finding : m_inspection->findings) {
        m_items.push_back(itemOf(finding));
    }
    const Notes &notes = m_inspection->image->notes;
    for (const Note &note : notes.list()) {
        m_items.push_back(itemOf(note));
    }
    if (notes.leftOut() > 0) {
        m_items.push_back(
            {.summary = tr("%1 more notes are not listed").arg(numberText(notes.leftOut()))});
    }
}

void FindingsList::arrange(const FindingsQuery &query)
{
    m_order.clear();
    for (int item = 0; item < static_cast<int>(m_items.size()); ++item) {
        if (accepts(item, query)) {
            m_order.push_back(item);
        }
    }
    sort(query);
    group(query.grouping);
}

bool FindingsList::accepts(int item, const FindingsQuery &query) const
{
    const FindingsItem &at = m_items[static_cast<std::size_t>(item)];
    const unsigned bit =
        at.severity < 0 ? FindingsQuery::kNotes : 1U << static_cast<unsigned>(at.severity);
    if ((query.severities & bit) == 0 || (at.isSuppressed && !query.withSuppressed)) {
        return false;
    }
    if (!query.family.isEmpty() && at.family != query.family) {
        return false;
    }
    if (query.layer && at.layer != *query.layer) {
        return false;
    }
    // Notes have neither origin nor state.
    if ((query.origin && (at.severity < 0 || at.origin != *query.origin))
        || (query.state && (at.severity < 0 || at.state != *query.state))) {
        return false;
    }
    return query.words.isEmpty() || hasWords(item, query.words);
}

bool FindingsList::hasWords(int item, const QStringList &words) const
{
    if (m_searched.empty()) {
        m_searched.resize(m_items.size());
    }
    QString &text = m_searched[static_cast<std::size_t>(item)];
    if (text.isNull()) {
        const FindingsItem &at = m_items[static_cast<std::size_t>(item)];
        text = severityWord(at.severity) + QLatin1Char('\n') + at.rule + QLatin1Char('\n')
               + at.summary + QLatin1Char('\n') + at.where;
        if (const Finding *found = finding(item)) {
            for (const Evidence &evidence : found->evidence) {
                text += QLatin1Char('\n') + placeText(evidence) + QLatin1Char('\n')
                        + shown(evidence.text);
            }
        }
    }
    return std::ranges::all_of(
        words, [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

void FindingsList::sort(const FindingsQuery &query)
{
    if (!query.sortBy) {
        return;
    }
    std::ranges::stable_sort(m_order, [this, &query](int left, int right) {
        const std::weak_ordering order = compared(m_items[static_cast<std::size_t>(left)],
                                                  m_items[static_cast<std::size_t>(right)],
                                                  *query.sortBy);
        return query.isDescending ? order > 0 : order < 0;
    });
}

void FindingsList::group(FindingsQuery::Grouping grouping)
{
    m_groups.clear();
    // Groups stand in the order in which their first items come, so that sorting sorts them too.
    std::map<QString, std::vector<int>> members;
    std::vector<QString> keys;
    for (const int item : m_order) {
        const QString key = groupKey(m_items[static_cast<std::size_t>(item)], grouping);
        std::vector<int> &group = members[key];
        if (group.empty()) {
            keys.push_back(key);
        }
        group.push_back(item);
    }
    if (grouping == FindingsQuery::Grouping::None) {
        if (!m_order.empty()) {
            m_groups.push_back({.end = static_cast<int>(m_order.size())});
        }
        return;
    }
    if (grouping == FindingsQuery::Grouping::Layer) {
        std::ranges::sort(keys, {}, [](const QString &key) { return key.toInt(); });
    }
    m_order.clear();
    for (const QString &key : keys) {
        const FindingsItem &first = m_items[static_cast<std::size_t>(members[key].front())];
        Group group{.title = groupTitle(first, grouping),
                    .begin = static_cast<int>(m_order.size())};
        group.severity = grouping == FindingsQuery::Grouping::Severity ? first.severity : -2;
        group.layer = grouping == FindingsQuery::Grouping::Layer ? first.layer : -1;
        for (const int item : members[key]) {
            group.bytes += m_items[static_cast<std::size_t>(item)].bytes;
            m_order.push_back(item);
        }
        group.end = static_cast<int>(m_order.size());
        m_groups.push_back(std::move(group));
    }
}

const Finding *FindingsList::finding(int item) const
{
    return m_inspection && item >= 0
                   && static_cast<std::size_t>(item) < m_inspection->findings.size()
               ? &m_inspection->findings[static_cast<std::size_t>(item)]
               : nullptr;
}

int FindingsList::count(int severity, bool withSuppressed) const
{
    return static_cast<int>(
        std::ranges::count_if(m_items, [severity, withSuppressed](const FindingsItem &item) {
            return item.severity == severity && (withSuppressed || !item.isSuppressed);
        }));
}

int FindingsList::suppressedCount() const
{
    return static_cast<int>(std::ranges::count_if(m_items, &FindingsItem::isSuppressed));
}

std::map<QString, int> FindingsList::families() const
{
    std::map<QString, int> counts;
    for (const FindingsItem &item : m_items) {
        if (item.severity >= 0) {
            ++counts[item.family];
        }
    }
    return counts;
}

std::map<int, int> FindingsList::layers() const
{
    std::map<int, int> counts;
    for (const FindingsItem &item : m_items) {
        ++counts[item.layer];
    }
    return counts;
}

} // namespace cutaway
