// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/registry/registryway.h"
#include "core/registry/signin.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/webserver.h"

#include <QTest>

#include <filesystem>
#include <fstream>
#include <map>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// In memory; locked ones give nothing.
class TestKeyring : public Keyring
{
public:
    Result<std::string> read(const std::string &name, const Monitor & /*monitor*/) override
    {
        ++reads;
        if (isLocked) {
            return fail(ErrorCode::Unauthorized, "the keyring was not opened");
        }
        const auto found = secrets.find(name);
        return found == secrets.end() ? fail(ErrorCode::NotFound, "nothing")
                                      : Result<std::string>(found->second);
    }
    Result<> write(const std::string &name,
                   const std::string &secret,
                   const Monitor & /*monitor*/) override
    {
        secrets[name] = secret;
        return isLocked ? fail(ErrorCode::Unauthorized, "the keyring was not opened") : Result<>();
    }
    Result<> remove(const std::string &name, const Monitor & /*monitor*/) override
    {
        return secrets.erase(name) == 1 ? Result<>() : fail(ErrorCode::NotFound, "nothing");
    }

    std::map<std::string, std::string> secrets;
    bool isLocked = false;
    int reads = 0;
};

/// A registry that knows "me" with "open sesame".
void serve(const std::string &scheme, const WebRequest &request, const WebConnection &to)
{
    const auto who = request.headers.find("authorization");
    const std::string sent = who == request.headers.end() ? std::string() : who->second;
    const bool isMe = sent == "Basic " + base64("me:open sesame");
    if (request.path.starts_with("/token")) {
        // Whoever says nothing is somebody too, as with Docker Hub.
        to.answer(isMe || sent.empty() ? 200 : 401, R"({"token":"good"})");
    } else if (scheme == "open" || sent == "Bearer good" || (scheme == "basic" && isMe)) {
        to.answer(200, "{}");
    } else if (scheme == "basic") {
        to.answer(401, "", {"WWW-Authenticate: Basic realm=\"r\""});
    } else {
        to.answer(401,
                  "",
                  {"WWW-Authenticate: Bearer realm=\"http://" + request.headers.at("host")
                   + "/token\",service=\"s\""});
    }
}

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsWhatTheRegistryTakes_data();
    void keepsWhatTheRegistryTakes();
    void keepsNothingElse_data();
    void keepsNothingElse();
    void comesBeforeDockersOwn();
    void lockedIsANote();
    void wordsAreChecked_data();
    void wordsAreChecked();
    void withoutKeyring();

private:
    std::unique_ptr<Folder> m_folder;
    std::shared_ptr<TestKeyring> m_keyring;
    RegistryOptions m_options;
    Monitor m_monitor;
};

void TestSignIn::init()
{
    m_folder = std::make_unique<Folder>();
    m_keyring = std::make_shared<TestKeyring>();
    m_options = {};
    m_options.keyring = m_keyring;
    m_options.signInFolder = m_folder->path("config/cutaway");
}

void TestSignIn::keepsWhatTheRegistryTakes_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::addColumn<bool>("wasAsked");
    QTest::newRow("basic") << QByteArray("basic") << true;
    QTest::newRow("bearer") << QByteArray("bearer") << true;
    QTest::newRow("open to all") << QByteArray("open") << false;
}

void TestSignIn::keepsWhatTheRegistryTakes()
{
    QFETCH(QByteArray, scheme);
    QFETCH(bool, wasAsked);
    const WebServer server(
        [&](const auto &request, const auto &to) { serve(scheme.toStdString(), request, to); });
    const std::string host = server.address();
    const auto done = signIn(host, "me", "open sesame", m_options, m_monitor);
    QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
    QCOMPARE(done->wasAsked, wasAsked);
    QCOMPARE(m_keyring->secrets[host], std::string("me:open sesame"));
    QCOMPARE(signedInHosts(m_options), std::vector<std::string>{host});
    const FoundCredential found = keyringCredential(host, m_options, m_monitor);
    QVERIFY(found.credential.has_value());
    QCOMPARE(found.credential->user, std::string("me"));
    QCOMPARE(found.credential->password, std::string("open sesame"));
    for (const auto &file :
         std::filesystem::recursive_directory_iterator(m_folder->path("config"))) {
        if (!file.is_regular_file()) {
            continue;
        }
        std::ifstream content(file.path());
        const std::string text(std::istreambuf_iterator<char>(content), {});
        QVERIFY(!text.contains("sesame") && !text.contains(base64("me:open sesame")));
    }
    QVERIFY(signOut(host, m_options, m_monitor).has_value());
    QVERIFY(m_keyring->secrets.empty());
    QVERIFY(signedInHosts(m_options).empty());
    QCOMPARE(signOut(host, m_options, m_monitor).error().code, ErrorCode::NotFound);
}

