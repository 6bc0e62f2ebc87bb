// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/stack.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

class TestPathTree : public QObject
{
    Q_OBJECT

private slots:
    void finalTree_data();
    void finalTree();
    void fates_data();
    void fates();
    void layerView();
    void viewAfterEachLayer();
    void sumsCountLinkedFilesOnce();
    void finds();
    void symlinkedParentsAreNoted();
    void namesAreBytes();
    void deepPathsNeedNoRecursion();
};

namespace {

using Layers = std::vector<std::string>;

void row(const char *name, const Layers &layers, const char *expected)
{
    QTest::newRow(name) << layers << QString::fromUtf8(expected);
}

} // namespace
Q_DECLARE_METATYPE(Layers)

void TestPathTree::finalTree_data()
{
    QTest::addColumn<Layers>("layers");
    QTest::addColumn<QString>("expected");

    row("siblings are sorted bytewise",
        {"file b 1 x\nfile B 1 x\nfile a 1 x"},
        "= /B file 1 @0\n= /a file 1 @0\n= /b file 1 @0\n");
    row("spelling of names",
        {"file ./a/x 1 x\nfile /a//y 1 x\nfile a/b/../z 1 x\ndir a/"},
        "= /a dir 0 @0\n= /a/x file 1 @0\n= /a/y file 1 @0\n= /a/z file 1 @0\n");
    row("nothing leaves the root", {"file ../../a 1 x"}, "= /a file 1 @0\n");
    row("missing parents are made",
        {"file a/b/c 1 x"},
        "= /a dir 0 @0\n= /a/b dir 0 @0\n= /a/b/c file 1 @0\n");
    row("made parents outlive their children",
        {"file a/b/c 1 x", "file a/b/.wh.c 0 x"},
        "= /a dir 0 @0\n= /a/b dir 0 @0\n");
    row("a whiteout hides a file",
        {"file a 1 x\nfile b 1 x", "file .wh.a 0 x"},
        "= /b file 1 @0\n");
    row("a whiteout hides a directory and what is in it", {"file a/b/c 1 x", "file .wh.a 0 x"}, "");
    row("a whiteout spares its own layer, before and after",
        {"file d/old 1 x", "file d/one 1 x\nfile .wh.d 0 x\nfile d/two 1 x"},
        "= /d dir 0 @1\n= /d/one file 1 @1\n= /d/two file 1 @1\n");
    row("an opaque marker hides what is below, wherever it stands",
        {"dir d\nfile d/old 1 x\nfile keep 1 x", "file d/new 1 x\nfile d/.wh..wh..opq 0 x"},
        "= /d dir 0 @0\n= /d/new file 1 @1\n= /keep file 1 @0\n");
    row("an opaque root",
        {"file a 1 x\nfile b/c 1 x", "file .wh..wh..opq 0 x\nfile only 1 x"},
        "= /only file 1 @1\n");
    row("whiteouts of nothing",
        {"file f 1 x", "file .wh.nope 0 x\nfile no/such/.wh.dir 0 x"},
        "= /f file 1 @0\n");
    row("whiteouts that name nothing",
        {"file a/f 1 x", "file .wh. 0 x\nfile a/.wh.. 0 x\nfile a/.wh... 0 x"},
        "= /a dir 0 @0\n= /a/f file 1 @0\n");
    row("aufs leftovers are not files",
        {"file f 1 x\nfile .wh..wh.aufs 0 x\nfile .wh..wh.plnk 0 x"},
        "= /f file 1 @0\n");
    row("a directory may be named like a whiteout",
        {"file etc/passwd 1 x", "file .wh.etc/some 1 x"},
        "= /.wh.etc dir 0 @1\n= /.wh.etc/some file 1 @1\n= /etc dir 0 @0\n= /etc/passwd file 1 "
        "@0\n");
    row("a file replaces a directory", {"file x/y 1 x", "file x 2 x"}, "= /x file 2 @1\n");
    row("a directory replaces a file",
        {"file x 1 x", "dir x\nfile x/y 2 x"},
        "= /x dir 0 @1\n= /x/y file 2 @1\n");
    row("an entry below a file makes it a directory",
        {"file x 1 x", "file x/y 2 x"},
        "= /x dir 0 @1\n= /x/y file 2 @1\n");
    row("a directory named again keeps what is in it",
        {"dir d\nfile d/a 1 x", "dir d"},
        "= /d dir 0 @1\n= /d/a file 1 @0\n");
    row("the last of doubled entries counts", {"file a 1 x\nfile a 2 y"}, "= /a file 2 @0\n");
    row("a file, a directory and a file again in one layer",
        {"file a 1 x\nfile a/b 2 x\nfile a 3 x"},
        "= /a file 3 @0\n");
    row("hard link to a lower layer",
        {"file a 500 x", "hardlink b -> a"},
        "= /a file 500 @0\n= /b file 500 @1\n");
    row("replacing one name leaves the other",
        {"file a 300 x\nhardlink b -> a", "file a 3 y"},
        "= /a file 3 @1\n= /b file 300 @0\n");
    row("hard link to what comes later in its layer",
        {"hardlink h -> later\nfile later 7 x"},
        "= /h file 7 @0\n= /later file 7 @0\n");
    row("hard link to itself", {"file f 5 x\nhardlink f -> f"}, "= /f file 5 @0\n");
    row("hard links in a ring",
        {"hardlink a -> b\nhardlink b -> a"},
        "= /a file 0 @0\n= /b file 0 @0\n");
    row("hard link to a symbolic link",
        {"file t 1 x\nsymlink s -> t\nhardlink h -> s"},
        "= /h symlink 0 @0\n= /s symlink 0 @0\n= /t file 1 @0\n");
    row("hard link to a link",
        {"hardlink c -> b\nhardlink b -> a\nfile a 4 x"},
        "= /a file 4 @0\n= /b file 4 @0\n= /c file 4 @0\n");
    row("nor one below a directory that became opaque, by the layer's first entry",
        {"file d/a 9 x", "hardlink b -> d/a\nfile d/.wh..wh..opq 0 x"},
        "= /b file 0 @1\n= /d dir 0 @0\n");
    row("a path that a whiteout hid can be linked to no more",
        {"file a 9 x", "file .wh.a 0 x\nhardlink b -> a"},
        "= /b file 0 @1\n");
}

