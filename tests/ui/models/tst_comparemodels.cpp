// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/auditimage.h"
#include "ui/models/comparedfilesmodel.h"
#include "ui/models/comparetables.h"
#include "ui/models/directorysizesmodel.h"
#include "ui/models/roles.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace cutaway;

namespace {

using Tester = QAbstractItemModelTester;
constexpr auto kReport = Tester::FailureReportingMode::QtTest;

std::shared_ptr<const Comparison> comparisonOf(std::string_view before, std::string_view after)
{
    return std::make_shared<const Comparison>(
        compare(std::make_shared<const Inspection>(test::auditOf(before)),
                std::make_shared<const Inspection>(test::auditOf(after)),
                Monitor())
            .value());
}

constexpr std::string_view kBefore = "user a\nenv PASSWORD=hunter2hunter2\ndebian\nlayer COPY app\n"
                                     "file app/big 5000 a\nfile app/gone 70 g\nfile app/mode 10 m\n"
                                     "file lib/deep/er 300 d";
constexpr std::string_view kAfter =
    "user b\nenv PASSWORD=otherother99\ndebian\nlayer COPY app\n"
    "file app/big 9000 b\nmode app/mode 0755 10 m\nfile app/new 100 n\n"
    "file lib/deep/er 200 e\nlayer RUN make\nfile out/o 50 o";

/// One row a line, its cells as they are shown.
QString textOf(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            const QString suffix = index.data(role::Suffix).toString();
            cells << index.data().toString()
                         + (suffix.isEmpty() ? QString() : QLatin1Char(' ') + suffix);
        }
        text += cells.join(QStringLiteral(" | ")) + QLatin1Char('\n');
        text += textOf(model, model.index(row, 0, parent));
    }
    return text;
}

QString pathsOf(const Comparison &comparison, const ComparedFilesQuery &query)
{
    ComparedFilesModel model;
    model.set(std::shared_ptr<const Comparison>(std::shared_ptr<void>(), &comparison),
              arrangeFiles(comparison, query));
    QStringList paths;
    for (int row = 0; row < model.rowCount(); ++row) {
        paths << model.index(row, ComparedFilesModel::PathColumn).data().toString();
    }
    return paths.join(QLatin1Char(' '));
}

} // namespace

class TestCompareModels : public QObject
{
    Q_OBJECT

private slots:
    void files();
    void queries_data();
    void queries();
    void manyFiles();
    void directories();
    void tables();
    void nothingDiffers();
};

