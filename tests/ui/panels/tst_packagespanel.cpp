// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/auditimage.h"
#include "ui/delegates/emptystate.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/layermodel.h"
#include "ui/models/packagefilesmodel.h"
#include "ui/models/packagesmodel.h"
#include "ui/models/roles.h"
#include "ui/panels/packages/packagedetails.h"
#include "ui/panels/packages/packagespanel.h"
#include "ui/panels/path/pathpanel.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace cutaway;

namespace {

using Tester = QAbstractItemModelTester;
constexpr auto kReport = Tester::FailureReportingMode::QtTest;

/// Three packages of two sources; the second layer takes one away.
constexpr std::string_view kImage =
    "layer RUN one\n"
    "file usr/bin/big 3000 x\n"
    "file usr/share/big 500 y\n"
    "file usr/bin/small 40 z\n"
    "file usr/bin/old 700 w\n"
    "file srv/mine 60 v\n"
    R"(text var/lib/dpkg/status Package: big\nStatus: install ok installed\nVersion: 1.0\n)"
    R"(Architecture: amd64\nMaintainer: Me\nSource: lib\n\nPackage: small\nStatus: install ok )"
    R"(installed\nVersion: 2.0\nArchitecture: amd64\nSource: lib\n\nPackage: old\nStatus: )"
    R"(install ok installed\nVersion: 3.0\nArchitecture: amd64\n)"
    "\n"
    R"(text var/lib/dpkg/info/big.list /usr/bin/big\n/usr/share/big\n)"
    "\n"
    R"(text var/lib/dpkg/info/small.list /usr/bin/small\n)"
    "\n"
    R"(text var/lib/dpkg/info/old.list /usr/bin/old\n)"
    "\n"
    "layer RUN two\n"
    "file usr/bin/.wh.old 0 -\n"
    R"(text var/lib/dpkg/status Package: big\nStatus: install ok installed\nVersion: 1.0\n)"
    R"(Architecture: amd64\nMaintainer: Me\nSource: lib\n\nPackage: small\nStatus: install ok )"
    R"(installed\nVersion: 2.0\nArchitecture: amd64\nSource: lib\n)"
    "\n";

InspectionPtr inspectionOf(std::string_view text)
{
    auto inspection = std::make_shared<Inspection>();
    inspection->image = std::make_shared<const Image>(test::auditImage(text));
    inspection->analysis = analyze(*inspection->image, Monitor()).value();
    inspection->packages =
        findPackages(*inspection->image, *test::auditContents(text), {"debian", "12"});
    return inspection;
}

/// What every panel is given.
struct Stage
{
    Document document;
    Selection selection;

    void open(std::string_view text = kImage)
    {
        document.beginLoading(QStringLiteral("test"));
        document.finish({inspectionOf(text), nullptr});
    }
};

QTreeView &viewOf(const QWidget &panel, const char *name)
{
    auto *view = panel.findChild<QTreeView *>(QLatin1String(name));
    if (view == nullptr) {
        qFatal("no view %s", name);
    }
    return *view;
}

/// The rows that a view shows, their first cell.
QString rowsOf(const QTreeView &view)
{
    QStringList rows;
    for (QModelIndex row = view.model()->index(0, 0, view.rootIndex()); row.isValid();
         row = view.indexBelow(row)) {
        rows << row.siblingAtColumn(0).data().toString();
    }
    return rows.join(QLatin1Char(' '));
}

} // namespace

class TestPackagesPanel : public QObject
{
    Q_OBJECT

private slots:
    void cells();
    void groups_data();
    void groups();
    void sorts();
    void files();
    void panelFollowsThePath();
    void panelLeadsToFiles();
    void panelFilters();
    void panelKeepsTheChosenPackage();
    void enterGoesToTheFiles();
    void detailsTellAll();
    void notesAndNamesAreEscaped();
    void billsOfMaterials();
    void tenThousandPackages();
    void controlsHaveNames();
    void panelWithoutLists();
    void panelSaysWhyItIsEmpty();
    void layersCountPackages();
    void pathNamesItsPackage();
};

