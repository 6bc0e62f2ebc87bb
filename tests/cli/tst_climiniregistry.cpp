// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "tests/cli/program.h"
#include "tests/cli/registries.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <filesystem>

using namespace cutaway::test;
namespace fs = std::filesystem;

/// Against the registry that lies beside the cases, which can also misbehave.
class TestCliMiniRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void good_data();
    void good();
    void evil_data();
    void evil();
    void lists_data();
    void lists();
    void credentialsStayAtHome();

private:
    Ran run(const Words &arguments, const std::string &cache) const;
    void know(const std::string &address) const;

    std::unique_ptr<QTemporaryDir> m_home;
    std::string m_tiny; ///< the folder of the images that it serves
};

void TestCliMiniRegistry::initTestCase()
{
    if (MiniRegistry::path().empty()) {
        QSKIP("CUTAWAY_CASES_DIR is not set, there is no tools/mini_registry.py beside it, or no "
              "python3");
    }
    m_home = std::make_unique<QTemporaryDir>();
    m_tiny = qEnvironmentVariable("CUTAWAY_CASES_DIR").toStdString() + "/tiny";
}

Ran TestCliMiniRegistry::run(const Words &arguments, const std::string &cache) const
{
    return runCli(arguments,
                  {.environment = {"HOME=" + m_home->path().toStdString(),
                                   "XDG_CONFIG_HOME=",
                                   "XDG_RUNTIME_DIR=",
                                   "DOCKER_CONFIG=",
                                   "REGISTRY_AUTH_FILE=",
                                   "CUTAWAY_CACHE_DIR=" + in(*m_home, cache)}});
}

void TestCliMiniRegistry::know(const std::string &address) const
{
    fs::create_directories(in(*m_home, ".docker"));
    writeFile(in(*m_home, ".docker/config.json"),
              R"({"auths": {")" + address + R"(": {"auth": ")" + cutaway::base64("u:p") + "\"}}}");
}

void TestCliMiniRegistry::good_data()
{
    QTest::addColumn<QByteArray>("authorization");
    for (const char *authorization : {"none", "basic", "bearer"}) {
        QTest::newRow(authorization) << QByteArray(authorization);
    }
}

void TestCliMiniRegistry::good()
{
    QFETCH(QByteArray, authorization);
    MiniRegistry registry;
    QVERIFY(registry.start(authorization.toStdString()));
    know("localhost:" + registry.port());
    std::size_t opened = 0;
    for (const std::string &file : namesIn(m_tiny)) {
        constexpr std::string_view kEnding = ".oci.tar";
        if (!file.ends_with(kEnding)) {
            continue;
        }
        const std::string image = file.substr(0, file.size() - kEnding.size());
        const Ran local =
            run({"files", "--format", "json", "oci-archive:" + m_tiny + "/" + file + ":@0"}, "no");
        for (const char *side : {"good/", "redir/"}) {
            const std::string reference = "localhost:" + registry.port() + "/" + side + image;
            const Ran ran =
                run({"files", "--format", "json", reference}, side + authorization.toStdString());
            if (ran.err.contains("has no tag latest")) {
                continue;
            }
            ++opened;
            QVERIFY2(ran.code == local.code, (reference + ": ").c_str() + ran.err);
            QVERIFY2(ran.out == local.out, reference.c_str());
        }
    }
    QVERIFY(opened >= 80);
}

