// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "tests/support/tarwriter.h"
#include "ui/mainwindow/exporting.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/problempage.h"
#include "ui/models/layermodel.h"
#include "ui/models/roles.h"
#include "ui/settings/settings.h"
#include "ui/strata/strataview.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QScopeGuard>
#include <QSet>
#include <QSettings>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>

using namespace cutaway;

class MainWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void startsWithWelcome();
    void showsTheSample();
    void oneSelectionEverywhere();
    void findingsLeadToTheirBytes();
    void findingsAreSuppressed();
    void gradeLeadsToItsSum();
    void filterNarrowsTheFiles();
    void linkComesBack();
    void everyMenuEntryIsExplained();
    void keysReachTheWindow();
    void copiesWhatHasTheFocus();
    void dropOpens();
    void problemInPlace();
    void choiceOfImages();
    void stoppedReadingGoesOn();
    void platformsAreSwitched();
    void refusedByARegistry();
    void keptBlobsAreCleared();
    void exports_data();
    void exports();
    void treemapIsSaved();
    void filtersChooseFormats_data();
    void filtersChooseFormats();
    void layoutIsReset();

private:
    template<typename Widget>
    Widget *named(const char *name) const
    {
        return m_window->findChild<Widget *>(QLatin1String(name));
    }
    QAction &action(const char *name) const { return *named<QAction>(name); }
    QString page() const { return named<QStackedWidget>("pages")->currentWidget()->objectName(); }
    bool openSample();
    /// Not behind another tab or dock.
    bool isInFront(const char *panel) const
    {
        return !named<QWidget>(panel)->visibleRegion().isEmpty();
    }

    QTemporaryDir m_home;
    QString m_sample = qEnvironmentVariable("CUTAWAY_SAMPLE");
    std::unique_ptr<MainWindow> m_window;
};

void MainWindowTest::initTestCase()
{
    QVERIFY2(QFile::exists(m_sample), "CUTAWAY_SAMPLE must name the sample image");
    qputenv("XDG_CONFIG_HOME", m_home.path().toLocal8Bit());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_home.path());
}

void MainWindowTest::init()
{
    settings::clearRecent();
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void MainWindowTest::cleanup()
{
    m_window.reset();
}

bool MainWindowTest::openSample()
{
    m_window->open(m_sample);
    return QTest::qWaitFor(
        [this] { return m_window->document().state() == Document::State::Ready; }, 20'000);
}

void MainWindowTest::startsWithWelcome()
{
    QCOMPARE(page(), QStringLiteral("welcomePage"));
    QVERIFY(!action("back").isEnabled());
    QVERIFY(!action("exportJson").isEnabled());
    QVERIFY(action("openSample").isEnabled());
    action("openSample").trigger();
    QTRY_COMPARE(m_window->document().state(), Document::State::Ready);
    QCOMPARE(settings::recent().size(), 1);
    action("close").trigger();
    QCOMPARE(page(), QStringLiteral("welcomePage"));
}

void MainWindowTest::showsTheSample()
{
    QVERIFY(openSample());
    QCOMPARE(page(), QStringLiteral("workspace"));
    const std::size_t layers = m_window->document().image()->layers.size();
    QCOMPARE(named<QTreeView>("layerList")->model()->rowCount(), static_cast<int>(layers));
    QCOMPARE(named<StrataView>("strata")->bands().size(), layers);
    QTRY_VERIFY(named<QTreeView>("fileTree")->model()->rowCount() > 5);
    QVERIFY(named<QTreeView>("contractView")->model()->rowCount() > 5);
    QVERIFY(named<QTreeView>("findingsView")->model()->rowCount() > 0);
    for (const char *dock :
         {"layersPanelDock", "contractPanelDock", "pathPanelDock", "findingsPanelDock"}) {
        QVERIFY2(named<QDockWidget>(dock)->isVisible(), dock);
    }
    QVERIFY(named<QLabel>("visible")->text().contains(QStringLiteral("kB")));
    QCOMPARE(named<QLabel>("verified")->text(), QStringLiteral("digests verified"));
    QVERIFY(m_window->windowTitle().startsWith(QStringLiteral("sample.tar")));

    QTest::qWait(200);
    const QImage picture = m_window->grab().toImage();
    QVERIFY(picture.save(qEnvironmentVariable("CUTAWAY_PICTURES") + QStringLiteral("/window.png")));
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); y += 4) {
        for (int x = 0; x < picture.width(); x += 4) {
            colours.insert(picture.pixel(x, y));
        }
    }
    QVERIFY(colours.size() > 100);
}

