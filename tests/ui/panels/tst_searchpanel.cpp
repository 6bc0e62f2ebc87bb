// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/inspect.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/images.h"
#include "tests/support/tarwriter.h"
#include "ui/delegates/emptystate.h"
#include "ui/delegates/filterline.h"
#include "ui/document/document.h"
#include "ui/document/selection.h"
#include "ui/models/roles.h"
#include "ui/models/searchmodel.h"
#include "ui/panels/search/searchmenu.h"
#include "ui/panels/search/searchpanel.h"
#include "ui/settings/settings.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QMenu>
#include <QStandardPaths>
#include <QTest>
#include <QTreeView>

using namespace cutaway;
using namespace cutaway::test;

namespace {

Inspected sample(const Folder &folder)
{
    TestImage image;
    image.layers = {TarWriter()
                        .file("usr/a.so", std::string(2000, 'a'))
                        .file("usr/b.so", std::string(3000, 'b'))
                        .file("etc/key", "-----BEGIN PRIVATE THING-----")
                        .file("etc/copy", std::string(2000, 'a'))
                        .finish(),
                    TarWriter().file("usr/a.so", "small").whiteout("usr/b.so").finish()};
    for (const std::string &layer : image.layers) {
        image.blobs.push_back(gzip(layer));
        image.mediaTypes.emplace_back("application/vnd.oci.image.layer.v1.tar+gzip");
        image.diffIds.push_back("sha256:" + sha256Hex(layer));
    }
    Monitor monitor;
    auto inspected =
        inspect(pathReference(folder.write("i.tar", tarOf(ociFiles(image)))), {}, monitor);
    return inspected ? *inspected : Inspected{};
}

struct Stage
{
    Folder folder;
    Document document;
    Selection selection;
    SearchPanel panel{document, selection};

    Stage()
    {
        document.beginLoading(QStringLiteral("test"));
        document.finish(sample(folder));
        panel.resize(900, 400);
        panel.show();
    }
    template<typename Widget>
    Widget *find(const char *name) const
    {
        return panel.findChild<Widget *>(QLatin1String(name));
    }
    FilterLine &line() const { return *find<FilterLine>("filter"); }
    QString words() const { return find<QLabel>("searchWords")->text(); }
    /// "0 /usr/a.so", a comma between the rows of the list or of the sums.
    QString rows(const char *view = "searchList") const
    {
        if (panel.findChild<EmptyState *>()->isEmpty()) {
            return QStringLiteral("–");
        }
        const QAbstractItemModel &model = *find<QTreeView>(view)->model();
        QStringList texts;
        for (int row = 0; row < model.rowCount(); ++row) {
            texts << model.index(row, 1).data().toString() + QLatin1Char(' ')
                         + model.index(row, 0).data().toString();
        }
        return texts.join(QStringLiteral(", "));
    }
};

} // namespace

class TestSearchPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void findsWhileOneTypes();
    void readsContentsOnEnter();
    void leadsToTheLayer();
    void sorts();
    void groups();
    void readySearchesAndKeptOnes();
    void saysWhatIsWrong();
    void completes();
    void rowsComeAsTheListIsScrolled();
};

void TestSearchPanel::init()
{
    for (const QString &search : settings::searches()) {
        settings::removeSearch(search);
    }
}

void TestSearchPanel::findsWhileOneTypes()
{
    Stage stage;
    QCOMPARE(stage.rows(), QStringLiteral("–"));
    QTest::keyClicks(&stage.line(), QStringLiteral(".so"));
    QTRY_COMPARE(stage.rows(),
                 QStringLiteral("0 /usr/a.so, 0 /usr/b.so, 1 /usr/a.so, 1 /usr/b.so"));
    QTRY_COMPARE(stage.words(), QStringLiteral("4 matches · 5.00 kB shipped"));
    QTest::keyClicks(&stage.line(), QStringLiteral("zz"));
    QTRY_COMPARE(stage.rows(), QStringLiteral("–"));
    stage.line().clear();
    QTRY_COMPARE(stage.words(), QString());
}

void TestSearchPanel::readsContentsOnEnter()
{
    Stage stage;
    QTest::keyClicks(&stage.line(), QStringLiteral("content:\"begin private\""));
    QTRY_VERIFY(stage.words().contains(QLatin1String("Enter")));
    QTest::keyClick(&stage.line(), Qt::Key_Return);
    QTRY_COMPARE(stage.rows(), QStringLiteral("0 /etc/key"));
    QTRY_VERIFY2(stage.words().contains(QLatin1String("read in 5 files")),
                 qPrintable(stage.words()));
}

void TestSearchPanel::leadsToTheLayer()
{
    Stage stage;
    stage.line().setText(QStringLiteral("change:removed"));
    QTRY_COMPARE(stage.rows(), QStringLiteral("1 /usr/b.so"));
    auto *list = stage.find<QTreeView>("searchList");
    list->setCurrentIndex(list->model()->index(0, 0));
    const Place expected{
        .path = "/usr/b.so", .layer = LayerIndex{1}, .view = ViewSpec::Kind::Layer};
    QCOMPARE(stage.selection.place(), expected);
    stage.selection.selectPath("/etc/key");
    QVERIFY(!list->selectionModel()->hasSelection());
    stage.selection.setPlace(expected);
    QCOMPARE(list->currentIndex().data(role::Path).toByteArray(), QByteArray("/usr/b.so"));
}

