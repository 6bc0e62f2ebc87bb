// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/auditimage.h"
#include "ui/delegates/emptystate.h"
#include "ui/dialogs/commandpalette.h"
#include "ui/dialogs/shortcutsdialog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace cutaway;

/// Finding actions and paths by a few letters.
class TestCommandPalette : public QObject
{
    Q_OBJECT

private slots:
    void ranks_data();
    void ranks();
    void commands();
    void answers_data();
    void answers();
    void doesWhatIsChosen();
    void goesToPaths();
    void saysWhenThereIsNothing();
    void largeTreesInSlices();
    void shortcuts();
};

namespace {

/// File: Open file… (Ctrl+O), Export › Report as JSON…; View: Files, Treemap (disabled).
struct Bar
{
    QMenuBar bar;
    QAction *open = nullptr;
    QAction *files = nullptr;

    Bar()
    {
        QMenu *file = bar.addMenu(QStringLiteral("&File"));
        open = file->addAction(QStringLiteral("&Open file…"));
        open->setShortcuts(
            {QKeySequence(QStringLiteral("Ctrl+O")), QKeySequence(QStringLiteral("F3"))});
        file->addSeparator();
        file->addMenu(QStringLiteral("&Export"))->addAction(QStringLiteral("Report && &JSON…"));
        QMenu *view = bar.addMenu(QStringLiteral("&View"));
        files = view->addAction(QStringLiteral("&Files"));
        view->addAction(QStringLiteral("&Treemap"))->setEnabled(false);
        view->addAction(open); // in two menus
    }
};

ImagePtr imageWith(std::string_view text)
{
    return std::make_shared<const Image>(test::auditImage(text));
}

ImagePtr smallImage()
{
    return imageWith("layer RUN one\n"
                     "file usr/lib/libz.so 30 x\n"
                     "file usr/lib/libssl.so 30 x\n"
                     "file usr/bin/Zip 30 x\n"
                     "file usr/linux 30 x\n"
                     "layer RUN two\n"
                     "file usr/lib/.wh.libssl.so 0 -\n");
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

/// "Open file…|File|Ctrl+O; F3", row by row.
QStringList rowsOf(const QDialog &dialog, const char *list)
{
    const QAbstractItemModel &model = *named<QTreeView>(dialog, list).model();
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column) {
            cells.append(model.index(row, column).data().toString());
        }
        rows.append(cells.join(QLatin1Char('|')));
    }
    return rows;
}

} // namespace

void TestCommandPalette::ranks_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<int>("rank");
    QTest::newRow("nothing asked") << QString() << 0;
    QTest::newRow("begins") << QStringLiteral("copy") << 0;
    QTest::newRow("begins, two words") << QStringLiteral("copy link") << 0;
    QTest::newRow("a later word") << QStringLiteral("LINK") << 1;
    QTest::newRow("any order") << QStringLiteral("place copy") << 1;
    QTest::newRow("inside") << QStringLiteral("ink") << 2;
    QTest::newRow("inside and at a beginning") << QStringLiteral("o") << 2;
    QTest::newRow("one word is missing") << QStringLiteral("copy image") << -1;
}

void TestCommandPalette::ranks()
{
    QFETCH(QString, question);
    QTEST(rankOf(QStringLiteral("Copy link here, this place"), question), "rank");
}

void TestCommandPalette::commands()
{
    const Bar menus;
    QStringList texts;
    for (const Command &command : commandsOf(menus.bar)) {
        texts.append(command.menu.join(QLatin1Char('/')) + QLatin1Char(':') + command.text);
    }
    QCOMPARE(texts,
             QStringList({QStringLiteral("File:Open file…"),
                          QStringLiteral("File/Export:Report & JSON…"),
                          QStringLiteral("View:Files"),
                          QStringLiteral("View:Treemap")}));
}

void TestCommandPalette::answers_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QStringList>("rows");
    QTest::newRow("all that can be done")
        << QString()
        << QStringList{QStringLiteral("Open file…|File|Ctrl+O; F3"),
                       QStringLiteral("Report & JSON…|File › Export|"),
                       QStringLiteral("Files|View|")};
    QTest::newRow("best first, then paths")
        << QStringLiteral("fi")
        << QStringList{QStringLiteral("Files|View|"),
                       QStringLiteral("Open file…|File|Ctrl+O; F3"),
                       QStringLiteral("Report & JSON…|File › Export|")};
    QTest::newRow("the menu narrows")
        << QStringLiteral("export json")
        << QStringList{QStringLiteral("Report & JSON…|File › Export|")};
    QTest::newRow("names, large or small")
        << QStringLiteral("zi") << QStringList{QStringLiteral("Zip|/usr/bin|")};
    QTest::newRow("names that are gone")
        << QStringLiteral("ssl") << QStringList{QStringLiteral("libssl.so|/usr/lib|")};
    QTest::newRow("a path") << QStringLiteral(
        "/usr/li") << QStringList{QStringLiteral("lib|/usr|"), QStringLiteral("linux|/usr|")};
    QTest::newRow("the root") << QStringLiteral("/") << QStringList{QStringLiteral("usr|/|")};
    QTest::newRow("no such directory") << QStringLiteral("/opt/x") << QStringList();
}

