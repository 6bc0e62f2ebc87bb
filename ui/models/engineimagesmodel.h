// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/engineimage.h"
#include "ui/models/celltable.h"

#include <vector>

namespace cutaway {

enum class EngineColumn { Name, Engine, Created, Size, Id };

/// Images of engines, one row a name.
class EngineImagesModel : public CellTable
{
    Q_OBJECT

public:
    /// `now` in seconds since 1970: what ages are counted to.
    explicit EngineImagesModel(std::int64_t now, QObject *parent = nullptr)
        : CellTable(parent)
        , m_now(now)
    {}

    void clear();
    /// Adds an engine's images.
    void add(const EngineListing &listing);
    /// What opens the row's image.
    QString reference(const QModelIndex &index) const;

protected:
    int rows() const override { return static_cast<int>(m_rows.size()); }
    const std::vector<Column> &columns() const override;
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    struct Row
    {
        EngineKind kind = EngineKind::Docker;
        std::size_t image = 0;
        std::size_t tag = 0;
    };
    std::int64_t m_now;
    std::vector<EngineImage> m_images;
    std::vector<Row> m_rows;
    quint64 m_largest = 0;
};

/// "3 days ago".
[[nodiscard]] QString ageText(std::int64_t seconds);

} // namespace cutaway
