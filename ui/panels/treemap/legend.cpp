// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/treemap/legend.h"

#include "ui/models/text.h"
#include "ui/theme/theme.h"

#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QToolButton>

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::size_t kEntries = 12;
constexpr int kEntryLetters = 30; ///< that one is wide at the most
constexpr int kLines = 2;
constexpr int kSwatch = 12;

QIcon swatch(const QColor &fill, const QPalette &palette, double pixelRatio)
{
    QPixmap pixmap(QSize(kSwatch, kSwatch) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(fill);
    QPainter painter(&pixmap);
    painter.setPen(palette.color(QPalette::Mid));
    painter.drawRect(QRectF(0.5, 0.5, kSwatch - 1, kSwatch - 1));
    return QIcon(pixmap);
}

} // namespace

Legend::Legend(QWidget *parent)
    : QWidget(parent)
    , m_more(new QLabel(this))
{
    setObjectName(QStringLiteral("legend"));
    setAccessibleName(tr("Meaning of the colours"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_more->setFont(theme::smallFont(font()));
    m_more->setTextFormat(Qt::PlainText);
    m_more->hide();
}

void Legend::setColouring(const treemap::Colouring &colouring)
{
    qDeleteAll(m_entries);
    m_entries.clear();
    const std::vector<int> places = treemap::legendOf(colouring, kEntries);
    m_others = static_cast<int>(colouring.categories.size() - places.size());
    for (const int place : places) {
        const treemap::Category &category = colouring.categories[static_cast<std::size_t>(place)];
        auto *button = new QToolButton(this);
        button->setFont(theme::smallFont(font()));
        button->setAutoRaise(true);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize({kSwatch, kSwatch});
        button->setIcon(swatch(category.fill, palette(), devicePixelRatioF()));
        const QFontMetrics metrics(button->font());
        QString text = metrics.elidedText(
            category.title, Qt::ElideRight, kEntryLetters * metrics.averageCharWidth());
        button->setText(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        button->setAccessibleName(category.title);
        button->setToolTip(plainToolTip(tr("%1\n%2; click to bring out what has this colour")
                                            .arg(category.title, sizeText(category.bytes))));
        button->setProperty("category", place);
        connect(button, &QToolButton::clicked, this, [this, button] { choose(button); });
        button->show();
        m_entries.append(button);
    }
    arrange();
}

int Legend::highlighted() const
{
    for (const QToolButton *entry : m_entries) {
        if (entry->isChecked()) {
            return entry->property("category").toInt();
        }
    }
    return -1;
}

void Legend::choose(const QToolButton *button)
{
    for (QToolButton *entry : m_entries) {
        entry->setChecked(entry == button && button->isChecked());
    }
    emit highlightChanged(highlighted());
}

void Legend::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// From left to right, line by line; what has no room is counted.
void Legend::arrange()
{
    const int height = m_entries.isEmpty() ? 0 : m_entries.front()->sizeHint().height();
    m_more->setText(tr("and %1 more").arg(m_entries.size() + m_others));
    const int moreWidth = m_more->sizeHint().width() + theme::kPadding;
    int line = 0;
    int x = 0;
    int left = m_others;
    for (QToolButton *entry : m_entries) {
        const QSize size = entry->sizeHint();
        const bool isLastLine = line == kLines - 1;
        if (left == m_others && x > 0
            && x + size.width() + (isLastLine ? moreWidth : 0) > width()) {
            if (isLastLine) {
                ++left;
            } else {
                ++line;
                x = 0;
            }
        } else if (left > m_others) {
            ++left;
        }
        entry->setVisible(left == m_others);
        if (left == m_others) {
            entry->setGeometry(x, line * height, std::min(size.width(), width()), height);
            x += size.width();
        }
    }
    m_more->setVisible(left > 0);
    m_more->setText(tr("and %1 more").arg(left));
    m_more->setGeometry(x + theme::kGrid, line * height, moreWidth, height);
    setFixedHeight((line + 1) * height);
}

} // namespace cutaway
