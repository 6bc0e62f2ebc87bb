// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRectF>

#include <span>
#include <vector>

/// A tree of files as nested rectangles: areas tell sizes. Here, from the ground up, rectangles
/// (geometry), sizes of a view of the image (sizes), which cells these make (layout), what stands
/// behind their colours (colouring), the picture (painting); the widget shows it and moves about.
/// All but the widget is pure, and may be worked out in any thread.
namespace cutaway::treemap {

/// Shares `area` out among `weights`, in their order, as near to squares as that allows (Bruls,
/// Huizing, van Wijk: Squarified Treemaps). Best given the heaviest first; all have to be above 0.
/// The rectangles cover the area and do not overlap.
[[nodiscard]] std::vector<QRectF> squarify(std::span<const double> weights, const QRectF &area);

enum class Direction { Left, Right, Up, Down };

/// Of `rects` the one that lies next to `from` in that direction: the nearest
/// beyond its edge, one beside its middle before one that lies askew. -1: there is none.
[[nodiscard]] int neighbour(std::span<const QRectF> rects, const QRectF &from, Direction direction);

} // namespace cutaway::treemap
