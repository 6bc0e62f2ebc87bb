// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/images.h"
#include "ui/delegates/copying.h"
#include "ui/delegates/emptystate.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/filetreemodel.h"
#include "ui/models/roles.h"
#include "ui/panels/contract/contractpanel.h"
#include "ui/panels/files/filespanel.h"
#include "ui/panels/path/pathpanel.h"
#include "ui/panels/steps/stepspanel.h"
#include "ui/panels/waste/wastepanel.h"

#include <QApplication>
#include <QClipboard>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>

using namespace cutaway;

namespace {

Inspected inspectedOf(Image image)
{
    auto inspection = std::make_shared<Inspection>();
    inspection->image = std::make_shared<const Image>(std::move(image));
    inspection->analysis = analyze(*inspection->image, Monitor()).value();
    return {inspection, nullptr};
}

Image sampleImage()
{
    return test::imageOf({"file usr/a 1000 x\nfile usr/gone 500 y\nfile etc/b 7 z",
                          "mode usr/a 0755 1000 x",
                          "file usr/.wh.gone 0 -"},
                         {"ADD rootfs.tar /", "RUN chmod 755 /usr/a", "RUN rm /usr/gone"});
}

/// What every panel is given, and the sample in it.
struct Stage
{
    Document document;
    Selection selection;

    void open(Image image = sampleImage())
    {
        document.beginLoading(QStringLiteral("test"));
        document.finish(inspectedOf(std::move(image)));
    }
};

QTreeView &viewOf(const QWidget &panel, const char *name)
{
    auto *view = panel.findChild<QTreeView *>(QLatin1String(name));
    if (view == nullptr) {
        qFatal("no view %s", name);
    }
    return *view;
}

QString emptyText(const QWidget &panel)
{
    const auto *state = panel.findChild<EmptyState *>();
    return state->isEmpty() ? panel.findChild<QLabel *>(QStringLiteral("emptyState"))->text()
                            : QString();
}

} // namespace

class TestPanels : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void emptyPanelsSayWhatWouldBeHere();
    void filesFollowTheSelection();
    void filesSetTheSelection();
    void focusChoosesNothing();
    void filesFilter();
    void filesKeepWhatIsOpen();
    void filesShowEarlyLayers();
    void contractShowsTheImage();
    void pathShowsItsTimeline();
    void wasteLeadsToItsPath();
    void stepsChooseLayers();
    void stepsThatCannotBeAligned();
    void stepsRevealUntilSomethingElseIsChosen();
    void copiesTextAndJson();
    void copiesWhatIsShortenedWhole();
};

void TestPanels::emptyPanelsSayWhatWouldBeHere()
{
    Stage stage;
    const FilesPanel files(stage.document, stage.selection);
    const ContractPanel contract(stage.document, stage.selection);
    const PathPanel path(stage.document, stage.selection);
    const WastePanel waste(stage.document, stage.selection);
    const StepsPanel steps(stage.document, stage.selection);
    const QWidget *const panels[] = {&files, &contract, &path, &waste, &steps};
    for (const QWidget *panel : panels) {
        QVERIFY2(!emptyText(*panel).isEmpty(), qPrintable(panel->objectName()));
    }
    stage.open();
    QTRY_VERIFY(emptyText(files).isEmpty());
    QVERIFY(emptyText(contract).isEmpty());
    QVERIFY(emptyText(waste).isEmpty());
    QVERIFY(emptyText(steps).isEmpty());
    stage.document.clear();
    for (const QWidget *panel : panels) {
        QVERIFY2(!emptyText(*panel).isEmpty(), qPrintable(panel->objectName()));
    }
}

void TestPanels::filesFollowTheSelection()
{
    Stage stage;
    const FilesPanel panel(stage.document, stage.selection);
    const QTreeView &tree = viewOf(panel, "fileTree");
    stage.open();
    QTRY_COMPARE(tree.model()->rowCount(), 2);
    stage.selection.setPlace(
        {.path = "/usr/gone", .layer = LayerIndex{2}, .view = ViewSpec::Kind::Layer});
    QTRY_COMPARE(tree.currentIndex().data(role::Path).toByteArray(), QByteArray("/usr/gone"));
    QVERIFY(tree.currentIndex().data(role::Struck).toBool());
    stage.selection.selectPath("/not/here");
    QVERIFY(!tree.selectionModel()->hasSelection());
    stage.selection.back();
    QCOMPARE(tree.currentIndex().data(role::Path).toByteArray(), QByteArray("/usr/gone"));
}

