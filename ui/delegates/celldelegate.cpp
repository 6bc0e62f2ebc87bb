// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/delegates/celldelegate.h"

#include "core/audit/finding.h"
#include "core/tree/entry.h"
#include "ui/models/audittexts.h"
#include "ui/models/roles.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>
#include <optional>

namespace cutaway {

namespace {

std::optional<theme::Role> changeRole(int change)
{
    switch (static_cast<Change>(change)) {
    case Change::Added: return theme::Role::Added;
    case Change::Removed: return theme::Role::Removed;
    case Change::Modified: return theme::Role::Modified;
    case Change::Metadata: return theme::Role::Metadata;
    case Change::Unmodified: break;
    }
    return std::nullopt;
}

theme::Role severityRole(int severity)
{
    switch (static_cast<Severity>(severity)) {
    case Severity::Critical: return theme::Role::Critical;
    case Severity::High: return theme::Role::High;
    case Severity::Medium: return theme::Role::Medium;
    case Severity::Low: return theme::Role::Low;
    case Severity::Info: break;
    }
    return theme::Role::Info;
}

QColor inkOf(const QStyleOptionViewItem &option, bool muted)
{
    if ((option.state & QStyle::State_Selected) != 0) {
        return option.palette.color(QPalette::HighlightedText);
    }
    return muted ? theme::color(theme::Role::Muted, option.palette)
                 : option.palette.color(QPalette::Text);
}

QStyle *styleOf(const QStyleOptionViewItem &option)
{
    return option.widget != nullptr ? option.widget->style() : QApplication::style();
}

/// As the style itself indents the text of an item.
int textMargin(const QStyleOptionViewItem &option)
{
    return styleOf(option)->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, option.widget) + 1;
}

void paintBar(QPainter &painter, const QStyleOptionViewItem &option, double share)
{
    constexpr int kInset = 2;
    const QRect room = option.rect.adjusted(kInset, kInset, -kInset, -kInset);
    const int width = std::max(1, static_cast<int>(room.width() * std::clamp(share, 0.0, 1.0)));
    QColor fill = theme::color(theme::Role::Bar, option.palette);
    if ((option.state & QStyle::State_Selected) != 0) {
        fill = option.palette.color(QPalette::HighlightedText);
        fill.setAlpha(64);
    }
    painter.fillRect(QRect(room.left(), room.top(), width, room.height()), fill);
}

} // namespace

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isSelected = (option->state & QStyle::State_Selected) != 0;
    if (index.data(role::Fixed).toBool()) {
        const bool bold = option->font.bold();
        option->font = theme::fixedFont(option->font);
        option->font.setBold(bold);
        option->fontMetrics = QFontMetrics(option->font);
        if (option->text.startsWith(QLatin1Char('/'))) {
            option->textElideMode =
                Qt::ElideMiddle; // both ends of a path tell more than its middle
        }
    } else if ((option->displayAlignment & Qt::AlignRight) != 0) {
        option->font = theme::tabularFont(option->font);
    }
    if (const QVariant elide = index.data(role::Elide); elide.isValid()) {
        option->textElideMode = static_cast<Qt::TextElideMode>(elide.toInt());
    }
    if (index.data(role::Struck).toBool()) {
        option->font.setStrikeOut(true);
    }
    std::optional<theme::Role> ink;
    if (index.data(role::Muted).toBool()) {
        ink = theme::Role::Muted;
    }
    if (const QVariant change = index.data(role::ChangeKind); change.isValid()) {
        const std::optional<theme::Role> changed = changeRole(change.toInt());
        ink = changed ? changed : ink;
    }
    if (const QVariant severity = index.data(role::SeverityKind); severity.isValid()) {
        option->icon = severityIcon(severity.toInt());
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(theme::kIcon, theme::kIcon);
        ink = severity.toInt() < 0 ? theme::Role::Muted : severityRole(severity.toInt());
    }
    if (ink && !isSelected) {
        option->palette.setColor(QPalette::Text, theme::color(*ink, option->palette));
    }
}

void CellDelegate::paint(QPainter *painter,
                         const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const quint64 total = index.data(role::Total).toULongLong();
    const QString suffix = index.data(role::Suffix).toString();
    if (total == 0 && suffix.isEmpty()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = cell.text;
    const QRect area =
        styleOf(cell)->subElementRect(QStyle::SE_ItemViewItemText, &cell, cell.widget);
    cell.text.clear();
    styleOf(cell)->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    cell.text = text;
    if (total > 0) {
        const auto bytes = static_cast<double>(index.data(role::Sort).toULongLong());
        if (bytes > 0) {
            paintBar(*painter, cell, bytes / static_cast<double>(total));
        }
    }
    const QRect room = (cell.displayAlignment & Qt::AlignRight) != 0 ? cell.rect : area;
    paintText(*painter, cell, room.adjusted(textMargin(cell), 0, -textMargin(cell), 0), suffix);
}

void CellDelegate::paintText(QPainter &painter,
                             const QStyleOptionViewItem &option,
                             const QRect &area,
                             const QString &suffix) const
{
    painter.save();
    painter.setFont(option.font);
    painter.setPen(inkOf(option, false));
    const QFontMetrics metrics(option.font);
    const QString text = metrics.elidedText(option.text, option.textElideMode, area.width());
    const Qt::Alignment across = option.displayAlignment & Qt::AlignHorizontal_Mask;
    painter.drawText(area, static_cast<int>(across | Qt::AlignVCenter) | Qt::TextSingleLine, text);

    const int used = metrics.horizontalAdvance(text) + metrics.horizontalAdvance(QLatin1Char(' '));
    if (!suffix.isEmpty() && used < area.width()) {
        QFont quiet = option.font;
        quiet.setStrikeOut(false);
        quiet.setBold(false);
        painter.setFont(quiet);
        painter.setPen(inkOf(option, true));
        const QRect rest = area.adjusted(used, 0, 0, 0);
        painter.drawText(rest,
                         static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
                         QFontMetrics(quiet).elidedText(suffix, Qt::ElideRight, rest.width()));
    }
    painter.restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    // Some styles leave no air at all between lines of text.
    size.setHeight(std::max(size.height(), option.fontMetrics.height() + theme::kGrid));
    const QString suffix = index.data(role::Suffix).toString();
    if (!suffix.isEmpty()) {
        size.rwidth() += option.fontMetrics.horizontalAdvance(suffix + QLatin1Char(' '));
    }
    return size;
}

} // namespace cutaway
