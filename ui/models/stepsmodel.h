// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/analysis.h"
#include "ui/models/celltable.h"

#include <optional>

namespace cutaway {

/// The build steps of an image, rebuilt from its history, the first one first. Where history and
/// layers cannot be aligned the steps have no layers, and LayerRowsModel lists those apart.
class StepsModel : public CellTable
{
    Q_OBJECT

public:
    enum Column { LayerColumn, SizeColumn, InstructionColumn };

    explicit StepsModel(QObject *parent = nullptr);

    /// `analysis` may be null while the image is read: then sizes are not known yet.
    void setImage(const ImagePtr &image, const Analysis *analysis);

    bool isAligned() const { return m_aligned; }
    /// First row of the layer's step, or -1.
    int rowOfLayer(int layer) const;
    /// The instruction with its line breaks, escaped; values of secret-like names are masked.
    QString fullText(int row) const;
    /// Whether a value is masked in the row's instruction.
    bool isMasked(int row) const;
    /// The same instruction with the values that are masked elsewhere: only to be looked at.
    QString revealedText(int row) const;
    /// Created, builder, comment: what else the history says of the step.
    QString details(int row) const;
    /// The Dockerfile as far as the history tells it.
    QString dockerfile() const;

protected:
    int rows() const override { return static_cast<int>(m_steps.size()); }
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    struct Step
    {
        QString keyword;
        QString text; ///< whole, line breaks kept
        QString line; ///< folded, without the keyword
        QString details;
        int layer = -1;
        std::optional<quint64> bytes;
        bool isBase = false;
        bool isMasked = false;
    };
    void fill();
    Step stepOf(const HistoryEntry &entry) const;
    Cell sizeCell(const Step &step) const;

    std::vector<cutaway::Column> m_columns;
    ImagePtr m_image;
    std::vector<quint64> m_bytes; ///< of the layers, once they are known
    std::vector<Step> m_steps;
    quint64 m_total = 0;
    bool m_aligned = true;
};

/// The layers alone: what stands beside a history that cannot be aligned with them.
class LayerRowsModel : public CellTable
{
    Q_OBJECT

public:
    explicit LayerRowsModel(QObject *parent = nullptr);
    void setImage(ImagePtr image, const Analysis *analysis);

protected:
    int rows() const override { return m_image ? static_cast<int>(m_image->layers.size()) : 0; }
    const std::vector<Column> &columns() const override { return m_columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    std::vector<Column> m_columns;
    ImagePtr m_image;
    std::vector<quint64> m_bytes;
    quint64 m_total = 0;
};

} // namespace cutaway
