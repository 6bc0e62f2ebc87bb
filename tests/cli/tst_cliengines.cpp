// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"
#include "tests/support/webserver.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <filesystem>
#include <optional>

using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

constexpr int kPatience = 30'000; ///< milliseconds

/// Podman with storage and socket of its own.
class Podman
{
public:
    Podman() = default;
    ~Podman()
    {
        m_service.terminate();
        if (!m_service.waitForFinished(kPatience)) {
            m_service.kill();
            m_service.waitForFinished(kPatience);
        }
    }
    Podman(const Podman &) = delete;
    Podman &operator=(const Podman &) = delete;

    std::string socket() const { return in(m_directory, "podman.sock"); }
    /// Loads an archive; empty, or why it cannot be.
    QString load(const std::string &archive)
    {
        const Ran ran = runProgram("podman", withStorage({"load", "-i", archive}));
        return ran.code == 0 ? QString() : QString::fromUtf8(ran.err);
    }
    QString start()
    {
        const Words words = withStorage({"system", "service", "--time=60", "unix://" + socket()});
        QStringList arguments;
        for (const std::string &word : words) {
            arguments << QString::fromStdString(word);
        }
        m_service.start(QStringLiteral("podman"), arguments);
        QElapsedTimer time;
        time.start();
        while (time.elapsed() < kPatience && m_service.state() != QProcess::NotRunning) {
            if (fs::exists(socket())) {
                return {};
            }
            m_service.waitForReadyRead(50);
        }
        return QStringLiteral("it does not start: ")
               + QString::fromUtf8(m_service.readAllStandardError());
    }

private:
    Words withStorage(const Words &words) const
    {
        Words all = {"--root",
                     in(m_directory, "root"),
                     "--runroot",
                     in(m_directory, "run"),
                     "--storage-driver",
                     "vfs"};
        all.insert(all.end(), words.begin(), words.end());
        return all;
    }

    QTemporaryDir m_directory;
    QProcess m_service;
};

/// A report without what says where the image came from.
QByteArray withoutOrigin(const Ran &ran)
{
    QJsonObject report = QJsonDocument::fromJson(ran.out).object();
    QJsonObject image = report.value(QStringLiteral("image")).toObject();
    for (const char *name : {"reference", "source", "tags"}) {
        image.remove(QLatin1String(name));
    }
    report.insert(QStringLiteral("image"), image);
    return QJsonDocument(report).toJson();
}

} // namespace

/// Images of engines, from outside; Podman itself, where it is installed and runs.
class TestCliEngines : public QObject
{
    Q_OBJECT

private slots:
    void opensFromPodman_data();
    void opensFromPodman();
    void secondTimeNothingComes();
    void readsContents();
    void listsImages();
    void listsForPrograms();
    void noSuchImage();
    void noEngine_data();
    void noEngine();
    void hostileEngine();

private:
    /// Starts Podman once, with the sample in it; skips where it cannot run.
    bool hasPodman();
    Words environment() const
    {
        return {"CONTAINER_HOST=unix://" + m_podman.socket(),
                "DOCKER_HOST=unix://" + m_podman.socket(),
                "HOME=" + m_directory.path().toStdString(),
                "XDG_RUNTIME_DIR=" + m_directory.path().toStdString()};
    }
    Ran run(const Words &words, Words more = {}) const
    {
        Words all = environment();
        all.insert(all.end(), more.begin(), more.end());
        return runCli(words, {.environment = all});
    }
    std::string archive() const { return in(m_directory, "app.tar"); }

    QTemporaryDir m_directory;
    Podman m_podman;
    std::optional<QString> m_problem; ///< why there is no Podman; empty: there is one
};

bool TestCliEngines::hasPodman()
{
    if (!m_problem) {
        writeFile(archive(), sampleImage().tag("localhost/app:1").bytes());
        m_problem = QString();
        if (QStandardPaths::findExecutable(QStringLiteral("podman")).isEmpty()) {
            m_problem = QStringLiteral("it is not installed");
        } else if (const QString loaded = m_podman.load(archive()); !loaded.isEmpty()) {
            m_problem = loaded;
        } else {
            m_problem = m_podman.start();
        }
    }
    return m_problem->isEmpty();
}

void TestCliEngines::opensFromPodman_data()
{
    QTest::addColumn<QByteArray>("reference");
    QTest::addColumn<QByteArray>("command");
    for (const char *command : {"inspect", "layers", "audit", "packages", "files"}) {
        for (const char *reference :
             {"podman:localhost/app:1", "docker:localhost/app:1", "docker-daemon:app:1"}) {
            QTest::addRow("%s %s", command, reference)
                << QByteArray(reference) << QByteArray(command);
        }
    }
}

void TestCliEngines::opensFromPodman()
{
    if (!hasPodman()) {
        QSKIP(qPrintable(QStringLiteral("no Podman: ") + *m_problem));
    }
    QFETCH(QByteArray, reference);
    QFETCH(QByteArray, command);
    const Ran direct = run({command.toStdString(), archive(), "--format", "json"});
    const Ran engine = run({command.toStdString(), reference.toStdString(), "--format", "json"});
    QVERIFY2(engine.err.isEmpty(), engine.err);
    QCOMPARE(engine.code, direct.code);
    QVERIFY(direct.out.size() > 1000);
    QCOMPARE(withoutOrigin(engine), withoutOrigin(direct));
    if (command == "inspect") {
        QCOMPARE(engine.at("image/source").toString(),
                 reference.startsWith("podman") ? QStringLiteral("podman")
                                                : QStringLiteral("docker"));
    }
}

