// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/auditimage.h"
#include "ui/delegates/copying.h"
#include "ui/delegates/emptystate.h"
#include "ui/dialogs/comparedialog.h"
#include "ui/panels/compare/comparepanel.h"
#include "ui/strata/stratapairview.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace cutaway;

namespace {

ComparisonPtr comparisonOf(std::string_view before, std::string_view after)
{
    return std::make_shared<const Comparison>(
        compare(std::make_shared<const Inspection>(test::auditOf(before)),
                std::make_shared<const Inspection>(test::auditOf(after)),
                Monitor())
            .value());
}

constexpr std::string_view kBefore = "tag app:1\ndebian\nlayer COPY app\nfile app/big 1000000 a";
constexpr std::string_view kAfter = "tag app:2\ndebian\nlayer COPY app\nfile app/big 9000000 b\n"
                                    "layer RUN make\nfile out/o 50 o";

template<typename Widget>
Widget &in(const QWidget &panel, const char *name)
{
    auto *widget = panel.findChild<Widget *>(QLatin1String(name));
    if (widget == nullptr) {
        qFatal("there is no %s", name);
    }
    return *widget;
}

QString emptyText(const QWidget &panel, const char *name)
{
    const auto *view = panel.findChild<QWidget *>(QLatin1String(name));
    const auto *state = qobject_cast<const EmptyState *>(view->parentWidget());
    return state != nullptr && state->isEmpty()
               ? state
                     ->findChild<QLabel *>(QStringLiteral("emptyState"), Qt::FindDirectChildrenOnly)
                     ->text()
               : QString();
}

} // namespace

class TestComparePanel : public QObject
{
    Q_OBJECT

private slots:
    void showsBoth();
    void states();
    void filterAndLayers();
    void copies();
    void everythingHasAName();
    void hostileNames();
    void strata();
    void strataOfManyLayers();
    void dialog();
};

void TestComparePanel::showsBoth()
{
    ComparePanel panel;
    panel.resize(1280, 700);
    panel.show();
    panel.showComparison(comparisonOf(kBefore, kAfter));
    const auto &files = in<QTreeView>(panel, "comparedFilesView");
    QTRY_COMPARE(files.model()->rowCount(), 3);
    QVERIFY(in<QLabel>(panel, "compareBefore").text().contains(QStringLiteral("app:1")));
    QVERIFY(in<QLabel>(panel, "compareAfter").text().contains(QStringLiteral("app:2")));
    QCOMPARE(in<QLabel>(panel, "verdictTitle").text(), QStringLiteral("The second image is worse"));
    QVERIFY(in<QLabel>(panel, "verdictReasons").text().contains(QStringLiteral("8.00 MB more")));
    const auto &tabs = in<QTabWidget>(panel, "compareTabs");
    QTRY_COMPARE(tabs.tabText(2), QStringLiteral("Build steps (1)"));
    QCOMPARE(in<QTreeView>(panel, "comparedStepsView").model()->rowCount(), 3);
    QCOMPARE(in<QTreeView>(panel, "comparedSizesView").model()->rowCount(), 6);
    QVERIFY(in<QTreeView>(panel, "comparedDirectories").model()->rowCount() > 0);

    QSignalSpy activated(&panel, &ComparePanel::pathActivated);
    emit in<QTreeView>(panel, "comparedFilesView").activated(files.model()->index(0, 1));
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].toByteArray(), QByteArray("/app/big"));
    QSignalSpy back(&panel, &ComparePanel::backWanted);
    QTest::keyClick(&panel, Qt::Key_Escape);
    QCOMPARE(back.count(), 1);
}