void TestCommandPalette::answers()
{
    QFETCH(QString, question);
    QFETCH(QStringList, rows);
    const Bar menus;
    CommandPalette palette(commandsOf(menus.bar), smallImage());
    const auto &list = named<QTreeView>(palette, "paletteList");
    const QAbstractItemModelTester tester(list.model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    named<QLineEdit>(palette, "paletteLine").setText(question);
    QTRY_COMPARE(rowsOf(palette, "paletteList"), rows);
    QCOMPARE(list.currentIndex().row(), rows.isEmpty() ? -1 : 0);
}

void TestCommandPalette::doesWhatIsChosen()
{
    const Bar menus;
    CommandPalette palette(commandsOf(menus.bar), smallImage());
    QSignalSpy opened(menus.open, &QAction::triggered);
    QSignalSpy shown(menus.files, &QAction::triggered);
    palette.show();
    auto &line = named<QLineEdit>(palette, "paletteLine");
    QTest::keyClicks(&line, QStringLiteral("file"));
    QTest::keyClick(&line, Qt::Key_Down);
    QTest::keyClick(&line, Qt::Key_Return);
    QVERIFY(!palette.isVisible());
    QTRY_COMPARE(opened.count(), 1);
    QCOMPARE(shown.count(), 0);
}

void TestCommandPalette::goesToPaths()
{
    const Bar menus;
    CommandPalette palette(commandsOf(menus.bar), smallImage());
    QSignalSpy chosen(&palette, &CommandPalette::pathChosen);
    auto &line = named<QLineEdit>(palette, "paletteLine");
    line.setText(QStringLiteral("libz"));
    QTRY_COMPARE(rowsOf(palette, "paletteList").size(), 1);
    QTest::keyClick(&line, Qt::Key_Enter);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.at(0).at(0).toByteArray(), QByteArray("/usr/lib/libz.so"));
}

void TestCommandPalette::saysWhenThereIsNothing()
{
    const Bar menus;
    CommandPalette palette(commandsOf(menus.bar), nullptr);
    auto &line = named<QLineEdit>(palette, "paletteLine");
    const auto *place = palette.findChild<EmptyState *>();
    QVERIFY(!place->isEmpty());
    line.setText(QStringLiteral("/usr"));
    QVERIFY(place->isEmpty());
    QTest::keyClick(&line, Qt::Key_Return); // nothing to choose
    line.setText(QStringLiteral("open"));
    QVERIFY(!place->isEmpty());
}

/// The event loop turns in between, and a new question forgets the old one's finds.
void TestCommandPalette::largeTreesInSlices()
{
    std::string text = "layer RUN one\n";
    for (int i = 0; i < 50'000; ++i) {
        text += "file d/file" + std::to_string(i) + " 1 x\n";
    }
    PathFinder finder(imageWith(text));
    finder.look(QStringLiteral("e49999"));
    QVERIFY(finder.isLooking());
    QCoreApplication::processEvents();
    QVERIFY(finder.found().empty());
    QTRY_VERIFY(!finder.isLooking());
    QCOMPARE(finder.found().size(), std::size_t{1});
    finder.look(QStringLiteral("file"));
    QVERIFY(finder.found().empty());
    QTRY_VERIFY(!finder.isLooking());
    QCOMPARE(finder.found().size(), PathFinder::kMostFound);
    finder.look(QStringLiteral("/d/"));
    QCOMPARE(finder.found().size(), PathFinder::kMostFound);
    finder.look(QStringLiteral("f"));
    QVERIFY(finder.found().empty() && !finder.isLooking());
}

void TestCommandPalette::shortcuts()
{
    const Bar menus;
    const ShortcutsDialog dialog(commandsOf(menus.bar));
    const QStringList only{QStringLiteral("Open file…|File|Ctrl+O; F3")};
    QCOMPARE(rowsOf(dialog, "shortcutsList"), only);
    auto &line = named<QLineEdit>(dialog, "shortcutsLine");
    line.setText(QStringLiteral("f3"));
    QCOMPARE(rowsOf(dialog, "shortcutsList"), only);
    line.setText(QStringLiteral("export"));
    QVERIFY(rowsOf(dialog, "shortcutsList").isEmpty());
    QVERIFY(dialog.findChild<EmptyState *>()->isEmpty());
}

QTEST_MAIN(TestCommandPalette)
#include "tst_commandpalette.moc"