void TestCliEngines::secondTimeNothingComes()
{
    if (!hasPodman()) {
        QSKIP(qPrintable(QStringLiteral("no Podman: ") + *m_problem));
    }
    const Words cache = {"CUTAWAY_CACHE_DIR=" + in(m_directory, "cache")};
    const Words words = {"audit", "podman:app:1", "--format", "json"};
    const Ran first = run(words, cache);
    const Ran second = run(words, cache);
    QCOMPARE(second.err, QByteArray());
    QCOMPARE(second.out, first.out);
    const Ran layers = run({"layers", "podman:app:1", "--format", "json"}, cache);
    QCOMPARE(layers.at("layers/0/verifiedEarlier").toBool(), true);
}

void TestCliEngines::readsContents()
{
    if (!hasPodman()) {
        QSKIP(qPrintable(QStringLiteral("no Podman: ") + *m_problem));
    }
    const Ran direct = run({"files", archive(), "--hash", "--format", "json"});
    const Ran engine = run({"files", "docker:app:1", "--hash", "--format", "json"});
    QCOMPARE(engine.err, QByteArray());
    QCOMPARE(withoutOrigin(engine), withoutOrigin(direct));
    const std::string to = in(m_directory, "extracted");
    const Ran extracted = run({"extract", "podman:app:1", "/", "-C", to});
    QVERIFY2(extracted.code == 0, extracted.err);
    QVERIFY(!namesIn(to).empty());
}

void TestCliEngines::listsImages()
{
    if (!hasPodman()) {
        QSKIP(qPrintable(QStringLiteral("no Podman: ") + *m_problem));
    }
    const Ran ran = run({"images", "podman"});
    QCOMPARE(ran.err, QByteArray());
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.out.contains("podman:localhost/app:1"), ran.out);
    QVERIFY2(!ran.out.contains("docker:"), ran.out);
    const Ran both = run({"images"});
    QVERIFY2(both.out.contains("podman:localhost/app:1"), both.out);
    QVERIFY2(both.out.contains("docker:localhost/app:1"), both.out);
}

void TestCliEngines::listsForPrograms()
{
    if (!hasPodman()) {
        QSKIP(qPrintable(QStringLiteral("no Podman: ") + *m_problem));
    }
    const Ran ran = run({"images", "--format", "json"}, {"DOCKER_HOST=unix:///nowhere"});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.at("engines/0/engine").toString(), QStringLiteral("docker"));
    QVERIFY(ran.at("engines/0/error").toString().contains(u"/nowhere"));
    QCOMPARE(ran.at("engines/1/images/0/tags/0").toString(), QStringLiteral("localhost/app:1"));
    const QString id = ran.at("engines/1/images/0/id").toString();
    QVERIFY(ran.at("engines/1/images/0/bytes").toInt() > 0);
    const Ran byId = run({"inspect", "podman:" + id.toStdString(), "--format", "json"});
    QVERIFY2(byId.code == 0, byId.err);
    QCOMPARE(byId.at("image/tags/0").toString(), QStringLiteral("localhost/app:1"));
    const Ran byShortId = run({"podman:" + id.sliced(7, 12).toStdString()});
    QVERIFY2(byShortId.code == 0, byShortId.err);
}

void TestCliEngines::noSuchImage()
{
    if (!hasPodman()) {
        QSKIP(qPrintable(QStringLiteral("no Podman: ") + *m_problem));
    }
    const Ran ran = run({"podman:app:2"});
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains("has no image “app:2”; it has localhost/app:1"), ran.err);
}

void TestCliEngines::noEngine_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("no socket") << Words{"docker:app"} << QByteArray("unix:///nowhere") << 4
                               << QByteArray("there is no such socket (DOCKER_HOST)");
    QTest::newRow("elsewhere") << Words{"docker:app"} << QByteArray("ssh://host") << 4
                               << QByteArray("ssh -nNT -L");
    QTest::newRow("a list") << Words{"images", "docker"} << QByteArray("unix:///nowhere") << 4
                            << QByteArray("there is no such socket");
    QTest::newRow("no engine of that name")
        << Words{"images", "lxc"} << QByteArray() << 2 << QByteArray("there are docker and podman");
    QTest::newRow("the storage itself")
        << Words{"containers-storage:app"} << QByteArray() << 2 << QByteArray("`podman:app`");
    QTest::newRow("no image named")
        << Words{"podman:"} << QByteArray() << 2 << QByteArray("`cutaway-cli images podman`");
}

void TestCliEngines::noEngine()
{
    QFETCH(Words, words);
    QFETCH(QByteArray, host);
    QFETCH(int, code);
    QFETCH(QByteArray, message);
    const Ran ran = runCli(words, {.environment = {"DOCKER_HOST=" + host.toStdString()}});
    QVERIFY2(ran.err.contains(message), ran.err);
    QCOMPARE(ran.code, code);
    QVERIFY(ran.out.isEmpty());
}

/// What an engine says reaches no terminal as it is.
void TestCliEngines::hostileEngine()
{
    const std::string socket = in(m_directory, "evil.sock");
    const WebServer server(
        [](const WebRequest &request, const WebConnection &to) {
            if (request.path == "/_ping") {
                to.answer(200, "OK");
            } else {
                to.answer(500, R"({"message":"\u001b[2J\u202egone"})");
            }
        },
        socket);
    for (const Words &words : {Words{"images", "docker"}, Words{"docker:app"}}) {
        const Ran ran = runCli(words, {.environment = {"DOCKER_HOST=unix://" + socket}});
        QCOMPARE(ran.code, 4);
        QVERIFY2(ran.err.contains("it answers: \\x1b[2J\\u202egone"), ran.err);
    }
}

QTEST_GUILESS_MAIN(TestCliEngines)
#include "tst_cliengines.moc"
