// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/filterregex.h"
#include "tests/support/stack.h"
#include "ui/models/filetreemodel.h"
#include "ui/models/roles.h"

#include <QAbstractItemModelTester>
#include <QSet>
#include <QTest>

using namespace cutaway;

namespace {

using Tester = QAbstractItemModelTester;
constexpr auto kReport = Tester::FailureReportingMode::QtTest;

PathTreePtr sampleTree()
{
    return test::treeOf({"dir usr\nfile usr/big 900 a\nfile usr/a 10 b\nmode usr/su 04755 50 c\n"
                         "symlink lib -> usr/lib\nfile etc/passwd 5 d",
                         "file usr/.wh.big 0 -\nmode usr/a 0600 10 b\nfile new 7 e"});
}

FileTreeModel::ViewPtr viewOf(const PathTreePtr &tree, ViewSpec spec = {})
{
    return std::make_shared<const TreeView>(tree, spec);
}

FileTreeModel::FilterPtr filterOf(const FileTreeModel::ViewPtr &view, std::string_view line)
{
    const auto filter = parseFileFilter(line, compileRegex);
    return filter ? std::make_shared<const FilterResult>(*applyFilter(*view, *filter, Monitor()))
                  : nullptr;
}

/// Every row, a line each: depth as dots, name, size, change.
QString textOf(const FileTreeModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const auto cell = [&index](int column) {
            return index.siblingAtColumn(column).data().toString();
        };
        text += QString(depth, QLatin1Char('.')) + cell(FileTreeModel::NameColumn)
                + QLatin1Char(' ') + cell(FileTreeModel::SizeColumn) + QLatin1Char(' ')
                + cell(FileTreeModel::ChangeColumn);
        text = text.trimmed() + QLatin1Char('\n') + textOf(model, index, depth + 1);
    }
    return text;
}

} // namespace

class TestFileTreeModel : public QObject
{
    Q_OBJECT

private slots:
    void showsViews_data();
    void showsViews();
    void sorts_data();
    void sorts();
    void sortingKeepsPersistentIndexes();
    void filters_data();
    void filters();
    void findsNodes();
    void tellsCells();
    void tellsPackages();
    void escapesNames();
    void emptyModel();
    void millionNodesAreLazy();
    void idsAreSpread();
};

void TestFileTreeModel::showsViews_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::newRow("final")
        << static_cast<int>(ViewSpec::Kind::Final)
        << QStringLiteral("etc 5 B\n.passwd 5 B\nlib –\nnew 7 B\nusr 60 B\n.a 10 B\n.su 50 B\n");
    QTest::newRow("changes of a layer")
        << static_cast<int>(ViewSpec::Kind::Layer)
        << QStringLiteral(
               "new 7 B + added\nusr 10 B ·\n.a 10 B ◇ metadata\n.big 900 B − removed\n");
    QTest::newRow("after a layer")
        << static_cast<int>(ViewSpec::Kind::At)
        << QStringLiteral("etc 5 B\n.passwd 5 B\nlib –\nnew 7 B + added\nusr 60 B ·\n.a 10 B ◇ "
                          "metadata\n.su 50 B\n");
}

void TestFileTreeModel::showsViews()
{
    QFETCH(int, kind);
    QFETCH(QString, text);
    FileTreeModel model;
    const Tester tester(&model, kReport);
    model.setView(viewOf(sampleTree(), {static_cast<ViewSpec::Kind>(kind), 1}), nullptr);
    QCOMPARE(textOf(model), text);
}

void TestFileTreeModel::sorts_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<bool>("down");
    QTest::addColumn<QString>("names");
    QTest::newRow("by name") << int{FileTreeModel::NameColumn} << false
                             << QStringLiteral("etc lib new usr");
    QTest::newRow("by name, turned round")
        << int{FileTreeModel::NameColumn} << true << QStringLiteral("usr new lib etc");
    QTest::newRow("largest first")
        << int{FileTreeModel::SizeColumn} << true << QStringLiteral("usr new etc lib");
    QTest::newRow("by layer, equal ones by name")
        << int{FileTreeModel::LayerColumn} << true << QStringLiteral("new etc lib usr");
}

void TestFileTreeModel::sorts()
{
    QFETCH(int, column);
    QFETCH(bool, down);
    QFETCH(QString, names);
    FileTreeModel model;
    const Tester tester(&model, kReport);
    model.setView(viewOf(sampleTree()), nullptr);
    model.sort(column, down ? Qt::DescendingOrder : Qt::AscendingOrder);
    QStringList found;
    for (int row = 0; row < model.rowCount(); ++row) {
        found << model.index(row, 0).data().toString();
    }
    QCOMPARE(found.join(QLatin1Char(' ')), names);
}

