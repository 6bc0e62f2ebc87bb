// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/strata/stratapairview.h"

#include "ui/theme/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPolygonF>
#include <QToolTip>

#include <algorithm>
#include <numeric>
#include <utility>

namespace cutaway {

namespace {

constexpr int kMargin = theme::kGrid / 2; ///< room for the outline of the chosen bands
constexpr double kBetween = 40.0;         ///< where the joins run

std::vector<strata::LayerShare> sharesOf(const std::vector<StrataLayer> &layers)
{
    std::vector<strata::LayerShare> shares;
    std::ranges::transform(layers, std::back_inserter(shares), &StrataLayer::share);
    return shares;
}

double bytesOf(std::span<const strata::LayerShare> layers)
{
    return std::accumulate(
        layers.begin(), layers.end(), 0.0, [](double sum, const strata::LayerShare &layer) {
            return sum + static_cast<double>(layer.bytes);
        });
}

const strata::Band *bandOf(const std::vector<strata::Band> &bands, int layer)
{
    const bool isThere = layer >= 0 && layer < static_cast<int>(bands.size());
    return isThere ? &bands[static_cast<std::size_t>(layer)] : nullptr;
}

} // namespace

strata::PairLayout strata::layOutPair(std::span<const LayerShare> before,
                                      std::span<const LayerShare> after,
                                      const QRectF &area,
                                      double between,
                                      const Measures &measures)
{
    const double most = std::max(bytesOf(before), bytesOf(after));
    const double width = (area.width() - between) / 2;
    const auto column = [&](std::span<const LayerShare> layers, double left) {
        const double share = most > 0 ? bytesOf(layers) / most : 1.0;
        const double height = std::max(area.height() * share,
                                       std::min(minimumHeight(layers, measures), area.height()));
        return layOut(layers, QRectF(left, area.bottom() - height, width, height), measures);
    };
    PairLayout layout;
    layout.before = column(before, area.left());
    layout.after = column(after, area.left() + width + between);
    // Many layers need more room than there is; both stand on the same ground all the same.
    const auto groundOf = [](const std::vector<Band> &bands, double otherwise) {
        return bands.empty() ? otherwise : bands.front().rect.bottom();
    };
    const double ground =
        std::max(groundOf(layout.before, area.bottom()), groundOf(layout.after, area.bottom()));
    for (std::vector<Band> *bands : {&layout.before, &layout.after}) {
        const double by = ground - groundOf(*bands, ground);
        for (Band &band : *bands) {
            band.rect.translate(0, by);
            band.shadowed.translate(0, by);
        }
    }
    return layout;
}

StrataPairView::StrataPairView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("strataPair"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Layers of both images, drawn to size"));
    setWhatsThis(
        tr("Both images cut open, the first on the left, on one scale. Layers that they share are "
           "grey and joined; a dashed join is a layer that the same build step made anew. Choose a "
           "layer to see its files alone."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void StrataPairView::set(std::vector<StrataLayer> before,
                         std::vector<StrataLayer> after,
                         std::vector<StrataJoin> joins,
                         int shared)
{
    m_before = std::move(before);
    m_after = std::move(after);
    m_joins = std::move(joins);
    m_shared = shared;
    m_selected = -1;
    arrange();
}

void StrataPairView::setSelected(int join)
{
    const int next = join >= 0 && join < static_cast<int>(m_joins.size()) ? join : -1;
    if (next == m_selected) {
        return;
    }
    m_selected = next;
    setAccessibleDescription(next < 0 ? QString() : m_joins[static_cast<std::size_t>(next)].spoken);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    update();
}

QSize StrataPairView::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 20, line * 14};
}

strata::Measures StrataPairView::measures() const
{
    strata::Measures measures;
    measures.wanted = QFontMetricsF(theme::smallFont(font())).height() + theme::kGrid;
    return measures;
}

/// The line that says which side is which.
int StrataPairView::captionHeight() const
{
    return m_joins.empty() ? 0 : QFontMetrics(theme::smallFont(font())).height() + theme::kGrid;
}

void StrataPairView::arrange()
{
    const auto before = sharesOf(m_before);
    const auto after = sharesOf(m_after);
    const double least = std::max(strata::minimumHeight(before, measures()),
                                  strata::minimumHeight(after, measures()));
    setMinimumHeight(static_cast<int>(least) + captionHeight() + 2 * kMargin + 1);
    const QRectF area =
        QRectF(rect()).adjusted(kMargin, kMargin + captionHeight(), -kMargin, -kMargin);
    m_layout = strata::layOutPair(before, after, area, kBetween, measures());
    update();
}

void StrataPairView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void StrataPairView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        arrange();
    }
}

