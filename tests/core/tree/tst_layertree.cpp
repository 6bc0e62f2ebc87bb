// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.h"
#include "tests/support/stack.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

class TestLayerTree : public QObject
{
    Q_OBJECT

private slots:
    void countsByKind();
    void whiteoutsPointAtWhatTheyHide();
    void invalidWhiteoutsAreKeptApart();
    void unsafePathsAreFlagged();
    void longPathsAreRefused();
    void namelessFilesHoldNoBytes();
};

void TestLayerTree::countsByKind()
{
    const LayerTree layer =
        layerOf("file a 5 x\nhardlink b -> a\ndir d\nsymlink s -> a\nchar c\nfile .wh.w 0 x\n"
                "file d/.wh..wh..opq 0 x\nfile .wh..wh.aufs 3 x");
    QCOMPARE(layer.counts().fileBytes, 5U);
    QCOMPARE(layer.counts().files, 2U);
    QCOMPARE(layer.counts().directories, 1U);
    QCOMPARE(layer.counts().symlinks, 1U);
    QCOMPARE(layer.counts().others, 1U);
    QCOMPARE(layer.counts().whiteouts, 2U);
    QCOMPARE(layer.entries().size(), std::size_t{8});
}

void TestLayerTree::whiteoutsPointAtWhatTheyHide()
{
    const LayerTree layer =
        layerOf("file a/.wh.b 0 x\nfile a/.wh..wh..opq 0 x\nfile dne/../.wh.etc 0 x");
    QCOMPARE(layer.entries()[0].type, EntryType::Whiteout);
    QCOMPARE(layer.path(layer.entries()[0].node), std::string("/a/b"));
    QCOMPARE(layer.entries()[1].type, EntryType::Opaque);
    QCOMPARE(layer.path(layer.entries()[1].node), std::string("/a"));
    QCOMPARE(layer.path(layer.entries()[2].node), std::string("/etc"));
}

void TestLayerTree::invalidWhiteoutsAreKeptApart()
{
    const LayerTree layer =
        layerOf("file .wh. 0 x\nfile a/.wh.. 0 x\nfile a/.wh... 0 x\nfile .wh.... 0 x");
    QCOMPARE(layer.invalidWhiteouts().size(), std::size_t{3});
    QCOMPARE(layer.entries().size(), std::size_t{1});
    QCOMPARE(layer.path(layer.entries()[0].node), std::string("/..."));
}

void TestLayerTree::unsafePathsAreFlagged()
{
    const LayerTree layer =
        layerOf("file ../../etc/passwd 1 x\nfile /etc/shadow 1 x\nfile a/../b 1 x");
    QVERIFY(layer.entries()[0].has(Entry::UnsafePath));
    QCOMPARE(layer.path(layer.entries()[0].node), std::string("/etc/passwd"));
    QVERIFY(!layer.entries()[1].has(Entry::UnsafePath));
    QVERIFY(!layer.entries()[2].has(Entry::UnsafePath));
}

void TestLayerTree::longPathsAreRefused()
{
    LayerTree layer;
    QVERIFY(layer.append(std::string(limits::kPathBytes, 'a'), Entry()).has_value());
    const Result<> refused = layer.append(std::string(limits::kPathBytes + 1, 'a'), Entry());
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, ErrorCode::LimitExceeded);
}

void TestLayerTree::namelessFilesHoldNoBytes()
{
    const LayerTree layer = layerOf("file ./ 7 x");
    QCOMPARE(layer.counts().fileBytes, 0U);
    QVERIFY(layer.entries()[0].has(Entry::Leftover));
}

QTEST_APPLESS_MAIN(TestLayerTree)
#include "tst_layertree.moc"
