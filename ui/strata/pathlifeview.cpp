// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/strata/pathlifeview.h"

#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace cutaway {

namespace {

constexpr double kWidestColumn = 36;
constexpr double kSignColumn = 10; ///< narrower ones have a line in place of the sign

theme::Role roleOf(Change change)
{
    switch (change) {
    case Change::Added: return theme::Role::Added;
    case Change::Removed: return theme::Role::Removed;
    case Change::Modified: return theme::Role::Modified;
    case Change::Metadata: return theme::Role::Metadata;
    case Change::Unmodified: break;
    }
    return theme::Role::Muted;
}

QString signOf(Change change)
{
    switch (change) {
    case Change::Added: return QStringLiteral("+");
    case Change::Removed: return QStringLiteral("−");
    case Change::Modified: return QStringLiteral("~");
    case Change::Metadata: return QStringLiteral("◇");
    case Change::Unmodified: break;
    }
    return QStringLiteral("=");
}

QString wordOf(Change change)
{
    switch (change) {
    case Change::Added: return PathLifeView::tr("added");
    case Change::Removed: return PathLifeView::tr("removed");
    case Change::Modified: return PathLifeView::tr("replaced");
    case Change::Metadata: return PathLifeView::tr("metadata only");
    case Change::Unmodified: break;
    }
    return PathLifeView::tr("written again, unchanged");
}

} // namespace