void TestComparePanel::states()
{
    ComparePanel panel;
    panel.show();
    QVERIFY(!in<QToolButton>(panel, "compareSwap").isEnabled());
    panel.showRunning(QStringLiteral("other.tar"));
    QVERIFY(in<QLabel>(panel, "compareStep").isVisible());
    QVERIFY(in<QLabel>(panel, "compareStep").text().contains(QStringLiteral("other.tar")));
    panel.showProgress({.step = QStringLiteral("Reading layers"), .done = 5, .total = 10});
    QCOMPARE(in<QLabel>(panel, "compareStep").text(), QStringLiteral("Reading layers …"));
    QSignalSpy cancelled(&panel, &ComparePanel::cancelWanted);
    in<QPushButton>(panel, "compareCancel").click();
    QCOMPARE(cancelled.count(), 1);

    panel.showProblem(InspectError{Error{ErrorCode::NotFound, "there is no <b>file</b>"}});
    const auto *text = panel.findChild<QLabel *>(QStringLiteral("emptyState"));
    QVERIFY2(text->text().contains(QStringLiteral("no &lt;b&gt;file")), qPrintable(text->text()));
    QVERIFY(panel.comparison() == nullptr);

    // Stopped while there is one: it stays.
    panel.showComparison(comparisonOf(kBefore, kAfter));
    panel.showRunning(QStringLiteral("third.tar"));
    panel.showProblem(InspectError{Error{ErrorCode::Cancelled, "stopped"}});
    QVERIFY(panel.comparison() != nullptr);
    QVERIFY(in<QTabWidget>(panel, "compareTabs").isVisible());

    // Nothing differs: every tab says so.
    panel.showComparison(comparisonOf(kBefore, kBefore));
    QTRY_VERIFY(emptyText(panel, "comparedFilesView").contains(QStringLiteral("the same files")));
    QTRY_VERIFY(
        emptyText(panel, "comparedSettingsView").contains(QStringLiteral("configured alike")));
    QVERIFY(emptyText(panel, "comparedPackagesView").contains(QStringLiteral("Not both")));
    QCOMPARE(in<QLabel>(panel, "verdictTitle").text(), QStringLiteral("Neither better nor worse"));
}

void TestComparePanel::filterAndLayers()
{
    ComparePanel panel;
    panel.resize(1280, 700);
    panel.show();
    panel.showComparison(comparisonOf(kBefore, kAfter));
    auto &files = in<QTreeView>(panel, "comparedFilesView");
    QTRY_COMPARE(files.model()->rowCount(), 3);
    auto &filter =
        in<QLineEdit>(*panel.findChild<QWidget *>(QStringLiteral("comparedFiles")), "filter");
    panel.focusFilter();
    filter.setText(QStringLiteral("big"));
    QTRY_COMPARE(files.model()->rowCount(), 1);
    filter.setText(QStringLiteral("nothing like it"));
    QTRY_VERIFY(
        emptyText(panel, "comparedFilesView").contains(QStringLiteral("all of these words")));
    filter.clear();
    QTRY_COMPARE(files.model()->rowCount(), 3);

    auto &strata = in<StrataPairView>(panel, "strataPair");
    QTest::keyClick(&strata, Qt::Key_Home); // the last in the list: the layer that is new
    QTRY_COMPARE(files.model()->rowCount(), 2);
    QVERIFY(strata.accessibleDescription().contains(QStringLiteral("RUN make")));
    auto &layer = in<QToolButton>(panel, "comparedLayer");
    QVERIFY(layer.isVisible());
    layer.click();
    QTRY_COMPARE(files.model()->rowCount(), 3);
    QCOMPARE(strata.selected(), -1);
    QVERIFY(!layer.isVisible());
}

