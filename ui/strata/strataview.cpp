// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/strata/strataview.h"

#include "ui/theme/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

constexpr int kMargin = theme::kGrid / 2; ///< room for the outline of the chosen band

} // namespace

StrataView::StrataView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("strata"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Layers, drawn to size"));
    setWhatsThis(
        tr("The image cut open: one band for each layer, the first at the bottom, as high as "
           "the layer is large. The hatched part is hidden by later layers, yet shipped."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void StrataView::setLayers(std::vector<StrataLayer> layers, int baseLayers)
{
    m_layers = std::move(layers);
    m_baseLayers = baseLayers;
    const int count = static_cast<int>(m_layers.size());
    if (m_selected >= count) {
        m_selected = -1;
    }
    m_hovered = -1;
    arrange();
}

void StrataView::setSelected(int layer)
{
    const int count = static_cast<int>(m_layers.size());
    const int next = layer >= 0 && layer < count ? layer : -1;
    if (next == m_selected) {
        return;
    }
    m_selected = next;
    setAccessibleDescription(next < 0 ? QString()
                                      : m_layers[static_cast<std::size_t>(next)].spoken);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    update();
}

QSize StrataView::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 16, line * 14};
}

strata::Measures StrataView::measures() const
{
    strata::Measures measures;
    measures.wanted = QFontMetricsF(theme::smallFont(font())).height() + theme::kGrid;
    return measures;
}

std::vector<strata::LayerShare> StrataView::shares() const
{
    std::vector<strata::LayerShare> shares;
    shares.reserve(m_layers.size());
    std::ranges::transform(m_layers, std::back_inserter(shares), &StrataLayer::share);
    return shares;
}

void StrataView::arrange()
{
    const std::vector<strata::LayerShare> all = shares();
    const double least = strata::minimumHeight(all, measures());
    setMinimumHeight(static_cast<int>(least) + 2 * kMargin + 1);
    m_bands = strata::layOut(
        all, QRectF(rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin), measures());
    update();
}

void StrataView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void StrataView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        arrange();
    }
}

void StrataView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    for (std::size_t layer = 0; layer < m_bands.size(); ++layer) {
        paintBand(painter, static_cast<int>(layer), m_bands[layer]);
    }
    const auto outline = [&](int layer, const QPen &pen) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(pen);
        painter.drawRect(
            m_bands[static_cast<std::size_t>(layer)].rect.adjusted(-0.5, -0.5, 0.5, 0.5));
    };
    if (m_hovered >= 0 && m_hovered != m_selected) {
        outline(m_hovered, QPen(palette().color(QPalette::Text), 1.0));
    }
    if (m_selected >= 0) {
        // A ring in the ground colour sets the outline off against bands of any colour.
        const QRectF rect = m_bands[static_cast<std::size_t>(m_selected)].rect;
        outline(m_selected, QPen(palette().color(QPalette::Highlight), 3.0));
        if (rect.height() > 8.0) {
            painter.setPen(QPen(palette().color(QPalette::Base), 1.0));
            painter.drawRect(rect.adjusted(1.5, 1.5, -1.5, -1.5));
        }
    }
    if (hasFocus() && m_selected < 0) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void StrataView::render(QPainter &painter, const QRectF &area) const
{
    const std::vector<strata::Band> bands = strata::layOut(shares(), area, measures());
    for (std::size_t layer = 0; layer < bands.size(); ++layer) {
        paintBand(painter, static_cast<int>(layer), bands[layer]);
    }
}

void StrataView::paintBand(QPainter &painter, int layer, const strata::Band &band) const
{
    const StrataLayer &shown = m_layers[static_cast<std::size_t>(layer)];
    const QColor fill = theme::layerColor(layer, m_baseLayers, palette());
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (shown.isPending) {
        painter.fillRect(band.rect, palette().color(QPalette::AlternateBase));
        painter.setPen(QPen(palette().color(QPalette::Mid), 1.0, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(band.rect.adjusted(0, 0, -1, -1));
        paintLayerLabel(
            painter, font(), shown, band.rect, palette().color(QPalette::AlternateBase));
        return;
    }
    painter.fillRect(band.rect, fill);
    if (!band.shadowed.isEmpty()) {
        QColor ground = palette().color(QPalette::Base);
        ground.setAlphaF(0.35F);
        painter.fillRect(band.shadowed, ground);
        QColor ink = theme::isDark(palette()) ? QColor(Qt::black) : palette().color(QPalette::Text);
        ink.setAlphaF(0.55F);
        theme::paintHatching(painter, band.shadowed, ink);
    }
    paintLayerLabel(painter, font(), shown, band.rect, fill);
}

bool StrataView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int layer = strata::layerAt(m_bands, help->pos());
        if (layer < 0) {
            QToolTip::hideText();
            event->ignore();
        } else {
            const auto index = static_cast<std::size_t>(layer);
            QToolTip::showText(help->globalPos(),
                               m_layers[index].toolTip,
                               this,
                               m_bands[index].rect.toAlignedRect());
        }
        return true;
    }
    return QWidget::event(event);
}

void StrataView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        choose(strata::layerAt(m_bands, event->position()));
    } else {
        QWidget::mousePressEvent(event);
    }
}

void StrataView::mouseMoveEvent(QMouseEvent *event)
{
    const int layer = strata::layerAt(m_bands, event->position());
    if (layer != m_hovered) {
        m_hovered = layer;
        update();
    }
}

void StrataView::leaveEvent(QEvent * /*event*/)
{
    m_hovered = -1;
    update();
}

void StrataView::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_layers.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Up: choose(m_selected < 0 ? 0 : std::min(m_selected + 1, last)); return;
    case Qt::Key_Down: choose(m_selected < 0 ? last : std::max(m_selected - 1, 0)); return;
    case Qt::Key_Home: choose(last); return;
    case Qt::Key_End: choose(0); return;
    default: QWidget::keyPressEvent(event);
    }
}

void StrataView::choose(int layer)
{
    if (layer >= 0 && layer < static_cast<int>(m_layers.size()) && layer != m_selected) {
        setSelected(layer);
        emit layerChosen(layer);
    }
}

} // namespace cutaway
