// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/comparedfilesmodel.h"

#include "core/base/text.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

quint64 distance(quint64 before, quint64 after)
{
    return after > before ? after - before : before - after;
}

std::string pathOf(const Comparison &comparison, const FileDifference &difference)
{
    return difference.after != kNone ? comparison.after->image->tree->path(difference.after)
                                     : comparison.before->image->tree->path(difference.before);
}

Change changeOf(FileDifference::Kind kind)
{
    switch (kind) {
    case FileDifference::Kind::Removed: return Change::Removed;
    case FileDifference::Kind::Added: return Change::Added;
    case FileDifference::Kind::Modified: return Change::Modified;
    case FileDifference::Kind::Metadata:
    case FileDifference::Kind::Moved: break;
    }
    return Change::Metadata;
}

bool isOfPair(const Comparison &comparison, const FileDifference &difference, const LayerPair &pair)
{
    const auto isFrom = [](const PathTree &tree, EntryId entry, std::optional<LayerIndex> layer) {
        return entry != kNone && layer && tree.entry(entry).layer == *layer;
    };
    return isFrom(*comparison.before->image->tree, difference.beforeEntry, pair.before)
           || isFrom(*comparison.after->image->tree, difference.afterEntry, pair.after);
}

bool matches(const Comparison &comparison,
             const ComparedFilesQuery &query,
             const FileDifference &difference,
             const QStringList &words)
{
    const bool isQuiet =
        difference.kind == FileDifference::Kind::Moved
        || (difference.kind == FileDifference::Kind::Metadata && difference.isTimeOnly());
    if (isQuiet && !query.withTimeOnly) {
        return false;
    }
    const auto pair = static_cast<std::size_t>(query.layerPair);
    if (query.layerPair >= 0
        && (pair >= comparison.layers.list.size()
            || !isOfPair(comparison, difference, comparison.layers.list[pair]))) {
        return false;
    }
    if (words.isEmpty()) {
        return true;
    }
    const QString path = shown(pathOf(comparison, difference));
    return std::ranges::all_of(
        words, [&path](const QString &word) { return path.contains(word, Qt::CaseInsensitive); });
}

} // namespace

QString byteChangeText(quint64 before, quint64 after)
{
    if (before == after) {
        return QStringLiteral("–");
    }
    return (after > before ? QStringLiteral("+") : QStringLiteral("−"))
           + sizeText(distance(before, after));
}

ComparedFiles arrangeFiles(const Comparison &comparison, const ComparedFilesQuery &query)
{
    using Sort = ComparedFilesQuery::Sort;
    const QStringList words = query.words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const std::vector<FileDifference> &all = comparison.files.list;
    ComparedFiles files;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        if (matches(comparison, query, all[i], words)) {
            files.rows.push_back(i);
        }
    }
    const auto key = [&](std::uint32_t row) -> quint64 {
        const FileDifference &difference = all[row];
        switch (query.sortBy) {
        case Sort::Change: return distance(difference.beforeBytes, difference.afterBytes);
        case Sort::Path: return row; // as the walk met them
        case Sort::Before: return difference.beforeBytes;
        case Sort::After: return difference.afterBytes;
        case Sort::Kind: return static_cast<quint64>(difference.kind);
        }
        return row;
    };
    if (query.isDescending) {
        std::ranges::stable_sort(files.rows, std::greater(), key);
    } else {
        std::ranges::stable_sort(files.rows, std::less(), key);
    }
    files.matches = files.rows.size();
    files.rows.resize(std::min(files.rows.size(), ComparedFilesModel::kMostRows));
    return files;
}

ComparedFilesModel::ComparedFilesModel(QObject *parent)
    : CellTable(parent)
    , m_columns({{"change", {}, tr("+ added, − removed, ~ other content, ◇ metadata alone")},
                 {"path", tr("Path")},
                 {"delta", tr("Change"), tr("The bar compares it with the biggest change"), true},
                 {"before", tr("Before"), tr("Bytes in the first image"), true},
                 {"after", tr("After"), tr("Bytes in the second image"), true},
                 {"what", tr("What"), tr("What of the path is another")}})
{}

