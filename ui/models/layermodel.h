// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audit/inspection.h"

#include <QAbstractTableModel>

#include <vector>

namespace cutaway {

/// The layers of one image, a row each in layer order; filled as they are read, then for good.
class LayerModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, Size, Instruction, From, Files, Waste, Packages, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Another image: the early one of a load, or none.
    void setImage(ImagePtr image);
    /// The image is read; rows stay where they are when it is the one shown.
    void setInspection(InspectionPtr inspection);
    /// A layer came in while loading.
    void setCounts(int layer, const LayerTree::Counts &counts);

    const ImagePtr &image() const { return m_image; }
    /// Of the layer's files; of the layer as it is transferred while it is not read.
    quint64 bytes(int layer) const { return m_rows[static_cast<std::size_t>(layer)].bytes; }
    quint64 shadowedBytes(int layer) const
    {
        return m_rows[static_cast<std::size_t>(layer)].shadowed;
    }
    bool isRead(int layer) const { return m_rows[static_cast<std::size_t>(layer)].read; }
    QString title(int layer) const { return m_rows[static_cast<std::size_t>(layer)].title; }
    QString toolTip(int layer) const;
    int baseLayers() const;
    /// Whether any layer brings, changes or removes packages.
    bool hasPackages() const { return !m_packages.empty(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int what) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int what) const override;

private:
    struct Row
    {
        QString title;
        quint64 bytes = 0;
        quint64 shadowed = 0;
        quint64 files = 0;
        bool read = false;
    };
    QVariant text(const Row &row, int layer, int column) const;
    QVariant raw(const Row &row, int layer, int column) const;
    QString origin(int layer) const;
    static QString packagesText(const PackageChanges &changes);
    void readNumbers();

    ImagePtr m_image;
    InspectionPtr m_inspection;
    std::vector<Row> m_rows;
    std::vector<PackageChanges> m_packages; ///< empty where nobody looked, or there are none
    quint64 m_largest = 0;
};

} // namespace cutaway
