// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRectF>

#include <span>
#include <vector>

/// The image cut open: one band a layer, the first layer at the bottom, as it was laid down. Here
/// only where things are; the view paints them.
namespace cutaway::strata {

struct LayerShare
{
    quint64 bytes = 0;
    quint64 shadowed = 0; ///< of those, hidden by later layers
};

struct Measures
{
    double minimum = 6.0; ///< height of a band that holds anything
    double wanted = 20.0; ///< the same, where there is room for it: a line of text fits
    double empty = 3.0;   ///< height of a band that holds nothing
    double gap = 1.0;     ///< between bands
};

struct Band
{
    QRectF rect;
    QRectF shadowed; ///< the right part of `rect`, as wide as its share; empty for none
};

/// Height below which the bands do not fit any more.
double minimumHeight(std::span<const LayerShare> layers, const Measures &measures);

/// Bands of all layers, in layer order, filling `area` (or its minimum height, where that is more):
/// each has its minimum, and what is left is shared out by bytes.
std::vector<Band> layOut(std::span<const LayerShare> layers,
                         const QRectF &area,
                         const Measures &measures);

/// The layer at that point, or -1. Gaps belong to the band above them, so that nothing is dead.
int layerAt(std::span<const Band> bands, const QPointF &point);

} // namespace cutaway::strata
