// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"
#include "tests/support/images.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

using Layers = std::vector<std::string>;

Analysis analysisOf(const Image &image)
{
    return analyze(image, Monitor()).value();
}

/// "rewritten 9, opaque 4": the causes that hide something, in their order.
QString causesOf(const Analysis &analysis)
{
    QStringList causes;
    for (std::size_t cause = 0; cause < kCauseCount; ++cause) {
        if (analysis.shadowedBy[cause] > 0) {
            const std::string_view name = causeName(static_cast<Cause>(cause));
            causes += QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))
                      + QStringLiteral(" %1").arg(analysis.shadowedBy[cause]);
        }
    }
    return causes.join(QStringLiteral(", "));
}

} // namespace
Q_DECLARE_METATYPE(Layers)

class AnalysisTest : public QObject
{
    Q_OBJECT

private slots:
    void bytes_data()
    {
        QTest::addColumn<Layers>("layers");
        QTest::addColumn<quint64>("files");
        QTest::addColumn<quint64>("visible");
        QTest::addColumn<QString>("causes");
        const auto row = [](const char *name,
                            const Layers &layers,
                            quint64 files,
                            quint64 visible,
                            const char *causes) {
            QTest::newRow(name) << layers << files << visible << QString::fromUtf8(causes);
        };
        const std::string base = "file etc/os 10 o";
        const std::string added = "dir a\nfile a/f 100 x";
        row("nothing", {}, 0, 0, "");
        row("one file", {base}, 10, 10, "");
        row("file deleted", {base, added, "file a/.wh.f 0 w"}, 110, 10, "deletedFile 100");
        row("directory deleted", {base, added, "file .wh.a 0 w"}, 110, 10, "deletedDirectory 100");
        row("opaque directory", {base, added, "file a/.wh..wh..opq 0 w"}, 110, 10, "opaque 100");
        row("chmod", {base, added, "mode a/f 0755 100 x"}, 210, 110, "metadataCopy 100");
        row("a log grows", {base, "file log 100 x", "file log 150 y"}, 260, 160, "rewritten 100");
        row("whiteout of nothing, then a rewrite",
            {base, added, "file a/.wh.nope 0 w\nfile a/f 100 y"},
            210,
            110,
            "rewritten 100");
        row("emptied folder",
            {base,
             "dir l\nfile l/x 100 x\ndir l/p\nfile l/p/y 50 y",
             "file l/.wh.x 0 w\nfile l/.wh.p 0 w"},
            160,
            10,
            "deletedFile 100, deletedDirectory 50");
        row("a file becomes a directory", {base, "file a 7 x", "dir a"}, 17, 10, "typeChange 7");
        row("named twice in one layer", {"file a 3 x\nfile a 4 y"}, 7, 4, "duplicateEntry 3");
        row("a link keeps a deleted name's bytes",
            {"file a 9 x", "hardlink b -> a", "file .wh.a 0 w"},
            9,
            9,
            "");
        row("leftovers and whiteouts weigh nothing",
            {"file .wh..wh.aufs 5 x\nfile .wh.a 5 x"},
            0,
            0,
            "");
    }
    void bytes()
    {
        QFETCH(Layers, layers);
        const Analysis analysis = analysisOf(imageOf(layers));
        QTEST(quint64{analysis.fileBytes}, "files");
        QTEST(quint64{analysis.visibleBytes}, "visible");
        QTEST(causesOf(analysis), "causes");
        QCOMPARE(analysis.visibleBytes + analysis.shadowedBytes, analysis.fileBytes);
        QCOMPARE(analysis.efficiency,
                 analysis.fileBytes == 0 ? 1.0
                                         : static_cast<double>(analysis.visibleBytes)
                                               / static_cast<double>(analysis.fileBytes));
    }

    void layerRows()
    {
        const Image image = imageOf({"dir d\nfile d/a 10 x\nfile d/b 20 y\nsymlink l -> d",
                                     "mode d/a 0755 10 x\nfile d/c 5 z\nhardlink h -> d/c",
                                     "file .wh.d 0 w"});
        const Analysis analysis = analysisOf(image);
        const LayerNumbers &first = analysis.layers[0];
        QCOMPARE(first.fileBytes, quint64{30});
        QCOMPARE(first.shadowedBytes, quint64{30});
        QCOMPARE(first.hiddenByLayers.size(), std::size_t{2});
        QCOMPARE(first.hiddenByLayers[0].first, LayerIndex{1});
        QCOMPARE(first.hiddenByLayers[0].second, quint64{10});
        QCOMPARE(first.hiddenByLayers[1].second, quint64{20});
        QCOMPARE(first.files, 2U);
        QCOMPARE(first.directories, 1U);
        QCOMPARE(first.added, 3U); // the link is a file, the folder is none
        const LayerNumbers &second = analysis.layers[1];
        QCOMPARE(second.added, 2U);
        QCOMPARE(second.modified, 1U);
        QCOMPARE(second.removed, 0U);
        QCOMPARE(second.files, 3U);
        QCOMPARE(second.shadowedBytes, quint64{10}); // the linked file lives on as /h
        QCOMPARE(second.hidesBytes, quint64{10});
        const LayerNumbers &third = analysis.layers[2];
        QCOMPARE(third.removed, 3U); // what it hides, not the whiteout
        QCOMPARE(third.files, 0U);
        QCOMPARE(third.hidesBytes, quint64{30});
        for (std::size_t layer = 0; layer < image.layers.size(); ++layer) {
            QCOMPARE(analysis.layers[layer].files, image.layers[layer].counts.files);
            QCOMPARE(analysis.layers[layer].fileBytes, image.layers[layer].counts.fileBytes);
        }
    }

