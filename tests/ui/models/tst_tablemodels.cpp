// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/inspection.h"
#include "tests/support/images.h"
#include "ui/models/contractmodel.h"
#include "ui/models/roles.h"
#include "ui/models/stepsmodel.h"
#include "ui/models/timelinemodel.h"
#include "ui/models/wastemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace cutaway;

namespace {

using Tester = QAbstractItemModelTester;
constexpr auto kReport = Tester::FailureReportingMode::QtTest;

const std::vector<std::string> kLayers = {
    "file usr/a 1000 x\nfile usr/gone 500 y\nfile etc/b 7 z\nfile etc/c 7 z",
    "mode usr/a 0755 1000 x",
    "file usr/.wh.gone 0 -"};
const std::vector<std::string> kSteps = {
    "ADD rootfs.tar /", "RUN chmod 755 /usr/a", "RUN rm \\\n  /usr/gone"};

InspectionPtr inspectionOf(Image image)
{
    Inspection inspection;
    inspection.image = std::make_shared<const Image>(std::move(image));
    inspection.analysis = analyze(*inspection.image, Monitor()).value();
    return std::make_shared<const Inspection>(std::move(inspection));
}

QString rowText(const QAbstractItemModel &model, int row, const QModelIndex &parent = {})
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(parent); ++column) {
        cells << model.index(row, column, parent).data().toString();
    }
    return cells.join(QLatin1Char('|'));
}

} // namespace

class TestTableModels : public QObject
{
    Q_OBJECT

private slots:
    void stepsFollowTheHistory();
    void stepsWithoutAnalysis();
    void stepsApartFromLayers();
    void stepsMaskSecrets();
    void wasteByCause();
    void wasteShowsAllOnDemand();
    void timeline_data();
    void timeline();
    void timelineCountsBytes();
    void contractSaysWhatIsMissing();
    void contractMasksSecrets();
    void contractShowsTouchPoints();
};

void TestTableModels::stepsFollowTheHistory()
{
    Image image = test::imageOf(kLayers, kSteps);
    image.base.layers = 1;
    const InspectionPtr inspection = inspectionOf(std::move(image));
    StepsModel model;
    const Tester tester(&model, kReport);
    model.setImage(inspection->image, &inspection->analysis);
    QVERIFY(model.isAligned());
    QCOMPARE(model.rowCount(), 3);
    QVERIFY(rowText(model, 0).startsWith(QLatin1String("0|1.51 kB|")));
    QVERIFY(model.index(0, StepsModel::InstructionColumn).data(role::Muted).toBool());
    QVERIFY(!model.index(1, StepsModel::InstructionColumn).data(role::Muted).toBool());
    QCOMPARE(model.index(1, 0).data(role::Layer).toInt(), 1);
    QCOMPARE(model.rowOfLayer(2), 2);
    QCOMPARE(model.rowOfLayer(9), -1);
    QVERIFY(model.fullText(2).contains(QLatin1Char('\n')));
    QVERIFY(!model.index(2, StepsModel::InstructionColumn)
                 .data()
                 .toString()
                 .contains(QLatin1Char('\n')));
}

