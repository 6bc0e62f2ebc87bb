// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/engine.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/webserver.h"

#include <QElapsedTimer>
#include <QTest>

#include <filesystem>
#include <functional>
#include <thread>

using namespace cutaway;
using namespace cutaway::test;

namespace {

const std::string kId = "sha256:" + std::string(64, 'a');
const std::string kJson = "Content-Type: application/json";

void serveWell(const WebRequest &request, const WebConnection &to)
{
    if (request.path == "/_ping") {
        to.answer(200, "OK", {"Api-Version: 1.41"});
    } else if (request.path.ends_with("/images/json")) {
        to.answer(200,
                  R"([{"Id":")" + kId
                      + R"(","RepoTags":["localhost/app:1","<none>:<none>"],"Created":1700000000,)"
                      + R"("Size":5000},{"Id":"../x","RepoTags":["evil:1"]},)" + R"({"Id":"sha256:)"
                      + std::string(64, 'b') + R"(","RepoTags":null,"Created":-5,"Size":-1}])",
                  {kJson});
    } else if (request.path.ends_with("/images/app:1/json")) {
        to.answer(200, R"({"Id":")" + kId + R"(","RepoTags":["localhost/app:1"]})", {kJson});
    } else {
        to.answer(404, R"({"message":"no such image"})", {kJson});
    }
}

} // namespace

class TestEngine : public QObject
{
    Q_OBJECT

private slots:
    void lists();
    void versions_data();
    void versions();
    void oneImage();
    void hostile_data();
    void hostile();
    void nearNames_data();
    void nearNames();
    void silence();
    void cancel();
    void listing();

private:
    using Handler = WebServer::Handler;
    Result<std::unique_ptr<Engine>> open(const Monitor &monitor) const
    {
        return Engine::open({.kind = EngineKind::Docker, .socket = m_folder.path("s")},
                            std::chrono::seconds(1),
                            monitor);
    }
    Result<std::vector<EngineImage>> listOf(const Handler &handler) const
    {
        const WebServer server(handler, m_folder.path("s"));
        const Monitor monitor;
        const auto engine = open(monitor);
        auto images = engine ? (*engine)->images(monitor)
                             : Result<std::vector<EngineImage>>(std::unexpected(engine.error()));
        std::filesystem::remove(m_folder.path("s"));
        return images;
    }

    Folder m_folder;
};

void TestEngine::lists()
{
    const auto images = listOf(serveWell);
    QVERIFY2(images.has_value(), images ? "" : images.error().message.c_str());
    QCOMPARE(images->size(), 2U);
    QCOMPARE(images->front().id, kId);
    QCOMPARE(images->front().tags, std::vector<std::string>{"localhost/app:1"});
    QCOMPARE(images->front().size, 5000U);
    QCOMPARE(images->front().created, 1700000000);
    QCOMPARE(engineReference(EngineKind::Podman, images->front()), "podman:localhost/app:1");
    QCOMPARE(engineReference(EngineKind::Docker, images->back()), "docker:bbbbbbbbbbbb");
    QCOMPARE(images->back().size, 0U);
    QCOMPARE(images->back().created, 0);
}

void TestEngine::versions_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("its own") << QByteArray("Api-Version: 1.41") << QByteArray("/v1.41/images/json");
    QTest::newRow("one from the future")
        << QByteArray("Api-Version: 1.99") << QByteArray("/v1.51/images/json");
    QTest::newRow("none") << QByteArray("X: y") << QByteArray("/images/json");
    QTest::newRow("another major") << QByteArray("Api-Version: 2.0") << QByteArray("/images/json");
    QTest::newRow("none that is one")
        << QByteArray("Api-Version: 1.4/../x") << QByteArray("/images/json");
}