void ComparedFilesModel::set(std::shared_ptr<const Comparison> comparison, ComparedFiles files)
{
    beginResetModel();
    m_comparison = std::move(comparison);
    m_files = std::move(files);
    m_biggest = 0;
    for (const std::uint32_t row : m_files.rows) {
        const FileDifference &one = m_comparison->files.list[row];
        m_biggest = std::max(m_biggest, distance(one.beforeBytes, one.afterBytes));
    }
    endResetModel();
}

const FileDifference &ComparedFilesModel::difference(int row) const
{
    return m_comparison->files.list[m_files.rows[static_cast<std::size_t>(row)]];
}

std::string ComparedFilesModel::path(int row) const
{
    return pathOf(*m_comparison, difference(row));
}

QString ComparedFilesModel::whatText(const FileDifference &difference) const
{
    if (difference.aspects == 0) {
        const bool isAdded = difference.kind == FileDifference::Kind::Added;
        const InspectionPtr &side = isAdded ? m_comparison->after : m_comparison->before;
        const EntryId entry = isAdded ? difference.afterEntry : difference.beforeEntry;
        return typeText(side->image->tree->effectiveType(entry));
    }
    const PathTree &first = *m_comparison->before->image->tree;
    const PathTree &second = *m_comparison->after->image->tree;
    const Entry &before = first.entry(inodeOf(first, difference.beforeEntry));
    const Entry &after = second.entry(inodeOf(second, difference.afterEntry));
    const auto fromTo = [](const QString &what, const QString &from, const QString &to) {
        return tr("%1 %2 → %3").arg(what, from, to);
    };
    QStringList words;
    const auto add = [&](FileDifference::Aspect aspect, const QString &text) {
        if (difference.has(aspect)) {
            words << text;
        }
    };
    add(FileDifference::Type,
        fromTo(tr("type"),
               typeText(first.effectiveType(difference.beforeEntry)),
               typeText(second.effectiveType(difference.afterEntry))));
    add(FileDifference::Content, tr("content"));
    add(FileDifference::Mode,
        fromTo(tr("mode"),
               QString::fromStdString(formatMode(before.mode)),
               QString::fromStdString(formatMode(after.mode))));
    add(FileDifference::Owner,
        fromTo(tr("owner"),
               QStringLiteral("%1:%2").arg(before.uid).arg(before.gid),
               QStringLiteral("%1:%2").arg(after.uid).arg(after.gid)));
    add(FileDifference::Xattrs, tr("attributes"));
    add(FileDifference::Time, tr("time"));
    add(FileDifference::Layer, tr("layer"));
    return words.join(QStringLiteral(", "));
}

Cell ComparedFilesModel::cell(int row, int column) const
{
    const FileDifference &one = difference(row);
    const auto sizeCell = [](quint64 bytes) -> Cell {
        return {.text = sizeText(bytes), .raw = bytes, .toolTip = exactBytes(bytes), .right = true};
    };
    switch (column) {
    case ChangeColumn: {
        const Change change = changeOf(one.kind);
        return {.text = changeSign(change),
                .raw = QString::fromLatin1(kindName(one.kind).data()),
                .toolTip = changeWord(change),
                .change = static_cast<int>(change)};
    }
    case PathColumn: return {.text = shown(path(row)), .fixed = true, .elide = Qt::ElideMiddle};
    case DeltaColumn: {
        const quint64 by = distance(one.beforeBytes, one.afterBytes);
        return {.text = byteChangeText(one.beforeBytes, one.afterBytes),
                .raw = by,
                .toolTip = exactBytes(by),
                .total = m_biggest,
                .right = true};
    }
    case BeforeColumn: return sizeCell(one.beforeBytes);
    case AfterColumn: return sizeCell(one.afterBytes);
    case WhatColumn: return {.text = whatText(one), .muted = true};
    default: return {};
    }
}

QVariant ComparedFilesModel::rowData(int row, int role) const
{
    return role == role::Path ? QVariant(rawBytes(path(row))) : QVariant();
}

} // namespace cutaway
