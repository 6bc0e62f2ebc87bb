// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/webserver.h"
#include "ui/dialogs/enginedialog.h"
#include "ui/models/engineimagesmodel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace cutaway;
using namespace cutaway::test;

namespace {

template<typename Widget>
Widget &named(const QWidget &dialog, const char *name)
{
    auto *widget = dialog.findChild<Widget *>(QLatin1String(name));
    if (widget == nullptr) {
        qFatal("no %s", name);
    }
    return *widget;
}

std::string imageJson(char digit, const std::string &tags, int created, int size)
{
    return R"({"Id":"sha256:)" + std::string(64, digit) + R"(","RepoTags":[)" + tags
           + R"(],"Created":)" + std::to_string(created) + R"(,"Size":)" + std::to_string(size)
           + "}";
}

void serve(const WebRequest &request, const WebConnection &to)
{
    if (request.path == "/_ping") {
        to.answer(200, "OK");
    } else {
        to.answer(200,
                  '[' + imageJson('a', R"("app:1","app:latest")", 2000, 500) + ','
                      + imageJson('b', R"("<b>db:2")", 1000, 9000) + ','
                      + imageJson('c', R"("localhost/db:3")", 3000, 9000) + ']',
                  {"Content-Type: application/json"});
    }
}

QString textOf(const QTreeView &view)
{
    QStringList lines;
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        lines << view.model()->index(row, 0).data().toString();
    }
    return lines.join(QLatin1Char(' '));
}

} // namespace

class TestEngineDialog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void lists();
    void filters();
    void keysMoveInTheList();
    void enterOpens();
    void saysWhatIsWrong();
    void oneEngineIsEnough();
    void hangingEngine();
    void noImages();
    void ages_data();
    void ages();

private:
    std::string path(const char *name) const
    {
        return (m_directory->path() + QLatin1Char('/') + QLatin1String(name)).toStdString();
    }
    void start(WebServer::Handler handler = serve)
    {
        m_server = std::make_unique<WebServer>(std::move(handler), path("podman.sock"));
        m_search.containerHost = "unix://" + path("podman.sock");
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<WebServer> m_server;
    EngineSearch m_search;
};

void TestEngineDialog::init()
{
    m_server.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_search = EngineSearch();
    m_search.home = path("home");
    m_search.runtimeDirectory = path("run");
    m_search.systemDocker = path("docker.sock");
    m_search.systemPodman = path("none.sock");
    m_search.silentTime = std::chrono::seconds(1);
}

void TestEngineDialog::lists()
{
    start();
    const EngineDialog dialog(m_search);
    auto &view = named<QTreeView>(dialog, "engineImages");
    QVERIFY(!named<QPushButton>(dialog, "engineOpen").isEnabled());
    QTRY_COMPARE(view.model()->rowCount(), 4);
    const QAbstractItemModelTester tester(view.model());
    QCOMPARE(textOf(view), QStringLiteral("localhost/db:3 app:1 app:latest (no name)"));
    QCOMPARE(dialog.reference(), QStringLiteral("podman:localhost/db:3"));
    QVERIFY(named<QPushButton>(dialog, "engineOpen").isEnabled());
    QCOMPARE(view.model()->index(0, static_cast<int>(EngineColumn::Size)).data().toString(),
             QStringLiteral("9.00 kB"));
    QTRY_COMPARE(named<QLabel>(dialog, "engineCount").text(), QStringLiteral("4 names"));
    QVERIFY(named<QLabel>(dialog, "engineProblems").isHidden()); // that there is no Docker
    view.setCurrentIndex(view.model()->index(3, 0));
    QCOMPARE(dialog.reference(), QStringLiteral("podman:bbbbbbbbbbbb"));
}

void TestEngineDialog::filters()
{
    start();
    const EngineDialog dialog(m_search);
    auto &view = named<QTreeView>(dialog, "engineImages");
    auto &filter = named<QLineEdit>(dialog, "filter");
    QTRY_COMPARE(view.model()->rowCount(), 4);
    filter.setText(QStringLiteral("APP podman"));
    QCOMPARE(textOf(view), QStringLiteral("app:1 app:latest"));
    QVERIFY(dialog.reference().startsWith(QLatin1String("podman:app:")));
    filter.setText(QStringLiteral("sha256:cc"));
    QCOMPARE(textOf(view), QStringLiteral("localhost/db:3"));
    filter.setText(QStringLiteral("nothing"));
    QCOMPARE(dialog.reference(), QString());
    QVERIFY(!named<QPushButton>(dialog, "engineOpen").isEnabled());
    QVERIFY(named<QLabel>(dialog, "emptyState").text().contains(QLatin1String("No image has")));
    emit named<QLabel>(dialog, "emptyState").linkActivated({});
    QCOMPARE(view.model()->rowCount(), 4);
    QVERIFY(!dialog.reference().isEmpty());
}

