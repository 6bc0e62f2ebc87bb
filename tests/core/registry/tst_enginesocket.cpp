// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "core/registry/enginesocket.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/webserver.h"

#include <QTest>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <sys/fsuid.h>
#include <sys/stat.h>

using namespace cutaway;
using namespace cutaway::test;
namespace fs = std::filesystem;

class TestEngineSocket : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void finds_data();
    void finds();
    void refuses_data();
    void refuses();
    void mayNotAsk();
    void nobodyListens();
    void firstThatAnswers();

private:
    /// Sets "DOCKER_HOST" and the like; "$" stands for the test's folder.
    void set(const QString &assignments);
    std::string full(const QString &text) const;
    void listenAt(const std::string &path)
    {
        fs::create_directories(fs::path(path).parent_path());
        m_servers.push_back(std::make_unique<WebServer>(
            [](const WebRequest &, const WebConnection &to) { to.answer(200, "OK"); }, path));
    }

    std::optional<Folder> m_folder;
    EngineSearch m_search;
    std::vector<std::unique_ptr<WebServer>> m_servers;
};

void TestEngineSocket::init()
{
    m_servers.clear();
    m_folder.emplace();
    m_search = EngineSearch();
    m_search.home = m_folder->path("home");
    m_search.runtimeDirectory = m_folder->path("run");
    m_search.systemDocker = m_folder->path("system/docker.sock");
    m_search.systemPodman = m_folder->path("system/podman.sock");
}

std::string TestEngineSocket::full(const QString &text) const
{
    QString full = text;
    return full.replace(QStringLiteral("$/"), QString::fromStdString(m_folder->path()))
        .toStdString();
}

void TestEngineSocket::set(const QString &assignments)
{
    const std::map<QString, std::string EngineSearch::*> names = {
        {QStringLiteral("DOCKER_HOST"), &EngineSearch::dockerHost},
        {QStringLiteral("DOCKER_CONTEXT"), &EngineSearch::dockerContext},
        {QStringLiteral("DOCKER_CONFIG"), &EngineSearch::dockerConfig},
        {QStringLiteral("CONTAINER_HOST"), &EngineSearch::containerHost},
        {QStringLiteral("XDG_CONFIG_HOME"), &EngineSearch::configDirectory},
    };
    for (const QString &assignment : assignments.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const qsizetype equals = assignment.indexOf(QLatin1Char('='));
        m_search.*names.at(assignment.left(equals)) = full(assignment.mid(equals + 1));
    }
    const auto context = [this](const std::string &directory, const std::string &name) {
        m_folder->write(directory + "/contexts/meta/" + sha256Hex(name) + "/meta.json",
                        R"({"Name":")" + name + R"(","Endpoints":{"docker":{"Host":"unix://)"
                            + m_folder->path(name + ".sock") + R"("}}})");
    };
    context("home/.docker", "chosen");
    context("home/.docker", "other");
    context("config", "elsewhere");
    m_folder->write("config/config.json", R"({"currentContext":"elsewhere"})");
    m_folder->write("plain/config.json", R"({"currentContext":"default"})");
    m_folder->write("broken/config.json", R"({"currentContext":)");
    m_folder->write("missing/config.json", R"({"currentContext":"gone"})");
    m_folder->write("connections/containers/podman-connections.json",
                    R"({"Connection":{"Default":"a","Connections":{"a":{"URI":"unix://)"
                        + m_folder->path("connection.sock") + R"("}}}})");
    m_folder->write("machine/containers/podman-connections.json",
                    R"({"Connection":{"Default":"m","Connections":{"m":{"URI":"ssh://u@h/s"}}}})");
}

