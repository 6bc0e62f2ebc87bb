// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/layermodel.h"

#include "ui/models/layertexts.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"

#include <algorithm>
#include <utility>

namespace cutaway {

void LayerModel::setImage(ImagePtr image)
{
    beginResetModel();
    m_inspection = nullptr;
    m_image = std::move(image);
    m_rows.clear();
    m_packages.clear();
    m_largest = 0;
    if (m_image) {
        m_rows.resize(m_image->layers.size());
        for (std::size_t layer = 0; layer < m_rows.size(); ++layer) {
            m_rows[layer].title = layerTitle(*m_image, layer);
            const std::int64_t wire = m_image->layers[layer].descriptor.size.value_or(0);
            m_rows[layer].bytes = static_cast<quint64>(std::max<std::int64_t>(wire, 0));
            m_largest = std::max(m_largest, m_rows[layer].bytes);
        }
    }
    endResetModel();
}

void LayerModel::setInspection(InspectionPtr inspection)
{
    const ImagePtr image = inspection ? inspection->image : nullptr;
    if (!image || image->layers.size() != m_rows.size()) {
        setImage(image);
    }
    m_image = image;
    m_inspection = std::move(inspection);
    if (m_rows.empty()) {
        return;
    }
    readNumbers();
    emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void LayerModel::readNumbers()
{
    m_largest = 0;
    m_packages.clear();
    if (m_inspection && m_inspection->packages && !m_inspection->packages->list.empty()) {
        m_packages = packageChanges(*m_inspection->packages, m_rows.size());
    }
    for (std::size_t layer = 0; layer < m_rows.size(); ++layer) {
        Row &row = m_rows[layer];
        row.title = layerTitle(*m_image, layer);
        row.read = m_image->layers[layer].isRead();
        if (m_inspection && layer < m_inspection->analysis.layers.size()) {
            const LayerNumbers &numbers = m_inspection->analysis.layers[layer];
            row.bytes = numbers.fileBytes;
            row.shadowed = numbers.shadowedBytes;
            row.files = numbers.files;
        }
        m_largest = std::max(m_largest, row.bytes);
    }
}

void LayerModel::setCounts(int layer, const LayerTree::Counts &counts)
{
    if (m_inspection || layer < 0 || layer >= rowCount()) {
        return;
    }
    Row &row = m_rows[static_cast<std::size_t>(layer)];
    row.bytes = counts.fileBytes;
    row.files = counts.files;
    row.read = true;
    if (row.bytes > m_largest) {
        m_largest = row.bytes; // every bar gets shorter
        emit dataChanged(index(0, Size), index(rowCount() - 1, Size));
    }
    emit dataChanged(index(layer, 0), index(layer, ColumnCount - 1));
}

QString LayerModel::toolTip(int layer) const
{
    const auto number = static_cast<std::size_t>(layer);
    const bool known = m_inspection && number < m_inspection->analysis.layers.size();
    return layerToolTip(*m_image,
                        number,
                        known ? &m_inspection->analysis.layers[number] : nullptr,
                        hasPackages() ? &m_packages[number] : nullptr);
}

int LayerModel::baseLayers() const
{
    return m_image ? static_cast<int>(m_image->base.layers) : 0;
}

int LayerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LayerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString LayerModel::packagesText(const PackageChanges &changes)
{
    QStringList parts;
    const auto add = [&parts](const char *sign, std::uint32_t count) {
        if (count > 0) {
            parts << QString::fromUtf8(sign) + numberText(count);
        }
    };
    add("+", changes.added);
    add("~", changes.changed);
    add("−", changes.removed);
    return parts.isEmpty() ? QStringLiteral("–") : parts.join(QLatin1Char(' '));
}

QString LayerModel::origin(int layer) const
{
    if (baseLayers() == 0) {
        return QStringLiteral("–");
    }
    return layer < baseLayers() ? tr("base") : tr("app");
}

QVariant LayerModel::text(const Row &row, int layer, int column) const
{
    const bool isWaiting = !row.read;
    switch (column) {
    case Number: return QString::number(layer);
    case Size:
        if (isWaiting) {
            return row.bytes == 0 ? QStringLiteral("…")
                                  : QStringLiteral("↓ %1").arg(sizeText(row.bytes));
        }
        return sizeText(row.bytes);
    case Instruction: return row.title;
    case From: return origin(layer);
    case Files:
        if (isWaiting) {
            return QStringLiteral("…");
        }
        return row.files == 0 ? QStringLiteral("–") : numberText(row.files);
    case Waste: return m_inspection ? sizeText(row.shadowed) : QStringLiteral("…");
    case Packages:
        return hasPackages() ? packagesText(m_packages[static_cast<std::size_t>(layer)])
                             : QStringLiteral("–");
    default: return {};
    }
}

QVariant LayerModel::raw(const Row &row, int layer, int column) const
{
    switch (column) {
    case Number: return layer;
    case Size: return row.bytes;
    case Instruction: return row.title;
    case From: return layer < baseLayers() ? 0 : 1;
    case Files: return row.files;
    case Waste: return row.shadowed;
    case Packages: return hasPackages() ? m_packages[static_cast<std::size_t>(layer)].added : 0U;
    default: return {};
    }
}

QVariant LayerModel::data(const QModelIndex &index, int what) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const int layer = index.row();
    const Row &row = m_rows[static_cast<std::size_t>(layer)];
    switch (what) {
    case Qt::DisplayRole: return text(row, layer, index.column());
    case Qt::ToolTipRole: return toolTip(layer);
    case Qt::TextAlignmentRole:
        return index.column() == Instruction || index.column() == From
                   ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                   : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::DecorationRole:
        if (index.column() == Instruction && m_inspection
            && !layerProblem(m_image->layers[static_cast<std::size_t>(layer)]).isEmpty()) {
            return icon(QStringLiteral("high"), theme::Role::High);
        }
        return {};
    case role::Sort: return raw(row, layer, index.column());
    case role::Total: return index.column() == Size ? QVariant(m_largest) : QVariant();
    case role::Layer: return layer;
    case role::Muted:
        return index.column() == From || index.column() == Number
               || (index.column() == Size && !row.read && !m_inspection);
    default: return {};
    }
}

QVariant LayerModel::headerData(int section, Qt::Orientation orientation, int what) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    struct Header
    {
        QString title;
        QString tip;
        const char *key = "";
    };
    const auto header = [section]() -> Header {
        switch (section) {
        case Number: return {tr("#"), tr("Number of the layer, the lowest is 0"), "index"};
        case Size:
            return {tr("Size"),
                    tr("Bytes of the layer's files; “↓” while it is still to come: bytes that are "
                       "transferred"),
                    "fileBytes"};
        case Instruction:
            return {tr("Made by"), tr("The instruction that made the layer"), "instruction"};
        case From:
            return {tr("From"),
                    tr("Whether the layer belongs to the base image or to the image itself"),
                    "origin"};
        case Files: return {tr("Files"), tr("Files in the layer"), "files"};
        case Waste:
            return {tr("Hidden"),
                    tr("Bytes that later layers hide: shipped, but never seen"),
                    "shadowedBytes"};
        case Packages:
            return {tr("Packages"),
                    tr("Packages that the layer adds (+), installs anew (~) and removes (−)"),
                    "packagesAdded"};
        default: return {};
        }
    };
    switch (what) {
    case Qt::DisplayRole: return header().title;
    case Qt::ToolTipRole: return header().tip;
    case role::Key: return QLatin1String(header().key);
    case Qt::TextAlignmentRole:
        return section == Instruction || section == From
                   ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                   : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    default: return {};
    }
}

} // namespace cutaway