void TestComparePanel::copies()
{
    ComparePanel panel;
    panel.show();
    panel.showComparison(comparisonOf(kBefore, kAfter));
    auto &files = in<QTreeView>(panel, "comparedFilesView");
    QTRY_COMPARE(files.model()->rowCount(), 3);
    files.selectionModel()->select(files.model()->index(0, 0),
                                   QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QVERIFY(selectedAsText(files).contains(QStringLiteral("/app/big\t+8.00 MB")));
    QVERIFY(selectedAsJson(files).contains(QStringLiteral("\"after\": 9000000")));
}

void TestComparePanel::everythingHasAName()
{
    ComparePanel panel;
    panel.showComparison(comparisonOf(kBefore, kAfter));
    for (const QTreeView *view : panel.findChildren<QTreeView *>()) {
        QVERIFY2(!view->accessibleName().isEmpty(), qPrintable(view->objectName()));
    }
    for (const QLineEdit *line : panel.findChildren<QLineEdit *>()) {
        QVERIFY2(!line->accessibleName().isEmpty(), qPrintable(line->objectName()));
    }
    for (const QToolButton *button : panel.findChildren<QToolButton *>()) {
        if (button->objectName().startsWith(QStringLiteral("compare"))) {
            QVERIFY2(!button->toolTip().isEmpty(), qPrintable(button->objectName()));
            QVERIFY(button->focusPolicy() != Qt::NoFocus);
        }
    }
}

void TestComparePanel::hostileNames()
{
    Image image = test::auditImage("debian\nlayer x\nfile a<img>\x1b 10 x");
    image.tags = {"<img src=x>\xe2\x80\xae"};
    Inspection after = test::auditOf(std::move(image));
    const auto comparison = std::make_shared<const Comparison>(
        compare(std::make_shared<const Inspection>(test::auditOf("debian")),
                std::make_shared<const Inspection>(std::move(after)),
                Monitor())
            .value());
    ComparePanel panel;
    panel.show();
    panel.showComparison(comparison);
    const QString text = in<QLabel>(panel, "compareAfter").text();
    QVERIFY2(text.contains(QStringLiteral("&lt;img src=x&gt;\\u202e")), qPrintable(text));
    const auto &files = in<QTreeView>(panel, "comparedFilesView");
    QTRY_COMPARE(files.model()->rowCount(), 1);
    QCOMPARE(files.model()->index(0, 1).data().toString(), QStringLiteral("/a<img>\\x1b"));
}

void TestComparePanel::strata()
{
    const std::vector<strata::LayerShare> before = {{100, 0}, {100, 0}};
    const std::vector<strata::LayerShare> after = {{100, 0}, {300, 0}};
    const QRectF area(0, 0, 200, 400);
    const strata::PairLayout layout = strata::layOutPair(before, after, area, 40, {});
    QCOMPARE(layout.before.size(), std::size_t{2});
    // On one ground, the larger as high as there is room, the smaller half as high.
    QCOMPARE(layout.before[0].rect.bottom(), 400.0);
    QCOMPARE(layout.after[0].rect.bottom(), 400.0);
    QVERIFY(qAbs(layout.after[1].rect.top()) < 1);
    QVERIFY(qAbs(layout.before[1].rect.top() - 200) < 1);
    QCOMPARE(layout.before[0].rect.width(), 80.0);
    QCOMPARE(layout.after[0].rect.left(), 120.0);
    // An empty image has no bands, and none is divided by zero.
    const strata::PairLayout empty = strata::layOutPair({}, {}, area, 40, {});
    QVERIFY(empty.before.empty() && empty.after.empty());
}

/// More layers than there is room for: both still stand on the same ground.
void TestComparePanel::strataOfManyLayers()
{
    const std::vector<strata::LayerShare> before(200, {10, 0});
    const std::vector<strata::LayerShare> after(3, {10, 0});
    const strata::PairLayout layout =
        strata::layOutPair(before, after, QRectF(0, 0, 200, 100), 40, {});
    QCOMPARE(layout.before[0].rect.bottom(), layout.after[0].rect.bottom());
    QVERIFY(layout.before.back().rect.top() >= -0.5);
}

void TestComparePanel::dialog()
{
    Image image = test::auditImage("debian");
    image.digest = Digest::ofSha256(std::string(64, 'a'));
    image.platforms = {{Platform::parse("linux/amd64").value(), image.digest, true},
                       {Platform::parse("linux/arm64").value(), {}, true},
                       {Platform::parse("linux/s390x").value(), {}, false}};
    CompareDialog dialog(
        image, QStringLiteral("app.tar"), {QStringLiteral("app.tar"), QStringLiteral("old.tar")});
    auto &reference = in<QComboBox>(dialog, "compareReference");
    auto &platform = in<QComboBox>(dialog, "comparePlatform");
    auto &ok = in<QPushButton>(dialog, "compareOk");
    QCOMPARE(reference.count(), 1); // not with itself
    QVERIFY(!ok.isEnabled());
    reference.setEditText(QStringLiteral("  other.tar "));
    QVERIFY(ok.isEnabled());
    QCOMPARE(dialog.request().reference, QStringLiteral("other.tar"));
    QVERIFY(dialog.request().platform.isEmpty());
    QCOMPARE(platform.count(), 2); // those that are there
    platform.setCurrentIndex(1);
    QCOMPARE(dialog.request().reference, QStringLiteral("app.tar"));
    QCOMPARE(dialog.request().platform.text(), std::string("linux/arm64"));
    QVERIFY(ok.isEnabled());
    platform.setCurrentIndex(0);
    QVERIFY(!ok.isEnabled());
}

QTEST_MAIN(TestComparePanel)
#include "tst_comparepanel.moc"