void TestFileTreeModel::sortingKeepsPersistentIndexes()
{
    FileTreeModel model;
    const Tester tester(&model, kReport);
    const PathTreePtr tree = sampleTree();
    model.setView(viewOf(tree), nullptr);
    const QPersistentModelIndex kept(
        model.indexOf(tree->find("/usr/su"), FileTreeModel::ModeColumn));
    QVERIFY(kept.isValid());
    model.sort(FileTreeModel::SizeColumn, Qt::DescendingOrder);
    QCOMPARE(model.node(kept), tree->find("/usr/su"));
    QCOMPARE(kept.row(), 0);
    QCOMPARE(kept.column(), int{FileTreeModel::ModeColumn});
}

void TestFileTreeModel::filters_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("text");
    QTest::newRow("by name") << QStringLiteral("passwd")
                             << QStringLiteral("etc 5 B\n.passwd 5 B\n");
    QTest::newRow("by type") << QStringLiteral("type:setuid")
                             << QStringLiteral("usr 60 B\n.su 50 B\n");
    QTest::newRow("by expression")
        << QStringLiteral("/^(su|new)$/") << QStringLiteral("new 7 B\nusr 60 B\n.su 50 B\n");
    QTest::newRow("nothing") << QStringLiteral("zzz") << QString();
}

void TestFileTreeModel::filters()
{
    QFETCH(QString, line);
    QFETCH(QString, text);
    FileTreeModel model;
    const Tester tester(&model, kReport);
    const FileTreeModel::ViewPtr view = viewOf(sampleTree());
    model.setView(view, filterOf(view, line.toStdString()));
    QCOMPARE(textOf(model), text);
    model.sort(FileTreeModel::SizeColumn, Qt::DescendingOrder);
    QCOMPARE(textOf(model).size(), text.size());
}

void TestFileTreeModel::findsNodes()
{
    FileTreeModel model;
    const PathTreePtr tree = sampleTree();
    model.setView(viewOf(tree), nullptr);
    QCOMPARE(model.nearestShown("/usr/big/gone"), tree->find("/usr"));
    QCOMPARE(model.nearestShown("/nowhere"), kNone);
    QVERIFY(!model.indexOf(tree->find("/usr/big")).isValid());
    QVERIFY(!model.indexOf(kRoot).isValid());
    const QModelIndex su = model.indexOf(tree->find("/usr/su"));
    QCOMPARE(su.parent(), model.indexOf(tree->find("/usr")));
    QCOMPARE(su.data(role::Path).toByteArray(), QByteArray("/usr/su"));
}

void TestFileTreeModel::tellsCells()
{
    FileTreeModel model;
    const PathTreePtr tree = sampleTree();
    model.setView(viewOf(tree, {ViewSpec::Kind::Layer, 1}), nullptr);
    const QModelIndex big = model.indexOf(tree->find("/usr/big"));
    QVERIFY(big.data(role::Struck).toBool());
    QCOMPARE(big.data(role::ChangeKind).toInt(), static_cast<int>(Change::Removed));
    QCOMPARE(big.siblingAtColumn(FileTreeModel::SizeColumn).data(role::Sort).toULongLong(), 900U);
    QCOMPARE(big.siblingAtColumn(FileTreeModel::SizeColumn).data(role::Total).toULongLong(), 927U);
    QVERIFY(big.siblingAtColumn(FileTreeModel::SizeColumn)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QLatin1String("900 bytes")));

    model.setView(viewOf(tree), nullptr);
    const QModelIndex su = model.indexOf(tree->find("/usr/su"));
    QCOMPARE(su.siblingAtColumn(FileTreeModel::ModeColumn).data().toString(),
             QStringLiteral("-rwsr-xr-x"));
    QCOMPARE(su.siblingAtColumn(FileTreeModel::OwnerColumn).data().toString(),
             QStringLiteral("0:0"));
    QCOMPARE(su.siblingAtColumn(FileTreeModel::LayerColumn).data(role::Sort).toInt(), 0);
    QCOMPARE(model.indexOf(tree->find("/lib")).data(role::Suffix).toString(),
             QStringLiteral("→ usr/lib"));
}