void TestPanels::filesSetTheSelection()
{
    Stage stage;
    const FilesPanel panel(stage.document, stage.selection);
    QTreeView &tree = viewOf(panel, "fileTree");
    stage.open();
    QTRY_COMPARE(tree.model()->rowCount(), 2);
    QVERIFY(stage.selection.place().path.isEmpty()); // showing is not choosing
    tree.setCurrentIndex(tree.model()->index(1, 0));
    QCOMPARE(stage.selection.place().path, QByteArray("/usr"));
    panel.findChild<QToolButton *>(QStringLiteral("viewLayer"))->click();
    QCOMPARE(stage.selection.place().layer,
             std::optional<LayerIndex>(2)); // the uppermost, as none was chosen
    QCOMPARE(stage.selection.place().view, ViewSpec::Kind::Layer);
}

void TestPanels::focusChoosesNothing()
{
    Stage stage;
    FilesPanel panel(stage.document, stage.selection);
    QTreeView &tree = viewOf(panel, "fileTree");
    stage.open();
    QTRY_COMPARE(tree.model()->rowCount(), 2);
    panel.show();
    QVERIFY(QTest::qWaitForWindowActive(&panel));
    panel.setFocus();
    tree.setFocus(Qt::TabFocusReason);
    QTRY_VERIFY(tree.hasFocus());
    QVERIFY(!tree.currentIndex().isValid());
    QVERIFY(stage.selection.place().path.isEmpty());
    QTest::keyClick(&tree, Qt::Key_Down);
    QCOMPARE(tree.currentIndex(), tree.model()->index(0, 0));
    QCOMPARE(stage.selection.place().path, QByteArray("/etc"));
}

void TestPanels::filesFilter()
{
    Stage stage;
    const FilesPanel panel(stage.document, stage.selection);
    const QTreeView &tree = viewOf(panel, "fileTree");
    auto *line = panel.findChild<QLineEdit *>(QStringLiteral("filter"));
    const auto *error = panel.findChild<QLabel *>(QStringLiteral("filterError"));
    stage.open();
    QTRY_COMPARE(tree.model()->rowCount(), 2);
    line->setText(QStringLiteral("size>500"));
    QTRY_COMPARE(tree.model()->rowCount(), 1);
    QVERIFY(tree.isExpanded(tree.model()->index(0, 0)));
    QVERIFY(panel.findChild<QLabel *>(QStringLiteral("filterCount"))
                ->text()
                .contains(QLatin1String("1 match")));
    line->setText(QStringLiteral("size>x"));
    QVERIFY(!error->isHidden());
    QCOMPARE(tree.model()->rowCount(), 1);
    line->setText(QStringLiteral("/b(/"));
    QVERIFY(!error->isHidden());
    line->setText(QStringLiteral("zzz"));
    QVERIFY(error->isHidden());
    QTRY_VERIFY(emptyText(panel).contains(QLatin1String("zzz")));
    line->clear();
    QTRY_COMPARE(tree.model()->rowCount(), 2);
}

void TestPanels::filesKeepWhatIsOpen()
{
    Stage stage;
    const FilesPanel panel(stage.document, stage.selection);
    QTreeView &tree = viewOf(panel, "fileTree");
    stage.open();
    QTRY_COMPARE(tree.model()->rowCount(), 2);
    tree.expand(tree.model()->index(0, 0));
    stage.selection.setPlace({.layer = LayerIndex{0}, .view = ViewSpec::Kind::At});
    const auto *model = qobject_cast<FileTreeModel *>(tree.model());
    QTRY_COMPARE(model->view()->spec().kind, ViewSpec::Kind::At);
    QVERIFY(tree.isExpanded(tree.model()->index(0, 0)));
    QVERIFY(!tree.isExpanded(tree.model()->index(1, 0)));
}