PathLifeView::PathLifeView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("pathLife"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("The path's life over the layers"));
    setWhatsThis(
        tr("From the first layer at the left to the last: the bar runs while the path is "
           "there, in the colour of the layer whose version is seen. Dots say what a layer "
           "changed. Click on a layer to choose it."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PathLifeView::setPath(const PathTree &tree, NodeId node, int baseLayers)
{
    m_life = lifeOf(tree, node);
    m_baseLayers = baseLayers;
    m_seen.clear();
    for (const LayerDeed &deed : m_life) {
        m_seen.push_back(deed.after == kNone ? kNoLayer : tree.entry(deed.after).layer);
    }
    findRows();
    QStringList told;
    for (int layer = 0; layer < static_cast<int>(m_life.size()); ++layer) {
        if (m_life[static_cast<std::size_t>(layer)].change) {
            told << words(layer);
        }
    }
    setAccessibleDescription(told.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

void PathLifeView::clear()
{
    m_life.clear();
    m_seen.clear();
    m_rows.clear();
    setAccessibleDescription({});
    updateGeometry();
}

void PathLifeView::findRows()
{
    const Row all[] = {{tr("content"), &ChangedParts::content},
                       {tr("mode"), &ChangedParts::mode},
                       {tr("owner"), &ChangedParts::owner},
                       {tr("time"), &ChangedParts::time},
                       {tr("attributes"), &ChangedParts::xattrs}};
    m_rows.clear();
    for (const Row &row : all) {
        if (std::ranges::any_of(m_life,
                                [&row](const LayerDeed &deed) { return deed.parts.*row.part; })) {
            m_rows.push_back(row);
        }
    }
}

void PathLifeView::setSelected(int layer)
{
    if (layer != m_selected) {
        m_selected = layer;
        update();
    }
}

double PathLifeView::lineHeight() const
{
    return QFontMetricsF(theme::smallFont(font())).height();
}

/// Sign, bar, and a line for each thing that changed.
QSize PathLifeView::sizeHint() const
{
    const double height = lineHeight() * (2.0 + static_cast<double>(m_rows.size())) + theme::kGrid;
    return {200, m_life.empty() ? 0 : static_cast<int>(height)};
}

QSize PathLifeView::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

double PathLifeView::labelWidth() const
{
    const QFontMetricsF metrics(theme::smallFont(font()));
    double width = metrics.horizontalAdvance(tr("layer"));
    for (const Row &row : m_rows) {
        width = std::max(width, metrics.horizontalAdvance(row.name));
    }
    return width + theme::kPadding;
}

QRectF PathLifeView::column(int layer) const
{
    const double room = width() - labelWidth() - 2;
    const double each = std::min(
        kWidestColumn, room / static_cast<double>(std::max<std::size_t>(1, m_life.size())));
    return {labelWidth() + layer * each, 0, each, static_cast<double>(height())};
}

int PathLifeView::layerAt(const QPointF &point) const
{
    const double at = (point.x() - labelWidth()) / column(0).width();
    return at >= 0 && at < static_cast<double>(m_life.size()) ? static_cast<int>(at) : -1;
}

QString PathLifeView::words(int layer) const
{
    const LayerDeed &deed = m_life[static_cast<std::size_t>(layer)];
    if (!deed.change) {
        return deed.after == kNone ? tr("Layer %1: not there").arg(layer)
                                   : tr("Layer %1: as before").arg(layer);
    }
    QStringList parts;
    for (const Row &row : m_rows) {
        if (deed.parts.*row.part) {
            parts << row.name;
        }
    }
    const QString text = tr("Layer %1: %2").arg(QString::number(layer), wordOf(*deed.change));
    return parts.isEmpty() ? text : tr("%1 (%2)").arg(text, parts.join(QStringLiteral(", ")));
}

void PathLifeView::paintBar(QPainter &painter) const
{
    const double line = lineHeight();
    const QRectF first = column(0);
    const bool hasSigns = first.width() >= kSignColumn;
    painter.setFont(theme::boldFont(theme::smallFont(font())));
    for (int layer = 0; layer < static_cast<int>(m_life.size()); ++layer) {
        const auto index = static_cast<std::size_t>(layer);
        const QRectF cell = column(layer);
        QRectF bar(cell.left(), line + line * 0.2, cell.width(), line * 0.6);
        if (m_seen[index] == kNoLayer) {
            painter.fillRect(QRectF(bar.left(), bar.center().y(), bar.width(), 1),
                             palette().color(QPalette::Mid));
        } else {
            const bool isNew = index == 0 || m_seen[index - 1] != m_seen[index];
            bar.setLeft(bar.left() + (isNew && hasSigns ? 1 : 0));
            painter.fillRect(bar, theme::layerColor(m_seen[index], m_baseLayers, palette()));
        }
        if (const auto &change = m_life[index].change) {
            const QColor ink = theme::color(roleOf(*change), palette());
            painter.setPen(ink);
            if (hasSigns) {
                painter.drawText(
                    QRectF(cell.left(), 0, cell.width(), line), Qt::AlignCenter, signOf(*change));
            } else {
                painter.fillRect(
                    QRectF(cell.left(), line * 0.3, std::max(1.0, cell.width()), line * 0.7), ink);
            }
        }
    }
}

void PathLifeView::paintRows(QPainter &painter) const
{
    const double line = lineHeight();
    painter.setFont(theme::smallFont(font()));
    painter.setPen(theme::color(theme::Role::Muted, palette()));
    painter.drawText(
        QRectF(0, line, labelWidth(), line), Qt::AlignLeft | Qt::AlignVCenter, tr("layer"));
    double top = 2 * line;
    for (const Row &row : m_rows) {
        painter.setPen(theme::color(theme::Role::Muted, palette()));
        painter.drawText(
            QRectF(0, top, labelWidth(), line), Qt::AlignLeft | Qt::AlignVCenter, row.name);
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::Text));
        for (int layer = 0; layer < static_cast<int>(m_life.size()); ++layer) {
            if (m_life[static_cast<std::size_t>(layer)].parts.*row.part) {
                const QPointF centre(column(layer).center().x(), top + line / 2);
                painter.drawEllipse(centre, line * 0.18, line * 0.18);
            }
        }
        top += line;
    }
}

void PathLifeView::paintEvent(QPaintEvent * /*event*/)
{
    if (m_life.empty()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBar(painter);
    paintRows(painter);
    if (m_selected >= 0 && m_selected < static_cast<int>(m_life.size())) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2.0));
        painter.drawRect(column(m_selected).adjusted(0, 1, 0, -1));
    }
    if (hasFocus() && m_selected < 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0, Qt::DotLine));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void PathLifeView::mousePressEvent(QMouseEvent *event)
{
    const int layer = layerAt(event->position());
    if (event->button() == Qt::LeftButton && layer >= 0) {
        emit layerChosen(layer);
    } else {
        QWidget::mousePressEvent(event);
    }
}

/// From one layer that did something to the next.
void PathLifeView::keyPressEvent(QKeyEvent *event)
{
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (by == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int count = static_cast<int>(m_life.size());
    for (int layer = m_selected < 0 && by < 0 ? count - 1 : m_selected + by;
         layer >= 0 && layer < count;
         layer += by) {
        if (m_life[static_cast<std::size_t>(layer)].change) {
            emit layerChosen(layer);
            return;
        }
    }
}

bool PathLifeView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return QWidget::event(event);
    }
    const auto *help = static_cast<QHelpEvent *>(event);
    const int layer = layerAt(help->pos());
    if (layer < 0) {
        QToolTip::hideText();
        event->ignore();
    } else {
        QToolTip::showText(help->globalPos(), words(layer), this, column(layer).toAlignedRect());
    }
    return true;
}

} // namespace cutaway
