// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/images.h"
#include "ui/delegates/emptystate.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/panels/treemap/breadcrumbs.h"
#include "ui/panels/treemap/elidedlabel.h"
#include "ui/panels/treemap/legend.h"
#include "ui/panels/treemap/treemappanel.h"
#include "ui/settings/settings.h"
#include "ui/treemap/treemapview.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <QXmlStreamReader>

using namespace cutaway;

namespace {

Image sampleImage()
{
    return test::imageOf({"file usr/lib/a 9000 x\nfile usr/lib/b 5000 y\nfile usr/bin/c 7000 c\n"
                          "file etc/gone 4000 g\nfile etc/kept 2000 k\nfile empty 0 -",
                          "mode usr/lib/b 0755 5000 y\nfile srv/new 3000 n",
                          "file etc/.wh.gone 0 -"},
                         {"ADD rootfs.tar /", "RUN chmod 755 /usr/lib/b", "RUN rm /etc/gone"});
}

/// The panel in a window, as large as the real one.
class Stage
{
public:
    Stage()
    {
        m_panel.resize(700, 600);
        m_panel.show();
    }

    void open(Image image = sampleImage())
    {
        auto inspection = std::make_shared<Inspection>();
        inspection->image = std::make_shared<const Image>(std::move(image));
        inspection->analysis = analyze(*inspection->image, Monitor()).value();
        m_document.beginLoading(QStringLiteral("test"));
        m_document.finish({inspection, nullptr});
    }

    bool isDrawn() { return view().map() != nullptr; }
    TreemapPanel &panel() { return m_panel; }
    Document &document() { return m_document; }
    Selection &selection() { return m_selection; }
    TreemapView &view() { return named<TreemapView>("treemap"); }
    const treemap::Layout &layout() { return view().map()->layout; }
    const PathTree &tree() { return *m_document.inspection()->image->tree; }

    template<typename T>
    T &named(const char *name)
    {
        auto *found = m_panel.findChild<T *>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("no %s", name);
        }
        return *found;
    }

    int cellOf(const char *path) { return layout().cellOf(tree(), tree().find(path)); }
    QPoint middleOf(const char *path)
    {
        return layout().cell(cellOf(path)).rect.center().toPoint();
    }
    std::string rootPath() { return tree().path(layout().root()); }
    QString emptyText()
    {
        const auto *state = m_panel.findChild<EmptyState *>();
        return state->isEmpty() ? named<QLabel>("emptyState").text() : QString();
    }
    QStringList legend()
    {
        QStringList texts;
        for (const auto *entry : named<Legend>("legend").findChildren<QToolButton *>()) {
            texts << entry->text();
        }
        return texts;
    }

private:
    Document m_document;
    Selection m_selection;
    TreemapPanel m_panel{m_document, m_selection};
};

} // namespace

class TestTreemapPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { settings::setState(QStringLiteral("treemap/colours"), {}); }
    void saysWhatWouldBeHere();
    void worksOnlyWhileSeen();
    void cellsSetTheSelection();
    void followsTheSelection();
    void followsTheViews();
    void showsWhatIsHidden();
    void zooms();
    void zoomsByWheelAndPath();
    void keysWalk();
    void menuOfACell();
    void saysWhatCellsAre();
    void coloursAreKept();
    void legendBringsOut();
    void layersThatCouldNotBeRead();
    void makesPictures();
};

void TestTreemapPanel::saysWhatWouldBeHere()
{
    Stage stage;
    QVERIFY(stage.emptyText().contains(QStringLiteral("once one is open")));
    stage.document().beginLoading(QStringLiteral("test"));
    QVERIFY(stage.emptyText().contains(QStringLiteral("once all layers are read")));
    stage.open();
    QVERIFY(stage.emptyText().isEmpty());
    QTRY_VERIFY(stage.isDrawn());
    stage.open(test::imageOf({"file a 10 x", "dir b"}));
    stage.selection().selectLayer(LayerIndex{1});
    QTRY_VERIFY(stage.emptyText().contains(QStringLiteral("neither adds nor removes")));
    stage.named<QToolButton>("viewHidden").click();
    QTRY_VERIFY(stage.emptyText().contains(QStringLiteral("Nothing is hidden")));
    stage.named<QToolButton>("viewFinal").click();
    QTRY_VERIFY(stage.emptyText().isEmpty());
    stage.document().clear();
    QVERIFY(!stage.isDrawn());
    QVERIFY(stage.emptyText().contains(QStringLiteral("once one is open")));
}

