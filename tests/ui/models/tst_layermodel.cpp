// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/images.h"
#include "ui/models/layermodel.h"
#include "ui/models/layertexts.h"
#include "ui/models/roles.h"

#include <QAbstractItemModelTester>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace cutaway;

namespace {

const std::vector<std::string> kLayers = {"file a 1000 x\nfile b 50 y", "mode a 0755 1000 x", ""};
const std::vector<std::string> kSteps = {"ADD rootfs.tar /", "RUN chmod 755 /a", "RUN true"};

Inspection inspectionOf(Image image)
{
    class Quiet : public Monitor
    {
    } monitor;
    auto shared = std::make_shared<const Image>(std::move(image));
    Inspection inspection;
    inspection.image = shared;
    inspection.analysis = analyze(*shared, monitor).value();
    return inspection;
}

} // namespace

class LayerModelTest : public QObject
{
    Q_OBJECT

private slots:
    void fillsWhileLoading();
    void showsNumbers();
    void sortsByValue();
    void hostileInstructionIsEscaped();
    void emptyImage();
};

void LayerModelTest::fillsWhileLoading()
{
    LayerModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto early = std::make_shared<Image>(test::imageOf(kLayers, kSteps));
    early->tree = nullptr;
    for (Layer &layer : early->layers) {
        layer = {};
    }
    early->layers[0].descriptor.size = 2000;
    model.setImage(early);
    QCOMPARE(model.rowCount(), 3);
    // Bytes on the wire, where they are known, until the layer is in.
    QCOMPARE(model.index(0, LayerModel::Size).data().toString(), QStringLiteral("↓ 2.00 kB"));
    QCOMPARE(model.bytes(0), 2000U);
    QVERIFY(model.index(0, LayerModel::Size).data(role::Muted).toBool());
    QVERIFY(model.toolTip(0).contains(QStringLiteral("2,000 bytes")));
    QCOMPARE(model.index(1, LayerModel::Size).data().toString(), QStringLiteral("…"));
    model.setCounts(1, {.fileBytes = 1000, .files = 1});
    QCOMPARE(model.index(1, LayerModel::Size).data().toString(), QStringLiteral("1.00 kB"));
    model.setCounts(7, {.fileBytes = 5});
    model.setInspection(std::make_shared<const Inspection>(inspectionOf(*early)));
    model.setImage(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void LayerModelTest::showsNumbers()
{
    LayerModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setInspection(
        std::make_shared<const Inspection>(inspectionOf(test::imageOf(kLayers, kSteps))));
    const auto text = [&model](int layer, int column) {
        return model.index(layer, column).data().toString();
    };
    QCOMPARE(text(0, LayerModel::Number), QStringLiteral("0"));
    QCOMPARE(text(1, LayerModel::Instruction), QStringLiteral("RUN chmod 755 /a"));
    QCOMPARE(model.bytes(0), 1050U);
    QCOMPARE(model.shadowedBytes(0), 1000U);
    QCOMPARE(text(0, LayerModel::Files), QStringLiteral("2"));
    QCOMPARE(text(2, LayerModel::Size), QStringLiteral("–"));
    QCOMPARE(text(1, LayerModel::Waste), QStringLiteral("–"));
    QCOMPARE(model.index(0, LayerModel::Size).data(role::Total).toULongLong(), 1050U);
    QCOMPARE(model.index(0, LayerModel::Size).data(role::Sort).toULongLong(), 1050U);
    QVERIFY(model.toolTip(0).contains(QStringLiteral("1,050 bytes")));
}

void LayerModelTest::sortsByValue()
{
    LayerModel model;
    model.setInspection(
        std::make_shared<const Inspection>(inspectionOf(test::imageOf(kLayers, kSteps))));
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(role::Sort);
    sorted.sort(LayerModel::Size, Qt::AscendingOrder);
    QCOMPARE(sorted.mapToSource(sorted.index(0, 0)).row(), 2);
    QCOMPARE(sorted.mapToSource(sorted.index(2, 0)).row(), 0);
}

void LayerModelTest::hostileInstructionIsEscaped()
{
    LayerModel model;
    const std::vector<std::string> steps = {
        "RUN <b>x</b> \xe2\x80\xae\x1b[31m", "RUN a\n\tb", "RUN c"};
    model.setInspection(
        std::make_shared<const Inspection>(inspectionOf(test::imageOf(kLayers, steps))));
    const QString title = model.title(0);
    QVERIFY2(!title.contains(QChar(0x202e)), qPrintable(title));
    QVERIFY(!title.contains(QChar(0x1b)));
    QVERIFY(!model.toolTip(0).contains(QStringLiteral("<b>x</b>")));
    QVERIFY(model.toolTip(0).contains(QStringLiteral("&lt;b&gt;x&lt;/b&gt;")));
    QCOMPARE(model.title(1), QStringLiteral("RUN <<EOF a b EOF"));
}

void LayerModelTest::emptyImage()
{
    LayerModel model;
    model.setInspection(std::make_shared<const Inspection>(inspectionOf(test::imageOf({}))));
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.baseLayers(), 0);
}

QTEST_MAIN(LayerModelTest)
#include "tst_layermodel.moc"
