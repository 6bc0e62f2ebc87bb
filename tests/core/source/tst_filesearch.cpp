// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/filesearch.h"
#include "tests/support/images.h"

#include <QTest>

using namespace cutaway;

namespace {

Image sample()
{
    return test::imageOf({"file usr/a.so 1000 x\nfile usr/gone/b 500 y\nfile etc/c.so 1000 x",
                          "mode usr/a.so 0755 1000 x",
                          "file usr/.wh.gone 0 -\nfile d 70 z\nfile e 70 z\nfile empty 0 -"});
}

std::vector<SearchHit> hitsOf(const Image &image,
                              std::string_view line,
                              SearchSummary *summary = nullptr)
{
    std::vector<SearchHit> hits;
    Monitor monitor;
    const auto searched = searchFiles(
        nullptr,
        image,
        parseFileFilter(line).value(),
        [&hits](const std::vector<SearchHit> &more) {
            hits.insert(hits.end(), more.begin(), more.end());
        },
        monitor);
    if (searched && summary != nullptr) {
        *summary = *searched;
    }
    return hits;
}

/// "0+/usr/a.so", layer and change before the path.
QString textOf(const Image &image, const std::vector<SearchHit> &hits)
{
    QStringList texts;
    for (const SearchHit &hit : hits) {
        texts << QString::number(hit.layer) + QLatin1Char("=+~*-"[static_cast<int>(hit.change)])
                     + QString::fromStdString(image.tree->path(hit.node));
    }
    return texts.join(QLatin1Char(' '));
}

} // namespace

class TestFileSearch : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void sumsUp();
    void contentsNeedASource();
    void cancels();
    void groups_data();
    void groups();
};

void TestFileSearch::finds_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *line, const char *found) {
        QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(found);
    };
    row("a.so", "0+/usr/a.so 1*/usr/a.so");
    row("*.so layer:0", "0+/etc/c.so 0+/usr/a.so");
    row("change:removed", "2-/usr/gone 2-/usr/gone/b");
    row("change:removed type:file", "2-/usr/gone/b");
    row("size>=1kB change:metadata", "1*/usr/a.so");
    row("usr type:dir", "0+/usr");
    row("nowhere", "");
}

void TestFileSearch::finds()
{
    QFETCH(QString, line);
    QFETCH(QString, found);
    const Image image = sample();
    QCOMPARE(textOf(image, hitsOf(image, line.toStdString())), found);
}

void TestFileSearch::sumsUp()
{
    SearchSummary summary;
    const Image image = sample();
    QCOMPARE(hitsOf(image, "b", &summary).size(), std::size_t{2});
    QCOMPARE(summary.hits, std::uint64_t{2});
    QCOMPARE(summary.bytes, std::uint64_t{500}); // its removal ships nothing
    QVERIFY(!summary.isCut);
    QVERIFY(!summary.contents.has_value());
}

void TestFileSearch::contentsNeedASource()
{
    Monitor monitor;
    const auto searched =
        searchFiles(nullptr, sample(), parseFileFilter("content:x").value(), {}, monitor);
    QVERIFY(!searched.has_value());
    QCOMPARE(searched.error().code, ErrorCode::NotFound);
}

void TestFileSearch::cancels()
{
    std::string layer;
    for (int i = 0; i < 9000; ++i) {
        layer += "file f" + std::to_string(i) + " 1 x\n";
    }
    Monitor monitor;
    monitor.cancel();
    const auto searched = searchFiles(
        nullptr,
        test::imageOf({layer}),
        parseFileFilter("f").value(),
        [](const std::vector<SearchHit> &) {},
        monitor);
    QVERIFY(!searched.has_value());
    QCOMPARE(searched.error().code, ErrorCode::Cancelled);
}

void TestFileSearch::groups_data()
{
    QTest::addColumn<int>("grouping");
    QTest::addColumn<QString>("found"); // "name=files/bytes/wasted"
    const auto row = [](const char *name, HitGrouping grouping, const char *found) {
        QTest::newRow(name) << static_cast<int>(grouping) << QString::fromLatin1(found);
    };
    row("extension", HitGrouping::Extension, ".so=3/3000/0 =4/640/0");
    row("directory",
        HitGrouping::Directory,
        "/usr=2/2000/0 /etc=1/1000/0 /usr/gone=1/500/0 /=3/140/0");
    row("layer", HitGrouping::Layer, "0=3/2500/0 1=1/1000/0 2=3/140/0");
    row("content", HitGrouping::Content, "/etc/c.so=3/3000/2000 /d=2/140/70");
}

void TestFileSearch::groups()
{
    QFETCH(int, grouping);
    QFETCH(QString, found);
    const Image image = sample();
    QStringList texts;
    for (const HitGroup &group : groupHits(*image.tree,
                                           hitsOf(image, "type:file"),
                                           static_cast<HitGrouping>(grouping),
                                           Monitor())) {
        texts << QStringLiteral("%1=%2/%3/%4")
                     .arg(QString::fromStdString(group.name))
                     .arg(group.count)
                     .arg(group.bytes)
                     .arg(group.wasted);
    }
    QCOMPARE(texts.join(QLatin1Char(' ')), found);
}

QTEST_GUILESS_MAIN(TestFileSearch)
#include "tst_filesearch.moc"
