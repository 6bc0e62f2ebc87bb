// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/panels/treemap/treemaploader.h"

#include "ui/panels/treemap/treemapwords.h"
#include "ui/theme/theme.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

#include <cmath>
#include <utility>

namespace cutaway {

namespace {

using treemap::Map;
using treemap::Scene;
using treemap::Subject;
using ScenePtr = std::shared_ptr<const Scene>;

bool isOf(const Subject &subject, const TreemapWish &wish)
{
    return subject.tree == wish.inspection->image->tree && subject.isHidden == wish.isHidden
           && (wish.isHidden || subject.spec == wish.spec);
}

/// `known` is used again as far as it fits.
ScenePtr makeScene(const TreemapWish &wish, const ScenePtr &known, bool keepsColours)
{
    const bool isSame = known && isOf(*known->subject, wish);
    if (isSame && keepsColours && known->by == wish.by) {
        return known;
    }
    const Inspection &inspection = *wish.inspection;
    auto scene = std::make_shared<Scene>();
    scene->by = wish.by;
    if (isSame) {
        scene->subject = known->subject;
    } else {
        const PathTreePtr &tree = inspection.image->tree;
        scene->subject = std::make_shared<const Subject>(
            wish.isHidden ? treemap::hiddenSubject(tree, inspection.analysis.waste)
                          : treemap::subjectOf(tree, wish.spec));
    }
    scene->colouring =
        treemap::colour(*scene->subject,
                        {.by = wish.by,
                         .baseLayers = static_cast<int>(inspection.image->base.layers),
                         .packages = inspection.packages ? &*inspection.packages : nullptr,
                         .palette = wish.look.palette});
    nameCategories(inspection, scene->colouring);
    return scene;
}

/// The directory to fill the map with: what weighs nothing here, or is a file, gives way to what
/// it lies in.
NodeId rootFor(const Subject &subject, NodeId wanted)
{
    const PathTree &tree = *subject.tree;
    NodeId root = wanted < subject.sizes.bytes.size() ? wanted : kRoot;
    while (root != kRoot && (subject.sizes.bytes[root] == 0 || subject.sizes.lead[root] == root)) {
        root = tree.node(root).parent;
    }
    return root;
}

treemap::Layout layOut(const Scene &scene, const TreemapWish &wish, const QRectF &area)
{
    const Subject &subject = *scene.subject;
    return treemap::layOut(*subject.tree,
                           subject.sizes,
                           rootFor(subject, wish.root),
                           area,
                           treemap::measuresFor(wish.look.font));
}

TreemapLoader::MapPtr makeMap(const TreemapWish &wish, ScenePtr scene)
{
    auto map = std::make_shared<Map>();
    map->layout = layOut(*scene, wish, QRectF(QPointF(0, 0), QSizeF(wish.size)));
    map->picture = treemap::pictureOf(*scene, map->layout, wish.look, wish.size, wish.pixelRatio);
    map->scene = std::move(scene);
    return map;
}

/// Heading, map and legend, one below the other.
void drawPage(QPainter &painter,
              const TreemapWish &wish,
              const Scene &scene,
              const QString &heading)
{
    const QRectF page(QPointF(0, 0), QSizeF(wish.size));
    painter.fillRect(page, wish.look.palette.color(QPalette::Base));
    QRectF area = page.adjusted(theme::kGroup, theme::kGroup, -theme::kGroup, -theme::kGroup);
    const QFont font = theme::boldFont(wish.look.font);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(wish.look.palette.color(QPalette::Text));
    painter.drawText(QRectF(area.topLeft(), QSizeF(area.width(), metrics.height())),
                     Qt::AlignLeft | Qt::TextSingleLine,
                     metrics.elidedText(heading, Qt::ElideMiddle, area.width()));
    area.setTop(area.top() + std::ceil(metrics.height()) + theme::kPadding);
    const double legend =
        treemap::paintLegend(nullptr, scene, wish.look, area.topLeft(), area.width());
    const double bottom = area.bottom() - legend;
    area.setBottom(bottom - theme::kPadding);
    treemap::paint(painter, scene, layOut(scene, wish, area), wish.look);
    treemap::paintLegend(&painter, scene, wish.look, QPointF(area.left(), bottom), area.width());
}

QByteArray drawFile(const TreemapWish &wish, const Scene &scene, bool asSvg, const QString &heading)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (asSvg) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(wish.size);
        generator.setViewBox(QRect(QPoint(0, 0), wish.size));
        generator.setTitle(heading);
        QPainter painter(&generator);
        drawPage(painter, wish, scene, heading);
    } else {
        QImage image(wish.size * 2, QImage::Format_RGB32);
        image.setDevicePixelRatio(2.0);
        QPainter painter(&image);
        drawPage(painter, wish, scene, heading);
        painter.end();
        image.save(&buffer, "PNG");
    }
    return buffer.data();
}

} // namespace

TreemapLoader::TreemapLoader(QObject *parent)
    : QObject(parent)
{}

void TreemapLoader::cancel()
{
    m_next.reset();
    m_background.drop();
    m_scene.reset();
}

void TreemapLoader::load(const TreemapWish &wish)
{
    if (m_background.isBusy()) {
        m_next = std::make_unique<TreemapWish>(wish);
    } else {
        start(wish);
    }
}

void TreemapLoader::start(const TreemapWish &wish)
{
    const qint64 palette = wish.look.palette.cacheKey();
    const bool keepsColours = palette == m_palette;
    m_background.run([wish,
                      known = m_scene,
                      keepsColours] { return makeMap(wish, makeScene(wish, known, keepsColours)); },
                     [this, palette](const MapPtr &map) {
                         m_scene = map->scene;
                         m_palette = palette;
                         const auto next = std::exchange(m_next, nullptr);
                         emit loaded(map);
                         if (next) {
                             load(*next);
                         }
                     });
}

void TreemapLoader::draw(const TreemapWish &wish,
                         bool asSvg,
                         const QString &heading,
                         const std::function<void(const QByteArray &)> &done)
{
    const bool keepsColours = wish.look.palette.cacheKey() == m_palette;
    auto *drawing = new Background(this); // its own: one picture does not push out another
    drawing->run(
        [wish, known = m_scene, keepsColours, asSvg, heading] {
            return drawFile(wish, *makeScene(wish, known, keepsColours), asSvg, heading);
        },
        [drawing, done](const QByteArray &bytes) {
            drawing->deleteLater();
            done(bytes);
        });
}

} // namespace cutaway
