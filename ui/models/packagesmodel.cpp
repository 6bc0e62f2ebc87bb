// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/packagesmodel.h"

#include "core/base/text.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <utility>

namespace cutaway {

PackagesModel::PackagesModel(QObject *parent)
    : CellGroups(parent)
    , m_columns({{"name", tr("Package")},
                 {"version", tr("Version")},
                 {"bytes", tr("Size"), tr("The bar compares it with the heaviest package"), true},
                 {"kind", tr("Kind"), tr("Whose package it is")},
                 {"layer", tr("Layer"), tr("The first layer that has it, counted from 0"), true},
                 {"licence", tr("Licence")}})
{}

void PackagesModel::setInspection(InspectionPtr inspection)
{
    beginResetModel();
    m_instructions = inspection ? layerInstructions(*inspection->image) : std::vector<QString>();
    m_list.setInspection(std::move(inspection));
    const Packages *packages = m_list.packages(); // heaviest first
    m_heaviest = packages == nullptr || packages->list.empty() ? 0 : packages->list[0].weight();
    m_list.arrange(m_query);
    endResetModel();
}

void PackagesModel::setQuery(const PackagesQuery &query)
{
    if (query == m_query) {
        return;
    }
    m_query = query;
    arrange();
}

void PackagesModel::arrange()
{
    beginResetModel();
    m_list.arrange(m_query);
    endResetModel();
}

void PackagesModel::sort(int column, Qt::SortOrder order)
{
    PackagesQuery query = m_query;
    query.sortBy = static_cast<PackagesColumn>(std::max(column, 0));
    query.isDescending = order == Qt::DescendingOrder;
    setQuery(query);
}

const Package *PackagesModel::package(const QModelIndex &index) const
{
    const Row row = rowAt(index);
    if (row.group < 0 || row.isGroup()) {
        return nullptr;
    }
    return &m_list.package(group(row.group).packages[static_cast<std::size_t>(row.item)]);
}

QModelIndex PackagesModel::find(std::uint32_t package) const
{
    for (int at = 0; at < groups(); ++at) {
        const std::vector<int> &packages = group(at).packages;
        const auto found = std::ranges::find(packages, static_cast<int>(package));
        if (found != packages.end()) {
            return itemIndex(at, static_cast<int>(found - packages.begin()));
        }
    }
    return {};
}

Cell PackagesModel::groupCell(const PackageList::Group &group, PackagesColumn column) const
{
    switch (column) {
    case PackagesColumn::Name:
        return {.text = group.title,
                .suffix = QString::fromStdString(
                    formatCount(group.packages.size(), "package", "packages")),
                .bold = true};
    case PackagesColumn::Size:
        return {.text = sizeText(group.bytes),
                .raw = group.bytes,
                .toolTip = exactBytes(group.bytes),
                .right = true,
                .bold = true};
    default: return {};
    }
}

Cell PackagesModel::layerCell(const Package &package) const
{
    const LayerIndex layer = package.layer;
    const QString instruction = layer < m_instructions.size() ? m_instructions[layer] : QString();
    QString tip = instruction.isEmpty() ? tr("Layer %1").arg(layer)
                                        : tr("Layer %1: %2").arg(layer).arg(instruction);
    for (const LayerIndex changed : package.changedBy) {
        tip += QLatin1Char('\n') + tr("Installed again by layer %1").arg(changed);
    }
    if (!package.isVisible()) {
        tip += QLatin1Char('\n') + tr("Removed by layer %1").arg(package.removedBy);
    }
    return {.text = QString::number(layer), .raw = int{layer}, .toolTip = tip, .right = true};
}

Cell PackagesModel::packageCell(const Package &package, PackagesColumn column) const
{
    const PackageRecord &record = package.record;
    switch (column) {
    case PackagesColumn::Name:
        return {.text = shown(record.name),
                .toolTip = shown(package.purl),
                .suffix = package.isVisible() ? QString()
                                              : tr("removed by layer %1").arg(package.removedBy),
                .muted = !package.isVisible(),
                .struck = !package.isVisible()};
    case PackagesColumn::Version: return {.text = shown(record.version)};
    case PackagesColumn::Size: {
        const quint64 bytes = package.weight();
        return {.text = sizeText(bytes),
                .raw = bytes,
                .toolTip = package.knowsFiles
                               ? exactBytes(bytes)
                               : tr("%1, as its database says").arg(exactBytes(bytes)),
                .total = package.isVisible() ? m_heaviest : 0,
                .right = true};
    }
    case PackagesColumn::Kind: return {.text = packageKind(record.ecosystem), .muted = true};
    case PackagesColumn::Layer: return layerCell(package);
    case PackagesColumn::Licence:
        return {.text = packageLicence(package), .toolTip = shown(record.licence)};
    }
    return {};
}

Cell PackagesModel::cell(Row row, int column) const
{
    const PackageList::Group &owner = group(row.group);
    const auto wanted = static_cast<PackagesColumn>(column);
    return row.isGroup()
               ? groupCell(owner, wanted)
               : packageCell(m_list.package(owner.packages[static_cast<std::size_t>(row.item)]),
                             wanted);
}

QVariant PackagesModel::rowData(Row row, int role) const
{
    if (role == role::Layer) {
        return row.isGroup()
                   ? -1
                   : int{m_list
                             .package(group(row.group).packages[static_cast<std::size_t>(row.item)])
                             .layer};
    }
    return {};
}

} // namespace cutaway