void TestSignIn::keepsNothingElse_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::newRow("basic") << QByteArray("basic");
    QTest::newRow("bearer, where nobody is let in") << QByteArray("bearer");
}

void TestSignIn::keepsNothingElse()
{
    QFETCH(QByteArray, scheme);
    const WebServer server(
        [&](const auto &request, const auto &to) { serve(scheme.toStdString(), request, to); });
    const auto done = signIn(server.address(), "me", "wrong sesame", m_options, m_monitor);
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().code, ErrorCode::Unauthorized);
    QVERIFY2(done.error().message.contains("refuses the credentials of this sign-in")
                 && !done.error().message.contains("sesame"),
             done.error().message.c_str());
    QVERIFY(m_keyring->secrets.empty());
    QVERIFY(signedInHosts(m_options).empty());
}

void TestSignIn::comesBeforeDockersOwn()
{
    const WebServer server(
        [&](const auto &request, const auto &to) { serve("basic", request, to); });
    const std::string host = server.address();
    m_options.places.home = m_folder->writeAll(
        "home",
        {{".docker/config.json",
          R"({"auths":{")" + host + R"(":{"username":"docker","password":"x"}}})"}});
    const ImageName name = ImageName::parse(host + "/team/app").value();
    const auto user = [&] {
        return wayTo(name, m_options, m_monitor).endpoints.back().credential->user;
    };
    QCOMPARE(user(), std::string("docker"));
    QCOMPARE(m_keyring->reads, 0); // nobody signed in: nothing is to be unlocked for it
    QVERIFY(signIn(host, "me", "open sesame", m_options, m_monitor).has_value());
    QCOMPARE(user(), std::string("me"));
    QCOMPARE(m_keyring->reads, 1);
    QVERIFY(signOut(host, m_options, m_monitor).has_value());
    QCOMPARE(user(), std::string("docker"));
}

void TestSignIn::lockedIsANote()
{
    const WebServer server(
        [&](const auto &request, const auto &to) { serve("basic", request, to); });
    const std::string host = server.address();
    QVERIFY(signIn(host, "me", "open sesame", m_options, m_monitor).has_value());
    m_keyring->isLocked = true;
    const ImageName name = ImageName::parse(host + "/team/app").value();
    const RegistryWay way = wayTo(name, m_options, m_monitor);
    QVERIFY(!way.endpoints.back().credential.has_value());
    QCOMPARE(way.notes.size(), 1U);
    QVERIFY2(way.notes[0].contains("was not opened"), way.notes[0].c_str());
    QVERIFY(!signIn(host, "me", "open sesame", m_options, m_monitor).has_value());
}

void TestSignIn::wordsAreChecked_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("password");
    const auto row =
        [](const char *name, const char *host, const char *user, const QByteArray &password) {
            QTest::newRow(name) << QByteArray(host) << QByteArray(user) << password;
        };
    row("a repository", "registry.example/team", "me", "x");
    row("an address", "https://registry.example", "me", "x");
    row("no host", "", "me", "x");
    row("a word", "registry", "me", "x");
    row("a line in the host", "registry.example\nother", "me", "x");
    row("no user", "registry.example", "", "x");
    row("a colon", "registry.example", "me:you", "x");
    row("no password", "registry.example", "me", "");
    row("a line in the password", "registry.example", "me", "x\r\ny");
}

void TestSignIn::wordsAreChecked()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, password);
    const auto done = signIn(
        host.toStdString(), user.toStdString(), password.toStdString(), m_options, m_monitor);
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().code, ErrorCode::InvalidInput);
}

void TestSignIn::withoutKeyring()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("XDG_RUNTIME_DIR", m_folder->path("nowhere").c_str());
    const KeyringPtr keyring = desktopKeyring();
    const auto read = keyring->read("registry.example", m_monitor);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, ErrorCode::Unsupported);
    QVERIFY2(read.error().message.contains("docker login"), read.error().message.c_str());
    QVERIFY(!keyring->write("registry.example", "x:y", m_monitor).has_value());
    m_options.keyring = nullptr;
    QCOMPARE(signIn("registry.example", "me", "x", m_options, m_monitor).error().code,
             ErrorCode::Unsupported);
}

QTEST_APPLESS_MAIN(TestSignIn)

#include "tst_signin.moc"
