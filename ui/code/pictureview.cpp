// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/code/pictureview.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace cutaway {

namespace {

constexpr int kSquare = 8;

void paintSquares(QPainter &painter, const QRect &area, const QPalette &palette)
{
    painter.save();
    painter.setClipRect(area);
    painter.fillRect(area, palette.color(QPalette::Base));
    for (int y = area.top(); y <= area.bottom(); y += kSquare) {
        const int shift = (y - area.top()) / kSquare % 2 * kSquare;
        for (int x = area.left() + shift; x <= area.right(); x += 2 * kSquare) {
            painter.fillRect(x, y, kSquare, kSquare, palette.color(QPalette::Midlight));
        }
    }
    painter.restore();
}

} // namespace

PictureView::PictureView(QWidget *parent)
    : QWidget(parent)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void PictureView::setPicture(const QImage &picture)
{
    m_picture = picture;
    updateGeometry();
    update();
}

QSize PictureView::sizeHint() const
{
    return m_picture.isNull() ? QWidget::sizeHint() : m_picture.size();
}

void PictureView::paintEvent(QPaintEvent * /*event*/)
{
    if (m_picture.isNull()) {
        return;
    }
    const QRect room =
        rect().adjusted(theme::kPadding, theme::kPadding, -theme::kPadding, -theme::kPadding);
    const QSize fit = m_picture.size().scaled(room.size(), Qt::KeepAspectRatio);
    const QSize size = fit.width() < m_picture.width() ? fit : m_picture.size();
    QRect place({}, size.expandedTo({1, 1}));
    place.moveCenter(room.center());
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_picture.hasAlphaChannel()) {
        paintSquares(painter, place, palette());
    }
    painter.drawImage(place, m_picture);
}

} // namespace cutaway
