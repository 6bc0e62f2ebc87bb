// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/treemap/treemapview.h"

#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>

#include <utility>

namespace cutaway {

namespace {

constexpr int kWheelStep = 120;  ///< one notch
constexpr int kOutlineReach = 3; ///< that an outline stands out of its cell
constexpr double kRoomForRing = 8.0;

} // namespace

TreemapView::TreemapView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("treemap"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Treemap"));
    setWhatsThis(
        tr("The files of the chosen view, drawn to size: what lies in a directory is drawn inside "
           "it, and of two neighbours the one with twice the bytes has twice the area. Files too "
           "small to be drawn by themselves are put together, with a fine mesh. Double click or "
           "Enter zooms into a directory, Backspace out again; the arrow keys go from one cell to "
           "the next, Page Up to the directory around it, Page Down into it."));
    setMinimumSize(theme::kGrid * 40, theme::kGrid * 30);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void TreemapView::setMap(MapPtr map)
{
    m_map = std::move(map);
    m_current = -1;
    m_hovered = -1;
    update();
    if (underMouse()) {
        const QPoint at = mapFromGlobal(QCursor::pos());
        hover(m_map ? m_map->layout.cellAt(at) : -1);
    }
}

void TreemapView::setCurrent(int cell, bool isExact)
{
    const int next = has(cell) ? cell : -1;
    if (next == m_current && isExact == m_isExact) {
        return;
    }
    if (next <= 0 || m_current <= 0) {
        update(); // the frame that shows the focus comes or goes
    }
    updateCell(m_current);
    m_current = next;
    m_isExact = isExact;
    updateCell(m_current);
}

NodeId TreemapView::zoomTarget(int cell) const
{
    if (!has(cell)) {
        return kNone;
    }
    using Kind = treemap::Cell::Kind;
    const treemap::Cell &here = m_map->layout.cell(cell);
    const bool isDirectory = here.kind == Kind::Open || here.kind == Kind::Closed;
    const int holder = isDirectory ? cell : here.parent;
    if (holder < 0) {
        return kNone;
    }
    const NodeId target = m_map->layout.cell(holder).node;
    return target == m_map->layout.root() ? kNone : target;
}

QRectF TreemapView::outlineOf(int cell) const
{
    // The picture may be one of another size until the next is there.
    const QSizeF drawn = m_map->picture.deviceIndependentSize();
    const double x = drawn.width() > 0 ? width() / drawn.width() : 1.0;
    const double y = drawn.height() > 0 ? height() / drawn.height() : 1.0;
    const QRectF rect = m_map->layout.cell(cell).rect;
    return {rect.left() * x, rect.top() * y, rect.width() * x - 1.0, rect.height() * y - 1.0};
}

void TreemapView::updateCell(int cell)
{
    if (has(cell)) {
        update(outlineOf(cell).toAlignedRect().adjusted(
            -kOutlineReach, -kOutlineReach, kOutlineReach, kOutlineReach));
    }
}

void TreemapView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    if (!m_map) {
        painter.fillRect(rect(), palette().color(QPalette::Base));
        return;
    }
    if (m_map->picture.deviceIndependentSize().toSize() == size()) {
        painter.drawImage(QPointF(0, 0), m_map->picture);
    } else {
        painter.drawImage(rect(), m_map->picture);
    }
    painter.setBrush(Qt::NoBrush);
    const auto outline = [&](const QRectF &rect, const QPen &pen) {
        painter.setPen(pen);
        painter.drawRect(rect);
    };
    // Two lines, one dark and one light, can be told from cells of any colour.
    if (m_hovered > 0 && m_hovered != m_current) {
        const QRectF rect = outlineOf(m_hovered);
        outline(rect, QPen(palette().color(QPalette::Text), 1.0));
        if (rect.width() > kRoomForRing && rect.height() > kRoomForRing) {
            outline(rect.adjusted(1, 1, -1, -1), QPen(palette().color(QPalette::Base), 1.0));
        }
    }
    if (has(m_current) && m_current > 0) { // the root is what one looks into
        const QRectF rect = outlineOf(m_current);
        const auto pen = [&](QPalette::ColorRole role, double width, Qt::PenStyle style) {
            return QPen(palette().color(role), width, style, Qt::FlatCap, Qt::MiterJoin);
        };
        outline(rect, pen(QPalette::Text, 5.0, Qt::SolidLine));
        outline(rect, pen(QPalette::Base, 3.0, Qt::SolidLine));
        outline(rect, pen(QPalette::Highlight, 3.0, m_isExact ? Qt::SolidLine : Qt::DashLine));
    } else if (hasFocus()) {
        outline(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5),
                QPen(palette().color(QPalette::Highlight), 1.0, Qt::DotLine));
    }
}

