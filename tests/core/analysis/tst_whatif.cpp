// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/whatif.h"
#include "tests/support/images.h"
#include "tests/support/randomstack.h"

#include <QTest>

#include <algorithm>

using namespace cutaway;
using namespace cutaway::test;

namespace {

using Layers = std::vector<std::string>;
using Ranges = std::vector<LayerRange>;
using Paths = std::vector<std::string>;

Analysis analysisOf(const Image &image)
{
    return analyze(image, Monitor()).value();
}

WhatIf questionOf(const Image &image, const Ranges &merged, const Paths &dropped)
{
    WhatIf question{merged, {}};
    for (const std::string &path : dropped) {
        question.dropped.push_back(image.tree->find(path));
    }
    return question;
}

/// "0: 10, 1-2: 100-50-20": what is there, what is dropped, what merging saves.
QString layersOf(const WhatIfNumbers &numbers)
{
    QStringList layers;
    for (const WhatIfLayer &layer : numbers.layers) {
        QString text = QString::number(layer.layers.first);
        if (layer.layers.last != layer.layers.first) {
            text += QStringLiteral("-%1").arg(layer.layers.last);
        }
        layers.append(
            text
            + QStringLiteral(": %1-%2-%3").arg(layer.before).arg(layer.dropped).arg(layer.hidden));
    }
    return layers.join(QStringLiteral(", "));
}

} // namespace
Q_DECLARE_METATYPE(Layers)
Q_DECLARE_METATYPE(Ranges)

/// What an image would weigh, built otherwise.
class WhatIfTest : public QObject
{
    Q_OBJECT

private slots:
    void sizes_data();
    void sizes();
    void estimatesThePull();
    void questions_data();
    void questions();
    void best();
    void invariants();
};

void WhatIfTest::sizes_data()
{
    QTest::addColumn<Layers>("layers");
    QTest::addColumn<Ranges>("merged");
    QTest::addColumn<Paths>("dropped");
    QTest::addColumn<QString>("result");
    QTest::addColumn<quint64>("visible");
    const Layers cleaned{"file etc/os 10 o", "file a/f 100 x", "file b 5 b", "file a/.wh.f 0 w"};
    QTest::newRow("nothing asked")
        << cleaned << Ranges() << Paths()
        << QStringLiteral("0: 10-0-0, 1: 100-0-0, 2: 5-0-0, 3: 0-0-0") << quint64{15};
    QTest::newRow("removed in the same step")
        << cleaned << Ranges{{1, 3}} << Paths() << QStringLiteral("0: 10-0-0, 1-3: 105-0-100")
        << quint64{15};
    QTest::newRow("removed by a later one still")
        << cleaned << Ranges{{0, 2}} << Paths() << QStringLiteral("0-2: 115-0-0, 3: 0-0-0")
        << quint64{15};
    QTest::newRow("two ranges") << cleaned << Ranges{{0, 1}, {2, 3}} << Paths()
                                << QStringLiteral("0-1: 110-0-0, 2-3: 5-0-0") << quint64{15};
    QTest::newRow("dropped where it is hidden")
        << cleaned << Ranges() << Paths{"/a"}
        << QStringLiteral("0: 10-0-0, 1: 100-100-0, 2: 5-0-0, 3: 0-0-0") << quint64{15};
    QTest::newRow("dropped, not saved twice")
        << cleaned << Ranges{{1, 3}} << Paths{"/a/f", "/b"}
        << QStringLiteral("0: 10-0-0, 1-3: 105-105-0") << quint64{10};
    QTest::newRow("twice the same path")
        << cleaned << Ranges() << Paths{"/b", "/b"}
        << QStringLiteral("0: 10-0-0, 1: 100-0-0, 2: 5-5-0, 3: 0-0-0") << quint64{10};
    const Layers linked{"file a/f 100 x\nhardlink b/g -> a/f"};
    QTest::newRow("another name is left")
        << linked << Ranges() << Paths{"/a"} << QStringLiteral("0: 100-0-0") << quint64{100};
    QTest::newRow("no name is left") << linked << Ranges() << Paths{"/a", "/b/g"}
                                     << QStringLiteral("0: 100-100-0") << quint64{0};
    QTest::newRow("all") << cleaned << Ranges{{0, 3}} << Paths{"/"}
                         << QStringLiteral("0-3: 115-115-0") << quint64{0};
}

void WhatIfTest::sizes()
{
    QFETCH(Layers, layers);
    QFETCH(Ranges, merged);
    QFETCH(Paths, dropped);
    const Image image = imageOf(layers);
    const WhatIf question = questionOf(image, merged, dropped);
    QVERIFY(checkWhatIf(image, question).has_value());
    const WhatIfNumbers numbers = whatIf(image, analysisOf(image), question);
    QTEST(layersOf(numbers), "result");
    QTEST(quint64{numbers.visibleAfter}, "visible");
}