void MainWindowTest::oneSelectionEverywhere()
{
    QVERIFY(openSample());
    auto *strata = named<StrataView>("strata");
    auto *list = named<QTreeView>("layerList");
    const QPoint middle = strata->bands()[3].rect.center().toPoint();
    QTest::mouseClick(strata, Qt::LeftButton, {}, middle);
    QCOMPARE(m_window->selection().place().layer, std::optional<LayerIndex>(3));
    QCOMPARE(list->currentIndex().siblingAtColumn(LayerModel::Number).data().toString(),
             QStringLiteral("3"));
    action("layerAbove").trigger();
    QCOMPARE(strata->selected(), 4);
    action("back").trigger();
    QCOMPARE(strata->selected(), 3);
    action("back").trigger();
    QCOMPARE(strata->selected(), -1);
    QVERIFY(!list->selectionModel()->hasSelection());
    action("forward").trigger();
    QCOMPARE(strata->selected(), 3);
    action("noSelection").trigger();
    QVERIFY(m_window->selection().place() == Place{});
}

void MainWindowTest::findingsLeadToTheirBytes()
{
    QVERIFY(openSample());
    auto *findings = named<QTreeView>("findingsView");
    const auto *files = named<QTreeView>("fileTree");
    QTRY_VERIFY(files->model()->rowCount() > 5);
    action("nextFinding").trigger();
    QTRY_VERIFY(!m_window->selection().place().finding.isEmpty());
    // The first of the sample's findings is about a file that a later layer deletes.
    const Place place = m_window->selection().place();
    QVERIFY(!place.path.isEmpty() && place.layer);
    QTRY_COMPARE(files->currentIndex().data(role::Path).toByteArray(), place.path);
    QCOMPARE(named<StrataView>("strata")->selected(), int{*place.layer});
    QCOMPARE(named<QTreeView>("stepsView")->currentIndex().data(role::Layer).toInt(),
             int{*place.layer});
    QVERIFY(findings->currentIndex().isValid());
    QVERIFY(named<QWidget>("findingDetails")->isVisible());
    action("back").trigger();
    QVERIFY(!findings->currentIndex().isValid());
}

void MainWindowTest::findingsAreSuppressed()
{
    const QTemporaryDir folder;
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(folder.path()));
    const auto goBack = qScopeGuard([&before] { QDir::setCurrent(before); });
    QVERIFY(openSample());
    QVERIFY(!action("suppress").isEnabled());
    action("nextFinding").trigger();
    QVERIFY(action("suppress").isEnabled());
    const QString fingerprint = m_window->selection().place().finding;
    action("suppress").trigger();
    auto *dialog = named<QDialog>("suppressDialog");
    QVERIFY(dialog != nullptr);
    QVERIFY(dialog->isVisible());
    auto *write = dialog->findChild<QPushButton *>(QStringLiteral("suppressWrite"));
    QVERIFY(!write->isEnabled());
    dialog->findChild<QLineEdit *>(QStringLiteral("suppressReason"))
        ->setText(QStringLiteral("known"));
    QTest::qWait(100);
    QVERIFY(dialog->grab().save(qEnvironmentVariable("CUTAWAY_PICTURES")
                                + QStringLiteral("/suppress.png")));
    write->click();
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral(".cutaway.yaml"))));
    const Document &document = m_window->document();
    QTRY_COMPARE(document.state(), Document::State::Ready);
    const int at = document.findingIndex(fingerprint);
    QVERIFY(at >= 0);
    const Finding &finding = document.inspection()->findings[static_cast<std::size_t>(at)];
    QVERIFY(finding.suppressed.has_value());
    QCOMPARE(finding.suppressed->reason, std::string("known"));
    QVERIFY(named<QLabel>("message")->isVisible());
    QVERIFY(named<QLabel>("message")->text().contains(QStringLiteral(".cutaway.yaml")));
    QVERIFY(!named<QLabel>("visible")->isVisible()); // until the message goes
    QVERIFY(!m_window->findChild<QTreeView *>(QStringLiteral("findingsView"))
                 ->currentIndex()
                 .isValid());
}