void TestPackagesPanel::cells()
{
    PackagesModel model;
    const Tester tester(&model, kReport);
    model.setInspection(inspectionOf(kImage));
    QCOMPARE(model.rowCount(), 1);
    const QModelIndex all = model.groupIndex(0);
    QCOMPARE(model.rowCount(all), 2);
    const auto text = [&](int row, PackagesColumn column) {
        return model.index(row, static_cast<int>(column), all).data().toString();
    };
    QCOMPARE(text(0, PackagesColumn::Name), QStringLiteral("big"));
    QCOMPARE(text(0, PackagesColumn::Version), QStringLiteral("1.0"));
    QCOMPARE(text(0, PackagesColumn::Size), QStringLiteral("3.50 kB"));
    QCOMPARE(text(0, PackagesColumn::Kind), QStringLiteral("Debian"));
    QCOMPARE(text(0, PackagesColumn::Layer), QStringLiteral("0"));
    QCOMPARE(text(1, PackagesColumn::Name), QStringLiteral("small"));
    QCOMPARE(model.find(1), model.itemIndex(0, 1));
    QVERIFY(!model.find(2).isValid());
    QCOMPARE(model.list().removedCount(), 1);
    PackagesQuery query;
    query.withRemoved = true;
    model.setQuery(query);
    const QModelIndex gone = model.find(2);
    QCOMPARE(gone.data().toString(), QStringLiteral("old"));
    QVERIFY(gone.data(role::Struck).toBool());
    QCOMPARE(gone.data(role::Suffix).toString(), QStringLiteral("removed by layer 1"));
    model.setInspection(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestPackagesPanel::groups_data()
{
    using enum PackagesQuery::Grouping;
    QTest::addColumn<int>("grouping");
    QTest::addColumn<QString>("expected");
    QTest::newRow("kind") << static_cast<int>(Kind) << "Debian: big small old";
    QTest::newRow("layer") << static_cast<int>(Layer) << "Layer 0: big small old";
    QTest::newRow("source") << static_cast<int>(Source) << "lib: big small; old: old";
    QTest::newRow("licence") << static_cast<int>(Licence) << "No licence told: big small old";
}

void TestPackagesPanel::groups()
{
    QFETCH(int, grouping);
    QFETCH(QString, expected);
    PackagesModel model;
    const Tester tester(&model, kReport);
    model.setInspection(inspectionOf(kImage));
    PackagesQuery query;
    query.grouping = static_cast<PackagesQuery::Grouping>(grouping);
    query.withRemoved = true;
    model.setQuery(query);
    QStringList shown;
    for (int group = 0; group < model.rowCount(); ++group) {
        const QModelIndex index = model.groupIndex(group);
        QString line = index.data().toString() + QLatin1Char(':');
        for (int row = 0; row < model.rowCount(index); ++row) {
            line += QLatin1Char(' ') + model.index(row, 0, index).data().toString();
        }
        shown << line;
    }
    QCOMPARE(shown.join(QStringLiteral("; ")), expected);
}

void TestPackagesPanel::sorts()
{
    PackagesModel model;
    const Tester tester(&model, kReport);
    model.setInspection(inspectionOf(kImage));
    const auto first = [&model] {
        return model.index(0, 0, model.groupIndex(0)).data().toString();
    };
    for (const PackagesColumn column : {PackagesColumn::Name,
                                        PackagesColumn::Version,
                                        PackagesColumn::Size,
                                        PackagesColumn::Kind,
                                        PackagesColumn::Layer,
                                        PackagesColumn::Licence}) {
        model.sort(static_cast<int>(column), Qt::AscendingOrder);
        QCOMPARE(model.rowCount(model.groupIndex(0)), 2);
    }
    model.sort(static_cast<int>(PackagesColumn::Size), Qt::AscendingOrder);
    QCOMPARE(first(), QStringLiteral("small"));
    model.sort(static_cast<int>(PackagesColumn::Name), Qt::AscendingOrder);
    QCOMPARE(first(), QStringLiteral("big"));
    model.sort(static_cast<int>(PackagesColumn::Version), Qt::DescendingOrder);
    QCOMPARE(first(), QStringLiteral("small"));
}

void TestPackagesPanel::files()
{
    const InspectionPtr inspection = inspectionOf(kImage);
    PackageFilesModel model;
    const Tester tester(&model, kReport);
    model.setPackage(inspection, &inspection->packages->list[0]);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, 0).data(role::Path).toByteArray(), QByteArray("/usr/bin/big"));
    QCOMPARE(model.index(1, PackageFilesModel::BytesColumn).data().toString(),
             QStringLiteral("500 B"));
    QCOMPARE(model.find("/usr/share/big").row(), 1);
    QVERIFY(!model.find("/srv/mine").isValid());
    model.setPackage(inspection, &inspection->packages->list[2]); // gone: what it had
    QCOMPARE(model.index(0, 0).data(role::Path).toByteArray(), QByteArray("/usr/bin/old"));
    model.setPackage(nullptr, nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestPackagesPanel::panelFollowsThePath()
{
    Stage stage;
    const PackagesPanel panel(stage.document, stage.selection);
    stage.open();
    QTreeView &view = viewOf(panel, "packagesView");
    QCOMPARE(rowsOf(view), QStringLiteral("big small"));
    QVERIFY(panel.findChild<QLabel *>(QStringLiteral("packagesSummary"))
                ->text()
                .startsWith(QLatin1String("2 packages, 3.54 kB of ")));
    stage.selection.selectPath("/usr/bin/small");
    QCOMPARE(view.currentIndex().data().toString(), QStringLiteral("small"));
    QCOMPARE(panel.findChild<QLabel *>(QStringLiteral("packageTitle"))->text(),
             QStringLiteral("small 2.0"));
    stage.selection.selectPath("/srv/mine"); // nobody's: the package stays
    QCOMPARE(view.currentIndex().data().toString(), QStringLiteral("small"));
}

void TestPackagesPanel::panelLeadsToFiles()
{
    Stage stage;
    const PackagesPanel panel(stage.document, stage.selection);
    stage.open();
    QTreeView &view = viewOf(panel, "packagesView");
    view.setCurrentIndex(view.model()->index(0, 0, view.rootIndex()));
    QVERIFY(stage.selection.place().path.isEmpty()); // a package is no path
    QTreeView &files = viewOf(panel, "packageFiles");
    files.setCurrentIndex(files.model()->index(1, 0));
    QCOMPARE(stage.selection.place().path, QByteArray("/usr/share/big"));
    QCOMPARE(view.currentIndex().data().toString(), QStringLiteral("big"));
    panel.findChild<QToolButton *>(QStringLiteral("packagesRemoved"))->setChecked(true);
    QCOMPARE(rowsOf(view), QStringLiteral("big small old"));
    view.setCurrentIndex(view.model()->index(2, 0, view.rootIndex()));
    files.setCurrentIndex(files.model()->index(0, 0));
    QCOMPARE(
        stage.selection.place(),
        (Place{.path = "/usr/bin/old", .layer = LayerIndex{0}, .view = ViewSpec::Kind::Layer}));
}

void TestPackagesPanel::panelFilters()
{
    Stage stage;
    const PackagesPanel panel(stage.document, stage.selection);
    stage.open();
    QTreeView &view = viewOf(panel, "packagesView");
    auto *search = panel.findChild<QLineEdit *>(QStringLiteral("filter"));
    search->setText(QStringLiteral("LIB small"));
    QCOMPARE(rowsOf(view), QStringLiteral("small"));
    search->setText(QStringLiteral("nothing"));
    QCOMPARE(rowsOf(view), QString());
    QVERIFY(panel.findChildren<EmptyState *>().size() == 2);
    search->clear();
    QCOMPARE(rowsOf(view), QStringLiteral("big small"));
}

void TestPackagesPanel::panelKeepsTheChosenPackage()
{
    Stage stage;
    const PackagesPanel panel(stage.document, stage.selection);
    stage.open();
    QTreeView &view = viewOf(panel, "packagesView");
    auto *search = panel.findChild<QLineEdit *>(QStringLiteral("filter"));
    stage.selection.selectPath("/usr/bin/big");
    view.setCurrentIndex(view.model()->index(1, 0, view.rootIndex()));
    view.sortByColumn(0, Qt::DescendingOrder);
    QCOMPARE(rowsOf(view), QStringLiteral("small big"));
    QCOMPARE(view.currentIndex().data().toString(), QStringLiteral("small"));
    search->setText(QStringLiteral("big"));
    QVERIFY(!view.currentIndex().isValid());
    search->clear();
    QCOMPARE(view.currentIndex().data().toString(), QStringLiteral("small"));
}

void TestPackagesPanel::enterGoesToTheFiles()
{
    Stage stage;
    const PackagesPanel panel(stage.document, stage.selection);
    QSignalSpy wanted(&panel, &PackagesPanel::filesWanted);
    stage.open();
    QTreeView &view = viewOf(panel, "packagesView");
    view.setCurrentIndex(view.model()->index(0, 0, view.rootIndex()));
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(stage.selection.place().path, QByteArray("/usr/bin/big"));
    QCOMPARE(wanted.size(), 1);
    stage.open(
        "layer RUN one\n"
        R"(text var/lib/dpkg/status Package: bare\nStatus: install ok installed\nVersion: 1\n)"
        "\n");
    view.setCurrentIndex(view.model()->index(0, 0, view.rootIndex()));
    QTest::keyClick(&view, Qt::Key_Return); // no file is known
    QCOMPARE(wanted.size(), 1);
}

void TestPackagesPanel::detailsTellAll()
{
    Stage stage;
    const PackagesPanel panel(stage.document, stage.selection);
    stage.open();
    const auto *details = panel.findChild<PackageDetails *>();
    QVERIFY(details->isHidden());
    QTreeView &view = viewOf(panel, "packagesView");
    view.setCurrentIndex(view.model()->index(0, 0, view.rootIndex()));
    QVERIFY(!details->isHidden());
    QStringList texts;
    for (const QLabel *label : details->findChildren<QLabel *>()) {
        texts << label->text().remove(QChar(0x200b));
    }
    for (const char *text : {"3,500 bytes in 2 files",
                             "layer 0: RUN one",
                             "amd64",
                             "lib",
                             "Me",
                             "/var/lib/dpkg/status"}) {
        QVERIFY2(texts.contains(QLatin1String(text)), qPrintable(texts.join(QLatin1Char('|'))));
    }
}

void TestPackagesPanel::notesAndNamesAreEscaped()
{
    Stage stage;
    const PackagesPanel panel(stage.document, stage.selection);
    stage.open(
        "layer RUN one\n"
        R"(text var/lib/dpkg/status Package: <b>\x1b\xff\nStatus: install ok installed\nVersion: 1\n\nno\n)"
        "\n");
    QTreeView &view = viewOf(panel, "packagesView");
    const QModelIndex row = view.model()->index(0, 0, view.rootIndex());
    QCOMPARE(row.data().toString(), QStringLiteral("<b>\\x1b\\xff"));
    QVERIFY(!row.data(Qt::ToolTipRole).toString().contains(QLatin1String("<b>")));
    view.setCurrentIndex(row);
    for (const QLabel *label : panel.findChild<PackageDetails *>()->findChildren<QLabel *>()) {
        QVERIFY2(!label->text().contains(QLatin1Char('<')) || label->textFormat() == Qt::PlainText,
                 qPrintable(label->text()));
        QVERIFY(!label->text().contains(QChar(0x1b)));
    }
    const auto *notes = panel.findChild<QLabel *>(QStringLiteral("packagesNotes"));
    QVERIFY(!notes->isHidden());
    QCOMPARE(notes->textFormat(), Qt::PlainText);
    QVERIFY2(notes->text().contains(QLatin1String("/var/lib/dpkg/status")),
             qPrintable(notes->text()));
}

/// Those that came with the image are held against what is there.
void TestPackagesPanel::billsOfMaterials()
{
    Stage stage;
    PackagesPanel panel(stage.document, stage.selection);
    std::string text(kImage);
    text +=
        R"(text app.spdx.json {"spdxVersion": "SPDX-2.3", "creationInfo": {"creators": ["Tool: t"]}, )"
        R"("packages": [{"name": "big", "versionInfo": "1.0", "externalRefs": [{"referenceType": )"
        R"("purl", "referenceLocator": "pkg:deb/debian/big@1.0"}]}, {"name": "gone", "versionInfo": )"
        R"("1", "externalRefs": [{"referenceType": "purl", "referenceLocator": )"
        R"("pkg:deb/debian/gone@1"}]}]})"
        "\n";
    stage.open(text);
    const auto *notes = panel.findChild<QLabel *>(QStringLiteral("packagesNotes"));
    QVERIFY(!notes->isHidden());
    QCOMPARE(
        notes->text(),
        QStringLiteral("/app.spdx.json (SPDX-2.3, by t): 1 as listed, 0 in another version, 1 not "
                       "found\nPackages that no bill of materials lists: 1"));
    stage.open();
    QVERIFY(notes->isHidden());
}

void TestPackagesPanel::tenThousandPackages()
{
    constexpr int kMany = 10'000;
    auto inspection = std::make_shared<Inspection>(*inspectionOf("layer RUN one\nfile a 1 x\n"));
    for (int i = 0; i < kMany; ++i) {
        Package &package = inspection->packages->list.emplace_back();
        package.record.name = "p" + std::to_string(i);
        package.record.source = "s" + std::to_string(i / 2);
        package.record.declaredBytes = static_cast<std::uint64_t>(i) + 1;
    }
    PackagesModel model;
    model.setInspection(inspection);
    QCOMPARE(model.rowCount(model.groupIndex(0)), kMany);
    QCOMPARE(model.index(0, 0, model.groupIndex(0)).data().toString(), QStringLiteral("p9999"));
    PackagesQuery query = model.query();
    query.grouping = PackagesQuery::Grouping::Source;
    model.setQuery(query);
    QCOMPARE(model.rowCount(), kMany / 2);
    QCOMPARE(model.rowCount(model.groupIndex(0)), 2);
    query.words = {QStringLiteral("p77")};
    model.setQuery(query);
    QCOMPARE(model.list().groups().front().title, QStringLiteral("s3899"));
}

void TestPackagesPanel::controlsHaveNames()
{
    Stage stage;
    const PackagesPanel panel(stage.document, stage.selection);
    stage.open();
    for (const char *name :
         {"packagesView", "packageFiles", "filter", "packagesGroup", "packagesRemoved"}) {
        const auto *control = panel.findChild<QWidget *>(QLatin1String(name));
        QVERIFY2(control != nullptr && !control->accessibleName().isEmpty(), name);
    }
}

void TestPackagesPanel::panelWithoutLists()
{
    Stage stage;
    const PackagesPanel panel(stage.document, stage.selection);
    stage.open("layer RUN one\n"
               R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
               "\n");
    QCOMPARE(panel.findChild<QLabel *>(QStringLiteral("packagesSummary"))->text(),
             QStringLiteral("1 package; no list tells which files are theirs"));
}

void TestPackagesPanel::panelSaysWhyItIsEmpty()
{
    Stage stage;
    const PackagesPanel panel(stage.document, stage.selection);
    const auto text = [&panel] {
        return panel.findChild<QLabel *>(QStringLiteral("emptyState"))->text();
    };
    QVERIFY2(text().contains(QLatin1String("once one is open")), qPrintable(text()));
    stage.document.beginLoading(QStringLiteral("test"));
    QVERIFY2(text().contains(QLatin1String("once all layers are read")), qPrintable(text()));
    stage.open("layer RUN one\nfile a 1 x\n");
    QVERIFY2(text().contains(QLatin1String("No package manager")), qPrintable(text()));
}

void TestPackagesPanel::layersCountPackages()
{
    LayerModel model;
    const Tester tester(&model, kReport);
    model.setInspection(inspectionOf(kImage));
    QVERIFY(model.hasPackages());
    QCOMPARE(model.index(0, LayerModel::Packages).data().toString(), QStringLiteral("+3"));
    QCOMPARE(model.index(1, LayerModel::Packages).data().toString(), QStringLiteral("−1"));
    QVERIFY(model.toolTip(1).contains(QLatin1String("0 added, 0 installed anew, 1 removed")));
    model.setInspection(inspectionOf("layer RUN one\nfile a 1 x\n"));
    QVERIFY(!model.hasPackages());
    QCOMPARE(model.index(0, LayerModel::Packages).data().toString(), QStringLiteral("–"));
}

void TestPackagesPanel::pathNamesItsPackage()
{
    Stage stage;
    const PathPanel panel(stage.document, stage.selection);
    stage.open();
    const auto says = [&panel](const QString &wanted) {
        const auto labels = panel.findChildren<QLabel *>();
        return std::ranges::any_of(labels,
                                   [&](const QLabel *label) { return label->text() == wanted; });
    };
    stage.selection.selectPath("/usr/bin/big");
    QVERIFY(says(QStringLiteral("big 1.0")));
    stage.selection.selectPath("/srv/mine");
    QVERIFY(!says(QStringLiteral("big 1.0")));
    QVERIFY(!says(QStringLiteral("Package")));
}

QTEST_MAIN(TestPackagesPanel)
#include "tst_packagespanel.moc"
