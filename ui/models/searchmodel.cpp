// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/searchmodel.h"

#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cutaway {

namespace {

constexpr std::size_t kShownGroups = 20'000;

/// Places of the nodes in the order of their paths, directory by directory.
std::vector<std::uint32_t> ranksOf(const PathTree &tree)
{
    std::vector<std::uint32_t> ranks(tree.nodeCount());
    std::vector<NodeId> waiting = {kRoot};
    std::uint32_t rank = 0;
    while (!waiting.empty()) {
        const NodeId node = waiting.back();
        waiting.pop_back();
        ranks[node] = rank++;
        const PathTree::Node record = tree.node(node);
        for (std::uint32_t i = record.childCount; i > 0; --i) {
            waiting.push_back(record.firstChild + i - 1);
        }
    }
    return ranks;
}

std::int64_t keyOf(const PathTree &tree, const SearchHit &hit, int column)
{
    const Entry *entry = hit.entry == kNone ? nullptr : &tree.entry(hit.entry);
    switch (column) {
    case SearchModel::LayerColumn: return hit.layer;
    case SearchModel::ChangeColumn: return static_cast<std::int64_t>(hit.change);
    case SearchModel::SizeColumn:
        return entry == nullptr ? 0 : static_cast<std::int64_t>(entry->size);
    case SearchModel::ModeColumn: return entry == nullptr ? 0 : entry->mode;
    case SearchModel::OwnerColumn:
        return entry == nullptr
                   ? 0
                   : static_cast<std::int64_t>(std::uint64_t{entry->uid} << 31U) + entry->gid;
    case SearchModel::TimeColumn: return entry == nullptr ? 0 : entry->mtime;
    default: return 0;
    }
}

/// As it is written in a filter, quoted where it has to be.
QString quoted(const QString &text)
{
    return text.contains(QLatin1Char(' ')) ? QStringLiteral("\"%1\"").arg(text) : text;
}

} // namespace

SearchModel::SearchModel(QObject *parent)
    : CellTable(parent)
    , m_columns(
          {{"path", tr("Path")},
           {"layer", tr("Layer"), tr("The layer that does it, counted from 0"), true},
           {"change", tr("Change"), tr("What the layer does to the path")},
           {"size", tr("Size"), tr("Bytes of the file; of a removed one, of what is hidden"), true},
           {"mode", tr("Mode")},
           {"owner", tr("Owner"), tr("User and group, as numbers")},
           {"modified", tr("Modified"), tr("When the file was last changed, in UTC")}})
{}

void SearchModel::reset(PathTreePtr tree)
{
    beginResetModel();
    m_tree = std::move(tree);
    m_hits.clear();
    m_shown = 0;
    endResetModel();
}

void SearchModel::show(int rows)
{
    if (rows > m_shown) {
        beginInsertRows({}, m_shown, rows - 1);
        m_shown = rows;
        endInsertRows();
    }
}

void SearchModel::append(const std::vector<SearchHit> &hits)
{
    m_hits.insert(m_hits.end(), hits.begin(), hits.end());
    show(std::max(m_shown, static_cast<int>(std::min<std::size_t>(m_hits.size(), kPage))));
}

void SearchModel::setHits(std::vector<SearchHit> hits)
{
    beginResetModel();
    m_hits = std::move(hits);
    m_shown = static_cast<int>(std::min<std::size_t>(m_hits.size(), kPage));
    endResetModel();
}

bool SearchModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && static_cast<std::size_t>(m_shown) < m_hits.size();
}

void SearchModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        show(static_cast<int>(
            std::min(m_hits.size(), static_cast<std::size_t>(m_shown) + std::size_t{kPage})));
    }
}

void SearchModel::sort(int column, Qt::SortOrder order)
{
    emit sortWanted(column, order);
}

QModelIndex SearchModel::find(const QByteArray &path, int layer) const
{
    const NodeId node = m_tree == nullptr || path.isEmpty() ? kNone : m_tree->find(viewOf(path));
    for (int row = 0; node != kNone && row < m_shown; ++row) {
        const SearchHit &hit = m_hits[static_cast<std::size_t>(row)];
        if (hit.node == node && (layer < 0 || hit.layer == layer)) {
            return index(row, 0);
        }
    }
    return {};
}

Cell SearchModel::cell(int row, int column) const
{
    const SearchHit &hit = m_hits[static_cast<std::size_t>(row)];
    const Entry *entry = hit.entry == kNone ? nullptr : &m_tree->entry(hit.entry);
    const bool isRemoved = hit.change == Change::Removed;
    if (column == PathColumn) {
        return {.text = shown(m_tree->path(hit.node)),
                .change = static_cast<int>(hit.change),
                .muted = hit.change == Change::Unmodified,
                .struck = isRemoved,
                .elide = Qt::ElideMiddle};
    }
    if (column == LayerColumn) {
        return {.text = QString::number(hit.layer), .raw = int{hit.layer}, .right = true};
    }
    if (column == ChangeColumn) {
        return {.text = QStringLiteral("%1 %2").arg(changeSign(hit.change), changeWord(hit.change)),
                .raw = changeWord(hit.change),
                .change = static_cast<int>(hit.change),
                .muted = hit.change == Change::Unmodified};
    }
    if (entry == nullptr) {
        return {};
    }
    switch (column) {
    case SizeColumn: {
        const bool isFile = entry->type == EntryType::File;
        return {.text = isFile ? sizeText(entry->size) : QString(),
                .raw = isFile ? QVariant::fromValue<quint64>(entry->size)
                              : QVariant::fromValue(nullptr),
                .toolTip = isFile ? exactBytes(entry->size) : QString(),
                .right = true,
                .muted = isRemoved};
    }
    case ModeColumn: return {.text = modeText(*entry), .fixed = true};
    case OwnerColumn: return {.text = QStringLiteral("%1:%2").arg(entry->uid).arg(entry->gid)};
    case TimeColumn: return {.text = timeText(entry->mtime), .raw = qint64{entry->mtime}};
    default: return {};
    }
}

