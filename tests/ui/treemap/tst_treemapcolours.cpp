// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/images.h"
#include "tests/support/stack.h"
#include "ui/theme/theme.h"
#include "ui/treemap/filetype.h"
#include "ui/treemap/painting.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <set>

using namespace cutaway;
using namespace cutaway::treemap;

namespace {

QPalette lightPalette()
{
    return QPalette(Qt::white);
}

QPalette darkPalette()
{
    QPalette palette(QColor(40, 42, 46));
    palette.setColor(QPalette::Base, QColor(30, 32, 36));
    palette.setColor(QPalette::Text, Qt::white);
    return palette;
}

QStringList namesOf(const Colouring &colouring)
{
    QStringList names;
    for (const Category &category : colouring.categories) {
        names << QStringLiteral("%1:%2 %3")
                     .arg(static_cast<int>(category.kind))
                     .arg(category.id)
                     .arg(category.bytes);
    }
    return names;
}

QString change(Change change, int bytes)
{
    return QStringLiteral("%1:%2 %3")
        .arg(static_cast<int>(Category::Kind::Change))
        .arg(static_cast<int>(change))
        .arg(bytes);
}

PathTreePtr threeLayers()
{
    return test::treeOf({"file a/x 100 x\nfile a/y 70 y\nfile g 30 g",
                         "file a/x 120 z\nmode g 0755 30 g\nfile n 5 n",
                         "file a/.wh.y 0 -\nhardlink h -> g"});
}

/// A scene and its layout.
struct Drawn
{
    Scene scene;
    Layout layout;
};

Drawn drawn(const PathTreePtr &tree, ViewSpec spec, const QPalette &palette, ColourBy by)
{
    Drawn result;
    auto subject = std::make_shared<const Subject>(subjectOf(tree, spec));
    result.scene.subject = subject;
    result.scene.by = by;
    result.scene.colouring = colour(*subject, {.by = by, .palette = palette});
    result.layout =
        layOut(*tree, subject->sizes, kRoot, QRectF(0, 0, 300, 200), measuresFor(QFont()));
    return result;
}

} // namespace

class TestTreemapColours : public QObject
{
    Q_OBJECT

private slots:
    void typesByNameAndMode_data();
    void typesByNameAndMode();
    void byLayer();
    void byChange_data();
    void byChange();
    void hiddenByCause();
    void byPackage();
    void legendKeepsTheHeaviest();
    void labelsCanBeRead_data();
    void labelsCanBeRead();
    void picturesShowTheColours();
    void removedIsHatchedToo();
    void theOthersFade();
    void namesAreEscapedAndBounded();
    void legendTakesLines();
};

void TestTreemapColours::typesByNameAndMode_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("type");
    const auto row = [](const char *name, int mode, FileType type) {
        QTest::newRow(name) << QByteArray(name) << mode << static_cast<int>(type);
    };
    row("libc.so.6", 0755, FileType::Program);
    row("libz.so.1.2.13", 0644, FileType::Program);
    row("bash", 0755, FileType::Program);
    row("x.so", 0644, FileType::Program);
    row("setup.PY", 0755, FileType::Source);
    row("mod.cpython-311.pyc", 0644, FileType::Compiled);
    row("app.jar", 0644, FileType::Compiled);
    row("data.tar.gz", 0644, FileType::Archive);
    row("ls.1.gz", 0644, FileType::Document);
    row("ls.1", 0644, FileType::Document);
    row("README", 0644, FileType::Document);
    row("package.json", 0644, FileType::Data);
    row("logo.svg", 0644, FileType::Media);
    row(".bashrc", 0644, FileType::Other);
    row("passwd", 0644, FileType::Other);
    row("name.withalongendingthatisnone", 0644, FileType::Other);
    row("dot.", 0644, FileType::Other);
    row("x.10", 0644, FileType::Other);
}

void TestTreemapColours::typesByNameAndMode()
{
    QFETCH(QByteArray, name);
    QFETCH(int, mode);
    QFETCH(int, type);
    Entry entry;
    entry.mode = static_cast<std::uint16_t>(mode);
    QCOMPARE(static_cast<int>(fileType(name.toStdString(), entry)), type);
}

void TestTreemapColours::byLayer()
{
    const PathTreePtr tree = threeLayers();
    const QPalette palette = lightPalette();
    const Colouring colouring =
        colour(subjectOf(tree, {}), {.by = ColourBy::Layer, .baseLayers = 1, .palette = palette});
    // All that is seen comes from layer 1; h is another name of layer 1's g.
    QCOMPARE(namesOf(colouring), QStringList{QStringLiteral("0:1 155")});
    QCOMPARE(colouring.categories[0].fill, theme::layerColor(1, 1, palette));
    const Colouring first = colour(subjectOf(tree, {.kind = ViewSpec::Kind::At, .layer = 0}),
                                   {.by = ColourBy::Layer, .baseLayers = 1, .palette = palette});
    QCOMPARE(namesOf(first), QStringList{QStringLiteral("0:0 200")});
    QCOMPARE(first.categories[0].fill, theme::layerColor(0, 1, palette));
}