void TestCliMiniRegistry::evil_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *mode, int code, const char *message) {
        QTest::newRow(mode) << QByteArray(mode) << code << QByteArray(message);
    };
    row("redirect-loop", 3, "redirects more than 10 times");
    row("redirect-file", 3, "no address of the web");
    row("redirect-crosshost-auth", 0, "");
    row("endless-manifest", 3, "longer than");
    row("endless-blob", 3, "longer than the manifest says");
    row("short-blob", 3, "longer than the manifest says"); // so it announces itself
    row("long-blob", 3, "longer than the manifest says");
    row("slow", 4, "takes too long");
    row("hang", 4, "takes too long");
    row("wrong-digest-header", 3, "not those of its digest");
    row("wrong-manifest", 3, "not those of its digest");
    row("wrong-blob", 3, "not those of its digest");
    row("401-loop", 4, "gives no access without credentials");
    row("429", 4, "again in 3600 seconds");
    row("500", 4, "answers 500");
    row("503", 4, "answers 503");
    row("404", 3, "there is no repository evil/404");
    row("html-200", 4, "a web page came");
    row("gzip-encoded", 3, "encoded as gzip");
    row("link-loop", 0, "");
    row("tags-10m", 0, "");
    row("token-crlf", 3, "is no address");
    row("realm-file", 3, "no address of the web");
    row("schema1-only", 3, "of schema 1 has no layers");
    row("media-type-lies", 3, "it was refused");
    row("chunked-garbage", 4, "cannot be read");
    row("header-1mb", 3, "headers of the answer are too long");
}

void TestCliMiniRegistry::evil()
{
    QFETCH(QByteArray, mode);
    QFETCH(int, code);
    QFETCH(QByteArray, message);
    MiniRegistry registry;
    QVERIFY(registry.start("none"));
    QElapsedTimer time;
    time.start();
    const Ran ran = run(
        {"inspect", "docker://127.0.0.1:" + registry.port() + "/evil/" + mode.toStdString() + ":x"},
        "evil-" + mode.toStdString());
    QVERIFY2(ran.code == code, ran.err.constData());
    QVERIFY2(ran.err.contains(message), ran.err.constData());
    QVERIFY(time.elapsed() < 50'000);
}

void TestCliMiniRegistry::lists_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("told");
    const auto row = [](const char *name, int code, const char *told) {
        QTest::newRow(name) << QByteArray(name) << code << QByteArray(told);
    };
    row("evil/link-loop", 0, "a\n");
    row("evil/tags-10m", 3, "longer than");
    row("evil/html-200", 4, "a web page came");
    row("evil/429", 4, "again in 3600 seconds");
    row("evil/redirect-loop", 3, "redirects more than 10 times");
    row("evil/header-1mb", 0, "x\n"); // that one is of its manifests alone
    row("good/wh-file", 0, "latest\n");
}

void TestCliMiniRegistry::lists()
{
    QFETCH(QByteArray, name);
    QFETCH(int, code);
    QFETCH(QByteArray, told);
    MiniRegistry registry;
    QVERIFY(registry.start("none"));
    const std::string host = "127.0.0.1:" + registry.port();
    const Ran ran = run({"tags", host + "/" + name.toStdString()}, "lists");
    QVERIFY2(ran.code == code, ran.err.constData());
    QVERIFY2(code == 0 ? ran.out == told : ran.err.contains(told), (ran.out + ran.err).constData());
    const Ran hosts = run({"tags", host}, "lists");
    QVERIFY2(hosts.code == 0 && hosts.out.contains("good/wh-file\n"), hosts.err.constData());
}

/// What it is asked at its other name, localhost, comes without credentials; so does a token.
void TestCliMiniRegistry::credentialsStayAtHome()
{
    MiniRegistry registry;
    QVERIFY(registry.start("basic"));
    const std::string address = "127.0.0.1:" + registry.port();
    know(address);
    const Ran ran = run({"inspect", "docker://" + address + "/redir/wh-file:latest"}, "home");
    QVERIFY2(ran.code == 4 && ran.err.contains("no access to"), ran.err.constData());
    const Ran log = runProgram("python3",
                               {"-c",
                                "import sys, urllib.request as u; "
                                "sys.stdout.write(u.urlopen('http://"
                                    + address + "/__log').read().decode())"});
    bool wasRedirected = false;
    for (const QJsonValue request : QJsonDocument::fromJson(log.out).array()) {
        if (request[QLatin1String("p")].toString().startsWith(QLatin1String("/v2/good/"))) {
            wasRedirected = true;
            QVERIFY(!request[QLatin1String("auth")].toBool());
        }
    }
    QVERIFY(wasRedirected);
}

QTEST_GUILESS_MAIN(TestCliMiniRegistry)

#include "tst_climiniregistry.moc"
