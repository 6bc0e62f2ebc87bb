// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/randomstack.h"
#include "tests/support/stack.h"
#include "ui/treemap/layout.h"

#include <QTest>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

using namespace cutaway;
using namespace cutaway::treemap;

namespace {

constexpr QRectF kArea(7, 11, 640, 400);

double areaOf(const QRectF &rect)
{
    return rect.width() * rect.height();
}

Sizes finalSizes(const PathTreePtr &tree)
{
    return sumUp(*tree, ownBytes(TreeView(tree, {})));
}

Layout finalLayout(const PathTreePtr &tree, NodeId root = kRoot, const Measures &measures = {})
{
    return layOut(*tree, finalSizes(tree), root, kArea, measures);
}

/// Directories in directories, files of all sizes: the same seed makes the same.
PathTreePtr randomTree(unsigned seed)
{
    std::mt19937 random(seed);
    std::string lines;
    std::string directory;
    for (int file = 0; file < 600; ++file) {
        if (random() % 9 == 0) {
            directory += "d" + std::to_string(random() % 4) + "/";
        } else if (random() % 9 == 0) {
            directory.clear();
        }
        const unsigned size = 1U << (random() % 22);
        lines += "file " + directory + "f" + std::to_string(file) + " "
                 + std::to_string(size + random() % 100) + " x\n";
    }
    return test::treeOf({lines});
}

/// Says what is wrong with a layout; empty where nothing is.
QString faultOf(const Layout &layout)
{
    constexpr double kRounding = 1e-6;
    for (int at = 0; at < layout.count(); ++at) {
        const Cell &cell = layout.cell(at);
        double children = 0;
        std::uint64_t bytes = 0;
        for (int i = cell.firstChild; i < cell.firstChild + cell.childCount; ++i) {
            const Cell &child = layout.cell(i);
            if (child.parent != at || child.depth != cell.depth + 1) {
                return QStringLiteral("cell %1 does not know its parent").arg(i);
            }
            if (!cell.rect.adjusted(-kRounding, -kRounding, kRounding, kRounding)
                     .contains(child.rect)) {
                return QStringLiteral("cell %1 stands out of its parent").arg(i);
            }
            for (int other = i + 1; other < cell.firstChild + cell.childCount; ++other) {
                const QRectF common = child.rect & layout.cell(other).rect;
                if (areaOf(common) > kRounding) {
                    return QStringLiteral("cells %1 and %2 overlap").arg(i).arg(other);
                }
            }
            children += areaOf(child.rect);
            bytes += child.bytes;
        }
        if (cell.childCount == 0) {
            continue;
        }
        if (bytes != cell.bytes) {
            return QStringLiteral("what is in cell %1 does not weigh what it weighs").arg(at);
        }
        for (int i = cell.firstChild; i < cell.firstChild + cell.childCount; ++i) {
            const Cell &child = layout.cell(i);
            const double wanted =
                children * static_cast<double>(child.bytes) / static_cast<double>(bytes);
            if (qAbs(areaOf(child.rect) - wanted) > 1e-6 * children + kRounding) {
                return QStringLiteral("cell %1 is not as large as its bytes").arg(i);
            }
        }
    }
    return {};
}

const Cell *cellNamed(const Layout &layout, const PathTree &tree, std::string_view path)
{
    const int at = layout.cellOf(tree, tree.find(path));
    return at < 0 ? nullptr : &layout.cell(at);
}

} // namespace

class TestTreemap : public QObject
{
    Q_OBJECT

private slots:
    void squaresFillTheArea_data();
    void squaresFillTheArea();
    void squaresAreNearToSquares();
    void layoutsHold_data();
    void layoutsHold();
    void layoutsOfStacksHold();
    void theSameEveryTime();
    void smallOnesArePutTogether();
    void costsWhatCanBeSeen();
    void depthIsBounded();
    void oneChildIsDrawnWithItsParent();
    void aFileThatWasADirectory();
    void findsCells();
    void arrowsReachEveryLeaf();
    void leadsAreTheHeaviest();
    void sizesAreThoseOfTheView();
    void hiddenBytesAreTheWaste();
    void nothingIsNothing();
};

