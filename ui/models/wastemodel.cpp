// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/wastemodel.h"

#include "core/base/text.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>

namespace cutaway {

namespace {

Cell bytesCell(quint64 bytes, quint64 total, bool bold = false)
{
    return {.text = sizeText(bytes),
            .raw = bytes,
            .toolTip = exactBytes(bytes),
            .total = total,
            .right = true,
            .bold = bold};
}

} // namespace

WasteModel::WasteModel(QObject *parent)
    : CellGroups(parent)
    , m_columns(
          {{"path", tr("Cause and path")},
           {"bytes", tr("Bytes"), tr("The bar is the share of all files of all layers"), true},
           {"layer", tr("In layer"), tr("Layer that ships the bytes, counted from 0"), true},
           {"hiddenBy", tr("Hidden by"), tr("Layer from which on nobody sees them"), true},
           {"step", tr("Step"), tr("The instruction that hid them")}})
{}

void WasteModel::setInspection(InspectionPtr inspection)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    m_groups.clear();
    m_instructions.clear();
    if (m_inspection) {
        const Analysis &analysis = m_inspection->analysis;
        m_instructions = layerInstructions(*m_inspection->image);
        std::vector<Group> causes(kCauseCount);
        for (std::uint32_t i = 0; i < analysis.waste.size(); ++i) {
            const WasteItem &item = analysis.waste[i];
            if (item.bytes > 0) {
                Group &cause = causes[static_cast<std::size_t>(item.cause)];
                cause.cause = item.cause;
                cause.bytes += item.bytes;
                cause.items.push_back(i);
            }
        }
        std::ranges::copy_if(causes, std::back_inserter(m_groups), [](const Group &group) {
            return group.bytes > 0;
        });
        std::ranges::sort(m_groups, [](const Group &a, const Group &b) {
            return a.bytes != b.bytes ? a.bytes > b.bytes : a.cause < b.cause;
        });
        if (analysis.duplicatedBytes > 0) {
            Group duplicates{.bytes = analysis.duplicatedBytes};
            for (std::uint32_t i = 0; i < analysis.duplicates.size(); ++i) {
                duplicates.items.push_back(i);
            }
            m_groups.push_back(std::move(duplicates));
        }
    }
    endResetModel();
}

int WasteModel::items(int at) const
{
    const auto count = static_cast<int>(group(at).items.size());
    return group(at).all || count <= kFirstItems + 1 ? count : kFirstItems + 1;
}

bool WasteModel::isMore(Row row) const
{
    return !row.isGroup() && row.item == kFirstItems && !group(row.group).isOpening
           && items(row.group) < static_cast<int>(group(row.group).items.size());
}

bool WasteModel::isShowAll(const QModelIndex &index) const
{
    return index.isValid() && isMore(rowAt(index));
}

void WasteModel::showAll(int at)
{
    const int before = items(at);
    const auto count = static_cast<int>(group(at).items.size());
    if (before == count) {
        return;
    }
    // The row that asked turns into the item that belongs there; the others come behind it.
    Group &opened = m_groups[static_cast<std::size_t>(at)];
    opened.isOpening = true;
    emit dataChanged(itemIndex(at, before - 1), itemIndex(at, before - 1, StepColumn));
    beginInsertRows(groupIndex(at), before, count - 1);
    opened.all = true;
    endInsertRows();
}

QModelIndex WasteModel::find(const QByteArray &path, int layer) const
{
    if (!m_inspection || path.isEmpty()) {
        return {};
    }
    const PathTree &tree = *m_inspection->image->tree;
    const NodeId node = tree.find(viewOf(path));
    if (node == kNone) {
        return {};
    }
    QModelIndex found;
    for (int at = 0; at < groups(); ++at) {
        for (int item = 0; item < items(at) && group(at).cause != Cause::None; ++item) {
            const WasteItem &waste =
                m_inspection->analysis.waste[group(at).items[static_cast<std::size_t>(item)]];
            if (isMore({at, item}) || tree.entry(waste.entry).node != node) {
                continue;
            }
            if (layer < 0 || waste.layer == layer) {
                return itemIndex(at, item);
            }
            found = found.isValid() ? found : itemIndex(at, item);
        }
    }
    return found;
}

QString WasteModel::explanation(const QModelIndex &index) const
{
    const Row row = rowAt(index);
    if (row.group < 0) {
        return {};
    }
    return group(row.group).cause == Cause::None ? tr("Files of equal content at several paths. "
                                                      "All are visible, so this is not counted as "
                                                      "waste; links would save it.")
                                                 : causeExplanation(group(row.group).cause);
}

