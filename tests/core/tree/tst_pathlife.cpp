// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/tree/pathlife.h"
#include "tests/support/stack.h"

#include <QTest>

using namespace cutaway;

class TestPathLife : public QObject
{
    Q_OBJECT

private slots:
    void lives_data();
    void lives();
};

void TestPathLife::lives_data()
{
    QTest::addColumn<QStringList>("layers");
    QTest::addColumn<QString>(
        "life"); // of /a/f: a word a layer, change sign, parts, the layer seen
    const auto row = [](const char *name, const QStringList &layers, const char *life) {
        QTest::newRow(name) << layers << QString::fromLatin1(life);
    };
    const QString first = QStringLiteral("file a/f 5 x");
    const QString other = QStringLiteral("file b 1 y");
    row("added and left alone", {first, other}, "+@0 .@0");
    row("added later", {other, first, other}, ". +@1 .@1");
    row("replaced", {first, QStringLiteral("file a/f 6 z")}, "+@0 ~content@1");
    row("mode alone", {first, QStringLiteral("mode a/f 0755 5 x")}, "+@0 *mode@1");
    row("owner", {first, QStringLiteral("mode a/f 0644 5 x 7")}, "+@0 *owner@1");
    row("attribute", {first, QStringLiteral("xattr a/f user.x 00")}, "+@0 ~content,mode,xattrs@1");
    row("deleted, and back",
        {first, QStringLiteral("file a/.wh.f 0 -"), other, first},
        "+@0 - . +@3");
    row("gone with its directory", {first, QStringLiteral("file .wh.a 0 -")}, "+@0 -");
    row("became a link", {first, QStringLiteral("symlink a/f -> b")}, "+@0 ~content@1");
    row("written again", {first, first}, "+@0 =@1");
}

void TestPathLife::lives()
{
    QFETCH(QStringList, layers);
    QFETCH(QString, life);
    std::vector<std::string> texts;
    for (const QString &layer : layers) {
        texts.push_back(layer.toStdString());
    }
    const PathTreePtr tree = test::treeOf(texts);
    QStringList words;
    for (const LayerDeed &deed : lifeOf(*tree, tree->find("/a/f"))) {
        QStringList parts;
        const std::pair<bool, const char *> all[] = {{deed.parts.content, "content"},
                                                     {deed.parts.mode, "mode"},
                                                     {deed.parts.owner, "owner"},
                                                     {deed.parts.time, "time"},
                                                     {deed.parts.xattrs, "xattrs"}};
        for (const auto &[isChanged, name] : all) {
            if (isChanged) {
                parts << QLatin1String(name);
            }
        }
        QString word = deed.change ? QString(QLatin1Char("=+~*-"[static_cast<int>(*deed.change)]))
                                   : QStringLiteral(".");
        word += parts.join(QLatin1Char(','));
        if (deed.after != kNone) {
            word += QLatin1Char('@') + QString::number(tree->entry(deed.after).layer);
        }
        words << word;
    }
    QCOMPARE(words.join(QLatin1Char(' ')), life);
}

QTEST_GUILESS_MAIN(TestPathLife)
#include "tst_pathlife.moc"