void TestEngineSocket::finds_data()
{
    QTest::addColumn<EngineKind>("kind");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("listening"); ///< sockets, by blanks
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name,
                        EngineKind kind,
                        const char *environment,
                        const char *listening,
                        const char *expected) {
        QTest::newRow(name) << kind << QString::fromLatin1(environment)
                            << QString::fromLatin1(listening) << QString::fromLatin1(expected);
    };
    using enum EngineKind;
    row("the system's",
        Docker,
        "",
        "$/system/docker.sock $/run/docker.sock",
        "$/system/docker.sock");
    row("rootless", Docker, "", "$/run/docker.sock", "$/run/docker.sock");
    row("Docker Desktop",
        Docker,
        "",
        "$/home/.docker/run/docker.sock",
        "$/home/.docker/run/docker.sock");
    row("Colima",
        Docker,
        "",
        "$/home/.colima/default/docker.sock",
        "$/home/.colima/default/docker.sock");
    row("the environment's",
        Docker,
        "DOCKER_HOST=unix://$/a.sock DOCKER_CONTEXT=other",
        "$/a.sock $/system/docker.sock $/other.sock",
        "$/a.sock");
    row("with one slash", Docker, "DOCKER_HOST=unix:$/a.sock", "$/a.sock", "$/a.sock");
    row("a context",
        Docker,
        "DOCKER_CONTEXT=other",
        "$/chosen.sock $/other.sock $/system/docker.sock",
        "$/other.sock");
    row("the current context",
        Docker,
        "DOCKER_CONFIG=$/config",
        "$/elsewhere.sock $/system/docker.sock",
        "$/elsewhere.sock");
    row("the default context",
        Docker,
        "DOCKER_CONFIG=$/plain",
        "$/run/docker.sock",
        "$/run/docker.sock");
    row("a default that is asked for",
        Docker,
        "DOCKER_CONFIG=$/config DOCKER_CONTEXT=default",
        "$/elsewhere.sock $/run/docker.sock",
        "$/run/docker.sock");
    row("settings that are broken",
        Docker,
        "DOCKER_CONFIG=$/broken",
        "$/system/docker.sock",
        "$/system/docker.sock");
    row("Podman, rootless before the system's",
        Podman,
        "",
        "$/system/podman.sock $/run/podman/podman.sock",
        "$/run/podman/podman.sock");
    row("Podman, the system's", Podman, "", "$/system/podman.sock", "$/system/podman.sock");
    row("Podman, the environment's",
        Podman,
        "CONTAINER_HOST=unix://$/p.sock XDG_CONFIG_HOME=$/connections",
        "$/p.sock $/connection.sock",
        "$/p.sock");
    row("Podman's connection",
        Podman,
        "XDG_CONFIG_HOME=$/connections",
        "$/connection.sock $/system/podman.sock",
        "$/connection.sock");
    row("Podman's connection to a machine does not count",
        Podman,
        "XDG_CONFIG_HOME=$/machine",
        "$/system/podman.sock",
        "$/system/podman.sock");
    row("Docker's variables are not Podman's",
        Podman,
        "DOCKER_HOST=unix://$/a.sock",
        "$/a.sock $/system/podman.sock",
        "$/system/podman.sock");
}

void TestEngineSocket::finds()
{
    QFETCH(EngineKind, kind);
    QFETCH(QString, environment);
    QFETCH(QString, listening);
    QFETCH(QString, expected);
    set(environment);
    for (const QString &path : listening.split(QLatin1Char(' '))) {
        listenAt(full(path));
    }
    const auto place = findEngine(kind, m_search);
    QVERIFY2(place.has_value(), place ? "" : place.error().message.c_str());
    QCOMPARE(QString::fromStdString(place->socket), QString::fromStdString(full(expected)));
    QCOMPARE(place->kind, kind);
}