void TestTableModels::stepsWithoutAnalysis()
{
    StepsModel model;
    const Tester tester(&model, kReport);
    model.setImage(std::make_shared<const Image>(test::imageOf(kLayers, kSteps)), nullptr);
    QCOMPARE(model.index(0, StepsModel::SizeColumn).data().toString(), QStringLiteral("?"));
    model.setImage(nullptr, nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestTableModels::stepsApartFromLayers()
{
    const InspectionPtr inspection = inspectionOf(test::imageOf(kLayers, {"RUN one"}));
    StepsModel steps;
    LayerRowsModel layers;
    const Tester stepsTester(&steps, kReport);
    const Tester layersTester(&layers, kReport);
    steps.setImage(inspection->image, &inspection->analysis);
    layers.setImage(inspection->image, &inspection->analysis);
    QVERIFY(!steps.isAligned());
    QCOMPARE(steps.index(0, 0).data(role::Layer).toInt(), -1);
    QCOMPARE(layers.rowCount(), 3);
    QCOMPARE(layers.index(2, 0).data(role::Layer).toInt(), 2);
}

void TestTableModels::stepsMaskSecrets()
{
    const InspectionPtr inspection = inspectionOf(test::imageOf(
        kLayers, {"ADD rootfs.tar /", "RUN chmod 755 /usr/a", "RUN DB_PASSWORD=hunter2 ./setup"}));
    StepsModel model;
    const Tester tester(&model, kReport);
    model.setImage(inspection->image, &inspection->analysis);
    QVERIFY(!model.isMasked(1));
    QVERIFY(model.isMasked(2));
    QVERIFY(!model.fullText(2).contains(QLatin1String("hunter2")));
    QVERIFY(!model.dockerfile().contains(QLatin1String("hunter2")));
    QVERIFY(model.revealedText(2).contains(QLatin1String("hunter2")));
    QVERIFY(!model.index(2, StepsModel::InstructionColumn)
                 .data(role::Sort)
                 .toString()
                 .contains(QLatin1String("hunter2")));
}

void TestTableModels::wasteByCause()
{
    WasteModel model;
    const Tester tester(&model, kReport);
    model.setInspection(inspectionOf(test::imageOf(kLayers, kSteps)));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(rowText(model, 0), QStringLiteral("Copied to change metadata|1.00 kB|||"));
    QCOMPARE(rowText(model, 0, model.groupIndex(0)),
             QStringLiteral("/usr/a|1.00 kB|0|1|RUN chmod 755 /usr/a"));
    QCOMPARE(rowText(model, 1), QStringLiteral("Deleted later|500 B|||"));
    QCOMPARE(rowText(model, 2), QStringLiteral("Same content at several paths|7 B|||"));
    const QModelIndex gone = model.find("/usr/gone", 0);
    QCOMPARE(gone, model.itemIndex(1, 0));
    QCOMPARE(gone.data(role::Path).toByteArray(), QByteArray("/usr/gone"));
    QCOMPARE(gone.data(role::Layer).toInt(), 0);
    QVERIFY(!model.find("/etc/b", 0).isValid());
    QVERIFY(!model.explanation(gone).isEmpty());
    model.setInspection(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestTableModels::wasteShowsAllOnDemand()
{
    constexpr int kItems = WasteModel::kFirstItems + 5;
    std::string files;
    std::string whiteouts;
    for (int i = 0; i < kItems; ++i) {
        files += "file f" + std::to_string(i) + " " + std::to_string(100 + i) + " k"
                 + std::to_string(i) + "\n";
        whiteouts += "file .wh.f" + std::to_string(i) + " 0 -\n";
    }
    WasteModel model;
    const Tester tester(&model, kReport);
    model.setInspection(inspectionOf(test::imageOf({files, whiteouts})));
    const QModelIndex group = model.groupIndex(0);
    QCOMPARE(model.rowCount(group), WasteModel::kFirstItems + 1);
    const QModelIndex more = model.itemIndex(0, WasteModel::kFirstItems);
    QVERIFY(model.isShowAll(more));
    QVERIFY(more.data(role::Path).toByteArray().isEmpty());
    model.showAll(0);
    QCOMPARE(model.rowCount(group), kItems);
    QVERIFY(!model.isShowAll(model.itemIndex(0, WasteModel::kFirstItems)));
    QCOMPARE(model.itemIndex(0, kItems - 1).data().toString(), QStringLiteral("/f0"));
}

void TestTableModels::timeline_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::newRow("metadata copy")
        << QStringLiteral("/usr/a")
        << QStringLiteral("0|+ added|1.00 kB\n1|◇ metadata only: mode 0644 → 0755|1.00 kB\n");
    QTest::newRow("deleted") << QStringLiteral("/usr/gone")
                             << QStringLiteral("0|+ added|500 B\n2|− deleted|\n");
    QTest::newRow("never touched again")
        << QStringLiteral("/etc/b") << QStringLiteral("0|+ added|7 B\n");
}

void TestTableModels::timeline()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    const auto image = std::make_shared<const Image>(test::imageOf(kLayers, kSteps));
    TimelineModel model;
    const Tester tester(&model, kReport);
    model.setPath(image, image->tree->find(path.toStdString()));
    QString found;
    for (int row = 0; row < model.rowCount(); ++row) {
        found += rowText(model, row) + QLatin1Char('\n');
    }
    QCOMPARE(found, text);
}

void TestTableModels::timelineCountsBytes()
{
    const auto image = std::make_shared<const Image>(test::imageOf(
        {"file d/x 10 a", "file d/x 20 b", "file .wh.d 0 -"}, {"RUN a", "RUN b", "RUN c"}));
    TimelineModel model;
    const Tester tester(&model, kReport);
    model.setPath(image, image->tree->find("/d/x"));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(2, TimelineModel::ChangeColumn).data().toString(),
             QStringLiteral("− Deleted with its directory"));
    QCOMPARE(model.shippedBytes(), 30U);
    QCOMPARE(model.hiddenBytes(), 30U);
    QCOMPARE(model.rowOfLayer(1), 1);
    model.setPath(nullptr, kNone);
    QCOMPARE(model.rowCount(), 0);
}

void TestTableModels::contractSaysWhatIsMissing()
{
    Image image = test::imageOf({"file a 1 x"});
    image.config.exposedPorts = {"443/tcp", "80/tcp"};
    image.config.volumes = {"/data"};
    image.config.entrypoint = {"/bin/run", "two words"};
    image.config.labels = {{"org.example.title", "Shop"}};
    ContractModel model;
    const Tester tester(&model, kReport);
    model.setImage(std::make_shared<const Image>(std::move(image)));
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        rows << rowText(model, row);
    }
    QVERIFY(rows.contains(QStringLiteral("Entrypoint|/bin/run \"two words\"")));
    QVERIFY(rows.contains(QStringLiteral("Command|— not declared")));
    QVERIFY(rows.contains(QStringLiteral("User|— not declared")));
    QVERIFY(rows.contains(QStringLiteral("Ports|443/tcp, 80/tcp")));
    QVERIFY(rows.contains(QStringLiteral("Volumes|/data")));
    QVERIFY(rows.contains(QStringLiteral("Labels|1")));
    const QModelIndex labels =
        model.groupIndex(static_cast<int>(rows.indexOf(QStringLiteral("Labels|1"))));
    QCOMPARE(rowText(model, 0, labels), QStringLiteral("org.example.title|Shop"));
}

