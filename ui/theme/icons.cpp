// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

// At file scope, as the macro wants it: resources of a static library are not registered by
// themselves.
static void registerResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace cutaway {

namespace {

/// Paints an SVG whose ink is `currentColor` in the colour that fits where and when it is painted.
class InkEngine : public QIconEngine
{
public:
    InkEngine(QString name, QByteArray svg, std::optional<theme::Role> role)
        : m_name(std::move(name))
        , m_svg(std::move(svg))
        , m_role(role)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double scale = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * scale, mode, state, scale));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize &size,
                         QIcon::Mode mode,
                         QIcon::State /*state*/,
                         qreal /*scale*/) override
    {
        const QColor ink = inkOf(mode);
        const QString key = QStringLiteral("cutaway/%1/%2x%3/%4")
                                .arg(m_name)
                                .arg(size.width())
                                .arg(size.height())
                                .arg(ink.name(QColor::HexArgb));
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap)) {
            return pixmap;
        }
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QByteArray svg = m_svg;
        QSvgRenderer renderer(svg.replace("currentColor", ink.name().toLatin1()));
        QPainter painter(&pixmap);
        // Square in the middle, whatever the shape that is asked for.
        const int side = std::min(size.width(), size.height());
        renderer.render(
            &painter,
            QRectF((size.width() - side) / 2.0, (size.height() - side) / 2.0, side, side));
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QIconEngine *clone() const override { return new InkEngine(*this); }
    QString key() const override { return QStringLiteral("cutaway"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return m_svg.isEmpty(); }

private:
    QColor inkOf(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled) {
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        }
        if (mode == QIcon::Selected) {
            return palette.color(QPalette::HighlightedText);
        }
        return m_role ? theme::color(*m_role, palette) : palette.color(QPalette::WindowText);
    }

    QString m_name;
    QByteArray m_svg;
    std::optional<theme::Role> m_role;
};

} // namespace

QIcon icon(const QString &name, std::optional<theme::Role> role)
{
    registerResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return QIcon(new InkEngine(name, file.readAll(), role));
}

QIcon logoIcon()
{
    return icon(QStringLiteral("logo"));
}

} // namespace cutaway