void TestEngineDialog::keysMoveInTheList()
{
    start();
    EngineDialog dialog(m_search);
    dialog.show();
    auto &view = named<QTreeView>(dialog, "engineImages");
    QTRY_COMPARE(view.model()->rowCount(), 4);
    QTest::keyClick(&named<QLineEdit>(dialog, "filter"), Qt::Key_Down);
    QCOMPARE(view.currentIndex().row(), 1);
}

void TestEngineDialog::enterOpens()
{
    start();
    EngineDialog dialog(m_search);
    dialog.show();
    QTRY_COMPARE(named<QTreeView>(dialog, "engineImages").model()->rowCount(), 4);
    const QSignalSpy accepted(&dialog, &QDialog::accepted);
    QTest::keyClick(&named<QLineEdit>(dialog, "filter"), Qt::Key_Return);
    QCOMPARE(accepted.count(), 1);
}

void TestEngineDialog::saysWhatIsWrong()
{
    const EngineDialog dialog(m_search);
    const auto &problems = named<QLabel>(dialog, "engineProblems");
    QTRY_VERIFY(!problems.isHidden());
    QTRY_VERIFY(problems.text().contains(QLatin1String("Podman was not found")));
    QVERIFY(problems.text().contains(QLatin1String("Docker was not found")));
    QVERIFY(problems.text().contains(QLatin1String("systemctl")));
    QVERIFY(named<QLabel>(dialog, "emptyState").text().contains(QLatin1String("Neither")));
    // Once somebody has started it, asking again is enough.
    start();
    m_search.containerHost.clear();
    m_server.reset();
    m_server = std::make_unique<WebServer>(serve, path("none.sock"));
    QTRY_VERIFY(named<QPushButton>(dialog, "engineAgain").isEnabled());
    named<QPushButton>(dialog, "engineAgain").click();
    QTRY_COMPARE(named<QTreeView>(dialog, "engineImages").model()->rowCount(), 4);
    QTRY_VERIFY(problems.isHidden());
}

/// What is there is shown beside what is wrong.
void TestEngineDialog::oneEngineIsEnough()
{
    start();
    m_search.dockerHost = "ssh://host";
    const EngineDialog dialog(m_search);
    QTRY_COMPARE(named<QTreeView>(dialog, "engineImages").model()->rowCount(), 4);
    const auto &problems = named<QLabel>(dialog, "engineProblems");
    QTRY_VERIFY(problems.text().contains(QLatin1String("DOCKER_HOST names ssh://host")));
    QVERIFY(!problems.text().contains(QLatin1String("Podman")));
}

void TestEngineDialog::hangingEngine()
{
    start([](const WebRequest &, const WebConnection &to) { to.waitForEnd(); });
    QElapsedTimer timer;
    timer.start();
    {
        const EngineDialog dialog(m_search);
        QVERIFY(timer.elapsed() < 500);
        QTRY_VERIFY(!m_server->requests().empty());
        QVERIFY(
            named<QLabel>(dialog, "emptyState").text().contains(QLatin1String("Asking Docker")));
        timer.start();
    }
    QVERIFY(timer.elapsed() < 500); // closing it waits for nobody
    const EngineDialog patient(m_search);
    QTRY_VERIFY_WITH_TIMEOUT(
        named<QLabel>(patient, "engineProblems").text().contains(QLatin1String("takes too long")),
        20'000);
}

void TestEngineDialog::noImages()
{
    start([](const WebRequest &request, const WebConnection &to) {
        to.answer(200, request.path == "/_ping" ? "OK" : "[]", {"Content-Type: application/json"});
    });
    const EngineDialog dialog(m_search);
    QTRY_VERIFY(
        named<QLabel>(dialog, "emptyState").text().contains(QLatin1String("No images here")));
}

void TestEngineDialog::ages_data()
{
    QTest::addColumn<qlonglong>("seconds");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, qlonglong seconds, const char *text) {
        QTest::newRow(name) << seconds << QString::fromLatin1(text);
    };
    constexpr qlonglong kDay = 86'400;
    row("now", 5, "just now");
    row("in the future", -5000, "just now");
    row("minutes", 125, "2 minutes ago");
    row("an hour", 3700, "1 hour ago");
    row("hours", 7200, "2 hours ago");
    row("days", 13 * kDay, "13 days ago");
    row("weeks", 20 * kDay, "2 weeks ago");
    row("months", 100 * kDay, "3 months ago");
    row("years", 800 * kDay, "2 years ago");
}

void TestEngineDialog::ages()
{
    QFETCH(qlonglong, seconds);
    QFETCH(QString, text);
    QCOMPARE(ageText(seconds), text);
}

QTEST_MAIN(TestEngineDialog)
#include "tst_enginedialog.moc"
