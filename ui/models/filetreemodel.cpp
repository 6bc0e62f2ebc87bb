// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/filetreemodel.h"

#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <array>
#include <limits>

namespace cutaway {

namespace {

// Qt 6.4 hashes an index as row * 16 + column + internalId: ids that count up all land in one line
// of its tables. Multiplying by an odd number is a bijection, and spreads them.
constexpr std::uint64_t kScramble = 0x9E3779B97F4A7C15;
constexpr std::uint64_t kUnscramble = 0xF1DE83E19937733D;
static_assert(kScramble * kUnscramble == 1);
static_assert(sizeof(quintptr) == sizeof(std::uint64_t));

quintptr idOf(NodeId node)
{
    return node * kScramble;
}

} // namespace

FileTreeModel::FileTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
{}

FileTreeModel::~FileTreeModel() = default;

void FileTreeModel::setView(ViewPtr view, FilterPtr filter)
{
    beginResetModel();
    m_view = std::move(view);
    m_filter = std::move(filter);
    m_rows.clear();
    endResetModel();
}

NodeId FileTreeModel::node(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<NodeId>(index.internalId() * kUnscramble) : kNone;
}

bool FileTreeModel::isShown(NodeId node) const
{
    return m_view->isShown(node) && (!m_filter || m_filter->shown[node]);
}

QModelIndex FileTreeModel::indexOf(NodeId node, int column) const
{
    if (!m_view || node == kNone || node == kRoot || node >= m_view->tree().nodeCount()
        || !isShown(node)) {
        return {};
    }
    return createIndex(static_cast<int>(rowOf(node)), column, idOf(node));
}

NodeId FileTreeModel::nearestShown(std::string_view path) const
{
    if (!m_view) {
        return kNone;
    }
    const PathTree &tree = m_view->tree();
    while (!path.empty() && path != "/") {
        const NodeId node = tree.find(path);
        if (node != kNone && isShown(node)) {
            return node;
        }
        path = path.substr(0, path.find_last_of('/'));
    }
    return kNone;
}

const FileTreeModel::Rows &FileTreeModel::rows(NodeId directory) const
{
    const auto known = m_rows.find(directory);
    return known != m_rows.end() ? known->second
                                 : m_rows.emplace(directory, makeRows(directory)).first->second;
}

FileTreeModel::Rows FileTreeModel::makeRows(NodeId directory) const
{
    const PathTree::Node &record = m_view->tree().node(directory);
    m_childrenVisited += record.childCount;
    Rows result;
    for (NodeId node = record.firstChild; node < record.firstChild + record.childCount; ++node) {
        result.count += isShown(node) ? 1 : 0;
    }
    const bool inTreeOrder = m_sortColumn == NameColumn && m_sortOrder == Qt::AscendingOrder;
    if (inTreeOrder && result.count == record.childCount) {
        return result;
    }
    result.nodes.reserve(result.count);
    for (NodeId node = record.firstChild; node < record.firstChild + record.childCount; ++node) {
        if (isShown(node)) {
            result.nodes.push_back(node);
        }
    }
    if (!inTreeOrder) {
        std::ranges::sort(result.nodes, [this](NodeId a, NodeId b) { return isBefore(a, b); });
    }
    result.rowOf.resize(record.childCount);
    for (std::uint32_t row = 0; row < result.count; ++row) {
        result.rowOf[result.nodes[row] - record.firstChild] = row;
    }
    return result;
}

/// Equal ones stay in the order of their names, whichever way round the column is sorted.
bool FileTreeModel::isBefore(NodeId a, NodeId b) const
{
    const auto key = [this](NodeId node) -> std::int64_t {
        const EntryId id = m_view->entry(node);
        const Entry *entry = id == kNone ? nullptr : &m_view->tree().entry(id);
        switch (m_sortColumn) {
        case SizeColumn: return static_cast<std::int64_t>(sizeOf(node));
        case ChangeColumn: return static_cast<std::int64_t>(m_view->change(node));
        case ModeColumn: return entry == nullptr ? -1 : entry->mode;
        case OwnerColumn:
            return entry == nullptr ? -1 : (std::int64_t{entry->uid} << 31) + (entry->gid >> 1);
        case LayerColumn: return entry == nullptr ? -1 : entry->layer;
        case TimeColumn:
            return entry == nullptr ? std::numeric_limits<std::int64_t>::min() : entry->mtime;
        default: return node;
        }
    };
    const std::int64_t keyA = key(a);
    const std::int64_t keyB = key(b);
    if (keyA == keyB) {
        return a < b;
    }
    return m_sortOrder == Qt::AscendingOrder ? keyA < keyB : keyA > keyB;
}

std::uint32_t FileTreeModel::rowOf(NodeId node) const
{
    const NodeId parent = m_view->tree().node(node).parent;
    const Rows &siblings = rows(parent);
    const std::uint32_t place = node - m_view->tree().node(parent).firstChild;
    return siblings.rowOf.empty() ? place : siblings.rowOf[place];
}

QModelIndex FileTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!m_view || row < 0 || column < 0 || column >= kColumnCount
        || (parent.isValid() && parent.column() != NameColumn)) {
        return {};
    }
    const NodeId directory = parent.isValid() ? node(parent) : kRoot;
    const Rows &children = rows(directory);
    if (static_cast<std::uint32_t>(row) >= children.count) {
        return {};
    }
    const NodeId child = children.nodes.empty()
                             ? m_view->tree().node(directory).firstChild + static_cast<NodeId>(row)
                             : children.nodes[static_cast<std::size_t>(row)];
    return createIndex(row, column, idOf(child));
}

