// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/treemap/painting.h"

#include <QWidget>

#include <memory>

namespace cutaway {

/// Shows a treemap that was made elsewhere, and lets a person walk over it by mouse and keyboard.
/// The picture is painted once; what moves is only the outlines over it.
class TreemapView : public QWidget
{
    Q_OBJECT

public:
    using MapPtr = std::shared_ptr<const treemap::Map>;

    explicit TreemapView(QWidget *parent = nullptr);

    /// Null shows nothing. The current cell is forgotten.
    void setMap(MapPtr map);
    const MapPtr &map() const { return m_map; }

    /// -1 = none. `isExact` is false where the chosen path lies in the cell but has none itself.
    void setCurrent(int cell, bool isExact = true);
    int current() const { return m_current; }
    int hovered() const { return m_hovered; }

    /// The directory that zooming into the cell leads to; kNone where it leads nowhere.
    NodeId zoomTarget(int cell) const;

signals:
    void cellChosen(int cell); ///< by the user
    void cellHovered(int cell);
    void zoomedIn(cutaway::NodeId directory);
    void zoomedOut();
    void menuWanted(const QPoint &globalPosition); ///< for the current cell
    void drawingOutdated(); ///< size, fonts or colours are others: another map is wanted

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool has(int cell) const { return m_map && cell >= 0 && cell < m_map->layout.count(); }
    QRectF outlineOf(int cell) const;
    void updateCell(int cell);
    void hover(int cell);
    void choose(int cell);
    void walk(treemap::Direction direction);
    void zoomInto(int cell);
    /// The directory right below the shown one that the cell lies in.
    int outermost(int cell) const;
    bool handleKey(int key);

    MapPtr m_map;
    int m_current = -1;
    bool m_isExact = true;
    int m_hovered = -1;
    int m_wheel = 0; ///< turned so far, in eighths of a degree
};

} // namespace cutaway
