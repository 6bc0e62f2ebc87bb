// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/theme.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace cutaway::theme {

namespace {

struct Pair
{
    QRgb light;
    QRgb dark;
};

/// In the order of Role.
constexpr std::array<Pair, 13> kColors = {{
    {0xff2e7d32, 0xff81c784}, // Added
    {0xffb3261e, 0xfff2938c}, // Removed
    {0xff8a5a00, 0xffe8b931}, // Modified
    {0xff6a4fb3, 0xffb9a6f2}, // Metadata
    {0xff9b1c1c, 0xffff8a80}, // Critical
    {0xffb8430a, 0xffffab70}, // High
    {0xff8a6d00, 0xffe6c34a}, // Medium
    {0xff1f5fa8, 0xff82b8f0}, // Low
    {0xff5f6368, 0xffa9afb6}, // Info
    {0xff2e7d32, 0xff81c784}, // Good
    {0xff5f6368, 0xffa9afb6}, // Muted
    {0xffc9d9ec, 0xff34506f}, // Bar
    {0xffa9b2bd, 0xff59626d}, // Shadowed
}};

/// Okabe and Ito's colours, in the order of the ring.
constexpr std::array<QRgb, 6> kRing = {
    0xff0072b2, 0xff009e73, 0xffe69f00, 0xffcc79a7, 0xff56b4e9, 0xffd55e00};

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
           + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](float x, float y) {
        return static_cast<float>(x * (1.0 - share) + y * share);
    };
    return QColor::fromRgbF(
        mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

} // namespace

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Base)) < luminance(palette.color(QPalette::Text));
}

QColor color(Role role, const QPalette &palette)
{
    const Pair &pair = kColors[static_cast<std::size_t>(role)];
    return QColor::fromRgb(isDark(palette) ? pair.dark : pair.light);
}

QColor layerColor(int layer, int baseLayers, const QPalette &palette)
{
    const bool dark = isDark(palette);
    if (layer < baseLayers) {
        const QColor first = QColor::fromRgb(dark ? 0xff6b7178 : 0xff9aa0a6);
        const QColor second = QColor::fromRgb(dark ? 0xff7d848c : 0xffb0b6bc);
        return layer % 2 == 0 ? first : second;
    }
    const int own = layer - baseLayers;
    const int ring = static_cast<int>(kRing.size());
    // Later turns are lighter, but never so light that two turns meet the ground.
    const double lighter = std::min(own / ring, 3) * 0.22;
    return mixed(QColor::fromRgb(kRing[static_cast<std::size_t>(own % ring)]), Qt::white, lighter);
}

QColor textOn(const QColor &ground)
{
    return contrast(ground, Qt::black) >= contrast(ground, Qt::white) ? Qt::black : Qt::white;
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QFont smallFont(const QFont &body)
{
    QFont font = body;
    if (body.pointSizeF() > 0) {
        font.setPointSizeF(std::max(body.pointSizeF() - 1.0, 6.0));
    } else {
        font.setPixelSize(std::max(body.pixelSize() - 1, 8));
    }
    return font;
}

QFont boldFont(const QFont &body)
{
    QFont font = body;
    font.setBold(true);
    return font;
}

QFont fixedFont(const QFont &body)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (body.pointSizeF() > 0) {
        font.setPointSizeF(body.pointSizeF());
    } else {
        font.setPixelSize(body.pixelSize());
    }
    return font;
}

QFont tabularFont(const QFont &body)
{
    // Qt 6.4 cannot ask a font for its tabular figures; nearly all have them by default. Where they
    // are not of one width, the fixed font has them.
    const QFontMetricsF metrics(body);
    const bool isTabular = qFuzzyCompare(metrics.horizontalAdvance(QLatin1Char('1')),
                                         metrics.horizontalAdvance(QLatin1Char('8')));
    return isTabular ? body : fixedFont(body);
}

void paintHatching(QPainter &painter, const QRectF &area, const QColor &ink)
{
    if (area.isEmpty()) {
        return;
    }
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.0));
    // Lines are placed by absolute position, so that neighbouring areas join without a seam.
    constexpr double kStep = 6.0;
    const double start = std::floor((area.left() - area.bottom()) / kStep) * kStep;
    for (double x = start; x < area.right() - area.top() + kStep; x += kStep) {
        painter.drawLine(QPointF(x + area.top(), area.top()),
                         QPointF(x + area.bottom(), area.bottom()));
    }
    painter.restore();
}

} // namespace cutaway::theme