void TestPanels::filesShowEarlyLayers()
{
    Stage stage;
    const FilesPanel panel(stage.document, stage.selection);
    const QTreeView &tree = viewOf(panel, "fileTree");
    stage.document.beginLoading(QStringLiteral("test"));
    auto early = std::make_shared<Image>(sampleImage());
    early->tree = nullptr;
    stage.document.setEarlyImage(early);
    QVERIFY(!emptyText(panel).isEmpty());
    auto layer = std::make_shared<LayerTree>();
    QVERIFY(layer->append("early", Entry()).has_value());
    stage.document.addLayerTree(1, layer);
    QTRY_COMPARE(tree.model()->rowCount(), 1);
    QCOMPARE(tree.model()->index(0, 0).data().toString(), QStringLiteral("early"));
    stage.selection.selectLayer(0); // not one that could be shown
    QCOMPARE(tree.model()->rowCount(), 0);
    QVERIFY(emptyText(panel).contains(QStringLiteral("still to come")));
    stage.selection.selectLayer(1);
    QTRY_COMPARE(tree.model()->rowCount(), 1);
    stage.selection.setPlace({});
    stage.document.finish(inspectedOf(sampleImage()));
    QTRY_COMPARE(tree.model()->rowCount(), 2);
}

void TestPanels::contractShowsTheImage()
{
    Stage stage;
    const ContractPanel panel(stage.document, stage.selection);
    Image image = sampleImage();
    image.config.labels = {{"title", "Shop"}};
    stage.open(std::move(image));
    const QTreeView &view = viewOf(panel, "contractView");
    bool isOpen = false;
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        isOpen = isOpen || view.isExpanded(view.model()->index(row, 0));
    }
    QVERIFY(isOpen);
}

void TestPanels::pathShowsItsTimeline()
{
    Stage stage;
    const PathPanel panel(stage.document, stage.selection);
    stage.open();
    QVERIFY(!emptyText(panel).isEmpty());
    stage.selection.selectPath("/usr/a");
    QTreeView &view = viewOf(panel, "timeline");
    QCOMPARE(view.model()->rowCount(), 2);
    QVERIFY(panel.findChild<QLabel *>(QStringLiteral("pathShipped"))
                ->text()
                .contains(QLatin1String("2,000 bytes")));
    view.setCurrentIndex(view.model()->index(1, 0));
    QCOMPARE(stage.selection.place().layer, std::optional<LayerIndex>(1));
    QCOMPARE(stage.selection.place().path, QByteArray("/usr/a"));
    stage.selection.selectPath("/nowhere");
    QVERIFY(emptyText(panel).contains(QLatin1String("/nowhere")));
}

void TestPanels::wasteLeadsToItsPath()
{
    Stage stage;
    const WastePanel panel(stage.document, stage.selection);
    stage.open();
    QTreeView &view = viewOf(panel, "wasteView");
    const QModelIndex group = view.model()->index(0, 0);
    QVERIFY(view.isExpanded(group));
    view.setCurrentIndex(view.model()->index(0, 0, group));
    QCOMPARE(stage.selection.place(),
             (Place{.path = "/usr/a", .layer = LayerIndex{0}, .view = ViewSpec::Kind::Layer}));
    stage.selection.setPlace({.path = "/usr/gone", .layer = LayerIndex{0}});
    QCOMPARE(view.currentIndex().data(role::Path).toByteArray(), QByteArray("/usr/gone"));
    stage.selection.selectPath("/etc/b");
    QVERIFY(!view.selectionModel()->hasSelection());
    stage.open(test::imageOf({"file a 1 x"}));
    QVERIFY(emptyText(panel).contains(QLatin1String("Nothing is wasted")));
}

void TestPanels::stepsChooseLayers()
{
    Stage stage;
    const StepsPanel panel(stage.document, stage.selection);
    stage.open();
    QTreeView &view = viewOf(panel, "stepsView");
    QVERIFY(viewOf(panel, "stepsLayers").isHidden());
    view.setCurrentIndex(view.model()->index(1, 0));
    QCOMPARE(stage.selection.place().layer, std::optional<LayerIndex>(1));
    stage.selection.selectLayer(LayerIndex{2});
    QCOMPARE(view.currentIndex().row(), 2);
    stage.selection.selectLayer(std::nullopt);
    QVERIFY(!view.selectionModel()->hasSelection());
}