void TestEngine::versions()
{
    QFETCH(QByteArray, said);
    QFETCH(QByteArray, path);
    const WebServer server(
        [&said](const WebRequest &request, const WebConnection &to) {
            if (request.path == "/_ping") {
                to.answer(200, "OK", {said.toStdString()});
            } else {
                to.answer(200, "[]", {kJson});
            }
        },
        m_folder.path("s"));
    const Monitor monitor;
    const auto engine = open(monitor);
    QVERIFY(engine.has_value());
    QVERIFY((*engine)->images(monitor).has_value());
    QCOMPARE(server.requests().back().path, path.toStdString());
    std::filesystem::remove(m_folder.path("s"));
}

void TestEngine::oneImage()
{
    const WebServer server(serveWell, m_folder.path("s"));
    const Monitor monitor;
    const auto engine = open(monitor);
    QVERIFY(engine.has_value());
    const auto image = (*engine)->image("app:1", monitor);
    QVERIFY(image.has_value());
    QCOMPARE(image->id, kId);
    const auto gone = (*engine)->save(kId, monitor);
    QVERIFY(!gone.has_value());
    QCOMPARE(gone.error().code, ErrorCode::NotFound);
    QVERIFY2(gone.error().message.contains("no such image"), gone.error().message.c_str());
    std::filesystem::remove(m_folder.path("s"));
}