QColor StrataPairView::colorOf(const StrataJoin &join) const
{
    // What the second lacks has colours of its own: one that both have would say that it is the
    // same layer.
    const int gone = static_cast<int>(m_after.size()) + join.before - m_shared;
    return theme::layerColor(join.after >= 0 ? join.after : gone, m_shared, palette());
}

void StrataPairView::paintJoin(QPainter &painter, const StrataJoin &join) const
{
    const strata::Band *before = bandOf(m_layout.before, join.before);
    const strata::Band *after = bandOf(m_layout.after, join.after);
    if (before == nullptr || after == nullptr) {
        return;
    }
    const QPolygonF shape({before->rect.topRight(),
                           after->rect.topLeft(),
                           after->rect.bottomLeft(),
                           before->rect.bottomRight()});
    QColor fill = colorOf(join);
    fill.setAlphaF(join.kind == StrataJoin::Kind::Rebuilt ? 0.10F : 0.35F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    QColor line = palette().color(QPalette::Mid);
    painter.setPen(join.kind == StrataJoin::Kind::Rebuilt ? QPen(line, 1.0, Qt::DashLine)
                                                          : QPen(Qt::NoPen));
    painter.drawPolygon(shape);
}

void StrataPairView::paintBand(QPainter &painter,
                               const StrataLayer &layer,
                               const strata::Band &band,
                               const QColor &fill) const
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(band.rect, fill);
    paintLayerLabel(painter, font(), layer, band.rect, fill);
}

void StrataPairView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    for (const StrataJoin &join : m_joins) {
        paintJoin(painter, join);
    }
    for (const StrataJoin &join : m_joins) {
        const QColor fill = colorOf(join);
        if (const strata::Band *band = bandOf(m_layout.before, join.before)) {
            paintBand(painter, m_before[static_cast<std::size_t>(join.before)], *band, fill);
        }
        if (const strata::Band *band = bandOf(m_layout.after, join.after)) {
            paintBand(painter, m_after[static_cast<std::size_t>(join.after)], *band, fill);
        }
    }
    if (!m_joins.empty()) {
        painter.setFont(theme::smallFont(font()));
        painter.setPen(theme::color(theme::Role::Muted, palette()));
        const QRect line(kMargin, 0, width() - 2 * kMargin, captionHeight());
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, tr("Before"));
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, tr("After"));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    if (m_selected >= 0) {
        const StrataJoin &join = m_joins[static_cast<std::size_t>(m_selected)];
        painter.setPen(QPen(palette().color(QPalette::Highlight), 3.0));
        for (const strata::Band *band :
             {bandOf(m_layout.before, join.before), bandOf(m_layout.after, join.after)}) {
            if (band != nullptr) {
                painter.drawRect(band->rect.adjusted(-0.5, -0.5, 0.5, 0.5));
            }
        }
    } else if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0, Qt::DotLine));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

int StrataPairView::joinAt(const QPointF &point, bool *isBefore) const
{
    const int before = strata::layerAt(m_layout.before, point);
    const int after = strata::layerAt(m_layout.after, point);
    if (isBefore != nullptr) {
        *isBefore = before >= 0;
    }
    const auto found = std::ranges::find_if(m_joins, [&](const StrataJoin &join) {
        return (before >= 0 && join.before == before) || (after >= 0 && join.after == after);
    });
    return found == m_joins.end() ? -1 : static_cast<int>(found - m_joins.begin());
}

bool StrataPairView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return QWidget::event(event);
    }
    const auto *help = static_cast<QHelpEvent *>(event);
    bool isBefore = false;
    const int at = joinAt(help->pos(), &isBefore);
    if (at < 0) {
        QToolTip::hideText();
        event->ignore();
        return true;
    }
    const StrataJoin &join = m_joins[static_cast<std::size_t>(at)];
    const StrataLayer &layer = isBefore ? m_before[static_cast<std::size_t>(join.before)]
                                        : m_after[static_cast<std::size_t>(join.after)];
    QToolTip::showText(help->globalPos(), layer.toolTip, this);
    return true;
}

void StrataPairView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        choose(joinAt(event->position()));
    } else {
        QWidget::mousePressEvent(event);
    }
}

void StrataPairView::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_joins.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Up: choose(m_selected < 0 ? 0 : std::min(m_selected + 1, last)); return;
    case Qt::Key_Down: choose(m_selected < 0 ? last : std::max(m_selected - 1, 0)); return;
    case Qt::Key_Home: choose(last); return;
    case Qt::Key_End: choose(0); return;
    case Qt::Key_Backspace:
    case Qt::Key_Delete: choose(-1); return;
    default: QWidget::keyPressEvent(event);
    }
}

/// What is chosen already is let go of again.
void StrataPairView::choose(int join)
{
    const int next = join == m_selected ? -1 : join;
    if (next != m_selected) {
        setSelected(next);
        emit joinChosen(m_selected);
    }
}

} // namespace cutaway