void TestPanels::stepsThatCannotBeAligned()
{
    Stage stage;
    const StepsPanel panel(stage.document, stage.selection);
    stage.open(test::imageOf({"file a 1 x", "file b 1 y"}, {"RUN one"}));
    QVERIFY(!viewOf(panel, "stepsLayers").isHidden());
    QVERIFY(!panel.findChild<QLabel *>(QStringLiteral("stepsNotice"))->isHidden());
    stage.selection.selectLayer(LayerIndex{1});
    QCOMPARE(viewOf(panel, "stepsLayers").currentIndex().row(), 1);
}

void TestPanels::stepsRevealUntilSomethingElseIsChosen()
{
    Stage stage;
    StepsPanel panel(stage.document, stage.selection);
    panel.resize(800, 600);
    panel.show();
    const auto open = [&stage] {
        stage.open(test::imageOf({"file a 1 x", "file b 1 y"},
                                 {"RUN DB_PASSWORD=hunter2 ./setup", "RUN two"}));
    };
    open();
    QTreeView &view = viewOf(panel, "stepsView");
    auto &text = *panel.findChild<QPlainTextEdit *>(QStringLiteral("stepText"));
    const auto isRevealed = [&text] {
        return text.toPlainText().contains(QLatin1String("hunter2"));
    };
    const auto toggle = [&view] {
        QTimer::singleShot(0, &view, [&view] {
            auto *action = view.findChild<QAction *>(QStringLiteral("revealStep"));
            QVERIFY(action != nullptr);
            action->trigger();
            QApplication::activePopupWidget()->close();
        });
        emit view.customContextMenuRequested(view.visualRect(view.model()->index(0, 0)).center());
    };
    view.setCurrentIndex(view.model()->index(0, 0));
    QVERIFY(!isRevealed());
    toggle();
    QVERIFY(isRevealed());
    text.selectAll();
    QVERIFY(copySelection(&text));
    QVERIFY(QApplication::clipboard()->text().startsWith(QLatin1String("RUN DB_PASSWORD=")));
    QVERIFY(!QApplication::clipboard()->text().contains(QLatin1String("hunter2")));
    view.selectAll();
    QVERIFY(!selectedAsText(view).contains(QLatin1String("hunter2")));
    QVERIFY(!selectedAsJson(view).contains(QLatin1String("hunter2")));
    toggle(); // hides them again
    QVERIFY(!isRevealed());
    toggle();
    stage.selection.setPlace({.path = "/a"}); // anything else, in whatever panel
    QVERIFY(!isRevealed());
    toggle();
    view.setCurrentIndex(view.model()->index(1, 0));
    view.setCurrentIndex(view.model()->index(0, 0));
    QVERIFY(!isRevealed());
    toggle();
    QVERIFY(isRevealed());
    open(); // the same image again
    QVERIFY(!isRevealed());
}

void TestPanels::copiesTextAndJson()
{
    Stage stage;
    const FilesPanel panel(stage.document, stage.selection);
    QTreeView &tree = viewOf(panel, "fileTree");
    stage.open();
    QTRY_COMPARE(tree.model()->rowCount(), 2);
    tree.selectAll();
    QVERIFY(copySelection(tree.viewport()));
    const QString text = QApplication::clipboard()->text();
    QCOMPARE(text.count(QLatin1Char('\n')), 1);
    QVERIFY(text.startsWith(QLatin1String("etc\t7 B\t")));
    const QJsonArray rows = QJsonDocument::fromJson(selectedAsJson(tree).toUtf8()).array();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[1].toObject()[QStringLiteral("path")].toString(), QStringLiteral("/usr"));
    QCOMPARE(rows[1].toObject()[QStringLiteral("size")].toInt(), 1000);
}

void TestPanels::copiesWhatIsShortenedWhole()
{
    Stage stage;
    const ContractPanel panel(stage.document, stage.selection);
    QTreeView &view = viewOf(panel, "contractView");
    Image image = sampleImage();
    image.config.labels = {{"org.opencontainers.image.title", "Shop"}, {"team", "stone"}};
    image.digest = Digest::ofSha256(std::string(64, 'a'));
    stage.open(std::move(image));
    view.expandAll();
    view.selectAll();
    QVERIFY(copySelection(&view));
    const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'));
    QVERIFY(lines.contains(QStringLiteral("org.opencontainers.image.title\tShop")));
    QVERIFY(lines.contains(QStringLiteral("team\tstone")));
    QVERIFY(lines.contains(QStringLiteral("Digest\tsha256:") + QString(64, QLatin1Char('a'))));
}

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
