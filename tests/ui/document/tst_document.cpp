// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/document/document.h"
#include "ui/document/selection.h"

#include <QSignalSpy>
#include <QTest>

using namespace cutaway;

namespace {

Place placeOf(QByteArray path, int layer, ViewSpec::Kind view, QString finding)
{
    Place place;
    place.path = std::move(path);
    if (layer >= 0) {
        place.layer = static_cast<LayerIndex>(layer);
    }
    place.view = view;
    place.finding = std::move(finding);
    return place;
}

} // namespace

class DocumentTest : public QObject
{
    Q_OBJECT

private slots:
    void linkLeadsBack_data();
    void linkLeadsBack();
    void linkIsReadable();
    void noLink_data();
    void noLink();
    void viewNeedsALayer();
    void backAndForward();
    void samePlaceIsNothing();
    void newPlaceForgetsForward();
    void layerFromFinalViewShowsItsChanges();
    void loadingGoesThroughItsStates();
    void stoppingKeepsWhatIsIn();
    void lateNewsIsIgnored();
};

void DocumentTest::linkLeadsBack_data()
{
    using Kind = ViewSpec::Kind;
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("layer");
    QTest::addColumn<int>("view");
    QTest::addColumn<QString>("finding");
    QTest::addColumn<QString>("image");
    const auto row = [](const char *name, const QByteArray &path, int layer, Kind view) {
        return &(QTest::newRow(name) << path << layer << static_cast<int>(view));
    };
    *row("whole image", "", -1, Kind::Final) << QString() << QString();
    *row("path", "/etc/passwd", -1, Kind::Final) << QString() << QString();
    *row("path in a layer", "/etc/passwd", 3, Kind::Layer) << QString() << QString();
    *row("after a layer", "/", 0, Kind::At) << QString() << QString();
    *row("highest layer", "/a", 65534, Kind::Layer) << QString() << QString();
    *row("finding", "/x", 2, Kind::Final) << QStringLiteral("ab12") << QStringLiteral("app.tar");
    *row("image with odd characters", "/x", -1, Kind::Final)
        << QString() << QStringLiteral("oci:/tmp/a b&c=d+e?#%20:v1");
    *row("spaces and signs", "/a b/c?d#e&f%41+g", 1, Kind::Layer) << QString() << QString();
    *row("name that is no UTF-8", "/caf\xe9/\xff\xfe", 1, Kind::At) << QString() << QString();
    *row("line break and controls", "/a\nb\x01", -1, Kind::Final) << QString() << QString();
}

void DocumentTest::linkLeadsBack()
{
    QFETCH(QByteArray, path);
    QFETCH(int, layer);
    QFETCH(int, view);
    QFETCH(QString, finding);
    QFETCH(QString, image);
    const Place place = placeOf(path, layer, static_cast<ViewSpec::Kind>(view), finding);
    const QString text = QString::fromLatin1(place.toUrl(image).toEncoded());
    QVERIFY(!text.contains(QLatin1Char(' ')));
    const std::optional<Link> link = parseLink(text);
    QVERIFY(link);
    QCOMPARE(link->place.path, path);
    QVERIFY(link->place == place);
    QCOMPARE(link->image, image);
}

void DocumentTest::linkIsReadable()
{
    const Place place = placeOf("/etc/passwd", 3, ViewSpec::Kind::Layer, {});
    QCOMPARE(place.toUrl().toString(), QStringLiteral("cutaway:///etc/passwd?layer=3&view=layer"));
}

void DocumentTest::noLink_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("path") << QStringLiteral("/tmp/app.tar");
    QTest::newRow("other scheme") << QStringLiteral("docker://alpine");
    QTest::newRow("empty") << QString();
    QTest::newRow("scheme without slashes") << QStringLiteral("cutaway:x");
}

void DocumentTest::noLink()
{
    QFETCH(QString, text);
    QVERIFY(!parseLink(text));
}

void DocumentTest::viewNeedsALayer()
{
    QCOMPARE(placeOf("/x", -1, ViewSpec::Kind::Layer, {}).viewSpec().kind, ViewSpec::Kind::Final);
    const ViewSpec spec = placeOf("/x", 4, ViewSpec::Kind::At, {}).viewSpec();
    QCOMPARE(spec.kind, ViewSpec::Kind::At);
    QCOMPARE(spec.layer, LayerIndex{4});
}

void DocumentTest::backAndForward()
{
    Selection selection;
    QVERIFY(!selection.canGoBack());
    selection.selectPath("/a");
    selection.selectLayer(LayerIndex{2});
    QVERIFY(selection.canGoBack());
    selection.back();
    QCOMPARE(selection.place().path, QByteArray("/a"));
    QVERIFY(!selection.place().layer);
    selection.back();
    QVERIFY(selection.place() == Place{});
    selection.back();
    QVERIFY(selection.canGoForward());
    selection.forward();
    selection.forward();
    selection.forward();
    QCOMPARE(selection.place().layer, std::optional<LayerIndex>(2));
}