bool TreemapView::event(QEvent *event)
{
    if (event->type() == QEvent::ScreenChangeInternal) {
        emit drawingOutdated(); // maybe another scale
    }
    return QWidget::event(event);
}

void TreemapView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    emit drawingOutdated();
}

void TreemapView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange
        || event->type() == QEvent::PaletteChange) {
        emit drawingOutdated();
    }
}

void TreemapView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_map) {
        choose(m_map->layout.cellAt(event->position()));
    } else {
        QWidget::mousePressEvent(event);
    }
}

void TreemapView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_map) {
        zoomInto(m_map->layout.cellAt(event->position()));
    }
}

void TreemapView::mouseMoveEvent(QMouseEvent *event)
{
    hover(m_map ? m_map->layout.cellAt(event->position()) : -1);
}

void TreemapView::leaveEvent(QEvent * /*event*/)
{
    hover(-1);
}

void TreemapView::wheelEvent(QWheelEvent *event)
{
    if (!m_map) {
        QWidget::wheelEvent(event);
        return;
    }
    m_wheel += event->angleDelta().y();
    if (m_wheel >= kWheelStep) {
        m_wheel = 0;
        zoomInto(outermost(m_map->layout.cellAt(event->position())));
    } else if (m_wheel <= -kWheelStep) {
        m_wheel = 0;
        emit zoomedOut();
    }
    event->accept();
}

void TreemapView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse) {
        choose(m_map ? m_map->layout.cellAt(event->pos()) : -1);
        emit menuWanted(event->globalPos());
    } else if (has(m_current)) {
        emit menuWanted(mapToGlobal(outlineOf(m_current).center().toPoint()));
    }
}

void TreemapView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void TreemapView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void TreemapView::hover(int cell)
{
    if (cell != m_hovered) {
        updateCell(m_hovered);
        m_hovered = cell;
        updateCell(m_hovered);
        emit cellHovered(cell);
    }
}

void TreemapView::choose(int cell)
{
    if (has(cell)) {
        setCurrent(cell);
        emit cellChosen(cell);
    }
}

void TreemapView::zoomInto(int cell)
{
    if (const NodeId target = zoomTarget(cell); target != kNone) {
        emit zoomedIn(target);
    }
}

int TreemapView::outermost(int cell) const
{
    while (has(cell) && m_map->layout.cell(cell).parent > 0) {
        cell = m_map->layout.cell(cell).parent;
    }
    return cell;
}

void TreemapView::walk(treemap::Direction direction)
{
    choose(has(m_current) ? m_map->layout.neighbour(m_current, direction)
                          : std::min(1, m_map->layout.count() - 1));
}

bool TreemapView::handleKey(int key)
{
    using treemap::Direction;
    const bool isChosen = has(m_current);
    switch (key) {
    case Qt::Key_Left: walk(Direction::Left); return true;
    case Qt::Key_Right: walk(Direction::Right); return true;
    case Qt::Key_Up: walk(Direction::Up); return true;
    case Qt::Key_Down: walk(Direction::Down); return true;
    case Qt::Key_Home: choose(std::min(1, m_map->layout.count() - 1)); return true;
    case Qt::Key_PageUp: choose(isChosen ? m_map->layout.cell(m_current).parent : -1); return true;
    case Qt::Key_PageDown:
        if (!isChosen || m_map->layout.cell(m_current).childCount > 0) {
            choose(isChosen ? m_map->layout.cell(m_current).firstChild : 0);
        }
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Plus: zoomInto(m_current); return true;
    case Qt::Key_Backspace:
    case Qt::Key_Minus: emit zoomedOut(); return true;
    default: return false;
    }
}

void TreemapView::keyPressEvent(QKeyEvent *event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool isPlain = modifiers == Qt::NoModifier
                         || (modifiers == Qt::ShiftModifier && event->key() == Qt::Key_Plus);
    if (!m_map || !isPlain || !handleKey(event->key())) {
        QWidget::keyPressEvent(event);
    }
}

} // namespace cutaway
