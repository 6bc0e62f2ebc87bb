// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/treemap/painting.h"

#include "core/base/text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace cutaway::treemap {

namespace {

constexpr double kGap = 1.0;         ///< between cells
constexpr double kLabelWidth = 26.0; ///< narrower cells have none
constexpr double kInset = 3.0;       ///< of a label, left and right
constexpr std::size_t kLegendEntries = 24;
constexpr qsizetype kLeastLetters = 6; ///< of a label that had to be cut

QString tr(const char *text)
{
    return QCoreApplication::translate("cutaway::Treemap", text);
}

QColor mixed(const QColor &a, const QColor &b, float share)
{
    const auto mix = [share](float x, float y) { return x * (1.0F - share) + y * share; };
    return QColor::fromRgbF(
        mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

QColor frameColor(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.12F);
}

QString shownName(std::string_view name)
{
    const QString text = QString::fromStdString(displayText(name.substr(0, limits::kTreemapName)));
    return name.size() > limits::kTreemapName ? text + QStringLiteral("…") : text;
}

QString bytesText(std::uint64_t bytes)
{
    return QString::fromStdString(formatBytes(bytes));
}

/// Paints the cells of one map.
class CellPainter
{
public:
    CellPainter(QPainter &painter, const Scene &scene, const Look &look)
        : m_painter(painter)
        , m_scene(scene)
        , m_look(look)
        , m_font(theme::smallFont(look.font))
        , m_bold(theme::boldFont(m_font))
        , m_metrics(m_font)
        , m_boldMetrics(m_bold)
        , m_frame(frameColor(look.palette))
        , m_scale(painter.device()->devicePixelRatio())
    {}

    void paint(const Layout &layout)
    {
        m_painter.setRenderHint(QPainter::Antialiasing, false);
        for (int at = 0; at < layout.count(); ++at) {
            const Cell &cell = layout.cell(at);
            const QRectF rect = snapped(cell.rect, at == 0);
            if (rect.isEmpty()) {
                continue;
            }
            if (cell.isLeaf()) {
                paintLeaf(cell, rect);
            } else {
                m_painter.fillRect(rect, m_frame);
                paintTitle(cell, rect);
            }
        }
    }

private:
    /// On whole pixels of the device, so that neighbours meet; less the gap to the next.
    QRectF snapped(const QRectF &rect, bool isRoot) const
    {
        const auto snap = [this](double at) { return std::round(at * m_scale) / m_scale; };
        QRectF result(QPointF(snap(rect.left()), snap(rect.top())),
                      QPointF(snap(rect.right()), snap(rect.bottom())));
        if (isRoot) {
            return result;
        }
        if (result.width() > 2.0 * kGap) {
            result.setRight(result.right() - kGap);
        }
        if (result.height() > 2.0 * kGap) {
            result.setBottom(result.bottom() - kGap);
        }
        return result;
    }

    void paintTitle(const Cell &cell, const QRectF &rect)
    {
        if (!cell.isTitled) {
            return;
        }
        m_plate = QColor();
        QRectF line = rect.adjusted(kInset + 1, 0, -kInset, 0);
        line.setHeight(measuresFor(m_look.font).title);
        const QColor ink = m_look.palette.color(QPalette::WindowText);
        const QString size = bytesText(cell.bytes);
        const double sizeWidth = m_metrics.horizontalAdvance(size);
        const QString name = cellName(*m_scene.subject->tree, cell);
        const double nameWidth = m_boldMetrics.horizontalAdvance(name);
        m_painter.setPen(ink);
        if (line.width() >= std::min(nameWidth, 60.0) + sizeWidth + theme::kPadding) {
            m_painter.setFont(m_font);
            m_painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, size);
            line.setRight(line.right() - sizeWidth - theme::kPadding);
        }
        m_painter.setFont(m_bold);
        write(line, m_boldMetrics.elidedText(name, Qt::ElideRight, line.width()), name);
    }

    void paintLeaf(const Cell &cell, const QRectF &rect)
    {
        const QColor fill = cellFill(m_scene, cell, m_look);
        m_painter.fillRect(rect, fill);
        const bool isRemoved = m_scene.isRemoved(cell);
        QColor lines = theme::textOn(fill);
        lines.setAlphaF(isRemoved ? 0.45F : 0.16F);
        if (isRemoved) {
            theme::paintHatching(m_painter, rect, lines);
            m_painter.setRenderHint(QPainter::Antialiasing, false);
        } else if (cell.kind == Cell::Kind::Rest) {
            paintMesh(rect, lines);
        }
        const double line = m_metrics.height();
        if (rect.width() < kLabelWidth || rect.height() < line + 2.0) {
            return;
        }
        m_painter.setFont(m_font);
        m_painter.setPen(theme::textOn(fill));
        QRectF place = rect.adjusted(kInset, 2, -kInset, 0);
        place.setHeight(line);
        m_plate = isRemoved || cell.kind == Cell::Kind::Rest ? fill : QColor();
        const QString name = labelOf(cell);
        if (!write(place, m_metrics.elidedText(name, Qt::ElideMiddle, place.width()), name)
            || rect.height() < 2.0 * line + 3.0) {
            return;
        }
        place.translate(0, line);
        paintFacts(cell, place);
    }

    /// The size, and where there is room for it what the colour says.
    void paintFacts(const Cell &cell, const QRectF &place)
    {
        const QString size = bytesText(cell.bytes);
        const QString both = size + QStringLiteral(" · ") + m_scene.categoryOf(cell).name;
        if (m_metrics.horizontalAdvance(both) <= place.width()) {
            write(place, both, both);
        } else if (m_metrics.horizontalAdvance(size) <= place.width()) {
            write(place, size, size);
        }
    }

    QString labelOf(const Cell &cell) const
    {
        if (cell.kind == Cell::Kind::Rest) {
            return tr("%1 smaller").arg(QString::fromStdString(formatNumber(cell.count)));
        }
        const QString name = cellName(*m_scene.subject->tree, cell);
        if (cell.kind == Cell::Kind::Closed) {
            return name + QLatin1Char('/');
        }
        return m_scene.isRemoved(cell) ? QStringLiteral("− ") + name : name;
    }

    /// False where too little would be left of the text to mean anything.
    bool write(const QRectF &place, const QString &text, const QString &whole)
    {
        if (text != whole && text.size() < kLeastLetters) {
            return false;
        }
        if (m_plate.isValid()) {
            QRectF plate = place;
            plate.setWidth(
                std::min(m_metrics.horizontalAdvance(text) + 2.0, place.width() + kInset));
            m_painter.fillRect(plate.translated(-1, 0), m_plate);
        }
        m_painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        return true;
    }

    /// Many small ones.
    void paintMesh(const QRectF &rect, const QColor &ink)
    {
        constexpr double kStep = 4.0;
        for (double x = rect.left() + kStep - 1; x < rect.right(); x += kStep) {
            m_painter.fillRect(QRectF(x, rect.top(), 1, rect.height()), ink);
        }
        for (double y = rect.top() + kStep - 1; y < rect.bottom(); y += kStep) {
            m_painter.fillRect(QRectF(rect.left(), y, rect.width(), 1), ink);
        }
    }

    QPainter &m_painter;
    const Scene &m_scene;
    const Look &m_look;
    QFont m_font;
    QFont m_bold;
    QFontMetricsF m_metrics;
    QFontMetricsF m_boldMetrics;
    QColor m_frame;
    QColor m_plate; ///< behind a label, where a pattern runs under it
    double m_scale = 1.0;
};

} // namespace