void TestTableModels::contractShowsTouchPoints()
{
    Contract contract;
    contract.touchPoints = {
        {"ports", "Ports", {{Known::Declared, "80/tcp"}, {Known::Inferred, "3000\n"}}},
        {"ipc", "IPC", {{Known::RunTime, "ask"}}}};
    ContractModel model;
    const Tester tester(&model, kReport);
    model.setImage(std::make_shared<const Image>(test::imageOf({"file a 1 x"})));
    const int fields = model.rowCount();
    model.addContract(contract);
    QCOMPARE(model.rowCount(), fields + 2);
    QCOMPARE(rowText(model, fields), QStringLiteral("Ports|2"));
    const QModelIndex ports = model.groupIndex(fields);
    QCOMPARE(rowText(model, 0, ports), QStringLiteral("declared|80/tcp"));
    QCOMPARE(rowText(model, 1, ports), QStringLiteral("inferred|3000\\n"));
    QCOMPARE(rowText(model, 0, model.groupIndex(fields + 1)), QStringLiteral("at run time|ask"));
    model.setImage(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestTableModels::contractMasksSecrets()
{
    Image image = test::imageOf({"file a 1 x"});
    image.config.env = {"PATH=/bin", "DB_PASSWORD=hunter2", "TOKEN_FILE=/run/token"};
    ContractModel model;
    const Tester tester(&model, kReport);
    model.setImage(std::make_shared<const Image>(std::move(image)));
    QModelIndex environment;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.rowCount(model.groupIndex(row)) > 0) {
            environment = model.groupIndex(row);
        }
    }
    QCOMPARE(model.rowCount(environment), 3);
    const QModelIndex secret = model.index(1, ContractModel::ValueColumn, environment);
    QVERIFY(model.isMasked(secret));
    QVERIFY(!model.isMasked(model.index(2, ContractModel::ValueColumn, environment)));
    for (const int role : {int{Qt::DisplayRole}, int{Qt::ToolTipRole}, int{role::Sort}}) {
        QVERIFY(!secret.data(role).toString().contains(QLatin1String("hunter2")));
    }
    model.reveal(secret);
    QCOMPARE(secret.data().toString(), QStringLiteral("hunter2"));
    QVERIFY(secret.data(role::Secret).toBool()); // Copy takes what Sort says
    QCOMPARE(secret.data(role::Sort).toString(), QStringLiteral("[redacted]"));
    model.hideAll();
    QVERIFY(model.isMasked(secret));
    QVERIFY(secret.data().toString() != QLatin1String("hunter2"));
}

QTEST_MAIN(TestTableModels)
#include "tst_tablemodels.moc"