void MainWindowTest::gradeLeadsToItsSum()
{
    QVERIFY(openSample());
    auto *grade = named<QToolButton>("grade");
    QVERIFY(grade->text().startsWith(QStringLiteral("Grade ")));
    grade->click();
    QTRY_VERIFY(isInFront("scorePanel"));
    QVERIFY(!isInFront("findingsPanel"));
    QVERIFY(named<QLabel>("scoreHeadline")->text().startsWith(grade->text().last(1)));
    action("showProperties").trigger();
    QTRY_VERIFY(isInFront("propertiesPanel"));
    QCOMPARE(named<QTreeView>("propertiesView")->model()->rowCount(), 7);
    action("showSkipped").trigger();
    QTRY_VERIFY(isInFront("skippedPanel"));
    // Its tab has its name; alone it has a title.
    const auto *dock = named<QDockWidget>("skippedPanelDock");
    QTRY_VERIFY(dock->titleBarWidget() != nullptr);
    for (const char *other :
         {"findingsPanelDock", "previewPanelDock", "scorePanelDock", "propertiesPanelDock"}) {
        named<QDockWidget>(other)->close();
    }
    QTRY_VERIFY(dock->titleBarWidget() == nullptr);
    action("resetLayout").trigger();
    QTRY_VERIFY(isInFront("findingsPanel"));
}

void MainWindowTest::filterNarrowsTheFiles()
{
    QVERIFY(openSample());
    auto *files = named<QTreeView>("fileTree");
    QTRY_VERIFY(files->model()->rowCount() > 5);
    const int before = files->model()->rowCount();
    action("find").trigger();
    auto *filter = named<QWidget>("filesPanel")->findChild<QLineEdit *>(QStringLiteral("filter"));
    QVERIFY(filter);
    QTest::keyClicks(filter, QStringLiteral("hostname"));
    QTRY_VERIFY(files->model()->rowCount() < before);
    filter->clear();
    QTRY_COMPARE(files->model()->rowCount(), before);
}

void MainWindowTest::linkComesBack()
{
    QVERIFY(openSample());
    Place place;
    place.path = "/etc";
    place.layer = LayerIndex{1};
    place.view = ViewSpec::Kind::At;
    m_window->selection().setPlace(place);
    action("copyLink").trigger();
    const QString link = QGuiApplication::clipboard()->text();
    QVERIFY2(link.startsWith(QStringLiteral("cutaway:///etc?")), qPrintable(link));
    m_window->selection().setPlace({});
    m_window->open(link);
    QVERIFY(m_window->selection().place() == place);

    action("close").trigger();
    m_window->open(link); // opens the image again
    QTRY_COMPARE(m_window->document().state(), Document::State::Ready);
    QVERIFY(m_window->selection().place() == place);
}

void MainWindowTest::everyMenuEntryIsExplained()
{
    const QList<QMenu *> menus = m_window->menuBar()->findChildren<QMenu *>();
    QVERIFY(menus.size() >= 5);
    int entries = 0;
    for (const QMenu *menu : menus) {
        for (const QAction *entry : menu->actions()) {
            if (entry->isSeparator() || entry->menu() != nullptr) {
                continue;
            }
            ++entries;
            QVERIFY2(!entry->toolTip().isEmpty(), qPrintable(entry->text()));
        }
    }
    QVERIFY(entries > kActionCount);
    QSet<QString> shortcuts;
    for (const QAction *entry : m_window->findChildren<QAction *>()) {
        if (!entry->objectName().isEmpty() && entry->parent()->inherits("cutaway::Actions")) {
            for (const QKeySequence &keys : entry->shortcuts()) {
                QVERIFY2(!shortcuts.contains(keys.toString()), qPrintable(keys.toString()));
                shortcuts.insert(keys.toString());
            }
        }
    }
}

void MainWindowTest::keysReachTheWindow()
{
    QVERIFY(openSample());
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(named<QTabWidget>("tabs")->currentWidget()->objectName(),
             QStringLiteral("wastePanel"));
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(named<QTabWidget>("tabs")->currentWidget()->objectName(),
             QStringLiteral("filesPanel"));
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
    QVERIFY(named<QLineEdit>("address")->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(m_window->selection().place().layer, std::optional<LayerIndex>(0));
}

void MainWindowTest::copiesWhatHasTheFocus()
{
    QVERIFY(openSample());
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    auto *tree = named<QTreeView>("fileTree");
    QTRY_VERIFY(tree->model()->rowCount() > 0);
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Down);
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("bin")));

    auto *address = named<QLineEdit>("address");
    address->setFocus();
    address->selectAll();
    action("copy").trigger();
    QCOMPARE(QApplication::clipboard()->text(), m_sample);

    address->deselect();
    named<QWidget>("strata")->setFocus();
    QTest::keyClick(named<QWidget>("strata"), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), m_sample); // nothing to copy, nothing lost
}