void DocumentTest::samePlaceIsNothing()
{
    Selection selection;
    const QSignalSpy changed(&selection, &Selection::placeChanged);
    selection.selectPath("/a");
    selection.selectPath("/a");
    QCOMPARE(changed.count(), 1);
    selection.back();
    QVERIFY(!selection.canGoBack());
}

void DocumentTest::newPlaceForgetsForward()
{
    Selection selection;
    selection.selectPath("/a");
    selection.selectPath("/b");
    selection.back();
    selection.selectPath("/c");
    QVERIFY(!selection.canGoForward());
    selection.back();
    QCOMPARE(selection.place().path, QByteArray("/a"));
}

void DocumentTest::layerFromFinalViewShowsItsChanges()
{
    Selection selection;
    selection.selectLayer(LayerIndex{1});
    QCOMPARE(selection.place().view, ViewSpec::Kind::Layer);
    selection.selectView(ViewSpec::Kind::At);
    selection.selectLayer(LayerIndex{2});
    QCOMPARE(selection.place().view, ViewSpec::Kind::At);
    selection.selectLayer(std::nullopt);
    QCOMPARE(selection.place().view, ViewSpec::Kind::Final);
}

void DocumentTest::loadingGoesThroughItsStates()
{
    Document document;
    const QSignalSpy images(&document, &Document::imageChanged);
    const QSignalSpy layers(&document, &Document::layerRead);
    document.beginLoading(QStringLiteral("app.tar"));
    QCOMPARE(document.state(), Document::State::Loading);
    auto image = std::make_shared<Image>();
    image->layers.resize(2);
    document.setEarlyImage(image);
    QCOMPARE(images.count(), 1);
    document.addLayerTree(1, std::make_shared<LayerTree>());
    document.addLayerTree(2, std::make_shared<LayerTree>()); // there is no such layer
    QCOMPARE(layers.count(), 1);
    QVERIFY(document.layerTree(1));
    QVERIFY(!document.layerTree(0));

    auto inspection = std::make_shared<Inspection>();
    inspection->image = image;
    Finding finding;
    finding.fingerprint = "f1";
    inspection->findings.push_back(finding);
    document.finish({.inspection = inspection, .source = nullptr});
    QCOMPARE(document.state(), Document::State::Ready);
    QCOMPARE(document.findingIndex(QStringLiteral("f1")), 0);
    QCOMPARE(document.findingIndex(QStringLiteral("f2")), -1);
    QVERIFY(!document.layerTree(1));

    const QSignalSpy inspections(&document, &Document::inspectionChanged);
    document.fail({.error = {ErrorCode::NotFound, "gone"}});
    QCOMPARE(document.state(), Document::State::Failed);
    QCOMPARE(inspections.count(), 1);
    QVERIFY(!document.image());
    QCOMPARE(document.reference(), QStringLiteral("app.tar"));
    document.clear();
    QCOMPARE(document.state(), Document::State::Empty);
}

void DocumentTest::stoppingKeepsWhatIsIn()
{
    Document document;
    document.stop();
    QCOMPARE(document.state(), Document::State::Empty); // there was nothing to stop
    document.beginLoading(QStringLiteral("app.tar"));
    document.stop();
    QCOMPARE(document.state(), Document::State::Failed); // nothing had come
    QCOMPARE(document.error().error.code, ErrorCode::Cancelled);

    document.beginLoading(QStringLiteral("app.tar"));
    auto image = std::make_shared<Image>();
    image->layers.resize(3);
    document.setEarlyImage(image);
    document.addLayerTree(1, std::make_shared<LayerTree>());
    document.stop();
    QCOMPARE(document.state(), Document::State::Stopped);
    QVERIFY(document.isUnfinished());
    QCOMPARE(document.image(), image);
    QVERIFY(document.layerTree(1));
    QCOMPARE(document.layersRead(), 1);
    document.addLayerTree(0, std::make_shared<LayerTree>()); // too late
    QCOMPARE(document.layersRead(), 1);

    const QSignalSpy findings(&document, &Document::earlyInspectionChanged);
    document.setEarlyInspection(std::make_shared<Inspection>()); // of what is shown
    QCOMPARE(findings.count(), 1);
    QVERIFY(document.earlyInspection());
    document.clear();
    QVERIFY(!document.earlyInspection());
    QVERIFY(!document.isUnfinished());
}

void DocumentTest::lateNewsIsIgnored()
{
    Document document;
    document.setEarlyImage(std::make_shared<Image>());
    document.addLayerTree(0, std::make_shared<LayerTree>());
    document.setEarlyInspection(std::make_shared<Inspection>());
    QVERIFY(!document.earlyInspection());
    QVERIFY(!document.image());
    QVERIFY(!document.layerTree(0));
}

QTEST_GUILESS_MAIN(DocumentTest)
#include "tst_document.moc"
