// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/pathlife.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace cutaway {

/// The life of one path, drawn over the layers from left to right: a bar while it is there, in the
/// colour of the layer whose version is seen, a sign where a layer did something to it, and below,
/// a dot for each thing that changed: content, mode, owner, time, attributes.
class PathLifeView : public QWidget
{
    Q_OBJECT

public:
    explicit PathLifeView(QWidget *parent = nullptr);

    void setPath(const PathTree &tree, NodeId node, int baseLayers);
    void clear();
    /// -1: none.
    void setSelected(int layer);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void layerChosen(int layer);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    /// Something that can change, and has in some layer.
    struct Row
    {
        QString name;
        bool ChangedParts::*part;
    };

    void findRows();
    double lineHeight() const;
    double labelWidth() const;
    QRectF column(int layer) const;
    int layerAt(const QPointF &point) const;
    QString words(int layer) const;
    void paintBar(QPainter &painter) const;
    void paintRows(QPainter &painter) const;

    std::vector<LayerDeed> m_life;
    std::vector<LayerIndex> m_seen; ///< whose version is seen after each layer; kNoLayer: none
    std::vector<Row> m_rows;
    int m_baseLayers = 0;
    int m_selected = -1;
};

} // namespace cutaway