QModelIndex FileTreeModel::parent(const QModelIndex &index) const
{
    if (!m_view || !index.isValid()) {
        return {};
    }
    return indexOf(m_view->tree().node(node(index)).parent);
}

int FileTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!m_view || m_view->tree().nodeCount() == 0
        || (parent.isValid() && parent.column() != NameColumn)) {
        return 0;
    }
    return static_cast<int>(rows(parent.isValid() ? node(parent) : kRoot).count);
}

int FileTreeModel::columnCount(const QModelIndex &) const
{
    return kColumnCount;
}

bool FileTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (!m_view || m_view->tree().nodeCount() == 0
        || (parent.isValid() && parent.column() != NameColumn)) {
        return false;
    }
    const NodeId directory = parent.isValid() ? node(parent) : kRoot;
    if (const auto known = m_rows.find(directory); known != m_rows.end()) {
        return known->second.count > 0;
    }
    const PathTree::Node &record = m_view->tree().node(directory);
    for (NodeId child = record.firstChild; child < record.firstChild + record.childCount; ++child) {
        ++m_childrenVisited;
        if (isShown(child)) {
            return true;
        }
    }
    return false;
}

void FileTreeModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || (column == m_sortColumn && order == m_sortOrder)) {
        return;
    }
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    m_sortColumn = column;
    m_sortOrder = order;
    m_rows.clear();
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &index : before) {
        after.append(indexOf(node(index), index.column()));
    }
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

QVariant FileTreeModel::data(const QModelIndex &index, int role) const
{
    if (!m_view || !index.isValid()) {
        return {};
    }
    const NodeId id = node(index);
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole: return text(id, column);
    case Qt::ToolTipRole: return plainToolTip(toolTip(id, column));
    case role::Sort: return rawValue(id, column);
    case role::Path: return rawBytes(m_view->tree().path(id));
    default: return look(id, column, role);
    }
}

/// What is not text: signs, shares, alignment.
QVariant FileTreeModel::look(NodeId node, int column, int role) const
{
    const EntryId entry = m_view->entry(node);
    switch (role) {
    case Qt::DecorationRole: return column == NameColumn ? iconOf(node) : QVariant();
    case Qt::TextAlignmentRole:
        return column == SizeColumn || column == LayerColumn
                   ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                   : QVariant();
    case role::Total:
        return column == SizeColumn ? QVariant::fromValue<quint64>(totalSize()) : QVariant();
    case role::Layer: return entry == kNone ? -1 : int{m_view->tree().entry(entry).layer};
    case role::ChangeKind: {
        const Change change = m_view->change(node);
        const bool isTold =
            column == ChangeColumn || (column == NameColumn && change == Change::Removed);
        return isTold ? QVariant(static_cast<int>(change)) : QVariant();
    }
    case role::Struck: return column == NameColumn && m_view->change(node) == Change::Removed;
    case role::Suffix: return column == NameColumn ? suffix(node) : QString();
    case role::Fixed: return column == ModeColumn;
    case role::Muted:
        return column >= ModeColumn || (column == NameColumn && entry == kNone)
               || (column == ChangeColumn && m_view->change(node) == Change::Unmodified);
    default: return {};
    }
}

QVariant FileTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    struct Header
    {
        const char *key;
        QString title;
        QString explanation;
    };
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumnCount) {
        return {};
    }
    const std::array<Header, kColumnCount> headers = {{
        {"path", tr("Name"), tr("Name, and where a link leads")},
        {"size",
         tr("Size"),
         tr("Bytes of the content at or below; the bar is the share of the whole")},
        {"change", tr("Change"), tr("What the layer did to the path")},
        {"mode", tr("Mode"), tr("Type and permissions, as ls -l prints them")},
        {"owner", tr("Owner"), tr("User id and group id")},
        {"layer", tr("Layer"), tr("Layer that the file seen here comes from, counted from 0")},
        {"mtime", tr("Modified"), tr("Time of the last change, UTC")},
    }};
    const Header &header = headers[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole: return header.title;
    case Qt::ToolTipRole: return header.explanation;
    case role::Key: return QLatin1String(header.key);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (section == SizeColumn || section == LayerColumn ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter);
    case Qt::InitialSortOrderRole:
        return QVariant::fromValue(section == SizeColumn || section == ChangeColumn
                                           || section == LayerColumn || section == TimeColumn
                                       ? Qt::DescendingOrder
                                       : Qt::AscendingOrder);
    default: return {};
    }
}

} // namespace cutaway