void TestPathTree::finalTree()
{
    QFETCH(Layers, layers);
    QFETCH(QString, expected);
    const TreeView view(treeOf(layers), {});
    QCOMPARE(QString::fromStdString(textOf(view)), expected);
}

void TestPathTree::fates_data()
{
    QTest::addColumn<Layers>("layers");
    QTest::addColumn<QString>("expected");

    row("visible", {"file a 1 x"}, "/a @0 1 visible\n");
    row("metadata copy",
        {"mode a 0644 9 x", "mode a 0755 9 x"},
        "/a @0 9 metadataCopy by 1\n/a @1 9 visible\n");
    row("rewritten", {"file a 9 x", "file a 9 y"}, "/a @0 9 rewritten by 1\n/a @1 9 visible\n");
    row("rewritten wins over the whiteout of the same layer",
        {"file a 9 x", "file .wh.a 0 x\nfile a 8 y"},
        "/a @0 9 rewritten by 1\n/a @1 8 visible\n");
    row("deleted file", {"file a 9 x", "file .wh.a 0 x"}, "/a @0 9 deletedFile by 1\n");
    row("deleted directory",
        {"file d/a 9 x", "file .wh.d 0 x"},
        "/d/a @0 9 deletedDirectory by 1\n");
    row("whiteout of file and directory",
        {"file d/a 9 x", "file .wh.d 0 x\nfile d/.wh.a 0 x"},
        "/d/a @0 9 deletedFile by 1\n");
    row("opaque", {"file d/a 9 x", "file d/.wh..wh..opq 0 x"}, "/d/a @0 9 opaque by 1\n");
    row("type change at the path", {"file a 9 x", "symlink a -> b"}, "/a @0 9 typeChange by 1\n");
    row("type change above",
        {"file d/a 9 x", "file d 1 x"},
        "/d @1 1 visible\n/d/a @0 9 typeChange by 1\n");
    row("doubled entry",
        {"file a 9 x\nfile a 8 y"},
        "/a @0 9 duplicateEntry by 0\n/a @0 8 visible\n");
    row("the first to hide it counts",
        {"file a 9 x", "file .wh.a 0 x", "file a 9 x", "file a 7 x"},
        "/a @0 9 deletedFile by 1\n/a @2 9 rewritten by 3\n/a @3 7 visible\n");
    row("empty layers between",
        {"file a 9 x", "", "", "file .wh.a 0 x", ""},
        "/a @0 9 deletedFile by 3\n");
    row("a linked file lives while a name does",
        {"file a 9 x\nhardlink b -> a", "file .wh.a 0 x"},
        "/a @0 9 visible\n");
    row("and dies with the last name",
        {"file a 9 x\nhardlink b -> a", "file .wh.a 0 x", "file b 1 y"},
        "/a @0 9 rewritten by 2\n/b @2 1 visible\n");
    row("of names that went together the first path tells the cause",
        {"file z 9 x\nhardlink a -> z\nhardlink m/b -> z",
         "file .wh.a 0 x\nfile .wh.z 0 x\nfile m 0 x"},
        "/m @1 0 visible\n/z @0 9 deletedFile by 1\n");
    row("chmod of a linked name",
        {"file a 9 x\nhardlink b -> a", "mode a 0755 9 x\nhardlink b -> a"},
        "/a @0 9 metadataCopy by 1\n/a @1 9 visible\n");
}

