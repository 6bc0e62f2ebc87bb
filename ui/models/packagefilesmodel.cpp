// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/packagefilesmodel.h"

#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <utility>

namespace cutaway {

PackageFilesModel::PackageFilesModel(QObject *parent)
    : CellTable(parent)
    , m_columns({{"path", tr("File")},
                 {"bytes", tr("Size"), {}, true},
                 {"layer", tr("Layer"), tr("The layer that the file comes from"), true}})
{}

void PackageFilesModel::setPackage(InspectionPtr inspection, const Package *package)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    m_entries.clear();
    if (package != nullptr) {
        const PathTree &tree = *m_inspection->image->tree;
        for (const NodeId node : package->isVisible() ? package->files : package->gone) {
            if (const EntryId id = tree.lastEntry(node); id != kNone) {
                m_entries.push_back(id);
            }
        }
        std::ranges::stable_sort(m_entries, [&tree](EntryId a, EntryId b) {
            return tree.entry(a).size > tree.entry(b).size;
        });
    }
    endResetModel();
}

QModelIndex PackageFilesModel::find(const QByteArray &path) const
{
    if (m_entries.empty() || path.isEmpty()) {
        return {};
    }
    const PathTree &tree = *m_inspection->image->tree;
    const NodeId node = tree.find(viewOf(path));
    const auto found =
        std::ranges::find_if(m_entries, [&](EntryId id) { return tree.entry(id).node == node; });
    return found == m_entries.end() ? QModelIndex()
                                    : index(static_cast<int>(found - m_entries.begin()), 0);
}

const Entry &PackageFilesModel::entry(int row) const
{
    return m_inspection->image->tree->entry(m_entries[static_cast<std::size_t>(row)]);
}

std::string PackageFilesModel::path(int row) const
{
    return m_inspection->image->tree->path(entry(row).node);
}

Cell PackageFilesModel::cell(int row, int column) const
{
    switch (column) {
    case PathColumn: return {.text = shown(path(row)), .fixed = true, .elide = Qt::ElideMiddle};
    case BytesColumn: {
        const quint64 bytes = entry(row).type == EntryType::File ? entry(row).size : 0;
        return {.text = sizeText(bytes), .raw = bytes, .toolTip = exactBytes(bytes), .right = true};
    }
    case LayerColumn:
        return {
            .text = QString::number(entry(row).layer), .raw = int{entry(row).layer}, .right = true};
    default: return {};
    }
}

QVariant PackageFilesModel::rowData(int row, int role) const
{
    switch (role) {
    case role::Path: return rawBytes(path(row));
    case role::Layer: return int{entry(row).layer};
    default: return QString();
    }
}

} // namespace cutaway
