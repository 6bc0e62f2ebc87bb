// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/strata/geometry.h"
#include "ui/strata/strataview.h"

#include <QSignalSpy>
#include <QTest>

using namespace cutaway;
using namespace cutaway::strata;

class GeometryTest : public QObject
{
    Q_OBJECT

private slots:
    void bandsFillTheArea_data();
    void bandsFillTheArea();
    void heightFollowsSize();
    void shadowedPartIsItsShare();
    void tooManyLayersKeepTheirMinimum();
    void pointFindsItsLayer();
    void noLayers();
    void keysWalkTheLayers();
    void mouseChooses();
};

void GeometryTest::bandsFillTheArea_data()
{
    QTest::addColumn<QList<quint64>>("bytes");
    QTest::newRow("one") << QList<quint64>{1000};
    QTest::newRow("like a real image")
        << QList<quint64>{77'000'000, 0, 1200, 53'000'000, 12, 900'000};
    QTest::newRow("one giant") << QList<quint64>{1, 1, 1, 4'000'000'000'000'000'000, 1};
    QTest::newRow("largest number") << QList<quint64>{~quint64{0}, ~quint64{0}};
}

void GeometryTest::bandsFillTheArea()
{
    QFETCH(QList<quint64>, bytes);
    std::vector<LayerShare> layers;
    for (const quint64 size : bytes) {
        layers.push_back({.bytes = size, .shadowed = 0});
    }
    const QRectF area(3, 5, 200, 400);
    const std::vector<Band> bands = layOut(layers, area, {});
    QCOMPARE(bands.size(), layers.size());
    QCOMPARE(bands.front().rect.bottom(), area.bottom());
    QVERIFY(qAbs(bands.back().rect.top() - area.top()) < 0.01);
    for (std::size_t i = 0; i + 1 < bands.size(); ++i) {
        QVERIFY(qAbs(bands[i].rect.top() - bands[i + 1].rect.bottom() - Measures{}.gap) < 1e-6);
        QCOMPARE(bands[i].rect.width(), area.width());
    }
}

void GeometryTest::heightFollowsSize()
{
    const std::vector<LayerShare> layers = {
        {.bytes = 100}, {.bytes = 300}, {.bytes = 0}, {.bytes = 100}};
    const Measures measures;
    const std::vector<Band> bands = layOut(layers, QRectF(0, 0, 100, 600), measures);
    QCOMPARE(bands[0].rect.height(), bands[3].rect.height());
    QCOMPARE(bands[2].rect.height(), measures.empty);
    const double extra = bands[0].rect.height() - measures.wanted;
    QVERIFY(qAbs((bands[1].rect.height() - measures.wanted) - 3 * extra) < 1e-6);
}

void GeometryTest::shadowedPartIsItsShare()
{
    const std::vector<LayerShare> layers = {{.bytes = 400, .shadowed = 100},
                                            {.bytes = 10, .shadowed = 10},
                                            {.bytes = 10, .shadowed = 99}};
    const std::vector<Band> bands = layOut(layers, QRectF(0, 0, 200, 300), {});
    QCOMPARE(bands[0].shadowed.width(), 50.0);
    QCOMPARE(bands[0].shadowed.right(), 200.0);
    QCOMPARE(bands[1].shadowed, bands[1].rect);
    QCOMPARE(bands[2].shadowed, bands[2].rect);
}

void GeometryTest::tooManyLayersKeepTheirMinimum()
{
    const std::vector<LayerShare> layers(200, LayerShare{.bytes = 5});
    const QRectF area(0, 0, 100, 150);
    const Measures measures;
    const std::vector<Band> bands = layOut(layers, area, measures);
    QVERIFY(minimumHeight(layers, measures) > area.height());
    QVERIFY(qAbs(bands.back().rect.top()) < 1e-6);
    for (const Band &band : bands) {
        QCOMPARE(band.rect.height(), measures.minimum);
    }
}

void GeometryTest::pointFindsItsLayer()
{
    const std::vector<LayerShare> layers = {{.bytes = 5}, {.bytes = 0}, {.bytes = 9}};
    const std::vector<Band> bands = layOut(layers, QRectF(10, 10, 100, 200), {});
    for (std::size_t i = 0; i < bands.size(); ++i) {
        QCOMPARE(layerAt(bands, bands[i].rect.center()), static_cast<int>(i));
        QCOMPARE(layerAt(bands, QPointF(50, bands[i].rect.top() + 0.1)), static_cast<int>(i));
    }
    QCOMPARE(layerAt(bands, {5, 100}), -1);
    QCOMPARE(layerAt(bands, {111, 100}), -1);
    QCOMPARE(layerAt(bands, {50, 9}), -1);
    QCOMPARE(layerAt(bands, {50, 211}), -1);
}

void GeometryTest::noLayers()
{
    QVERIFY(layOut({}, QRectF(0, 0, 100, 100), {}).empty());
    QCOMPARE(minimumHeight({}, {}), 0.0);
    QCOMPARE(layerAt({}, {1, 1}), -1);
    StrataView view;
    view.resize(100, 100);
    QVERIFY(!view.grab().isNull());
}

namespace {

std::vector<StrataLayer> threeLayers()
{
    std::vector<StrataLayer> layers(3);
    for (int i = 0; i < 3; ++i) {
        auto &layer = layers[static_cast<std::size_t>(i)];
        layer.share = {.bytes = 100, .shadowed = 20};
        layer.title = QStringLiteral("RUN step %1").arg(i);
        layer.spoken = layer.title;
    }
    return layers;
}

} // namespace

void GeometryTest::keysWalkTheLayers()
{
    StrataView view;
    view.resize(200, 300);
    view.setLayers(threeLayers(), 1);
    const QSignalSpy chosen(&view, &StrataView::layerChosen);
    QTest::keyClick(&view, Qt::Key_Up);
    QCOMPARE(view.selected(), 0);
    QTest::keyClick(&view, Qt::Key_Up);
    QCOMPARE(view.selected(), 1);
    QCOMPARE(view.accessibleDescription(), QStringLiteral("RUN step 1"));
    QTest::keyClick(&view, Qt::Key_Home);
    QCOMPARE(view.selected(), 2);
    QTest::keyClick(&view, Qt::Key_Up);
    QTest::keyClick(&view, Qt::Key_End);
    QCOMPARE(view.selected(), 0);
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(chosen.count(), 4);
}

void GeometryTest::mouseChooses()
{
    StrataView view;
    view.resize(200, 300);
    view.show();
    view.setLayers(threeLayers(), 0);
    const QSignalSpy chosen(&view, &StrataView::layerChosen);
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.bands()[2].rect.center().toPoint());
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.front().front().toInt(), 2);
    view.setLayers({}, 0);
    QCOMPARE(view.selected(), -1);
}

QTEST_MAIN(GeometryTest)
#include "tst_geometry.moc"