void TestTreemapPanel::worksOnlyWhileSeen()
{
    Stage stage;
    stage.panel().hide();
    stage.open();
    QTest::qWait(50);
    QVERIFY(!stage.isDrawn());
    stage.panel().show();
    QTRY_VERIFY(stage.isDrawn());
}

void TestTreemapPanel::cellsSetTheSelection()
{
    Stage stage;
    stage.open();
    QTRY_VERIFY(stage.isDrawn());
    QTest::mouseClick(&stage.view(), Qt::LeftButton, {}, stage.middleOf("/usr/lib/a"));
    QCOMPARE(stage.selection().place().path, QByteArray("/usr/lib/a"));
    QCOMPARE(stage.selection().place().view, ViewSpec::Kind::Final);
    QCOMPARE(stage.view().current(), stage.cellOf("/usr/lib/a"));
    // The strip of a directory is the directory.
    const treemap::Cell &lib = stage.layout().cell(stage.cellOf("/usr/lib"));
    QVERIFY(lib.isTitled);
    QTest::mouseClick(
        &stage.view(),
        Qt::LeftButton,
        {},
        QPoint(static_cast<int>(lib.rect.center().x()), static_cast<int>(lib.rect.top()) + 4));
    QCOMPARE(stage.selection().place().path, QByteArray("/usr/lib"));
}

void TestTreemapPanel::followsTheSelection()
{
    Stage stage;
    stage.open();
    QTRY_VERIFY(stage.isDrawn());
    stage.selection().selectPath("/usr/bin/c");
    QCOMPARE(stage.view().current(), stage.cellOf("/usr/bin/c"));
    stage.selection().selectPath("/not/here");
    QCOMPARE(stage.view().current(), -1);
    stage.selection().selectPath("/empty"); // weighs nothing, lies in the root
    QCOMPARE(stage.view().current(), -1);
    stage.selection().back();
    stage.selection().back();
    QCOMPARE(stage.view().current(), stage.cellOf("/usr/bin/c"));
}