void TestFileTreeModel::tellsPackages()
{
    const PathTreePtr tree = sampleTree();
    const NodeId usr = tree->find("/usr");
    const auto package = [](const char *name, std::vector<NodeId> files) {
        Package made;
        made.record.name = name;
        made.record.version = "1";
        made.files = std::move(files);
        return made;
    };
    auto inspection = std::make_shared<Inspection>();
    Image image;
    image.tree = tree;
    inspection->image = std::make_shared<const Image>(std::move(image));
    Packages &packages = inspection->packages.emplace();
    packages.list = {package("<b>", {tree->find("/usr/a"), tree->find("/usr/su")}),
                     package("two", {tree->find("/usr/su")}),
                     package("etc", {})};
    packages.list[0].directories = {usr};
    packages.list[1].directories = {usr};
    packages.list[1].gone = {tree->find("/usr/big")};
    packages.list[2].directories = {tree->find("/etc")};
    packages.owners = PackageOwners(*tree, packages.list);

    FileTreeModel model;
    const auto tip = [&](std::string_view path) {
        return model.indexOf(tree->find(path)).data(Qt::ToolTipRole).toString();
    };
    const QString word = QStringLiteral("Package: ");
    model.setView(viewOf(tree), nullptr);
    QVERIFY(!tip("/usr/a").contains(word));
    model.setInspection(inspection);
    QVERIFY(tip("/usr/a").contains(word + QStringLiteral("&lt;b&gt; 1")));
    QVERIFY(tip("/usr/su").contains(word + QStringLiteral("&lt;b&gt; 1, two 1")));
    QVERIFY(!tip("/usr").contains(word)); // two share it
    QVERIFY(tip("/etc").contains(word + QStringLiteral("etc 1")));
    QVERIFY(!tip("/new").contains(word));
    model.setView(viewOf(tree, {ViewSpec::Kind::Layer, 1}), nullptr);
    QVERIFY(tip("/usr/big").contains(word + QStringLiteral("two 1")));
    model.setView(viewOf(sampleTree()), nullptr); // of another tree nothing is known
    QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().contains(word));
}

void TestFileTreeModel::escapesNames()
{
    FileTreeModel model;
    const PathTreePtr tree = test::treeOf({"file <b>\x1b\xff 1 x"});
    model.setView(viewOf(tree), nullptr);
    const QModelIndex index = model.index(0, 0);
    QCOMPARE(index.data().toString(), QStringLiteral("<b>\\x1b\\xff"));
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(QLatin1String("&lt;b&gt;\\x1b")));
    QCOMPARE(index.data(role::Path).toByteArray(), QByteArray("/<b>\x1b\xff"));
}

void TestFileTreeModel::emptyModel()
{
    FileTreeModel model;
    const Tester tester(&model, kReport);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.hasChildren());
    model.sort(FileTreeModel::SizeColumn, Qt::DescendingOrder);
    model.setView(viewOf(test::treeOf({""})), nullptr);
    QCOMPARE(model.rowCount(), 0);
}

/// Counts the work, not the time: what nobody opens must cost nothing.
void TestFileTreeModel::millionNodesAreLazy()
{
    constexpr int kDirectories = 1000;
    constexpr int kFiles = 1000;
    LayerTree layer;
    Entry entry;
    entry.size = 1;
    for (int directory = 0; directory < kDirectories; ++directory) {
        const std::string prefix = "d" + std::to_string(directory) + "/f";
        for (int file = 0; file < kFiles; ++file) {
            QVERIFY(layer.append(prefix + std::to_string(file), entry).has_value());
        }
    }
    PathTreeBuilder builder;
    builder.add(std::move(layer));
    const PathTreePtr tree = *builder.finish(Monitor());
    FileTreeModel model;
    const FileTreeModel::ViewPtr view = viewOf(tree);
    model.setView(view, nullptr);
    QCOMPARE(model.childrenVisited(), 0U);
    QCOMPARE(model.rowCount(), kDirectories);
    QCOMPARE(model.childrenVisited(), quint64{kDirectories});
    for (int row = 0; row < 50; ++row) { // a screen
        const QModelIndex index = model.index(row, 0);
        QVERIFY(model.hasChildren(index));
        QVERIFY(!index.data().toString().isEmpty());
    }
    QCOMPARE(model.childrenVisited(), quint64{kDirectories} + 50);
    const QModelIndex opened = model.index(7, 0);
    QCOMPARE(model.rowCount(opened), kFiles);
    for (int row = 0; row < kFiles; ++row) {
        QCOMPARE(model.index(row, 0, opened).parent(), opened);
    }
    QCOMPARE(model.childrenVisited(), quint64{kDirectories} + 50 + kFiles);

    model.setView(view, filterOf(view, "f999"));
    QCOMPARE(model.rowCount(), kDirectories);
    QCOMPARE(model.rowCount(model.index(0, 0)), 1);
}

void TestFileTreeModel::idsAreSpread()
{
    // Qt 6.4 hashes row * 16 + column + internalId; sequential ids would share a handful of
    // buckets.
    FileTreeModel model;
    const PathTreePtr tree = sampleTree();
    model.setView(viewOf(tree), nullptr);
    QSet<quintptr> low;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        QCOMPARE(model.indexOf(model.node(index)), index);
        low.insert(index.internalId() >> 40U);
    }
    QCOMPARE(low.size(), model.rowCount());
}

QTEST_MAIN(TestFileTreeModel)
#include "tst_filetreemodel.moc"
