// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/images.h"
#include "ui/dialogs/whatifdialog.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace cutaway;

/// What is worked out for what one chooses.
class TestWhatIfDialog : public QObject
{
    Q_OBJECT

private slots:
    void asItIs();
    void layersAndPaths();
    void ranges();
    void suggests();
};

namespace {

InspectionPtr inspectionOf()
{
    auto inspection = std::make_shared<Inspection>();
    inspection->image = std::make_shared<const Image>(
        test::imageOf({"file etc/os 1000 o", "file a/f 5000 x", "file b 70 b", "file a/.wh.f 0 w"},
                      {"ADD rootfs / # buildkit",
                       "RUN /bin/sh -c make # buildkit",
                       "RUN /bin/sh -c install # buildkit",
                       "RUN /bin/sh -c rm a/f # buildkit"}));
    inspection->analysis = analyze(*inspection->image, Monitor()).value();
    return inspection;
}

template<typename Widget>
Widget &named(const QWidget &dialog, const char *name)
{
    auto *widget = dialog.findChild<Widget *>(QLatin1String(name));
    if (widget == nullptr) {
        qFatal("no %s", name);
    }
    return *widget;
}

void check(const WhatIfDialog &dialog, const char *list, std::initializer_list<int> rows)
{
    for (const int row : rows) {
        named<QTreeWidget>(dialog, list).topLevelItem(row)->setCheckState(0, Qt::Checked);
    }
}

QString sumOf(const WhatIfDialog &dialog)
{
    return named<QLabel>(dialog, "whatIfSum").text();
}

QString wouldBe(const WhatIfDialog &dialog, int layer)
{
    return named<QTreeWidget>(dialog, "whatIfLayers").topLevelItem(layer)->text(2);
}

} // namespace

void TestWhatIfDialog::asItIs()
{
    const WhatIfDialog dialog(inspectionOf(), {});
    QTRY_COMPARE(sumOf(dialog), QStringLiteral("6.07 kB of files, as it is"));
    QCOMPARE(named<QTreeWidget>(dialog, "whatIfPaths").topLevelItemCount(), 0);
    QVERIFY(named<QPlainTextEdit>(dialog, "whatIfHow").toPlainText().isEmpty());
    const auto &layers = named<QTreeWidget>(dialog, "whatIfLayers");
    QVERIFY(!(layers.topLevelItem(0)->flags() & Qt::ItemIsUserCheckable));
}

void TestWhatIfDialog::layersAndPaths()
{
    const WhatIfDialog dialog(inspectionOf(), "/b");
    check(dialog, "whatIfLayers", {2, 3});
    QTRY_COMPARE(sumOf(dialog),
                 QStringLiteral("1.07 kB of files instead of 6.07 kB: 5.00 kB less (82.4 %)"));
    QCOMPARE(wouldBe(dialog, 1), QStringLiteral("70 B"));
    QCOMPARE(wouldBe(dialog, 3), QStringLiteral("in layer 1"));
    QCOMPARE(named<QPlainTextEdit>(dialog, "whatIfHow").toPlainText(),
             QStringLiteral("  layers 1-3\n    Write these steps as one:\n    RUN make \\\n"
                            "        && install \\\n        && rm a/f\n"));
    check(dialog, "whatIfPaths", {0});
    QTRY_COMPARE(sumOf(dialog),
                 QStringLiteral("1.00 kB of files instead of 6.07 kB: 5.07 kB less (83.5 %)"));
}

void TestWhatIfDialog::ranges()
{
    const WhatIfDialog dialog(inspectionOf(), {});
    check(dialog, "whatIfLayers", {1, 3});
    const std::vector<LayerRange> merged{{0, 1}, {2, 3}};
    QCOMPARE(dialog.question().merged, merged);
    check(dialog, "whatIfLayers", {2});
    const std::vector<LayerRange> all{{0, 3}};
    QCOMPARE(dialog.question().merged, all);
}

void TestWhatIfDialog::suggests()
{
    const WhatIfDialog dialog(inspectionOf(), {});
    QTest::mouseClick(&named<QPushButton>(dialog, "whatIfSuggest"), Qt::LeftButton);
    const std::vector<LayerRange> merged{{1, 3}};
    QCOMPARE(dialog.question().merged, merged);
    QTRY_VERIFY(sumOf(dialog).contains(QStringLiteral("5.00 kB less")));
}

QTEST_MAIN(TestWhatIfDialog)
#include "tst_whatifdialog.moc"