QString WasteModel::pathOf(EntryId entry) const
{
    const PathTree &tree = *m_inspection->image->tree;
    return shown(tree.path(tree.entry(entry).node));
}

Cell WasteModel::layerCell(LayerIndex layer) const
{
    const QString instruction = layer < m_instructions.size() ? m_instructions[layer] : QString();
    return {.text = QString::number(layer),
            .raw = int{layer},
            .toolTip = instruction.isEmpty() ? tr("Layer %1").arg(layer)
                                             : tr("Layer %1: %2").arg(layer).arg(instruction),
            .right = true};
}

Cell WasteModel::groupCell(const Group &group, int column) const
{
    if (column == WhatColumn) {
        const bool isDuplicates = group.cause == Cause::None;
        const QString title =
            isDuplicates ? tr("Same content at several paths") : causeTitle(group.cause);
        return {.text = title,
                .raw = isDuplicates ? QStringLiteral("duplicates")
                                    : QString::fromStdString(std::string(causeName(group.cause))),
                .toolTip = isDuplicates ? title : causeExplanation(group.cause),
                .suffix = QString::fromStdString(formatCount(group.items.size(), "item", "items")),
                .bold = true};
    }
    return column == BytesColumn ? bytesCell(group.bytes, m_inspection->analysis.fileBytes, true)
                                 : Cell();
}

Cell WasteModel::itemCell(const WasteItem &item, int column) const
{
    switch (column) {
    case WhatColumn: return {.text = pathOf(item.entry), .fixed = true};
    case BytesColumn: return bytesCell(item.bytes, m_inspection->analysis.fileBytes);
    case LayerColumn: return layerCell(item.layer);
    case HiddenByColumn: return item.hiddenBy == kNoLayer ? Cell() : layerCell(item.hiddenBy);
    case StepColumn:
        return {.text = item.hiddenBy < m_instructions.size() ? m_instructions[item.hiddenBy]
                                                              : QString(),
                .muted = true,
                .fixed = true};
    default: return {};
    }
}

Cell WasteModel::duplicateCell(const DuplicateGroup &group, int column) const
{
    constexpr std::size_t kInToolTip = 20;
    if (group.copies.empty()) {
        return {};
    }
    if (column == BytesColumn) {
        return bytesCell(group.size * (group.copies.size() - 1), m_inspection->analysis.fileBytes);
    }
    if (column == LayerColumn) {
        return layerCell(m_inspection->image->tree->entry(group.copies.front()).layer);
    }
    if (column != WhatColumn) {
        return {};
    }
    QStringList paths;
    for (std::size_t i = 0; i < std::min(kInToolTip, group.copies.size()); ++i) {
        paths << pathOf(group.copies[i]);
    }
    if (group.copies.size() > kInToolTip) {
        paths << tr("… and %1 more").arg(numberText(group.copies.size() - kInToolTip));
    }
    return {.text = paths.front(),
            .toolTip = paths.join(QLatin1Char('\n')),
            .suffix =
                tr("%1 copies of %2").arg(numberText(group.copies.size()), sizeText(group.size)),
            .fixed = true};
}

Cell WasteModel::cell(Row row, int column) const
{
    const Group &owner = group(row.group);
    if (row.isGroup()) {
        return groupCell(owner, column);
    }
    if (isMore(row)) {
        return column == WhatColumn
                   ? Cell{.text = tr("Show all %1 …").arg(numberText(owner.items.size())),
                          .muted = true}
                   : Cell();
    }
    const std::uint32_t item = owner.items[static_cast<std::size_t>(row.item)];
    return owner.cause == Cause::None
               ? duplicateCell(m_inspection->analysis.duplicates[item], column)
               : itemCell(m_inspection->analysis.waste[item], column);
}

QVariant WasteModel::rowData(Row row, int role) const
{
    const bool isLayer = role == role::Layer;
    if (row.isGroup() || isMore(row)) {
        return isLayer ? QVariant(-1) : QVariant();
    }
    const Group &owner = group(row.group);
    const std::uint32_t at = owner.items[static_cast<std::size_t>(row.item)];
    EntryId entry = kNone;
    if (owner.cause != Cause::None) {
        entry = m_inspection->analysis.waste[at].entry;
    } else if (!m_inspection->analysis.duplicates[at].copies.empty()) {
        entry = m_inspection->analysis.duplicates[at].copies.front();
    }
    if (entry == kNone) {
        return isLayer ? QVariant(-1) : QVariant();
    }
    const PathTree &tree = *m_inspection->image->tree;
    if (isLayer) {
        return int{tree.entry(entry).layer};
    }
    return role == role::Path ? QVariant(rawBytes(tree.path(tree.entry(entry).node))) : QVariant();
}

} // namespace cutaway