    void identicalCopyIsNoChange()
    {
        const Analysis analysis = analysisOf(imageOf({"file a 10 x", "file a 10 x"}));
        QCOMPARE(analysis.layers[1].modified, 0U);
        QCOMPARE(analysis.layers[1].added, 0U);
    }

    void deletedAndBroughtBackIsModified()
    {
        const Analysis analysis =
            analysisOf(imageOf({"file a 10 x\nfile b 1 x", "file .wh.a 0 w\nfile a 11 y"}));
        QCOMPARE(analysis.layers[1].modified, 1U);
        QCOMPARE(analysis.layers[1].removed, 0U);
    }

    void wasteIsSortedAndTellsWho()
    {
        const Image image = imageOf({"file s 5 x\nfile b 50 y\nfile keep 1 z\nfile none 0 z",
                                     "file .wh.s 0 w\nfile .wh.none 0 w",
                                     "file b 60 z"});
        const Analysis analysis = analysisOf(image);
        QCOMPARE(analysis.waste.size(), std::size_t{2});
        QCOMPARE(analysis.waste[0].bytes, quint64{50});
        QCOMPARE(analysis.waste[0].layer, LayerIndex{0});
        QCOMPARE(analysis.waste[0].hiddenBy, LayerIndex{2});
        QCOMPARE(analysis.waste[0].cause, Cause::Rewritten);
        QCOMPARE(analysis.waste[1].cause, Cause::DeletedFile);
        QCOMPARE(image.tree->path(image.tree->entry(analysis.waste[1].entry).node),
                 std::string("/s"));
    }

    void duplicates()
    {
        const Image image = imageOf({"file a 10 x\nfile b/c 10 x\nfile d 10 x\nhardlink e -> a",
                                     "file .wh.d 0 w\nfile f 30 y\nfile g 30 y",
                                     "file empty 0 x\nfile none 0 x\nfile other 10 z"});
        const Analysis analysis = analysisOf(image);
        QCOMPARE(analysis.duplicates.size(), std::size_t{2});
        QCOMPARE(analysis.duplicates[0].size, quint64{30});
        QCOMPARE(analysis.duplicates[1].copies.size(), std::size_t{2}); // /e is /a
        QCOMPARE(analysis.duplicatedBytes, quint64{40});
    }

    void repeatedBlobTravelsOnce()
    {
        Image image = imageOf({"file a 1 x", "file b 1 x", "file a 1 x"});
        image.layers[2].digest = image.layers[0].digest;
        const Analysis analysis = analysisOf(image);
        QCOMPARE(analysis.wireBytes, quint64{2000});
        QCOMPARE(analysis.unpackedBytes, quint64{9000});
        QCOMPARE(analysis.fileBytes, quint64{3}); // each row counts
    }

    void unreadLayersMakeItIncomplete()
    {
        Image image = imageOf({"file a 1 x", ""});
        image.layers[1].state = Layer::State::Absent;
        image.layers[1].wireBytes.reset();
        image.layers[1].unpackedBytes.reset();
        image.complete = false;
        const Analysis analysis = analysisOf(image);
        QVERIFY(!analysis.complete);
        QCOMPARE(analysis.wireBytes, quint64{1000});
        QCOMPARE(analysis.layers.size(), std::size_t{2});
    }

    void imageWithoutTree()
    {
        Image image;
        image.layers.resize(2);
        const Analysis analysis = analysisOf(image);
        QCOMPARE(analysis.layers.size(), std::size_t{2});
        QCOMPARE(analysis.efficiency, 1.0);
    }

    void baseLayersAreMarked()
    {
        Image image = imageOf({"file a 1 x", "file b 1 x"});
        image.base.layers = 1;
        const Analysis analysis = analysisOf(image);
        QVERIFY(analysis.layers[0].isBase);
        QVERIFY(!analysis.layers[1].isBase);
    }

    void cancels()
    {
        Monitor monitor;
        monitor.cancel();
        const Result<Analysis> result = analyze(imageOf({"file a 1 x"}), monitor);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(AnalysisTest)
#include "tst_analysis.moc"