QVariant SearchModel::rowData(int row, int role) const
{
    const SearchHit &hit = m_hits[static_cast<std::size_t>(row)];
    switch (role) {
    case role::Path: return rawBytes(m_tree->path(hit.node));
    case role::Layer: return int{hit.layer};
    default: return {};
    }
}

std::vector<SearchHit> sortedHits(const PathTree &tree,
                                  std::vector<SearchHit> hits,
                                  int column,
                                  Qt::SortOrder order)
{
    const std::vector<std::uint32_t> ranks = ranksOf(tree);
    const auto place = [&ranks](const SearchHit &hit) {
        return std::tuple(ranks[hit.node], hit.layer, hit.entry);
    };
    const bool isDown = order == Qt::DescendingOrder;
    std::ranges::sort(hits, [&](const SearchHit &a, const SearchHit &b) {
        if (column == SearchModel::PathColumn) {
            return isDown ? place(b) < place(a) : place(a) < place(b);
        }
        const std::int64_t left = keyOf(tree, a, column);
        const std::int64_t right = keyOf(tree, b, column);
        return left != right ? (isDown ? left > right : left < right) : place(a) < place(b);
    });
    return hits;
}

SearchGroupsModel::SearchGroupsModel(QObject *parent)
    : CellTable(parent)
{
    setGroups(nullptr, HitGrouping::Extension, {});
}

void SearchGroupsModel::setGroups(PathTreePtr tree,
                                  HitGrouping grouping,
                                  std::vector<HitGroup> groups)
{
    beginResetModel();
    m_tree = std::move(tree);
    m_grouping = grouping;
    m_groups = std::move(groups);
    m_total = 0;
    for (const HitGroup &group : m_groups) {
        m_total += group.bytes;
    }
    if (m_groups.size() > kShownGroups) {
        m_groups.resize(kShownGroups);
    }
    QString name;
    switch (grouping) {
    case HitGrouping::Extension: name = tr("Extension"); break;
    case HitGrouping::Directory: name = tr("Directory"); break;
    case HitGrouping::Layer: name = tr("Layer"); break;
    case HitGrouping::Content: name = tr("One of the files"); break;
    }
    m_columns = {{"name", name},
                 {"files", tr("Files"), {}, true},
                 {"bytes", tr("Size"), tr("Bytes that the layers ship for them"), true}};
    if (grouping == HitGrouping::Content) {
        m_columns.push_back(
            {"wasted", tr("Wasted"), tr("Bytes that one of them alone would save"), true});
    }
    endResetModel();
}

Cell SearchGroupsModel::cell(int row, int column) const
{
    const HitGroup &one = group(row);
    const auto bytes = [](quint64 size, quint64 total) -> Cell {
        return {.text = sizeText(size),
                .raw = QVariant::fromValue<quint64>(size),
                .toolTip = exactBytes(size),
                .total = total,
                .right = true};
    };
    switch (column) {
    case NameColumn:
        return {.text = one.name.empty() ? tr("(none)") : shown(one.name),
                .muted = one.name.empty(),
                .elide = Qt::ElideMiddle};
    case CountColumn:
        return {.text = numberText(one.count),
                .raw = QVariant::fromValue<quint64>(one.count),
                .right = true};
    case BytesColumn: return bytes(one.bytes, m_total);
    case WastedColumn: return bytes(one.wasted, 0);
    default: return {};
    }
}

QVariant SearchGroupsModel::rowData(int row, int role) const
{
    const HitGroup &one = group(row);
    const bool isPath = m_grouping == HitGrouping::Directory || m_grouping == HitGrouping::Content;
    switch (role) {
    case role::Path: return isPath ? rawBytes(one.name) : QByteArray();
    case role::Layer: return m_grouping == HitGrouping::Directory ? -1 : int{one.example.layer};
    default: return {};
    }
}

QString SearchGroupsModel::filterOf(int row) const
{
    const HitGroup &one = group(row);
    const QString name = QString::fromUtf8(one.name.c_str());
    switch (m_grouping) {
    case HitGrouping::Extension:
        return one.name.empty() ? QStringLiteral("!*.*") : quoted(QLatin1Char('*') + name);
    case HitGrouping::Directory:
        return quoted((name == QLatin1String("/") ? QString() : name) + QStringLiteral("/*"));
    case HitGrouping::Layer: return QStringLiteral("layer:") + name;
    case HitGrouping::Content: break;
    }
    return QStringLiteral("size=%1").arg(m_tree->entry(one.example.entry).size);
}

} // namespace cutaway
