// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/strata/layerlabel.h"

#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace cutaway {

void paintLayerLabel(QPainter &painter,
                     const QFont &body,
                     const StrataLayer &layer,
                     const QRectF &rect,
                     const QColor &fill)
{
    const QFont font = theme::smallFont(body);
    const QFontMetricsF metrics(font);
    if (rect.height() < metrics.height()) {
        return;
    }
    painter.setFont(font);
    painter.setPen(theme::textOn(fill));
    // In a high band the words stay at its top, where the eye enters it.
    QRectF line = rect.adjusted(theme::kPadding, 0, -theme::kPadding, 0);
    line.setHeight(std::min(rect.height(), metrics.height() + theme::kGrid));

    // Plates of the band's own colour keep words readable where hatching runs under them.
    const auto write = [&](const QRectF &place, const QString &text, Qt::Alignment alignment) {
        QRectF plate(0, 0, metrics.horizontalAdvance(text) + theme::kGrid, metrics.height());
        plate.moveCenter(place.center());
        const double inset = theme::kGrid / 2.0;
        if (alignment.testFlag(Qt::AlignRight)) {
            plate.moveRight(place.right() + inset);
        } else {
            plate.moveLeft(place.left() - inset);
        }
        painter.fillRect(plate, fill);
        painter.drawText(place, alignment | Qt::AlignVCenter | Qt::TextSingleLine, text);
    };
    const double sizeWidth = metrics.horizontalAdvance(layer.size);
    if (!layer.size.isEmpty() && line.width() > sizeWidth) {
        write(line, layer.size, Qt::AlignRight);
        line.setRight(line.right() - sizeWidth - theme::kPadding);
    }
    const QString title = metrics.elidedText(layer.title, Qt::ElideRight, line.width());
    if (title.size() > 1) {
        write(line, title, Qt::AlignLeft);
    }
}

} // namespace cutaway