void TestTreemap::squaresFillTheArea_data()
{
    QTest::addColumn<QList<double>>("weights");
    QTest::newRow("one") << QList<double>{5};
    QTest::newRow("the paper's") << QList<double>{6, 6, 4, 3, 2, 2, 1};
    QTest::newRow("equal") << QList<double>(37, 1.0);
    QTest::newRow("one giant") << QList<double>{1e18, 1, 1, 1};
    QTest::newRow("lightest first") << QList<double>{1, 2, 3, 100};
}

void TestTreemap::squaresFillTheArea()
{
    QFETCH(QList<double>, weights);
    const std::vector<QRectF> rects = squarify(weights, kArea);
    QCOMPARE(rects.size(), static_cast<std::size_t>(weights.size()));
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    double area = 0;
    for (std::size_t i = 0; i < rects.size(); ++i) {
        area += areaOf(rects[i]);
        const double wanted = areaOf(kArea) * weights[static_cast<qsizetype>(i)] / sum;
        QVERIFY2(qAbs(areaOf(rects[i]) - wanted) < 1e-3, qPrintable(QString::number(i)));
        for (std::size_t other = i + 1; other < rects.size(); ++other) {
            QVERIFY(areaOf(rects[i] & rects[other]) < 1e-6);
        }
    }
    QVERIFY(qAbs(area - areaOf(kArea)) < 1e-3);
}

void TestTreemap::squaresAreNearToSquares()
{
    // The paper's example in its 6 by 4 area: its first two are squares of 3 by 2, one over the
    // other at the left.
    const double weights[] = {6, 6, 4, 3, 2, 2, 1};
    const std::vector<QRectF> rects = squarify(weights, QRectF(0, 0, 6, 4));
    QCOMPARE(rects[0], QRectF(0, 0, 3, 2));
    QCOMPARE(rects[1], QRectF(0, 2, 3, 2));
    for (const QRectF &rect : rects) {
        const double ratio = rect.width() / rect.height();
        QVERIFY2(std::max(ratio, 1 / ratio) < 3.0, qPrintable(QString::number(ratio)));
    }
}

void TestTreemap::layoutsHold_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 12; ++seed) {
        QTest::addRow("tree %u", seed) << seed;
    }
}

void TestTreemap::layoutsHold()
{
    QFETCH(unsigned, seed);
    const PathTreePtr tree = randomTree(seed);
    const Layout layout = finalLayout(tree);
    QVERIFY(layout.count() > 20);
    QCOMPARE(faultOf(layout), QString());
}

void TestTreemap::layoutsOfStacksHold()
{
    int drawn = 0;
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        const PathTreePtr tree = test::treeOfMembers(test::randomStack(seed));
        for (LayerIndex layer = 0; layer < tree->layerCount(); ++layer) {
            const TreeView view(tree, {.kind = ViewSpec::Kind::Layer, .layer = layer});
            const Layout layout =
                layOut(*tree, sumUp(*tree, ownBytes(view)), kRoot, kArea, Measures());
            QCOMPARE(faultOf(layout), QString());
            drawn += layout.count();
        }
    }
    QVERIFY(drawn > 100);
}

void TestTreemap::theSameEveryTime()
{
    const PathTreePtr tree = randomTree(5);
    const Layout first = finalLayout(tree);
    const Layout second = finalLayout(tree);
    QCOMPARE(first.count(), second.count());
    for (int at = 0; at < first.count(); ++at) {
        QCOMPARE(first.cell(at).node, second.cell(at).node);
        QCOMPARE(first.cell(at).rect, second.cell(at).rect);
    }
}

