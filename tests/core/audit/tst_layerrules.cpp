// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/inspection.h"
#include "core/audit/rule.h"
#include "tests/support/images.h"

#include <QTest>

#include <set>

using namespace cutaway;
using namespace cutaway::test;

namespace {

using Layers = std::vector<std::string>;

/// What the family `layer` says of the image.
Inspection inspectionOf(Image image)
{
    Analysis analysis = analyze(image, Monitor()).value();
    Inspection inspection =
        audit(std::make_shared<const Image>(std::move(image)), std::move(analysis), {}, Monitor())
            .value();
    const auto isOther = [](const auto &row) { return !row.ruleId.starts_with("layer/"); };
    std::erase_if(inspection.findings, isOther);
    std::erase_if(inspection.skipped, isOther);
    return inspection;
}

/// "deleted-later medium 100, empty info 0": the findings in their order.
QString textOf(const Inspection &inspection)
{
    QStringList lines;
    for (const Finding &finding : inspection.findings) {
        const std::string_view severity = severityName(finding.severity);
        lines += QString::fromStdString(finding.ruleId.substr(finding.ruleId.find('/') + 1))
                 + QLatin1Char(' ')
                 + QString::fromUtf8(severity.data(), static_cast<qsizetype>(severity.size()))
                 + QStringLiteral(" %1").arg(finding.bytes);
    }
    return lines.join(QStringLiteral(", "));
}

const Finding *findingOf(const Inspection &inspection, std::string_view rule)
{
    const auto found = std::ranges::find(inspection.findings, rule, &Finding::ruleId);
    return found == inspection.findings.end() ? nullptr : &*found;
}

std::vector<std::string> manyLayers(std::size_t count)
{
    std::vector<std::string> layers;
    for (std::size_t i = 0; i < count; ++i) {
        layers.push_back("file f" + std::to_string(i) + " 1 x" + std::to_string(i));
    }
    return layers;
}

} // namespace
Q_DECLARE_METATYPE(Layers)

class LayerRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void findings_data()
    {
        QTest::addColumn<Layers>("layers");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const Layers &layers, const char *expected) {
            QTest::newRow(name) << layers << QString::fromUtf8(expected);
        };
        const std::string big = "\nfile big 900000000 b"; // so that a tenth is far away
        row("a plain image", {"file a 100000 x", "file b 100000 y"}, "");
        row("deleted file",
            {"file a 100000 x" + big, "file .wh.a 0 w"},
            "deleted-later info 100000");
        row("deleted with its directory",
            {"file d/a 100000 x" + big, "file .wh.d 0 w"},
            "deleted-later info 100000");
        row("made opaque",
            {"file d/a 100000 x" + big, "file d/.wh..wh..opq 0 w"},
            "deleted-later info 100000");
        row("became a directory", {"file d 100000 x" + big, "dir d"}, "deleted-later info 100000");
        row("too small to say", {"file a 65535 x" + big, "file .wh.a 0 w"}, "");
        row("just big enough",
            {"file a 65536 x" + big, "file .wh.a 0 w"},
            "deleted-later info 65536");
        row("low from 5 MiB",
            {"file a 5242880 x" + big, "file .wh.a 0 w"},
            "deleted-later low 5242880");
        row("a tenth of the image is medium",
            {"file a 100000 x\nfile b 900000 b", "file .wh.a 0 w"},
            "deleted-later medium 100000");
        row("one finding a pair of layers",
            {"file a 100000 x\nfile b 70000 x" + big,
             "file .wh.a 0 w\nfile c 80000 x\nfile d 90000000 x",
             "file .wh.b 0 w\nfile .wh.c 0 w"},
            "deleted-later info 100000, deleted-later info 80000, deleted-later info 70000");
        row("whiteout of nothing", {"file a 100000 x", "file .wh.ghost 0 w\nfile b 1 x"}, "");
        row("overwritten",
            {"file a 100000 x" + big, "file a 200000 y"},
            "overwritten-later info 100000");
        row("written twice in one layer",
            {"file a 100000 x\nfile a 100000 y" + big},
            "overwritten-later info 100000");
        row("a dangling whiteout beside it changes nothing",
            {"file a 100000 x" + big, "file a 200000 y\nfile .wh.ghost 0 w"},
            "overwritten-later info 100000");
        row("package databases are one line, and never more than info",
            {"file var/lib/dpkg/status 900000 x",
             "file var/lib/dpkg/status 900001 y",
             "file var/lib/dpkg/status 900002 z"},
            "overwritten-later info 1800001");
        row("chmod",
            {"mode a 0644 100000 x" + big, "mode a 0755 100000 x"},
            "metadata-copy info 100000");
        row("chmod of half the image",
            {"mode a 0644 1000000 x", "mode a 0755 1000000 x"},
            "metadata-copy medium 1000000");
        row("setuid stripped is no more than info",
            {"mode a 04755 1000000 x", "mode a 0755 1000000 x"},
            "metadata-copy info 1000000");
        row("other bytes are no metadata copy",
            {"mode a 0644 100000 x" + big, "mode a 0755 100000 y"},
            "overwritten-later info 100000");
        row("an identical copy is an empty layer",
            {"file a 100000 x", "file a 100000 x"},
            "empty info 100000");
        row("an identical copy in a layer that does more",
            {"file a 100000 x" + big, "file a 100000 x\nfile b 1 x"},
            "metadata-copy info 100000");
        row("a layer without entries", {"file a 1 x", ""}, "empty info 0");
        row("a folder again is nothing", {"dir a", "dir a"}, "empty info 0");
        row("a new folder is something", {"dir a", "dir b"}, "");
        row("low efficiency",
            {"file a 8000000 x\nfile b 9000000 y", "file .wh.a 0 w\nfile c 2000000 z"},
            "deleted-later medium 8000000, low-efficiency medium 0");
        row("a small image may waste",
            {"file a 2000000 x\nfile b 5000000 y", "file .wh.a 0 w"},
            "deleted-later medium 2000000");
        row("efficient, but above the base much is hidden",
            {"file a 900000000 x", "file b 2000000 y\nfile c 8000000 y", "file .wh.b 0 w"},
            "low-efficiency medium 0, deleted-later info 2000000");
        row("twenty-four layers", manyLayers(24), "");
        row("twenty-five layers", manyLayers(25), "too-many low 0");
        row("forty layers", manyLayers(40), "too-many low 0");
        row("forty-one layers", manyLayers(41), "too-many medium 0");
        row("a hundred and twenty-one layers", manyLayers(121), "too-many high 0");
    }
    void findings()
    {
        QFETCH(Layers, layers);
        QTEST(textOf(inspectionOf(imageOf(layers))), "expected");
    }

    void evidenceLeadsToTheBytes()
    {
        const Image image = imageOf({"file keep 900000000 k",
                                     "file var/lib/apt/lists/x_Packages 200000 x",
                                     "file var/lib/apt/.wh.lists 0 w"},
                                    {"COPY . /",
                                     "RUN apt-get  update \x1b[31m # buildkit",
                                     "RUN rm -rf /var/lib/apt/lists # buildkit"});
        const Inspection inspection = inspectionOf(image);
        const Finding *finding = findingOf(inspection, "layer/deleted-later");
        QVERIFY(finding != nullptr);
        QCOMPARE(finding->layer, std::optional<LayerIndex>(1));
        QVERIFY(finding->state == State::Deleted);
        QCOMPARE(finding->evidence.size(), std::size_t{3});
        QVERIFY(finding->evidence[0].text.starts_with("made by layer 1, RUN apt-get update"));
        QVERIFY(finding->evidence[0].text.find('\x1b') == std::string::npos);
        QVERIFY(finding->evidence[1].text.starts_with("deleted by layer 2, RUN rm -rf"));
        const Evidence &file = finding->evidence[2];
        QCOMPARE(file.path, std::string("/var/lib/apt/lists/x_Packages"));
        QCOMPARE(file.text, std::string("cache: apt-lists"));
        QCOMPARE(file.bytes, quint64{200000});
        QCOMPARE(inspection.image->tree->entry(file.entry).layer, LayerIndex{1});
        QVERIFY(finding->summary.find("(caches: apt-lists)") != std::string::npos);
    }

    void evidenceOfManyFilesIsSummedUp()
    {
        std::string layer = "file keep 900000000 k\n";
        for (int i = 0; i < 60; ++i) {
            layer += "file d/f" + std::to_string(i) + " 2000 x\n";
        }
        const Inspection inspection = inspectionOf(imageOf({layer, "file .wh.d 0 w"}));
        const Finding *finding = findingOf(inspection, "layer/deleted-later");
        QVERIFY(finding != nullptr);
        QCOMPARE(finding->evidence.size(), std::size_t{2 + 50 + 1});
        QCOMPARE(finding->evidence.back().text, std::string("and 10 more files"));
        QCOMPARE(finding->evidence.back().bytes, quint64{20000});
    }

    void metadataCopiesTellWhatDiffers()
    {
        const Inspection inspection =
            inspectionOf(imageOf({"mode a 0644 100000 x", "mode a 0755 100000 x"}));
        QCOMPARE(inspection.findings.front().evidence.back().text, std::string("mode 0644 → 0755"));
        QCOMPARE(inspection.findings.front().layer, std::optional<LayerIndex>(1));
    }

    void baseWeighsLess()
    {
        const Layers layers = {"file a 6000000 x\nfile keep 900000000 k", "file .wh.a 0 w"};
        Image image = imageOf(layers);
        image.base.layers = 1;
        const Inspection app = inspectionOf(image);
        QCOMPARE(app.findings.front().severity, Severity::Info);
        QCOMPARE(app.findings.front().origin, Origin::App);
        image.base.layers = 2;
        QCOMPARE(inspectionOf(image).findings.front().origin, Origin::Base);
        const Inspection unknown = inspectionOf(imageOf(layers));
        QCOMPARE(unknown.findings.front().severity, Severity::Low);
        QCOMPARE(unknown.findings.front().origin, Origin::Unknown);
    }

    void placeholdersOfReproducibleBuilders()
    {
        const Layers layers = {"file a 1 x", ""};
        QCOMPARE(textOf(inspectionOf(imageOf(layers, {"bazel build ...", "bazel build ..."}))),
                 QString());
    }

    void unreadLayersAreNotEmpty()
    {
        Image image = imageOf({"file a 1 x", ""});
        image.layers[1].state = Layer::State::Absent;
        QCOMPARE(textOf(inspectionOf(image)), QString());
    }

    void fingerprintsOutliveARebuild()
    {
        const auto fingerprintsOf = [](const std::string &digest) {
            const Inspection inspection = inspectionOf(
                imageOf({"file keep 900000000 k", "file a 100000 x", "file .wh.a 0 w"},
                        {"FROM", "COPY file:" + digest + " in /", "RUN rm a # buildkit"}));
            return findingOf(inspection, "layer/deleted-later")->fingerprint;
        };
        const std::string first = fingerprintsOf(std::string(64, 'a'));
        QCOMPARE(first.size(), std::size_t{64});
        QCOMPARE(fingerprintsOf(std::string(64, 'b')), first);
        QVERIFY(fingerprintsOf("x") != first);
    }

    void fingerprintsDiffer()
    {
        const Layers layers = {"file a 100000 x\nfile b 70000 x",
                               "file .wh.a 0 w\nfile c 80000 x",
                               "file .wh.b 0 w\nfile .wh.c 0 w"};
        const Inspection inspection = inspectionOf(imageOf(layers, {"RUN x", "RUN x", "RUN x"}));
        std::set<std::string> seen;
        for (const Finding &finding : inspection.findings) {
            QVERIFY(seen.insert(finding.fingerprint).second);
        }
        QVERIFY(seen.size() >= 3);
    }

    void skippedRulesSayWhy()
    {
        Image image;
        image.layers.resize(1);
        const Inspection inspection = inspectionOf(image);
        QVERIFY(inspection.findings.empty());
        QCOMPARE(inspection.skipped.size(), std::size_t{8});
        QCOMPARE(inspection.skipped.front().reason, std::string("no layer could be read"));
        const Inspection single = inspectionOf(imageOf({"file a 1 x"}));
        QCOMPARE(single.skipped.size(), std::size_t{4});
        QCOMPARE(single.skipped.front().ruleId, std::string("layer/low-efficiency"));
        QCOMPARE(single.skipped[2].reason, std::string("the image has no history"));
        QCOMPARE(single.skipped.back().ruleId, std::string("layer/package-file-modified"));
    }

    void cancels()
    {
        Monitor monitor;
        monitor.cancel();
        const auto image = std::make_shared<const Image>(imageOf({"file a 1 x"}));
        const Result<Inspection> result = audit(image, Analysis(), {}, monitor);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(LayerRulesTest)
#include "tst_layerrules.moc"