void TestEngineSocket::refuses_data()
{
    QTest::addColumn<EngineKind>("kind");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QStringList>("words"); ///< that the message has
    const auto row = [](const char *name,
                        EngineKind kind,
                        const char *environment,
                        std::initializer_list<const char *> words) {
        QStringList all;
        for (const char *word : words) {
            all << QString::fromUtf8(word);
        }
        QTest::newRow(name) << kind << QString::fromLatin1(environment) << all;
    };
    using enum EngineKind;
    row("none",
        Docker,
        "",
        {"Docker was not found",
         "$/system/docker.sock, $/run/docker.sock",
         "systemctl start docker",
         "DOCKER_HOST=unix:///PATH"});
    row("no Podman",
        Podman,
        "",
        {"$/run/podman/podman.sock, $/system/podman.sock",
         "systemctl --user start podman.socket",
         "CONTAINER_HOST=unix:///PATH"});
    row("named and not there",
        Docker,
        "DOCKER_HOST=unix://$/gone.sock",
        {"$/gone.sock: there is no such socket", "(DOCKER_HOST)"});
    row("on another machine",
        Docker,
        "DOCKER_HOST=ssh://me@host",
        {"DOCKER_HOST names ssh://", "ssh -nNT -L", "ssh HOST docker save NAME | cutaway-cli -"});
    row("over TCP, with what is secret",
        Docker,
        "DOCKER_HOST=tcp://me:secret@host:2376",
        {"DOCKER_HOST names tcp://host:2376"});
    row("Podman on another machine", Podman, "CONTAINER_HOST=ssh://h/s", {"ssh HOST podman save"});
    row("no such context",
        Docker,
        "DOCKER_CONTEXT=gone",
        {"DOCKER_CONTEXT chooses the context “gone”", "docker context ls"});
    row("no such current context",
        Docker,
        "DOCKER_CONFIG=$/missing",
        {"$/missing/config.json chooses the context “gone”"});
    row("a name that is no file name",
        Docker,
        "DOCKER_CONTEXT=../../x\x1b[2J",
        {"“../../x\\x1b[2J”"});
    row("a path that is too long",
        Docker,
        ("DOCKER_HOST=unix:///" + std::string(200, 'x')).c_str(),
        {"too long for a socket"});
    row("no address", Docker, "DOCKER_HOST=/var/run/docker.sock", {"DOCKER_HOST names"});
}

void TestEngineSocket::refuses()
{
    QFETCH(EngineKind, kind);
    QFETCH(QString, environment);
    QFETCH(QStringList, words);
    set(environment);
    const auto place = findEngine(kind, m_search);
    QVERIFY(!place.has_value());
    const bool isAbsent = place.error().message.contains("was not found");
    QCOMPARE(place.error().code, isAbsent ? ErrorCode::NotFound : ErrorCode::Network);
    for (const QString &word : words) {
        QVERIFY2(place.error().message.contains(full(word)), place.error().message.c_str());
    }
    QVERIFY2(!place.error().message.contains("secret"), place.error().message.c_str());
}

void TestEngineSocket::mayNotAsk()
{
    const std::string docker = m_folder->path("system/docker.sock");
    const std::string podman = m_folder->path("system/podman.sock");
    listenAt(docker);
    listenAt(podman);
    QCOMPARE(::chmod(docker.c_str(), 0), 0);
    QCOMPARE(::chmod(podman.c_str(), 0), 0);
    QCOMPARE(::chmod(m_folder->path().c_str(), 0755), 0);
    constexpr unsigned int kNobody = 65534;
    const auto own = static_cast<unsigned int>(::setfsuid(kNobody)); // root may use any socket
    const auto first = findEngine(EngineKind::Docker, m_search);
    const auto second = findEngine(EngineKind::Podman, m_search);
    ::setfsuid(own);
    QVERIFY(!first.has_value());
    QCOMPARE(first.error().code, ErrorCode::Unauthorized);
    QVERIFY2(first.error().message.contains("usermod -aG docker"), first.error().message.c_str());
    QVERIFY(!second.has_value());
    QCOMPARE(second.error().code, ErrorCode::Unauthorized);
    QVERIFY2(second.error().message.contains("systemctl --user start podman.socket"),
             second.error().message.c_str());
}

void TestEngineSocket::nobodyListens()
{
    const std::string path = m_folder->path("system/docker.sock");
    listenAt(path);
    m_servers.clear(); // the socket stays where it is
    QVERIFY(fs::exists(path));
    const auto place = findEngine(EngineKind::Docker, m_search);
    QVERIFY(!place.has_value());
    QVERIFY2(place.error().message.contains("Docker does not run: nobody listens at " + path),
             place.error().message.c_str());
}

/// One that was stopped does not hide one that runs.
void TestEngineSocket::firstThatAnswers()
{
    listenAt(m_folder->path("system/docker.sock"));
    m_servers.clear();
    listenAt(m_folder->path("run/docker.sock"));
    const auto place = findEngine(EngineKind::Docker, m_search);
    QVERIFY(place.has_value());
    QCOMPARE(place->socket, m_folder->path("run/docker.sock"));
}

QTEST_APPLESS_MAIN(TestEngineSocket)
#include "tst_enginesocket.moc"