void TestTreemapColours::byChange_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("layer");
    QTest::addColumn<QStringList>("categories");
    const auto row = [](const char *name, ViewSpec::Kind kind, int layer, const QStringList &all) {
        QTest::newRow(name) << static_cast<int>(kind) << layer << all;
    };
    row("final: what the last layer that touched it did",
        ViewSpec::Kind::Final,
        0,
        {change(Change::Added, 5), change(Change::Modified, 120), change(Change::Metadata, 30)});
    row("after the first layer", ViewSpec::Kind::At, 0, {change(Change::Added, 200)});
    row("after the second: what lay there before is unmodified",
        ViewSpec::Kind::At,
        1,
        {change(Change::Unmodified, 70),
         change(Change::Added, 5),
         change(Change::Modified, 120),
         change(Change::Metadata, 30)});
    row("the third layer's change", ViewSpec::Kind::Layer, 2, {change(Change::Removed, 70)});
}

void TestTreemapColours::byChange()
{
    QFETCH(int, kind);
    QFETCH(int, layer);
    QFETCH(QStringList, categories);
    const ViewSpec spec{.kind = static_cast<ViewSpec::Kind>(kind),
                        .layer = static_cast<LayerIndex>(layer)};
    const Colouring colouring =
        colour(subjectOf(threeLayers(), spec), {.by = ColourBy::Change, .palette = lightPalette()});
    QCOMPARE(namesOf(colouring), categories);
}

void TestTreemapColours::hiddenByCause()
{
    const Image image = test::imageOf({"file a/x 100 x\nfile a/y 70 y\nfile g 30 g",
                                       "file a/x 120 z\nmode g 0755 30 g",
                                       "file a/.wh.y 0 -"});
    const Analysis analysis = analyze(image, Monitor()).value();
    const Subject subject = hiddenSubject(image.tree, analysis.waste);
    QCOMPARE(subject.sizes.total(), analysis.shadowedBytes);
    const Colouring colouring =
        colour(subject, {.by = ColourBy::Change, .palette = lightPalette()});
    const auto row = [](Cause cause, int bytes) {
        return QStringLiteral("%1:%2 %3")
            .arg(static_cast<int>(Category::Kind::Cause))
            .arg(static_cast<int>(cause))
            .arg(bytes);
    };
    QCOMPARE(namesOf(colouring),
             (QStringList{row(Cause::MetadataCopy, 30),
                          row(Cause::Rewritten, 100),
                          row(Cause::DeletedFile, 70)}));
}

void TestTreemapColours::byPackage()
{
    std::string lines = "file none 1000 x\n";
    Packages packages;
    for (int i = 0; i < 10; ++i) {
        lines += "file p" + std::to_string(i) + " " + std::to_string(100 - i) + " x\n";
    }
    const PathTreePtr tree = test::treeOf({lines});
    for (int i = 0; i < 10; ++i) {
        Package package;
        package.record.name = "p" + std::to_string(i);
        package.files = {tree->find("/p" + std::to_string(i))};
        packages.list.push_back(std::move(package));
    }
    packages.owners = PackageOwners(*tree, packages.list);
    const Subject subject = subjectOf(tree, {});
    const Colouring colouring = colour(
        subject, {.by = ColourBy::Package, .packages = &packages, .palette = lightPalette()});
    QCOMPARE(colouring.categories.size(), kColouredPackages + 2);
    QCOMPARE(colouring.categories[0].kind, Category::Kind::NoPackage); // heaviest first
    QCOMPARE(colouring.categories[0].bytes, std::uint64_t{1000});
    QCOMPARE(colouring.categories[1].kind, Category::Kind::OtherPackages);
    QCOMPARE(colouring.categories[1].bytes, std::uint64_t{92 + 91});
    QCOMPARE(colouring.categories[2].kind, Category::Kind::Package);
    QCOMPARE(colouring.categories[2].id, 0U);
    QCOMPARE(colouring.categories[2].bytes, std::uint64_t{100});
    const Colouring unread = colour(subject, {.by = ColourBy::Package, .palette = lightPalette()});
    QCOMPARE(unread.categories.size(), std::size_t{1});
    QCOMPARE(unread.categories[0].kind, Category::Kind::NoPackage);
}

void TestTreemapColours::legendKeepsTheHeaviest()
{
    Colouring colouring;
    for (const std::uint64_t bytes : {5, 90, 20, 70, 1}) {
        Category category;
        category.bytes = bytes;
        colouring.categories.push_back(category);
    }
    QCOMPARE(legendOf(colouring, 3), (std::vector<int>{1, 2, 3}));
    QCOMPARE(legendOf(colouring, 9), (std::vector<int>{0, 1, 2, 3, 4}));
}

void TestTreemapColours::labelsCanBeRead_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << lightPalette();
    QTest::newRow("dark") << darkPalette();
}