void MainWindowTest::dropOpens()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_sample)});
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_window.get(), &drop);
    QTRY_COMPARE(m_window->document().state(), Document::State::Ready);
    QCOMPARE(m_window->document().reference(), m_sample);
}

void MainWindowTest::problemInPlace()
{
    m_window->open(QStringLiteral("/none/such\nimage.tar"));
    QTRY_COMPARE(m_window->document().state(), Document::State::Failed);
    QCOMPARE(page(), QStringLiteral("problemPage"));
    QVERIFY(!named<QLabel>("problemCause")->text().isEmpty());
    QVERIFY(named<QLabel>("problemTried")->text().contains(QStringLiteral("such\\nimage.tar")));
    QVERIFY(!named<QLabel>("problemAdvice")->text().isEmpty());
    QVERIFY(settings::recent().isEmpty());
    QVERIFY(openSample());
    QCOMPARE(page(), QStringLiteral("workspace"));
}

void MainWindowTest::choiceOfImages()
{
    test::TarWriter layer;
    layer.file("a", "x");
    const std::string tar = layer.finish();
    test::TarWriter archive;
    archive.file("l.tar", tar);
    for (const char *config : {"one.json", "two.json"}) {
        archive.file(config,
                     R"({"os":"linux","architecture":"amd64","author":")" + std::string(config)
                         + R"(","rootfs":{"type":"layers","diff_ids":["sha256:)" + sha256Hex(tar)
                         + "\"]}}");
    }
    archive.file("manifest.json",
                 R"([{"Config":"one.json","RepoTags":["one:1"],"Layers":["l.tar"]},)"
                 R"({"Config":"two.json","RepoTags":["two:<b>2"],"Layers":["l.tar"]}])");
    const QString path = m_home.filePath(QStringLiteral("several.tar"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const std::string bytes = archive.finish();
    file.write(bytes.data(), static_cast<qint64>(bytes.size()));
    file.close();

    m_window->open(path);
    QTRY_COMPARE(m_window->document().state(), Document::State::Failed);
    QCOMPARE(m_window->document().error().candidates.size(), 2U);
    auto *choice = named<QTreeView>("imageChoice");
    QVERIFY(choice->isVisible());
    QCOMPARE(choice->model()->rowCount(), 2);
    m_window->grab().save(qEnvironmentVariable("CUTAWAY_PICTURES") + QStringLiteral("/choice.png"));
    choice->setCurrentIndex(choice->model()->index(1, 0));
    QTest::keyClick(choice, Qt::Key_Return);
    QTRY_COMPARE(m_window->document().state(), Document::State::Ready);
    QCOMPARE(m_window->document().image()->config.author, std::string("two.json"));
}

void MainWindowTest::stoppedReadingGoesOn()
{
    bool isStopped = false;
    connect(&m_window->document(), &Document::imageChanged, m_window.get(), [&] {
        if (!isStopped && m_window->document().image()) {
            isStopped = true;
            named<QToolButton>("cancel")->click();
        }
    });
    m_window->open(m_sample);
    QTRY_COMPARE(m_window->document().state(), Document::State::Stopped);
    QCOMPARE(page(), QStringLiteral("workspace"));
    QVERIFY(named<QLabel>("stopped")->isVisible());
    QVERIFY(named<QTreeView>("layerList")->model()->rowCount() > 0);
    QTRY_VERIFY(named<QTreeView>("findingsView")->model()->rowCount() > 0);
    QVERIFY(named<QLabel>("findingsEarly")->isVisibleTo(m_window.get()));
    named<QToolButton>("readOn")->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->document().state(), Document::State::Ready, 20'000);
    QVERIFY(!named<QLabel>("stopped")->isVisible());
    QVERIFY(!named<QLabel>("findingsEarly")->isVisibleTo(m_window.get()));
}

void MainWindowTest::platformsAreSwitched()
{
    auto image = std::make_shared<Image>();
    image->digest = Digest::parse("sha256:" + std::string(64, 'a')).value();
    image->config.platform = Platform::parse("linux/arm64").value();
    image->platforms = {
        {Platform::parse("linux/amd64").value(),
         Digest::parse("sha256:" + std::string(64, 'b')).value(),
         true},
        {Platform::parse("windows/amd64").value(),
         Digest::parse("sha256:" + std::string(64, 'c')).value(),
         false},
    };
    m_window->document().beginLoading(QStringLiteral("docker://reg.test/a"));
    m_window->document().setEarlyImage(image); // at once, not when all is read
    auto *button = named<QToolButton>("platformButton");
    QTRY_VERIFY(button->isVisible());
    QCOMPARE(button->text(), QStringLiteral("linux/arm64"));
    const QList<QAction *> choices = button->menu()->actions();
    QCOMPARE(choices.size(), 3);
    QVERIFY(choices[0]->text().startsWith(QStringLiteral("linux/amd64")));
    QVERIFY(!choices[0]->isChecked());
    QVERIFY(choices[1]->isChecked());
    QVERIFY(!choices[2]->isEnabled()); // not there
    m_window->document().clear();
    QTRY_VERIFY(!button->isVisible());
}

void MainWindowTest::refusedByARegistry()
{
    Document &document = m_window->document();
    const auto fails = [&document](const char *reference, ErrorCode code) {
        document.beginLoading(QLatin1String(reference));
        document.fail({.error = {code, "refused"}});
    };
    auto *signIn = named<QPushButton>("problemPageSignIn");
    auto *browse = named<QPushButton>("problemPageBrowse");
    fails("docker://reg.test/a:1", ErrorCode::Unauthorized);
    QVERIFY(signIn->isVisible());
    QVERIFY(named<QLabel>("problemAdvice")->text().contains(QStringLiteral("reg.test")));
    signIn->click();
    auto *dialog = named<QDialog>("signInDialog");
    QCOMPARE(dialog->findChild<QLineEdit *>(QStringLiteral("signInHost"))->text(),
             QStringLiteral("reg.test"));
    dialog->reject();
    fails("docker://reg.test/a:1", ErrorCode::NotFound);
    QVERIFY(!signIn->isVisible());
    QVERIFY(browse->isVisible());
    browse->click();
    QTRY_VERIFY(named<QDialog>("registryDialog")->isVisible());
    fails("/there/is/no.tar", ErrorCode::NotFound);
    QVERIFY(!browse->isVisible());
    QVERIFY(!named<QLabel>("problemAdvice")->text().contains(QStringLiteral("reg.test")));
}

void MainWindowTest::keptBlobsAreCleared()
{
    const QTemporaryDir folder;
    const BlobCachePtr blobs = BlobCache::open(folder.path().toStdString()).value();
    const std::string bytes = "x";
    blobs->add(Digest::parse("sha256:" + sha256Hex(bytes)).value(), bytes);
    m_window->setBlobs(blobs);
    action("clearCache").trigger();
    auto *dialog = named<QDialog>("cacheDialog");
    auto *facts = dialog->findChild<QLabel *>(QStringLiteral("blobsFacts"));
    auto *clear = dialog->findChild<QPushButton *>(QStringLiteral("cacheClear"));
    QTRY_VERIFY(clear->isEnabled());
    QVERIFY2(facts->text().startsWith(QStringLiteral("1 B of at most 10")),
             qPrintable(facts->text()));
    QVERIFY(!dialog->findChild<QWidget *>(QStringLiteral("clearAnalyses"))->isEnabled());
    clear->click();
    QTRY_VERIFY2(facts->text().startsWith(QStringLiteral("Nothing at present")),
                 qPrintable(facts->text()));
    QCOMPARE(blobs->usage().bytes, 0U);
    dialog->reject();
}

void MainWindowTest::exports_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("begins");
    const auto row = [](const char *name, ExportKind kind, const char *file, const char *begins) {
        QTest::newRow(name) << static_cast<int>(kind) << QString::fromLatin1(file)
                            << QByteArray(begins);
    };
    row("text", ExportKind::Text, "a.txt", "");
    row("json", ExportKind::Json, "a.json", "{");
    row("audit as HTML", ExportKind::Audit, "a.html", "<!DOCTYPE html>");
    row("audit as Markdown", ExportKind::Audit, "a.md", "## Cutaway");
    row("audit as JSON", ExportKind::Audit, "audit.json", "{");
    row("audit as SARIF", ExportKind::Audit, "a.SARIF", "{\n  \"$schema\"");
    row("audit as JUnit", ExportKind::Audit, "a.xml", "<?xml");
    row("audit as CSV", ExportKind::Audit, "a.csv", "\"status\"");
    row("audit without an ending", ExportKind::Audit, "audit", "<!DOCTYPE html>");
    row("packages as CSV", ExportKind::Packages, "p.csv", "\"name\"");
    row("packages as JSON", ExportKind::Packages, "p.JSON", "{");
    row("packages as SPDX",
        ExportKind::Packages,
        "p.spdx.json",
        "{\n  \"spdxVersion\": \"SPDX-2.3\"");
    row("packages as CycloneDX", ExportKind::Packages, "p.cdx.json", "{\n  \"$schema\"");
    row("packages without an ending", ExportKind::Packages, "packages", "\"name\"");
    row("dockerfile", ExportKind::Dockerfile, "Dockerfile", "");
    row("png", ExportKind::Strata, "a.png", "\x89PNG");
    row("svg", ExportKind::Strata, "a.svg", "<?xml");
}

void MainWindowTest::exports()
{
    QFETCH(int, kind);
    QFETCH(QString, file);
    QFETCH(QByteArray, begins);
    QVERIFY(openSample());
    const QString path = m_home.filePath(file);
    const Inspection &inspection = *m_window->document().inspection();
    const auto *strata = named<StrataView>("strata");
    QVERIFY(writeExport(static_cast<ExportKind>(kind), inspection, strata, path));
    QFile written(path);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray bytes = written.readAll();
    QVERIFY(bytes.size() > 100);
    QVERIFY(bytes.startsWith(begins));
    QVERIFY(!writeExport(static_cast<ExportKind>(kind),
                         inspection,
                         strata,
                         m_home.filePath(QStringLiteral("no/such/folder/x"))));
}

void MainWindowTest::treemapIsSaved()
{
    QVERIFY(openSample());
    action("showTreemap").trigger();
    QCOMPARE(named<QTabWidget>("tabs")->currentWidget()->objectName(),
             QStringLiteral("treemapPanel"));
    QCOMPARE(exportName(ExportKind::Treemap, QStringLiteral("/srv/app.tar")),
             QStringLiteral("app-treemap.png"));
    const QString path = m_home.filePath(QStringLiteral("map.svg"));
    QTimer::singleShot(0, m_window.get(), [&path] {
        auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
        QVERIFY(dialog != nullptr);
        dialog->selectFile(path);
        QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    });
    action("exportTreemap").trigger();
    QTRY_VERIFY(QFile::exists(path));
    QTRY_VERIFY(named<QLabel>("message")->text().contains(QStringLiteral("map.svg")));
}

void MainWindowTest::filtersChooseFormats_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("expected");
    const auto row =
        [](const char *name, const char *path, const char *filter, const char *expected) {
            QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(filter)
                                << QString::fromLatin1(expected);
        };
    const char *const spdx = "SPDX 2.3 (*.spdx.json)";
    row("another than the name says", "a-packages.csv", spdx, "a-packages.spdx.json");
    row("as the name says", "a.spdx.json", spdx, "a.spdx.json");
    row("a name without ending", "a", spdx, "a.spdx.json");
    row("an ending of its own", "v1.2", spdx, "v1.2.spdx.json");
    row("a shorter ending", "a.spdx.json", "JSON (*.json)", "a.json");
}

void MainWindowTest::filtersChooseFormats()
{
    QFETCH(QString, path);
    QFETCH(QString, filter);
    QFETCH(QString, expected);
    QCOMPARE(exportPath(ExportKind::Packages, path, filter), expected);
}

void MainWindowTest::layoutIsReset()
{
    QVERIFY(openSample());
    auto *dock = named<QDockWidget>("findingsPanelDock");
    dock->close();
    QVERIFY(!dock->isVisible());
    action("resetLayout").trigger();
    QTRY_VERIFY(dock->isVisible());
    QVERIFY(!dock->isFloating());
}

QTEST_MAIN(MainWindowTest)
#include "tst_mainwindow.moc"
