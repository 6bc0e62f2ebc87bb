// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/tagsfilter.h"

#include "ui/models/roles.h"
#include "ui/models/tagsmodel.h"

#include <algorithm>

namespace cutaway {

namespace {

/// Takes the digits off the front, zeros before them left out.
QStringView takeNumber(QStringView &text)
{
    qsizetype end = 0;
    while (end < text.size() && text[end].isDigit()) {
        ++end;
    }
    QStringView number = text.first(end);
    text = text.sliced(end);
    while (number.size() > 1 && number.front() == QLatin1Char('0')) {
        number = number.sliced(1);
    }
    return number;
}

/// Numbers by their value, whatever the locale.
bool comesBefore(QStringView a, QStringView b)
{
    while (!a.isEmpty() && !b.isEmpty()) {
        if (a.front().isDigit() && b.front().isDigit()) {
            const QStringView first = takeNumber(a);
            const QStringView second = takeNumber(b);
            if (first.size() != second.size()) {
                return first.size() < second.size();
            }
            if (const int order = first.compare(second); order != 0) {
                return order < 0;
            }
            continue;
        }
        const QChar first = a.front().toLower();
        const QChar second = b.front().toLower();
        if (first != second) {
            return first < second;
        }
        a = a.sliced(1);
        b = b.sliced(1);
    }
    return a.size() < b.size();
}

} // namespace

TagsFilter::TagsFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(role::Sort);
    setDynamicSortFilter(true);
}

void TagsFilter::setWords(const QString &text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool TagsFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QString tag = sourceModel()->index(row, TagsModel::TagColumn, parent).data().toString();
    if (m_words.isEmpty() && isAttachedTag(tag)) {
        return false;
    }
    return std::ranges::all_of(
        m_words, [&tag](const QString &word) { return tag.contains(word, Qt::CaseInsensitive); });
}

bool TagsFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    if (left.column() != TagsModel::TagColumn) {
        return QSortFilterProxyModel::lessThan(left, right);
    }
    const QString a = left.data().toString();
    const QString b = right.data().toString();
    return comesBefore(a, b);
}

} // namespace cutaway
