// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/directorysizesmodel.h"

#include "ui/models/comparedfilesmodel.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

quint64 distance(const DirectoryDifference &directory)
{
    return directory.afterBytes > directory.beforeBytes
               ? directory.afterBytes - directory.beforeBytes
               : directory.beforeBytes - directory.afterBytes;
}

} // namespace

DirectoryOrder orderDirectories(const std::vector<DirectoryDifference> &directories)
{
    // A counting sort by parent: linear, however the directories lie.
    DirectoryOrder order;
    order.starts.assign(directories.size() + 1, 0);
    for (std::size_t i = 1; i < directories.size(); ++i) {
        ++order.starts[directories[i].parent + 1];
    }
    for (std::size_t i = 1; i < order.starts.size(); ++i) {
        order.starts[i] += order.starts[i - 1];
    }
    std::vector<std::uint32_t> next(order.starts.begin(), order.starts.end());
    order.children.resize(directories.empty() ? 0 : directories.size() - 1);
    for (std::uint32_t i = 1; i < directories.size(); ++i) {
        order.children[next[directories[i].parent]++] = i;
    }
    order.places.assign(directories.size(), 0);
    for (std::size_t i = 0; i < directories.size(); ++i) {
        const auto begin = order.children.begin() + order.starts[i];
        const auto end = order.children.begin() + order.starts[i + 1];
        std::stable_sort(begin, end, [&](std::uint32_t a, std::uint32_t b) {
            return distance(directories[a]) > distance(directories[b]);
        });
        for (auto child = begin; child != end; ++child) {
            order.places[*child] = static_cast<std::uint32_t>(child - begin);
        }
    }
    return order;
}

DirectorySizesModel::DirectorySizesModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_columns(
          {{"directory", tr("Directory")},
           {"delta", tr("Change"), tr("The bar compares it with the whole image's change"), true},
           {"before", tr("Before"), {}, true},
           {"after", tr("After"), {}, true},
           {"files", tr("Files"), tr("Files below it that differ"), true}})
{}

void DirectorySizesModel::set(std::shared_ptr<const Comparison> comparison, DirectoryOrder order)
{
    beginResetModel();
    m_comparison = std::move(comparison);
    m_order = std::move(order);
    endResetModel();
}

const std::vector<DirectoryDifference> &DirectorySizesModel::directories() const
{
    static const std::vector<DirectoryDifference> kEmpty;
    return m_comparison ? m_comparison->files.directories : kEmpty;
}

QModelIndex DirectorySizesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    const auto at =
        parent.isValid()
            ? m_order
                  .children[m_order.starts[parent.internalId()] + static_cast<std::uint32_t>(row)]
            : 0U;
    return createIndex(row, column, quintptr{at});
}

QModelIndex DirectorySizesModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0) {
        return {};
    }
    const std::uint32_t above = directories()[index.internalId()].parent;
    return createIndex(static_cast<int>(m_order.places[above]), 0, quintptr{above});
}

int DirectorySizesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return directories().empty() ? 0 : 1;
    }
    const std::size_t at = parent.internalId();
    return parent.column() == 0 ? static_cast<int>(m_order.starts[at + 1] - m_order.starts[at]) : 0;
}

int DirectorySizesModel::columnCount(const QModelIndex &) const
{
    return static_cast<int>(m_columns.size());
}

std::string DirectorySizesModel::path(std::uint32_t at) const
{
    const DirectoryDifference &directory = directories()[at];
    return directory.after != kNone ? m_comparison->after->image->tree->path(directory.after)
                                    : m_comparison->before->image->tree->path(directory.before);
}

Cell DirectorySizesModel::cell(std::uint32_t at, int column) const
{
    const DirectoryDifference &directory = directories()[at];
    const auto bytesCell = [](quint64 bytes) -> Cell {
        return {.text = sizeText(bytes), .raw = bytes, .toolTip = exactBytes(bytes), .right = true};
    };
    switch (column) {
    case NameColumn: {
        const std::string whole = path(at);
        const std::string name = at == 0 ? whole : whole.substr(whole.rfind('/') + 1);
        const QString suffix = directory.before == kNone  ? tr("new")
                               : directory.after == kNone ? tr("gone")
                                                          : QString();
        return {.text = shown(name),
                .raw = shown(whole),
                .toolTip = shown(whole),
                .suffix = suffix,
                .fixed = true};
    }
    case DeltaColumn:
        return {.text = byteChangeText(directory.beforeBytes, directory.afterBytes),
                .raw = distance(directory),
                .toolTip = exactBytes(distance(directory)),
                .total = distance(directories()[0]),
                .right = true};
    case BeforeColumn: return bytesCell(directory.beforeBytes);
    case AfterColumn: return bytesCell(directory.afterBytes);
    case FilesColumn:
        return {
            .text = numberText(directory.differences), .raw = directory.differences, .right = true};
    default: return {};
    }
}

QVariant DirectorySizesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto at = static_cast<std::uint32_t>(index.internalId());
    return role == role::Path ? QVariant(rawBytes(path(at)))
                              : cellData(cell(at, index.column()), role);
}

QVariant DirectorySizesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0
        || section >= static_cast<int>(m_columns.size())) {
        return {};
    }
    return columnData(m_columns[static_cast<std::size_t>(section)], role);
}

} // namespace cutaway