void TestPathTree::fates()
{
    QFETCH(Layers, layers);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(fatesOf(*treeOf(layers))), expected);
}

void TestPathTree::layerView()
{
    const PathTreePtr tree =
        treeOf({"mode a 0644 9 x\nfile b 1 x\ndir d\nfile d/f 5 x\nfile d/g 6 x\nfile same 1 x",
                "mode a 0755 9 x\nfile b 2 y\nfile .wh.d 0 x\nfile new/n 3 x\nfile same 1 x"});
    const TreeView view(tree, {ViewSpec::Kind::Layer, 1});
    QCOMPARE(QString::fromStdString(textOf(view)),
             QStringLiteral("* /a file 9 @1\n"
                            "~ /b file 2 @1\n"
                            "- /d dir 0 @0\n"
                            "- /d/f file 5 @0\n"
                            "- /d/g file 6 @0\n"
                            "+ /new dir 0 @1\n"
                            "+ /new/n file 3 @1\n"
                            "= /same file 1 @1\n"));
    QCOMPARE(view.bytes(kRoot), 9U + 2U + 3U + 1U);
    QCOMPARE(view.removedBytes(kRoot), 9U + 1U + 5U + 6U + 1U);
    QVERIFY(view.hasChangesBelow(kRoot));
}

void TestPathTree::viewAfterEachLayer()
{
    const PathTreePtr tree =
        treeOf({"file a 1 x\nfile b 1 x", "file .wh.a 0 x\nfile c 2 x", "file a 3 x"});
    QCOMPARE(QString::fromStdString(textOf(TreeView(tree, {ViewSpec::Kind::At, 0}))),
             QStringLiteral("+ /a file 1 @0\n+ /b file 1 @0\n"));
    QCOMPARE(QString::fromStdString(textOf(TreeView(tree, {ViewSpec::Kind::At, 1}))),
             QStringLiteral("= /b file 1 @0\n+ /c file 2 @1\n"));
    QCOMPARE(QString::fromStdString(textOf(TreeView(tree, {ViewSpec::Kind::At, 2}))),
             QStringLiteral("+ /a file 3 @2\n= /b file 1 @0\n= /c file 2 @1\n"));
}

void TestPathTree::sumsCountLinkedFilesOnce()
{
    const TreeView view(treeOf({"file d/a 10 x\nhardlink d/b -> d/a\nfile c 5 x"}), {});
    QCOMPARE(view.bytes(kRoot), 15U);
    QCOMPARE(view.files(kRoot), 3U);
    QCOMPARE(view.shownCount(), 5U);
}

void TestPathTree::finds()
{
    const PathTreePtr tree = treeOf({"file usr/bin/a 1 x\nfile usr/bin/b 1 x"});
    QVERIFY(tree->find("/usr/bin/b") != kNone);
    QCOMPARE(tree->find("usr//bin/./b/"), tree->find("/usr/bin/b"));
    QCOMPARE(tree->path(tree->find("/usr/bin/b")), std::string("/usr/bin/b"));
    QCOMPARE(tree->find("/usr/bin/c"), kNone);
    QCOMPARE(tree->find("/usr/bin/b/c"), kNone);
    QCOMPARE(tree->find("/"), kRoot);
    QCOMPARE(tree->find(""), kRoot);
}

void TestPathTree::symlinkedParentsAreNoted()
{
    const PathTreePtr tree = treeOf({"symlink lib -> usr/lib", "file lib/x 1 x"});
    QCOMPARE(tree->symlinkedParents().size(), std::size_t{1});
    QCOMPARE(tree->path(tree->symlinkedParents()[0].node), std::string("/lib"));
    QCOMPARE(tree->symlinkedParents()[0].layer, LayerIndex{1});
    QVERIFY(
        treeOf({"symlink lib -> usr/lib", "dir lib\nfile lib/x 1 x"})->symlinkedParents().empty());
}

void TestPathTree::namesAreBytes()
{
    const PathTreePtr tree = treeOf({"file caf\xe9 1 x\nfile caf\xc3\xa9 1 x"});
    QVERIFY(tree->find("/caf\xe9") != kNone);
    QVERIFY(tree->find("/caf\xe9") != tree->find("/caf\xc3\xa9"));
}

void TestPathTree::deepPathsNeedNoRecursion()
{
    std::string path = "f";
    for (int i = 0; i < 100'000; ++i) {
        path.insert(0, "d/");
    }
    Limits raised;
    raised.pathDepth = 200'000;
    const PathTreePtr tree = treeOf({"file " + path + " 1 x", "file .wh.d 0 x"}, raised);
    QCOMPARE(TreeView(tree, {}).shownCount(), 1U);
    QCOMPARE(TreeView(tree, {ViewSpec::Kind::At, 0}).bytes(kRoot), 1U);
}

QTEST_APPLESS_MAIN(TestPathTree)
#include "tst_pathtree.moc"