void TestTreemap::smallOnesArePutTogether()
{
    std::string lines = "file d/large 1000000 x\n";
    for (int i = 0; i < 50; ++i) {
        lines += "file d/s" + std::to_string(i) + " 3 x\n";
    }
    const PathTreePtr tree = test::treeOf({lines + "file e 1000000 x"});
    const Layout layout = finalLayout(tree);
    const auto rest = std::ranges::find(layout.cells(), Cell::Kind::Rest, &Cell::kind);
    QVERIFY(rest != layout.cells().end());
    QCOMPARE(rest->count, 50U);
    QCOMPARE(rest->bytes, std::uint64_t{150});
    QCOMPARE(rest->node, tree->find("/d"));
    QCOMPARE(layout.cellOf(*tree, tree->find("/d/s7")), rest->parent);
    QVERIFY(!layout.isExactly(rest->parent, tree->find("/d/s7")));
    // One alone keeps its name.
    const PathTreePtr one = test::treeOf({"file d/large 1000000 x\nfile d/s 1 x"});
    const Layout small = finalLayout(one);
    QVERIFY(std::ranges::find(small.cells(), Cell::Kind::Rest, &Cell::kind) == small.cells().end());
    QCOMPARE(cellNamed(small, *one, "/d/s")->bytes, std::uint64_t{1});
}