void TestTreemapColours::labelsCanBeRead()
{
    QFETCH(QPalette, palette);
    constexpr double kReadable = 4.5;
    std::vector<std::string> layers;
    for (int i = 0; i < 30; ++i) {
        layers.push_back("file f" + std::to_string(i) + (i % 2 == 0 ? ".py" : ".json") + " 100 x");
    }
    const PathTreePtr tree = test::treeOf(layers);
    for (const ColourBy by :
         {ColourBy::Layer, ColourBy::Change, ColourBy::Type, ColourBy::Package}) {
        const Drawn map = drawn(tree, {}, palette, by);
        for (const int highlighted : {-1, 0}) {
            const Look look{.palette = palette, .font = QFont(), .highlighted = highlighted};
            for (const Cell &cell : map.layout.cells()) {
                const QColor fill = cellFill(map.scene, cell, look);
                QVERIFY(theme::contrast(theme::textOn(fill), fill) >= kReadable);
            }
        }
    }
}

void TestTreemapColours::picturesShowTheColours()
{
    const PathTreePtr tree = test::treeOf({"file a 1000 x", "file b 1000 x"});
    const QPalette palette = lightPalette();
    const Drawn map = drawn(tree, {}, palette, ColourBy::Layer);
    const Look look{.palette = palette, .font = QFont()};
    for (const double ratio : {1.0, 2.0}) {
        const QImage picture = pictureOf(map.scene, map.layout, look, QSize(300, 200), ratio);
        QCOMPARE(picture.size(), QSize(300, 200) * ratio);
        for (const char *path : {"/a", "/b"}) {
            const Cell &cell = map.layout.cell(map.layout.cellOf(*tree, tree->find(path)));
            const QPoint corner = ((cell.rect.bottomRight() - QPointF(4, 4)) * ratio).toPoint();
            QCOMPARE(picture.pixelColor(corner), map.scene.categoryOf(cell).fill);
        }
    }
}

void TestTreemapColours::removedIsHatchedToo()
{
    const PathTreePtr tree =
        test::treeOf({"file a 1000 x\nfile k 5 k", "file .wh.a 0 -\nfile b 1000 x"});
    const QPalette palette = lightPalette();
    const Drawn map =
        drawn(tree, {.kind = ViewSpec::Kind::Layer, .layer = 1}, palette, ColourBy::Change);
    const Look look{.palette = palette, .font = QFont()};
    const QImage picture = pictureOf(map.scene, map.layout, look, QSize(300, 200), 1.0);
    const auto coloursIn = [&](const char *path) {
        const Cell &cell = map.layout.cell(map.layout.cellOf(*tree, tree->find(path)));
        std::set<QRgb> colours;
        for (int x = 0; x < 24; ++x) { // below the label
            colours.insert(picture.pixel((cell.rect.bottomLeft() + QPointF(4 + x, -8)).toPoint()));
        }
        return colours.size();
    };
    QVERIFY(coloursIn("/a") > 1);
    QCOMPARE(coloursIn("/b"), std::size_t{1});
}

void TestTreemapColours::theOthersFade()
{
    const PathTreePtr tree = test::treeOf({"file a 1000 x", "file b 1000 x"});
    const QPalette palette = lightPalette();
    const Drawn map = drawn(tree, {}, palette, ColourBy::Layer);
    const Look look{.palette = palette, .font = QFont(), .highlighted = 1};
    const Cell &faded = map.layout.cell(map.layout.cellOf(*tree, tree->find("/a")));
    const Cell &kept = map.layout.cell(map.layout.cellOf(*tree, tree->find("/b")));
    QCOMPARE(cellFill(map.scene, kept, look), map.scene.categoryOf(kept).fill);
    QVERIFY(theme::contrast(cellFill(map.scene, faded, look), palette.color(QPalette::Window))
            < 1.5);
}

void TestTreemapColours::namesAreEscapedAndBounded()
{
    const std::string longName(5000, 'n');
    const PathTreePtr tree = test::treeOf({"file a\u202Eb 1000 x\nfile " + longName + " 1000 x"});
    const Drawn map = drawn(tree, {}, lightPalette(), ColourBy::Layer);
    for (const Cell &cell : map.layout.cells()) {
        const QString name = cellName(*tree, cell);
        QVERIFY(!name.contains(QChar(0x202E)));
        QVERIFY(name.size() < 300);
    }
    QCOMPARE(cellName(*tree, map.layout.cell(0)), QStringLiteral("/"));
}

void TestTreemapColours::legendTakesLines()
{
    Scene scene;
    for (int i = 0; i < 5; ++i) {
        Category category;
        category.title = QStringLiteral("A category of some length");
        category.bytes = 1000;
        scene.colouring.categories.push_back(category);
    }
    const Look look{.palette = lightPalette(), .font = QFont()};
    const double one = paintLegend(nullptr, scene, look, QPointF(), 1e5);
    const double five = paintLegend(nullptr, scene, look, QPointF(), 100);
    QVERIFY(qAbs(five - 5 * one) < 0.01);
    QImage page(100, static_cast<int>(five) + 1, QImage::Format_RGB32);
    page.fill(Qt::white);
    const QImage before = page;
    QPainter painter(&page);
    QCOMPARE(paintLegend(&painter, scene, look, QPointF(), 100), five);
    painter.end();
    QVERIFY(page != before);
}

QTEST_MAIN(TestTreemapColours)
#include "tst_treemapcolours.moc"
