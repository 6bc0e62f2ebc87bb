// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/treemap/colouring.h"
#include "ui/treemap/layout.h"

#include <QFont>
#include <QImage>
#include <QPalette>
#include <QString>

#include <memory>

class QPainter;

namespace cutaway::treemap {

/// What is drawn, and the meaning of its colours.
struct Scene
{
    std::shared_ptr<const Subject> subject;
    ColourBy by = ColourBy::Layer;
    Colouring colouring;

    const Category &categoryOf(const Cell &cell) const
    {
        return colouring.categories[colouring.ofNode[cell.lead]];
    }
    /// Of the layer's changes: what it hides of lower layers.
    bool isRemoved(const Cell &cell) const
    {
        return !subject->isHidden && subject->spec.kind == ViewSpec::Kind::Layer
               && changeOf(*subject, cell.lead) == Change::Removed;
    }
};

struct Look
{
    QPalette palette;
    QFont font;           ///< of the body; labels are one size smaller
    int highlighted = -1; ///< the one category that keeps its colour; -1: all
};

/// Cells and what they look like, ready to be shown. Immutable.
struct Map
{
    std::shared_ptr<const Scene> scene;
    Layout layout;
    QImage picture;
};

/// By the font: a strip holds a line of text.
[[nodiscard]] Measures measuresFor(const QFont &font);

/// "usr", or "usr/share/doc" where directories are drawn as one; escaped, cut short where it is
/// longer than anyone would read.
[[nodiscard]] QString cellName(const PathTree &tree, const Cell &cell);

/// The fill of a cell, as it is painted.
[[nodiscard]] QColor cellFill(const Scene &scene, const Cell &cell, const Look &look);

/// The cells, each at its place. In any thread.
void paint(QPainter &painter, const Scene &scene, const Layout &layout, const Look &look);

/// The same as a picture of `size` logical pixels.
[[nodiscard]] QImage pictureOf(const Scene &scene,
                               const Layout &layout,
                               const Look &look,
                               const QSize &size,
                               double pixelRatio);

/// The colours and what they mean, line by line within `width`, from `top` down. Gives the height
/// that it takes; with no painter it only measures.
double paintLegend(
    QPainter *painter, const Scene &scene, const Look &look, const QPointF &corner, double width);

} // namespace cutaway::treemap