void TestTreemapPanel::followsTheViews()
{
    Stage stage;
    stage.open();
    QTRY_VERIFY(stage.isDrawn());
    QCOMPARE(stage.layout().cell(0).bytes, std::uint64_t{26'000});
    stage.named<QToolButton>("viewLayer").click();
    QCOMPARE(stage.selection().place().layer, LayerIndex{2}); // the uppermost
    QTRY_COMPARE(stage.layout().cell(0).bytes, std::uint64_t{4000});
    QVERIFY(stage.view().map()->scene->isRemoved(stage.layout().cell(stage.cellOf("/etc/gone"))));
    stage.selection().selectLayer(LayerIndex{1});
    QTRY_COMPARE(stage.layout().cell(0).bytes, std::uint64_t{8000});
    stage.selection().selectView(ViewSpec::Kind::At);
    QTRY_COMPARE(stage.layout().cell(0).bytes, std::uint64_t{30'000});
    QVERIFY(stage.named<QToolButton>("viewAt").isChecked());
    stage.selection().setPlace({});
    QTRY_COMPARE(stage.layout().cell(0).bytes, std::uint64_t{26'000});
    QVERIFY(stage.named<QToolButton>("viewFinal").isChecked());
}

void TestTreemapPanel::showsWhatIsHidden()
{
    Stage stage;
    stage.open();
    stage.named<QToolButton>("viewHidden").click();
    QTRY_VERIFY(stage.isDrawn());
    QTRY_COMPARE(stage.layout().cell(0).bytes,
                 stage.document().inspection()->analysis.shadowedBytes);
    QCOMPARE(stage.layout().cell(0).bytes, std::uint64_t{9000});
    QTest::mouseClick(&stage.view(), Qt::LeftButton, {}, stage.middleOf("/etc/gone"));
    QCOMPARE(stage.selection().place(),
             (Place{.path = "/etc/gone", .layer = LayerIndex{0}, .view = ViewSpec::Kind::Layer}));
    QVERIFY(stage.named<QToolButton>("viewHidden").isChecked());
    QVERIFY(
        stage.named<ElidedLabel>("cellFacts").text().contains(QStringLiteral("hidden by layer 2")));
    // Another panel's choice leaves the hidden bytes in sight, and is shown among them.
    stage.selection().setPlace({.path = "/usr/lib/b", .layer = LayerIndex{1}});
    QCOMPARE(stage.view().current(), stage.cellOf("/usr/lib/b"));
    stage.named<QToolButton>("viewFinal").click();
    QTRY_COMPARE(stage.layout().cell(0).bytes, std::uint64_t{26'000});
}

void TestTreemapPanel::zooms()
{
    Stage stage;
    stage.open();
    QTRY_VERIFY(stage.isDrawn());
    QVERIFY(!stage.named<QToolButton>("zoomOut").isEnabled());
    QTest::mouseClick(&stage.view(), Qt::LeftButton, {}, stage.middleOf("/usr/lib/a"));
    QTest::mouseDClick(&stage.view(), Qt::LeftButton, {}, stage.middleOf("/usr/lib/a"));
    QTRY_COMPARE(stage.rootPath(), std::string("/usr/lib"));
    QCOMPARE(stage.view().current(), stage.cellOf("/usr/lib/a"));
    QCOMPARE(stage.named<QLabel>("treemapTotal").text(), QStringLiteral("14.0 kB"));
    // A file in the directory that is shown leads no further in.
    QCOMPARE(stage.view().zoomTarget(stage.cellOf("/usr/lib/a")), kNone);
    QTest::keyClick(&stage.view(), Qt::Key_Backspace);
    QTRY_COMPARE(stage.rootPath(), std::string("/usr"));
    stage.named<QToolButton>("zoomOut").click();
    QTRY_COMPARE(stage.rootPath(), std::string("/"));
    QTest::keyClick(&stage.view(), Qt::Key_Backspace);
    stage.selection().selectPath("/usr");
    QTest::keyClick(&stage.view(), Qt::Key_Return);
    QTRY_COMPARE(stage.rootPath(), std::string("/usr"));
    const auto steps = stage.named<Breadcrumbs>("breadcrumbs").findChildren<QToolButton *>();
    for (QToolButton *step : steps) {
        if (step->text() == QLatin1String("/")) {
            step->click();
            break;
        }
    }
    QTRY_COMPARE(stage.rootPath(), std::string("/"));
}

void TestTreemapPanel::zoomsByWheelAndPath()
{
    Stage stage;
    stage.open();
    QTRY_VERIFY(stage.isDrawn());
    const auto turn = [&stage](const QPoint &at, int by) {
        QWheelEvent event(at,
                          stage.view().mapToGlobal(at),
                          {},
                          QPoint(0, by),
                          Qt::NoButton,
                          Qt::NoModifier,
                          Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(&stage.view(), &event);
    };
    const QPoint inLib = stage.middleOf("/usr/lib/a");
    turn(inLib, 60); // half a notch
    turn(inLib, 60);
    QTRY_COMPARE(stage.rootPath(), std::string("/usr")); // one level, not all the way
    turn(stage.middleOf("/usr/lib/a"), 120);
    QTRY_COMPARE(stage.rootPath(), std::string("/usr/lib"));
    // A path elsewhere, chosen in another panel, brings itself into sight.
    stage.selection().selectPath("/usr/bin/c");
    QTRY_COMPARE(stage.rootPath(), std::string("/usr"));
    QTRY_COMPARE(stage.view().current(), stage.cellOf("/usr/bin/c"));
    turn(QPoint(20, 20), -120);
    QTRY_COMPARE(stage.rootPath(), std::string("/"));
}

void TestTreemapPanel::keysWalk()
{
    Stage stage;
    stage.open();
    QTRY_VERIFY(stage.isDrawn());
    QTest::keyClick(&stage.view(), Qt::Key_Home);
    const int first = stage.view().current();
    QCOMPARE(stage.selection().place().path, QByteArray("/usr")); // the heaviest
    QTest::keyClick(&stage.view(), Qt::Key_PageDown);
    QCOMPARE(stage.selection().place().path, QByteArray("/usr/lib"));
    QTest::keyClick(&stage.view(), Qt::Key_PageDown);
    QCOMPARE(stage.selection().place().path, QByteArray("/usr/lib/a"));
    QVERIFY(stage.view().accessibleName().startsWith(QStringLiteral("/usr/lib/a, 9.00 kB")));
    QTest::keyClick(&stage.view(), Qt::Key_PageDown); // there is nothing in a file
    QCOMPARE(stage.selection().place().path, QByteArray("/usr/lib/a"));
    int steps = 0;
    for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_Left, Qt::Key_Up}) {
        const int before = stage.view().current();
        QTest::keyClick(&stage.view(), key);
        steps += stage.view().current() != before ? 1 : 0;
        QVERIFY(stage.layout().cell(stage.view().current()).isLeaf());
    }
    QVERIFY(steps >= 2);
    stage.selection().selectPath("/usr/lib/a");
    QTest::keyClick(&stage.view(), Qt::Key_PageUp);
    QTest::keyClick(&stage.view(), Qt::Key_PageUp);
    QCOMPARE(stage.view().current(), first);
}

void TestTreemapPanel::menuOfACell()
{
    Stage stage;
    stage.open();
    QTRY_VERIFY(stage.isDrawn());
    const auto ask = [&stage](QContextMenuEvent::Reason reason, const QPoint &at) {
        QContextMenuEvent event(reason, at, stage.view().mapToGlobal(at));
        QApplication::sendEvent(&stage.view(), &event);
        return stage.view().findChild<QMenu *>(QStringLiteral("treemapMenu"));
    };
    QVERIFY(ask(QContextMenuEvent::Keyboard, {}) == nullptr); // nothing is chosen
    const QMenu *menu = ask(QContextMenuEvent::Mouse, stage.middleOf("/usr/lib/a"));
    QVERIFY(menu != nullptr);
    QCOMPARE(stage.selection().place().path, QByteArray("/usr/lib/a"));
    const QList<QAction *> actions = menu->actions();
    QCOMPARE(actions.size(), 5);
    QVERIFY(!actions[1]->isEnabled()); // it shows all there is
    actions[3]->trigger();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("/usr/lib/a"));
    actions[4]->trigger();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("cutaway:///usr/lib/a?image=test"));
    actions[0]->trigger();
    QTRY_COMPARE(stage.rootPath(), std::string("/usr/lib"));
}

void TestTreemapPanel::saysWhatCellsAre()
{
    Stage stage;
    stage.open();
    QTRY_VERIFY(stage.isDrawn());
    const auto &title = stage.named<ElidedLabel>("cellTitle");
    const auto &facts = stage.named<ElidedLabel>("cellFacts");
    stage.selection().selectPath("/usr/lib/b");
    QCOMPARE(title.text(), QStringLiteral("/usr/lib/b"));
    QVERIFY(facts.text().contains(QStringLiteral("5.00 kB (5,000 bytes)")));
    QVERIFY(facts.text().contains(QStringLiteral("19.2 % of /")));
    QVERIFY(facts.text().contains(QStringLiteral("layer 1: RUN chmod 755 /usr/lib/b")));
    QVERIFY(facts.text().contains(QStringLiteral("◇ metadata")));
    const QPoint at = stage.middleOf("/usr/bin/c");
    QMouseEvent move(QEvent::MouseMove,
                     at,
                     stage.view().mapToGlobal(at),
                     Qt::NoButton,
                     Qt::NoButton,
                     Qt::NoModifier);
    QApplication::sendEvent(&stage.view(), &move);
    QCOMPARE(title.text(), QStringLiteral("/usr/bin/c"));
    QVERIFY(stage.view().accessibleName().startsWith(QStringLiteral("/usr/lib/b")));
}

void TestTreemapPanel::coloursAreKept()
{
    {
        Stage stage;
        auto &colours = stage.named<QComboBox>("treemapColours");
        QCOMPARE(colours.currentIndex(), 0);
        stage.open();
        QTRY_VERIFY(stage.isDrawn());
        QCOMPARE(stage.legend().size(), 2); // layers 0 and 1; layer 2 brings nothing
        colours.setCurrentIndex(1);
        emit colours.activated(1);
        QTRY_COMPARE(stage.legend(),
                     (QStringList{QStringLiteral("+ Added"), QStringLiteral("◇ Metadata")}));
    }
    Stage again;
    QCOMPARE(again.named<QComboBox>("treemapColours").currentIndex(), 1);
    again.open();
    QTRY_VERIFY(again.isDrawn());
    QCOMPARE(again.view().map()->scene->by, treemap::ColourBy::Change);
}

void TestTreemapPanel::legendBringsOut()
{
    Stage stage;
    stage.open();
    QTRY_VERIFY(stage.isDrawn());
    auto &legend = stage.named<Legend>("legend");
    const auto entries = legend.findChildren<QToolButton *>();
    // The picture's size may still change: what stands in the corner of a cell does not.
    const auto colourOf = [&stage](const char *path) {
        const QImage &picture = stage.view().map()->picture;
        const QPointF corner = stage.layout().cell(stage.cellOf(path)).rect.bottomRight();
        return picture.pixelColor(
            ((corner - QPointF(4, 4)) * picture.devicePixelRatio()).toPoint());
    };
    const QColor lower = colourOf("/usr/lib/a");
    const QColor upper = colourOf("/usr/lib/b");
    QVERIFY(lower != upper);
    entries[1]->click();
    QCOMPARE(legend.highlighted(), 1);
    QTRY_VERIFY(colourOf("/usr/lib/a") != lower);
    QCOMPARE(colourOf("/usr/lib/b"), upper);
    entries[0]->click(); // one at a time
    QCOMPARE(legend.highlighted(), 0);
    QTRY_COMPARE(colourOf("/usr/lib/a"), lower);
    QVERIFY(colourOf("/usr/lib/b") != upper);
    entries[0]->click();
    QCOMPARE(legend.highlighted(), -1);
    QTRY_COMPARE(colourOf("/usr/lib/b"), upper);
    QCOMPARE(colourOf("/usr/lib/a"), lower);
}

void TestTreemapPanel::layersThatCouldNotBeRead()
{
    Stage stage;
    stage.open();
    QTRY_VERIFY(stage.isDrawn());
    QVERIFY(!stage.named<QLabel>("treemapNotice").isVisible());
    auto inspection = std::make_shared<Inspection>(*stage.document().inspection());
    inspection->analysis.complete = false;
    stage.document().beginLoading(QStringLiteral("test"));
    stage.document().finish({inspection, nullptr});
    QTRY_VERIFY(stage.named<QLabel>("treemapNotice").isVisible());
}

void TestTreemapPanel::makesPictures()
{
    Stage stage;
    stage.panel().hide(); // what was never shown can be drawn, too
    stage.open();
    QByteArray png;
    stage.panel().makePicture(false, [&png](const QByteArray &bytes) { png = bytes; });
    QTRY_VERIFY(!png.isEmpty());
    const QImage image = QImage::fromData(png, "PNG");
    QVERIFY(image.width() >= 2 * 1280 && image.height() >= 2 * 800);
    QByteArray svg;
    stage.panel().makePicture(true, [&svg](const QByteArray &bytes) { svg = bytes; });
    QTRY_VERIFY(!svg.isEmpty());
    QXmlStreamReader reader(svg);
    QString texts;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isCharacters()) {
            texts += reader.text();
        }
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(texts.contains(QStringLiteral("Files as a container sees them · coloured by layer")));
    QVERIFY(texts.contains(QStringLiteral("Layer 1: RUN chmod 755 /usr/lib/b")));
    QVERIFY(texts.contains(QStringLiteral("kept")));
}

QTEST_MAIN(TestTreemapPanel)
#include "tst_treemappanel.moc"