Measures measuresFor(const QFont &font)
{
    Measures measures;
    const QFontMetricsF metrics(theme::smallFont(font));
    measures.title = std::ceil(metrics.height()) + 1.0;
    measures.titled = 4.0 * measures.title;
    return measures;
}

QString cellName(const PathTree &tree, const Cell &cell)
{
    if (cell.node == kRoot) {
        return QStringLiteral("/");
    }
    QStringList parts;
    for (NodeId node = cell.node; node != kNone && parts.size() < limits::kTreemapChain;
         node = tree.node(node).parent) {
        parts.prepend(shownName(tree.name(node)));
        if (node == cell.top) {
            break;
        }
    }
    return parts.join(QLatin1Char('/'));
}

QColor cellFill(const Scene &scene, const Cell &cell, const Look &look)
{
    const Category &category = scene.categoryOf(cell);
    const bool isFaded =
        look.highlighted >= 0 && look.highlighted != scene.colouring.ofNode[cell.lead];
    return isFaded ? mixed(category.fill, look.palette.color(QPalette::Window), 0.85F)
                   : category.fill;
}

void paint(QPainter &painter, const Scene &scene, const Layout &layout, const Look &look)
{
    CellPainter(painter, scene, look).paint(layout);
}

QImage pictureOf(const Scene &scene,
                 const Layout &layout,
                 const Look &look,
                 const QSize &size,
                 double pixelRatio)
{
    QImage picture((QSizeF(size) * pixelRatio).toSize(), QImage::Format_RGB32);
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(look.palette.color(QPalette::Base));
    QPainter painter(&picture);
    paint(painter, scene, layout, look);
    return picture;
}

double paintLegend(
    QPainter *painter, const Scene &scene, const Look &look, const QPointF &corner, double width)
{
    const QFont font = theme::smallFont(look.font);
    const QFontMetricsF metrics(font);
    const double line = std::ceil(metrics.height()) + theme::kGrid;
    const double swatch = std::round(metrics.ascent());
    QPointF at = corner;
    for (const int entry : legendOf(scene.colouring, kLegendEntries)) {
        const Category &category = scene.colouring.categories[static_cast<std::size_t>(entry)];
        const QString text =
            QStringLiteral("%1  %2").arg(category.title, bytesText(category.bytes));
        const double wanted = swatch + theme::kGrid + metrics.horizontalAdvance(text);
        if (at.x() > corner.x() && at.x() + wanted > corner.x() + width) {
            at = QPointF(corner.x(), at.y() + line);
        }
        if (painter != nullptr) {
            painter->setRenderHint(QPainter::Antialiasing, false);
            painter->fillRect(QRectF(at.x(), at.y() + (line - swatch) / 2, swatch, swatch),
                              category.fill);
            painter->setFont(font);
            painter->setPen(look.palette.color(QPalette::Text));
            const QRectF place(
                at.x() + swatch + theme::kGrid, at.y(), width - swatch - theme::kGrid, line);
            painter->drawText(place,
                              Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                              metrics.elidedText(text, Qt::ElideRight, place.width()));
        }
        at.rx() += wanted + theme::kSection;
    }
    return at.y() - corner.y() + line;
}

} // namespace cutaway::treemap