void WhatIfTest::estimatesThePull()
{
    Image image = imageOf({"file a 100 x", "file b 100 x\nfile a 300 y", "dir empty"});
    image.layers[0].wireBytes = 50;
    image.layers[1].wireBytes = 40;
    image.layers[2].wireBytes = 7;
    const WhatIfNumbers numbers =
        whatIf(image, analysisOf(image), questionOf(image, {{0, 1}}, {"/b"}));
    QCOMPARE(numbers.wireBefore, 97U);
    QCOMPARE(numbers.wireAfter, 90U * 300 / 500 + 7); // of nothing nothing can be estimated
}

void WhatIfTest::questions_data()
{
    QTest::addColumn<Ranges>("merged");
    QTest::addColumn<QString>("problem");
    QTest::newRow("none") << Ranges() << QString();
    QTest::newRow("apart, in any order") << Ranges{{2, 3}, {0, 1}} << QString();
    QTest::newRow("no such layer")
        << Ranges{{2, 4}} << QStringLiteral("there are no layers 2-4: the image has layers 0 to 3");
    QTest::newRow("one layer") << Ranges{{2, 2}}
                               << QStringLiteral("2-2 is no range of layers: it must be two or "
                                                 "more, the lower first");
    QTest::newRow("backwards") << Ranges{{2, 1}}
                               << QStringLiteral("2-1 is no range of layers: it must be two or "
                                                 "more, the lower first");
    QTest::newRow("overlapping") << Ranges{{2, 3}, {0, 2}}
                                 << QStringLiteral("layer 2 cannot be merged twice");
}

void WhatIfTest::questions()
{
    QFETCH(Ranges, merged);
    const Image image = imageOf({"file a 1 x", "file b 1 x", "file c 1 x", "file d 1 x"});
    const Result<> checked = checkWhatIf(image, {merged, {}});
    QTEST(checked ? QString() : QString::fromStdString(checked.error().message), "problem");
}

void WhatIfTest::best()
{
    const Image image = imageOf({"file base 40 x",
                                 "file a 100 x\nfile base 50 x",
                                 "file b 5 x",
                                 "file .wh.a 0 w\nfile c 30 x",
                                 "file .wh.b 0 w\nfile .wh.c 0 w"});
    Analysis analysis = analysisOf(image);
    analysis.layers[0].isBase = true;
    QStringList gains;
    for (const MergeGain &gain : bestMerges(image, analysis, 3)) {
        gains.append(QStringLiteral("%1-%2 %3")
                         .arg(gain.layers.first)
                         .arg(gain.layers.last)
                         .arg(gain.bytes));
    }
    QCOMPARE(gains,
             QStringList(
                 {QStringLiteral("1-3 100"), QStringLiteral("2-4 35"), QStringLiteral("3-4 30")}));
    QVERIFY(bestMerges(imageOf({}), Analysis(), 3).empty());
}

/// Of any image: all merged is what is seen; ranges that are apart add up; what a merge is said to
/// gain it gains; without its paths nothing is left.
void WhatIfTest::invariants()
{
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        const MemberLists members = randomStack(seed);
        Image image;
        image.tree = treeOfMembers(members);
        image.layers.resize(members.size());
        const Analysis analysis = analysisOf(image);
        const auto hiddenBy = [&](const Ranges &ranges) {
            return whatIf(image, analysis, {ranges, {}}).hidden;
        };
        const auto last = static_cast<LayerIndex>(members.size() - 1);
        const WhatIfNumbers none = whatIf(image, analysis, {});
        QCOMPARE(none.before, analysis.fileBytes);
        QCOMPARE(none.after(), analysis.fileBytes);
        QCOMPARE(none.visibleAfter, analysis.visibleBytes);
        const WhatIfNumbers nothing = whatIf(image, analysis, {{}, {kRoot}});
        QCOMPARE(nothing.after(), 0U);
        QCOMPARE(nothing.visibleAfter, 0U);
        if (last > 0) {
            QCOMPARE(none.before - hiddenBy({{0, last}}), analysis.visibleBytes);
        }
        for (LayerIndex split = 2; split < last; ++split) {
            const LayerRange lower{0, static_cast<LayerIndex>(split - 1)};
            const LayerRange upper{split, last};
            QCOMPARE(hiddenBy({lower, upper}), hiddenBy({lower}) + hiddenBy({upper}));
        }
        for (const MergeGain &gain : bestMerges(image, analysis, 100)) {
            QVERIFY(gain.bytes > 0);
            QVERIFY(hiddenBy({gain.layers}) >= gain.bytes); // within one layer nothing is merged
        }
    }
}

QTEST_GUILESS_MAIN(WhatIfTest)
#include "tst_whatif.moc"
