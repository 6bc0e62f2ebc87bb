// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/contentsearch.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <set>

using namespace cutaway;
using namespace cutaway::test;

namespace {

FileFilter filterOf(std::string_view line)
{
    return parseFileFilter(line).value();
}

} // namespace

class TestContentSearch : public QObject
{
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void searchesAnImage_data();
    void searchesAnImage();
    void cancels();
};

void TestContentSearch::matches_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("holds"); // of "one Two\nthree"
    const auto row = [](const char *line, bool holds) {
        QTest::newRow(line) << QString::fromLatin1(line) << holds;
    };
    row("content:two", true);
    row("content:TWO", false);
    row("content:Two", true);
    row("content:\"e Tw\"", true);
    row("content:\"e  Tw\"", false);
    row("content:one content:three", true);
    row("content:one content:four", false);
    row("content:one !content:four", true);
    row("!content:one", false);
    row("content:three", true);
    row("content:threefold", false);
}

/// Wherever the runs are cut.
void TestContentSearch::matches()
{
    QFETCH(QString, line);
    QFETCH(bool, holds);
    constexpr std::string_view kText = "one Two\nthree";
    ContentMatcher matcher(filterOf(line.toStdString()));
    for (std::size_t run = 1; run <= kText.size(); ++run) {
        matcher.reset();
        for (std::size_t at = 0; at < kText.size(); at += run) {
            matcher.feed(kText.substr(at, run));
        }
        QCOMPARE(matcher.holds(), holds);
    }
}

void TestContentSearch::searchesAnImage_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("found");
    QTest::newRow("in several layers, links once each")
        << QStringLiteral("content:needle") << QStringLiteral("/big /etc/a@0 /etc/a@1 /link");
    QTest::newRow("a capital") << QStringLiteral("content:Needle") << QStringLiteral("/etc/a@1");
    QTest::newRow("what is not there")
        << QStringLiteral("!content:needle") << QStringLiteral("/empty /etc/b");
}

void TestContentSearch::searchesAnImage()
{
    QFETCH(QString, line);
    QFETCH(QString, found);
    TestImage image;
    image.layers = {TarWriter()
                        .file("etc/a", "a needle")
                        .file("etc/b", "hay")
                        .file("big", std::string(700'000, 'x') + "needle")
                        .hardlink("link", "big")
                        .file("empty", "")
                        .directory("d/")
                        .finish(),
                    TarWriter().file("etc/a", "a Needle").finish()};
    for (const std::string &layer : image.layers) {
        image.blobs.push_back(gzip(layer));
        image.mediaTypes.emplace_back("application/vnd.oci.image.layer.v1.tar+gzip");
        image.diffIds.push_back("sha256:" + sha256Hex(layer));
    }
    const Folder folder;
    Monitor monitor;
    auto source =
        openSource(pathReference(folder.write("i.tar", tarOf(ociFiles(image)))), {}, monitor);
    QVERIFY(source.has_value());
    const auto loaded = loadImage(**source, {}, monitor);
    QVERIFY(loaded.has_value());
    const PathTree &tree = *(*loaded)->tree;
    std::vector<EntryId> entries;
    for (EntryId entry = 0; entry < tree.entryCount(); ++entry) {
        const EntryId content = tree.content(entry);
        if (content != kNone && tree.entry(content).type == EntryType::File) {
            entries.push_back(entry);
        }
    }
    std::set<std::string> names;
    const auto tell = [&](EntryId entry) {
        const NodeId node = tree.entry(entry).node;
        const bool hasSeveral = tree.node(node).entryCount > 1;
        names.insert(tree.path(node)
                     + (hasSeveral ? '@' + std::to_string(tree.entry(entry).layer) : ""));
    };
    const FileFilter filter = filterOf(line.toStdString());
    const auto searched = searchContents(**source, **loaded, {filter, entries, tell}, monitor);
    QVERIFY2(searched.has_value(), searched ? "" : searched.error().message.c_str());
    QCOMPARE(searched->files, static_cast<std::uint64_t>(entries.size()));
    QCOMPARE(searched->passed, std::uint64_t{0});
    QStringList list;
    for (const std::string &name : names) {
        list << QString::fromStdString(name);
    }
    QCOMPARE(list.join(QLatin1Char(' ')), found);
}

void TestContentSearch::cancels()
{
    TestImage image = smallImage();
    const Folder folder;
    Monitor monitor;
    auto source =
        openSource(pathReference(folder.write("i.tar", tarOf(ociFiles(image)))), {}, monitor);
    const auto loaded = loadImage(**source, {}, monitor);
    QVERIFY(loaded.has_value());
    monitor.cancel();
    const EntryId name = (*loaded)->tree->finalEntry((*loaded)->tree->find("/etc/name"));
    const FileFilter filter = filterOf("content:x");
    const auto searched =
        searchContents(**source, **loaded, {filter, {name}, [](EntryId) {}}, monitor);
    QVERIFY(!searched.has_value());
    QCOMPARE(searched.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestContentSearch)
#include "tst_contentsearch.moc"
