// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/score/gradebadge.h"

#include <QFontMetrics>
#include <QPainter>

namespace cutaway {

theme::Role gradeRole(const Score &score)
{
    if (!score.isKnown) {
        return theme::Role::Muted;
    }
    switch (score.grade) {
    case 'A':
    case 'B': return theme::Role::Good;
    case 'C': return theme::Role::Medium;
    case 'D': return theme::Role::High;
    default: return theme::Role::Critical;
    }
}

GradeBadge::GradeBadge(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("gradeBadge"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void GradeBadge::setScore(const Score &score)
{
    m_letter = score.isKnown ? QString(QLatin1Char(score.grade)) : QStringLiteral("–");
    m_role = gradeRole(score);
    setAccessibleName(score.isKnown ? tr("Grade %1").arg(m_letter) : tr("No grade"));
    update();
}

QFont GradeBadge::letterFont() const
{
    QFont large = theme::boldFont(font());
    if (large.pointSizeF() > 0) {
        large.setPointSizeF(large.pointSizeF() * 2);
    } else {
        large.setPixelSize(large.pixelSize() * 2);
    }
    return large;
}

QSize GradeBadge::sizeHint() const
{
    const int side = QFontMetrics(letterFont()).height() + 2 * theme::kGrid;
    return {side, side};
}

void GradeBadge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = theme::color(m_role, palette());
    constexpr double kLine = 1.5;
    painter.setPen(QPen(ink, kLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), theme::kGrid, theme::kGrid);
    painter.setFont(letterFont());
    painter.drawText(rect(), Qt::AlignCenter, m_letter);
}

} // namespace cutaway