void TestEngine::hostile_data()
{
    QTest::addColumn<Handler>("handler");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QByteArray>("words");
    const auto row =
        [](const char *name, ErrorCode code, const char *words, const Handler &handler) {
            QTest::newRow(name) << handler << code << QByteArray(words);
        };
    /// A good greeting, and then that.
    const auto list = [](std::function<void(const WebConnection &)> say) -> Handler {
        return [say = std::move(say)](const WebRequest &request, const WebConnection &to) {
            request.path == "/_ping" ? to.answer(200, "OK") : say(to);
        };
    };
    const auto endless = [](const WebConnection &to, const std::string &head) {
        to.send(head);
        for (int i = 0; i < 5000; ++i) { // more than any bound
            to.send(std::string(64 * 1024, ' '));
        }
    };
    row("no engine",
        ErrorCode::Network,
        "it answers: status 500",
        [](const auto &, const auto &to) { to.answer(500, "<html>"); });
    row("another service",
        ErrorCode::Network,
        "does not speak the Docker Engine API",
        [](const auto &, const auto &to) { to.answer(404, "what?"); });
    row("no HTTP", ErrorCode::Network, "", [](const auto &, const auto &to) {
        to.send("SSH-2.0-OpenSSH_9.2\r\n");
    });
    row("a redirect", ErrorCode::Network, "sends us elsewhere", [](const auto &, const auto &to) {
        to.answer(302, "", {"Location: http://127.0.0.1:1/"});
    });
    row("not for you",
        ErrorCode::Unauthorized,
        "go \\x1b[2J away",
        [](const auto &, const auto &to) { to.answer(403, R"({"message":"go \u001b[2J away"})"); });
    row("endless greeting",
        ErrorCode::LimitExceeded,
        "longer than",
        [endless](const auto &, const auto &to) { endless(to, "HTTP/1.1 200 OK\r\n\r\n"); });
    row("endless JSON", ErrorCode::LimitExceeded, "longer than", list([endless](const auto &to) {
            endless(to, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[");
        }));
    row("endless headers", ErrorCode::LimitExceeded, "headers", list([](const auto &to) {
            to.send("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 5000; ++i) {
                to.send("X-Filler: " + std::string(1000, 'x') + "\r\n");
            }
        }));
    row("HTML", ErrorCode::Network, "text/html and not with JSON", list([](const auto &to) {
            to.answer(200, "<html>", {"Content-Type: text/html"});
        }));
    row("no type", ErrorCode::Network, "nothing named", list([](const auto &to) {
            to.answer(200, "[]");
        }));
    row("broken JSON", ErrorCode::Corrupt, "its answer", list([](const auto &to) {
            to.answer(200, "[{", {kJson});
        }));
    row("deep JSON", ErrorCode::LimitExceeded, "", list([](const auto &to) {
            to.answer(200, std::string(100'000, '['), {kJson});
        }));
    row("no list", ErrorCode::Corrupt, "something else than a list", list([](const auto &to) {
            to.answer(200, "{}", {kJson});
        }));
    row("an end too early", ErrorCode::Network, "ended early", list([](const auto &to) {
            to.send(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n[");
        }));
    row("packed though nobody asked",
        ErrorCode::Unsupported,
        "encoded as",
        list([](const auto &to) { to.answer(200, "xxx", {kJson, "Content-Encoding: gzip"}); }));
}

void TestEngine::hostile()
{
    QFETCH(Handler, handler);
    QFETCH(ErrorCode, code);
    QFETCH(QByteArray, words);
    const auto images = listOf(handler);
    QVERIFY(!images.has_value());
    const std::string &message = images.error().message;
    QVERIFY2(images.error().code == code, message.c_str());
    QVERIFY2(message.contains("Docker at " + m_folder.path("s")), message.c_str());
    QVERIFY2(message.contains(words.toStdString()), message.c_str());
}

void TestEngine::nearNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("another tag") << QByteArray("app:2") << QByteArray("it has localhost/app:1");
    QTest::newRow("a slip") << QByteArray("localhost/ap:1") << QByteArray("it has localhost/app:1");
    QTest::newRow("nothing like it")
        << QByteArray("zzz") << QByteArray("`cutaway-cli images docker` lists");
}

void TestEngine::nearNames()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, words);
    const WebServer server(serveWell, m_folder.path("s"));
    const Monitor monitor;
    const auto engine = open(monitor);
    QVERIFY(engine.has_value());
    const auto image = (*engine)->image(name.toStdString(), monitor);
    std::filesystem::remove(m_folder.path("s"));
    QVERIFY(!image.has_value());
    QCOMPARE(image.error().code, ErrorCode::NotFound);
    QVERIFY2(image.error().message.contains(words.toStdString()), image.error().message.c_str());
}

/// An engine that hangs is given up.
void TestEngine::silence()
{
    const auto images =
        listOf([](const WebRequest &, const WebConnection &to) { to.waitForEnd(); });
    QVERIFY(!images.has_value());
    QCOMPARE(images.error().code, ErrorCode::Network);
    QVERIFY2(images.error().message.contains("takes too long"), images.error().message.c_str());
}

/// Also while an archive is waited for, which may take its time.
void TestEngine::cancel()
{
    const WebServer server(
        [](const WebRequest &request, const WebConnection &to) {
            request.path == "/_ping" ? to.answer(200, "OK") : to.waitForEnd();
        },
        m_folder.path("s"));
    Monitor monitor;
    const auto engine = open(monitor);
    QVERIFY(engine.has_value());
    std::jthread later([&monitor] {
        std::this_thread::sleep_for(std::chrono::milliseconds(1500)); // longer than other silence
        monitor.cancel();
    });
    QElapsedTimer timer;
    timer.start();
    const auto stream = (*engine)->save(kId, monitor);
    std::filesystem::remove(m_folder.path("s"));
    QVERIFY(!stream.has_value());
    QCOMPARE(stream.error().code, ErrorCode::Cancelled);
    QVERIFY2(timer.elapsed() < 1500 + 100, qPrintable(QString::number(timer.elapsed())));
}

void TestEngine::listing()
{
    EngineSearch search;
    search.dockerHost = "unix://" + m_folder.path("s");
    const Monitor monitor;
    const EngineListing without = listImages(EngineKind::Docker, search, monitor);
    QVERIFY(without.error.has_value());
    QVERIFY(without.socket.empty());
    const WebServer server(serveWell, m_folder.path("s"));
    const EngineListing with = listImages(EngineKind::Docker, search, monitor);
    std::filesystem::remove(m_folder.path("s"));
    QVERIFY(!with.error.has_value());
    QCOMPARE(with.images.size(), 2U);
    QCOMPARE(with.socket, m_folder.path("s"));
}

QTEST_APPLESS_MAIN(TestEngine)
#include "tst_engine.moc"