void TestTreemap::costsWhatCanBeSeen()
{
    // Two hundred directories of a hundred files; each directory is far too small to be opened.
    std::string lines = "file large 2000000000 x\n";
    for (int i = 0; i < 20'000; ++i) {
        lines += "file d/" + std::to_string(i / 100) + "/f" + std::to_string(i) + " 20 x\n";
    }
    const PathTreePtr tree = test::treeOf({lines});
    const Sizes sizes = finalSizes(tree);
    const Layout layout = layOut(*tree, sizes, kRoot, kArea, Measures());
    QVERIFY2(layout.visited() < 10, qPrintable(QString::number(layout.visited())));
    QCOMPARE(layout.count(), 3); // the root, the file, the directory
    // However many files there are, cells are as many as fit.
    const Layout inside = layOut(*tree, sizes, tree->find("/d"), kArea, Measures());
    QVERIFY(inside.visited() <= 2 * 200 + 20'000);
    const double least = Measures().smallest * Measures().smallest;
    QVERIFY(inside.count() < areaOf(kArea) / least + 2 * 201);
    QCOMPARE(faultOf(inside), QString());
}

void TestTreemap::depthIsBounded()
{
    // Two paths, each a thousand directories deep, that part at the top: no chain of one child.
    std::string path;
    std::string lines;
    for (int i = 0; i < 1000; ++i) {
        path += "d/";
        lines += "file " + path + "f 1000 x\n";
    }
    const PathTreePtr tree = test::treeOf({lines});
    const Layout layout =
        layOut(*tree, finalSizes(tree), kRoot, QRectF(0, 0, 1e6, 1e6), Measures());
    const auto deepest = std::ranges::max(layout.cells(), {}, &Cell::depth).depth;
    QCOMPARE(int{deepest}, limits::kTreemapDepth);
    QVERIFY(layout.count() <= 2 * limits::kTreemapDepth + 2);
}

void TestTreemap::oneChildIsDrawnWithItsParent()
{
    const PathTreePtr tree = test::treeOf({"file a/b/c/one 5000 x\nfile a/b/c/two 5000 x\n"
                                           "dir a/b/empty\nfile z 9000 x"});
    const Layout layout = finalLayout(tree);
    const Cell *cell = cellNamed(layout, *tree, "/a/b/c");
    QVERIFY(cell != nullptr);
    QCOMPARE(cell->node, tree->find("/a/b/c"));
    QCOMPARE(cell->top, tree->find("/a"));
    QCOMPARE(cell->depth, std::int16_t{1});
    QCOMPARE(cellNamed(layout, *tree, "/a/b"), cell);
    QCOMPARE(cellNamed(layout, *tree, "/a"), cell);
    QCOMPARE(cell->childCount, 2);
    // A chain longer than the bound goes on in the next cell.
    std::string deep;
    for (int i = 0; i < 2 * limits::kTreemapChain; ++i) {
        deep += "d/";
    }
    const PathTreePtr chain = test::treeOf({"file " + deep + "f 1000 x\nfile g 1000 x"});
    const Layout nested = finalLayout(chain);
    QCOMPARE(faultOf(nested), QString());
    QCOMPARE(int{cellNamed(nested, *chain, deep + "f")->depth}, 3);
}

void TestTreemap::aFileThatWasADirectory()
{
    // In the second layer's change /a is a file, and what was below it is gone.
    const PathTreePtr tree =
        test::treeOf({"file a/x 4000 x\nfile a/y 1000 y", "file a 5000 z\nfile b 10000 b"});
    const TreeView view(tree, {.kind = ViewSpec::Kind::Layer, .layer = 1});
    const Layout layout = layOut(*tree, sumUp(*tree, ownBytes(view)), kRoot, kArea, Measures());
    QCOMPARE(faultOf(layout), QString());
    QCOMPARE(layout.cell(0).bytes, std::uint64_t{20'000});
    const Cell *cell = cellNamed(layout, *tree, "/a");
    QCOMPARE(cell->kind, Cell::Kind::Open);
    QCOMPARE(cell->bytes, std::uint64_t{10'000});
    const Cell &own = layout.cell(cell->firstChild);
    QCOMPARE(own.node, tree->find("/a"));
    QCOMPARE(own.kind, Cell::Kind::File);
    QCOMPARE(own.bytes, std::uint64_t{5000});
    // In the final view it is a file like others.
    QCOMPARE(cellNamed(finalLayout(tree), *tree, "/a")->kind, Cell::Kind::File);
}

void TestTreemap::findsCells()
{
    const PathTreePtr tree = randomTree(3);
    const Layout layout = finalLayout(tree);
    QCOMPARE(layout.cellAt(QPointF(0, 0)), -1);
    for (int at = 0; at < layout.count(); ++at) {
        const Cell &cell = layout.cell(at);
        if (cell.isLeaf() && areaOf(cell.rect) > 0.01) {
            QCOMPARE(layout.cellAt(cell.rect.center()), at);
        }
        if (cell.kind != Cell::Kind::Rest) {
            QCOMPARE(layout.cellOf(*tree, cell.node), at);
            QVERIFY(layout.isExactly(at, cell.node));
        }
    }
    const NodeId directory = tree->find("/d1");
    QVERIFY(directory != kNone);
    const Layout inside = finalLayout(tree, directory);
    QCOMPARE(inside.root(), directory);
    QCOMPARE(inside.cell(0).rect, kArea);
    QCOMPARE(inside.cellOf(*tree, tree->find("/d2")), -1);
}

void TestTreemap::arrowsReachEveryLeaf()
{
    std::string lines;
    for (int i = 0; i < 60; ++i) {
        lines += "file d" + std::to_string(i % 7) + "/f" + std::to_string(i) + " "
                 + std::to_string(100 * (i % 13) + 500) + " x\n";
    }
    const PathTreePtr tree = test::treeOf({lines});
    const Layout layout = finalLayout(tree);
    std::set<int> leaves;
    for (int at = 0; at < layout.count(); ++at) {
        if (layout.cell(at).isLeaf()) {
            leaves.insert(at);
        }
    }
    std::set<int> reached = {*leaves.begin()};
    std::vector<int> next = {*leaves.begin()};
    while (!next.empty()) {
        const int from = next.back();
        next.pop_back();
        for (const Direction direction :
             {Direction::Left, Direction::Right, Direction::Up, Direction::Down}) {
            const int to = layout.neighbour(from, direction);
            if (to >= 0 && reached.insert(to).second) {
                next.push_back(to);
            }
        }
    }
    QCOMPARE(leaves.size(), std::size_t{60});
    QVERIFY(reached == leaves);
    // Right goes right, and at the edge it goes nowhere.
    int at = *leaves.begin();
    for (int right = at; right >= 0; right = layout.neighbour(at, Direction::Right)) {
        QVERIFY(right == at
                || layout.cell(right).rect.left() >= layout.cell(at).rect.right() - 0.1);
        at = right;
    }
    QVERIFY(layout.cell(at).rect.right() > kArea.right() - 6);
}

void TestTreemap::leadsAreTheHeaviest()
{
    const PathTreePtr tree =
        test::treeOf({"file a/x 100 x\nfile a/y 300 x\nfile b/z 350 x\nfile c 10 x"});
    const Sizes sizes = finalSizes(tree);
    QCOMPARE(sizes.total(), std::uint64_t{760});
    QCOMPARE(sizes.bytes[tree->find("/a")], std::uint64_t{400});
    QCOMPARE(sizes.lead[kRoot], tree->find("/a/y"));
    QCOMPARE(sizes.lead[tree->find("/b")], tree->find("/b/z"));
    QCOMPARE(sizes.lead[tree->find("/c")], tree->find("/c"));
}

void TestTreemap::sizesAreThoseOfTheView()
{
    const PathTreePtr tree = test::treeOf({"file a/x 100 x\nfile a/y 70 y\nfile g 30 g",
                                           "file a/x 120 z\nfile a/.wh.y 0 -\nhardlink h -> g"});
    const auto sizeOf = [&](ViewSpec spec, std::string_view path) {
        return sumUp(*tree, ownBytes(TreeView(tree, spec))).bytes[tree->find(path)];
    };
    const ViewSpec first{.kind = ViewSpec::Kind::At, .layer = 0};
    const ViewSpec change{.kind = ViewSpec::Kind::Layer, .layer = 1};
    QCOMPARE(sizeOf({}, "/"), std::uint64_t{150}); // both names of g are one file
    QCOMPARE(sizeOf(first, "/"), std::uint64_t{200});
    QCOMPARE(sizeOf(first, "/a"), std::uint64_t{170});
    QCOMPARE(sizeOf(change, "/a/x"), std::uint64_t{120}); // what it ships, not what it hides
    QCOMPARE(sizeOf(change, "/a/y"), std::uint64_t{70});  // nothing: so what it hides
    QCOMPARE(sizeOf(change, "/"), std::uint64_t{190});
}

void TestTreemap::hiddenBytesAreTheWaste()
{
    const PathTreePtr tree = test::treeOf({"file a/x 100 x\nfile b 30 b", "file a/x 120 z"});
    const EntryId first = tree->node(tree->find("/a/x")).firstEntry;
    const std::vector<WasteItem> waste = {
        {.entry = first, .bytes = 100, .layer = 0, .hiddenBy = 1, .cause = Cause::Rewritten}};
    const Sizes sizes = sumUp(*tree, hiddenBytes(*tree, waste));
    QCOMPARE(sizes.total(), std::uint64_t{100});
    QCOMPARE(sizes.bytes[tree->find("/a/x")], std::uint64_t{100});
    QCOMPARE(sizes.bytes[tree->find("/b")], std::uint64_t{0});
}

void TestTreemap::nothingIsNothing()
{
    const PathTreePtr tree = test::treeOf({"dir a\nfile b 0 -"});
    QCOMPARE(finalLayout(tree).count(), 0);
    QCOMPARE(finalLayout(tree).root(), kNone);
    const PathTreePtr some = test::treeOf({"file a 5 x"});
    QCOMPARE(layOut(*some, finalSizes(some), kRoot, QRectF(), Measures()).count(), 0);
    QVERIFY(squarify({}, kArea).empty());
}

QTEST_APPLESS_MAIN(TestTreemap)
#include "tst_treemap.moc"
