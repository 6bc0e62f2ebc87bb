// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/image.h"
#include "ui/models/celltable.h"

#include <optional>

namespace cutaway {

/// What each layer did to one path, the lowest layer first.
class TimelineModel : public CellTable
{
    Q_OBJECT

public:
    enum Column { LayerColumn, ChangeColumn, SizeColumn };

    explicit TimelineModel(QObject *parent = nullptr);

    /// Shows the path of `node`, or nothing for kNone. The image has its tree.
    void setPath(ImagePtr image, NodeId node);

    /// Bytes of the path that the layers ship, and those of them that nobody sees in the end.
    quint64 shippedBytes() const { return m_shipped; }
    quint64 hiddenBytes() const { return m_hidden; }
    /// Last row of the layer, or -1.
    int rowOfLayer(int layer) const;

protected:
    int rows() const override { return static_cast<int>(m_events.size()); }
    const std::vector<cutaway::Column> &columns() const override { return m_columns; }
    Cell cell(int row, int column) const override;
    QVariant rowData(int row, int role) const override;

private:
    struct Event
    {
        LayerIndex layer = 0;
        EntryId entry = kNone; ///< the mention, or for a removal what it removed
        std::optional<Change> change = std::nullopt; ///< none: a marker that hides nothing here
        bool isMention = true;                       ///< false: hidden by something above the path
        QString words = {};
        QString details = {};
    };
    void collect();
    void describe(Event &event, EntryId before) const;
    QString metadataDifference(EntryId before, EntryId after) const;

    std::vector<cutaway::Column> m_columns;
    ImagePtr m_image;
    NodeId m_node = kNone;
    std::vector<QString> m_instructions;
    std::vector<Event> m_events;
    quint64 m_shipped = 0;
    quint64 m_hidden = 0;
};

} // namespace cutaway
