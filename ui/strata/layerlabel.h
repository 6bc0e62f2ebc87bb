// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/strata/geometry.h"

#include <QString>

class QColor;
class QFont;
class QPainter;

namespace cutaway {

/// One layer as the drawing shows it. All texts are displayable already.
struct StrataLayer
{
    strata::LayerShare share;
    QString title;          ///< "COPY app /srv"
    QString size;           ///< "12.4 MB"
    QString toolTip;        ///< HTML
    QString spoken;         ///< for screen readers
    bool isPending = false; ///< not read (yet)
};

/// Title and size at the top of a band that is filled with `fill`, one size smaller than the body's
/// font. Nothing where the band is lower than a line.
void paintLayerLabel(QPainter &painter,
                     const QFont &body,
                     const StrataLayer &layer,
                     const QRectF &rect,
                     const QColor &fill);

} // namespace cutaway
