// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/strata/geometry.h"

#include <algorithm>
#include <numeric>

namespace cutaway::strata {

namespace {

double smallestOf(const LayerShare &layer, double minimum, const Measures &measures)
{
    return layer.bytes == 0 ? measures.empty : minimum;
}

double heightOf(std::span<const LayerShare> layers, double minimum, const Measures &measures)
{
    double height = 0;
    for (const LayerShare &layer : layers) {
        height += smallestOf(layer, minimum, measures);
    }
    return height + measures.gap * std::max(static_cast<double>(layers.size()) - 1.0, 0.0);
}

} // namespace

double minimumHeight(std::span<const LayerShare> layers, const Measures &measures)
{
    return heightOf(layers, measures.minimum, measures);
}

std::vector<Band> layOut(std::span<const LayerShare> layers,
                         const QRectF &area,
                         const Measures &measures)
{
    // Room for a line of text in each band, as long as that leaves a third of the height to tell
    // sizes.
    const double roomy = heightOf(layers, measures.wanted, measures);
    const double minimum = roomy <= area.height() * 2.0 / 3.0 ? measures.wanted : measures.minimum;
    const double spare = std::max(area.height() - heightOf(layers, minimum, measures), 0.0);
    const double bytes =
        std::accumulate(layers.begin(), layers.end(), 0.0, [](double sum, const LayerShare &layer) {
            return sum + static_cast<double>(layer.bytes);
        });

    std::vector<Band> bands;
    bands.reserve(layers.size());
    double bottom = std::max(area.bottom(), area.top() + minimumHeight(layers, measures));
    for (const LayerShare &layer : layers) {
        const auto size = static_cast<double>(layer.bytes);
        const double share = bytes > 0 ? spare * size / bytes : 0.0;
        const double height = smallestOf(layer, minimum, measures) + share;
        Band band;
        band.rect = QRectF(area.left(), bottom - height, area.width(), height);
        if (layer.shadowed > 0 && layer.bytes > 0) {
            const double hidden = static_cast<double>(std::min(layer.shadowed, layer.bytes)) / size;
            band.shadowed = band.rect.adjusted(band.rect.width() * (1.0 - hidden), 0, 0, 0);
        }
        bands.push_back(band);
        bottom = band.rect.top() - measures.gap;
    }
    return bands;
}

int layerAt(std::span<const Band> bands, const QPointF &point)
{
    // From the bottom up: the first band whose top edge is above the point, unless the point is
    // under all.
    if (bands.empty() || point.y() > bands.front().rect.bottom()
        || point.x() < bands.front().rect.left() || point.x() > bands.front().rect.right()) {
        return -1;
    }
    const auto found = std::ranges::find_if(
        bands, [&point](const Band &band) { return band.rect.top() <= point.y(); });
    return found == bands.end() ? -1 : static_cast<int>(found - bands.begin());
}

} // namespace cutaway::strata