void TestSearchPanel::sorts()
{
    Stage stage;
    stage.line().setText(QStringLiteral("type:file change:added"));
    QTRY_VERIFY(stage.words().startsWith(QLatin1String("4 matches")));
    stage.find<QTreeView>("searchList")->sortByColumn(SearchModel::SizeColumn, Qt::DescendingOrder);
    QTRY_COMPARE(stage.rows(), QStringLiteral("0 /usr/b.so, 0 /etc/copy, 0 /usr/a.so, 0 /etc/key"));
    stage.find<QTreeView>("searchList")->sortByColumn(SearchModel::PathColumn, Qt::AscendingOrder);
    QTRY_COMPARE(stage.rows(), QStringLiteral("0 /etc/copy, 0 /etc/key, 0 /usr/a.so, 0 /usr/b.so"));
}

void TestSearchPanel::groups()
{
    Stage stage;
    stage.line().setText(QStringLiteral("type:file"));
    auto *grouping = stage.find<QComboBox>("searchGrouping");
    grouping->setCurrentIndex(grouping->findData(static_cast<int>(HitGrouping::Extension)));
    QTRY_COMPARE(stage.rows("searchSums"), QStringLiteral("3 .so, 2 (none)"));
    grouping->setCurrentIndex(grouping->findData(static_cast<int>(HitGrouping::Content)));
    QTRY_COMPARE(stage.rows("searchSums"), QStringLiteral("2 /etc/copy"));
    auto *sums = stage.find<QTreeView>("searchSums");
    emit sums->activated(sums->model()->index(0, 0));
    QCOMPARE(stage.line().text(), QStringLiteral("type:file size=2000"));
    QTRY_COMPARE(stage.rows(), QStringLiteral("0 /etc/copy, 0 /usr/a.so"));
}

void TestSearchPanel::readySearchesAndKeptOnes()
{
    Stage stage;
    auto *menu = stage.find<SearchMenu>("searchMenu");
    menu->menu()->actions().constFirst()->trigger(); // the largest files
    QTRY_VERIFY(stage.rows().startsWith(QLatin1String("0 /usr/b.so, 0 /etc/copy")));

    stage.line().setText(QStringLiteral("copy"));
    QTRY_COMPARE(stage.rows(), QStringLiteral("0 /etc/copy"));
    emit menu->menu()->aboutToShow();
    menu->menu()->actions().constLast()->trigger();
    QCOMPARE(settings::searches(), QStringList{QStringLiteral("copy")});
    emit menu->menu()->aboutToShow();
    menu->menu()->actions().constLast()->trigger(); // forgets it again
    QVERIFY(settings::searches().isEmpty());
}

void TestSearchPanel::saysWhatIsWrong()
{
    Stage stage;
    stage.line().setText(QStringLiteral("a.so"));
    QTRY_COMPARE(stage.rows(), QStringLiteral("0 /usr/a.so, 1 /usr/a.so"));
    stage.line().setText(QStringLiteral("typ:file"));
    QTRY_VERIFY(stage.words().contains(QLatin1String("type:")));
    QCOMPARE(stage.rows(), QStringLiteral("0 /usr/a.so, 1 /usr/a.so")); // while one is typing
}

void TestSearchPanel::completes()
{
    FilterLine line;
    line.show();
    QTest::keyClicks(&line, QStringLiteral("x chan"));
    auto *completer = line.findChild<QCompleter *>();
    QVERIFY(completer->popup()->isVisible());
    QCOMPARE(completer->completionCount(), 1);
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(line.text(), QStringLiteral("x change:"));
    QTest::keyClicks(&line, QStringLiteral("zz"));
    QVERIFY(!completer->popup()->isVisible());
}

void TestSearchPanel::rowsComeAsTheListIsScrolled()
{
    const Image image = imageOf({"file a 1 x"});
    SearchModel model;
    model.reset(image.tree);
    const NodeId node = image.tree->find("/a");
    const SearchHit hit{node, image.tree->finalEntry(node), 0, Change::Added};
    model.append(std::vector<SearchHit>(5000, hit));
    QCOMPARE(model.rowCount(), SearchModel::kPage);
    model.fetchMore({});
    QCOMPARE(model.rowCount(), 2 * SearchModel::kPage);
    model.fetchMore({});
    QCOMPARE(model.rowCount(), 5000);
    QVERIFY(!model.canFetchMore({}));
    model.append({hit});
    QVERIFY(model.canFetchMore({}));
    const QAbstractItemModelTester tester(&model); // which fetches all
    model.setHits({hit, hit});
    QCOMPARE(model.rowCount(), 2);
}

QTEST_MAIN(TestSearchPanel)
#include "tst_searchpanel.moc"