void TestCompareModels::files()
{
    const auto comparison = comparisonOf(kBefore, kAfter);
    ComparedFilesModel model;
    const Tester tester(&model, kReport);
    model.set(comparison, arrangeFiles(*comparison, {}));
    QCOMPARE(textOf(model),
             QStringLiteral("~ | /app/big | +4.00 kB | 5.00 kB | 9.00 kB | content\n"
                            "+ | /app/new | +100 B | – | 100 B | file\n"
                            "~ | /lib/deep/er | −100 B | 300 B | 200 B | content\n"
                            "− | /app/gone | −70 B | 70 B | – | file\n"
                            "+ | /out/o | +50 B | – | 50 B | file\n"
                            "◇ | /app/mode | – | 10 B | 10 B | mode 0644 → 0755\n"
                            "+ | /out | – | – | – | directory\n"));
    const QModelIndex delta = model.index(2, ComparedFilesModel::DeltaColumn);
    QCOMPARE(delta.data(role::Sort).toULongLong(), 100ULL);
    QCOMPARE(delta.data(role::Total).toULongLong(), 4000ULL);
    QCOMPARE(delta.data(role::Path).toByteArray(), QByteArray("/lib/deep/er"));
    model.set(nullptr, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestCompareModels::queries_data()
{
    QTest::addColumn<ComparedFilesQuery>("query");
    QTest::addColumn<QString>("paths");
    using Sort = ComparedFilesQuery::Sort;
    QTest::newRow("words") << ComparedFilesQuery{.words = QStringLiteral("APP e")}
                           << QStringLiteral("/app/new /app/gone /app/mode");
    QTest::newRow("no such") << ComparedFilesQuery{.words = QStringLiteral("none")} << QString();
    QTest::newRow("by path") << ComparedFilesQuery{.words = QStringLiteral("app"),
                                                   .sortBy = Sort::Path,
                                                   .isDescending = false}
                             << QStringLiteral("/app/big /app/gone /app/mode /app/new");
    QTest::newRow("by size before")
        << ComparedFilesQuery{.words = QStringLiteral("app"), .sortBy = Sort::Before}
        << QStringLiteral("/app/big /app/gone /app/mode /app/new");
    QTest::newRow("of a layer") << ComparedFilesQuery{.layerPair = 2}
                                << QStringLiteral("/out/o /out");
    QTest::newRow("of no layer") << ComparedFilesQuery{.layerPair = 99} << QString();
}

void TestCompareModels::queries()
{
    QFETCH(ComparedFilesQuery, query);
    const auto comparison = comparisonOf(kBefore, kAfter);
    QTEST(pathsOf(*comparison, query), "paths");
}

/// No list is longer than a view takes in its stride; what is cut is told, and can be found.
void TestCompareModels::manyFiles()
{
    const auto comparison = comparisonOf("debian", "debian\nlayer COPY x\nfiles 60000 app");
    const ComparedFiles files = arrangeFiles(*comparison, {});
    QCOMPARE(files.rows.size(), ComparedFilesModel::kMostRows);
    QCOMPARE(files.matches, std::size_t{60001}); // and their directory
    QCOMPARE(pathsOf(*comparison, {.words = QStringLiteral("/f59999")}),
             QStringLiteral("/app/f59999"));
}

void TestCompareModels::directories()
{
    const auto comparison = comparisonOf(kBefore, kAfter);
    DirectorySizesModel model;
    const Tester tester(&model, kReport);
    model.set(comparison, orderDirectories(comparison->files.directories));
    QCOMPARE(textOf(model),
             QStringLiteral("/ | +3.98 kB | 5.61 kB | 9.59 kB | 6\n"
                            "app | +4.03 kB | 5.08 kB | 9.11 kB | 4\n"
                            "lib | −100 B | 300 B | 200 B | 1\n"
                            "deep | −100 B | 300 B | 200 B | 1\n"
                            "out new | +50 B | – | 50 B | 1\n"));
    const QModelIndex lib = model.index(1, 0, model.index(0, 0));
    QCOMPARE(model.index(0, 0, lib).data(role::Path).toByteArray(), QByteArray("/lib/deep"));
    model.set(nullptr, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestCompareModels::tables()
{
    const auto comparison = comparisonOf(kBefore, kAfter);
    RowsModel model;
    const Tester tester(&model, kReport);
    model.set(comparedSettings(*comparison));
    QVERIFY2(textOf(model).startsWith(
                 QStringLiteral("~ | User | a | b\n"
                                "~ | Variable PASSWORD | [redacted] | [redacted]\n")),
             qPrintable(textOf(model)));
    model.set(comparedSteps(*comparison));
    QCOMPARE(
        textOf(model),
        QStringLiteral(" | 0 | 0 | ADD rootfs.tar /\n | 1 | 1 | COPY app\n+ | – | 2 | RUN make\n"));
    model.set(comparedSizes(*comparison));
    QVERIFY2(textOf(model).contains(
                 QStringLiteral("Visible in the end | 5.61 kB | 9.59 kB | +3.98 kB\n")),
             qPrintable(textOf(model)));
    model.set(comparedFindings(*comparison));
    QCOMPARE(model.rowCount(), static_cast<int>(comparison->findings.size()));
    QVERIFY(model.rowCount() > 0);

    Inspection before;
    Inspection after;
    before.image = after.image = comparison->before->image;
    Package package;
    package.record.name = "x";
    package.record.version = "1.0";
    before.packages.emplace().list = {package};
    package.record.version = "1.1";
    after.packages.emplace().list = {package};
    const Comparison packages = compare(std::make_shared<const Inspection>(before),
                                        std::make_shared<const Inspection>(after),
                                        Monitor())
                                    .value();
    model.set(comparedPackages(packages));
    QCOMPARE(textOf(model), QStringLiteral("Upgraded | x | deb | 1.0 | 1.1 | –\n"));
}

void TestCompareModels::nothingDiffers()
{
    const auto comparison = comparisonOf(kBefore, kBefore);
    QCOMPARE(arrangeFiles(*comparison, {}).matches, std::size_t{0});
    QVERIFY(comparedSettings(*comparison).rows.empty());
    DirectorySizesModel model;
    const Tester tester(&model, kReport);
    model.set(comparison, orderDirectories(comparison->files.directories));
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestCompareModels)
#include "tst_comparemodels.moc"
