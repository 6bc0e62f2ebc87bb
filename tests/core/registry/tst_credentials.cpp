// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/registry/addresses.h"
#include "core/registry/credentials.h"
#include "tests/core/source/imagefixture.h"

#include <QTest>

using namespace cutaway;

namespace {

Json jsonOf(const QByteArray &text)
{
    return parseJson(text.toStdString(), "config")->value;
}

} // namespace

class TestCredentials : public QObject
{
    Q_OBJECT

private slots:
    void inFile_data();
    void inFile();
    void helpers_data();
    void helpers();
    void places();
    void firstFileWins();
    void addresses_data();
    void addresses();
};

void TestCredentials::inFile_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("domain");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("expected"); ///< "user:password", "token:…", "helper NAME" or none
    const QByteArray pair = QByteArray::fromStdString(base64("me:pass:word"));
    const auto row = [](const char *name,
                        const QByteArray &file,
                        const char *domain,
                        const char *path,
                        const char *expected) {
        QTest::newRow(name) << file << QByteArray(domain) << QByteArray(path)
                            << QByteArray(expected);
    };
    const auto auths = [](const QByteArray &entries) { return "{\"auths\":{" + entries + "}}"; };
    const auto entry = [&pair](const char *key) {
        return '"' + QByteArray(key) + "\":{\"auth\":\"" + pair + "\"}";
    };
    row("empty", "{}", "h", "a", "none");
    row("no object", "[1]", "h", "a", "none");
    row("by its host", auths(entry("h:5000")), "h:5000", "a", "me:pass:word");
    row("another port", auths(entry("h:5000")), "h", "a", "none");
    row("another host that begins so", auths(entry("h")), "host", "a", "none");
    row("as an address", auths(entry("https://h/v1/")), "h", "a", "me:pass:word");
    row("with version 2", auths(entry("https://h/v2")), "h", "a", "me:pass:word");
    row("Docker Hub's name of old",
        auths(entry("https://index.docker.io/v1/")),
        "docker.io",
        "library/a",
        "me:pass:word");
    row("Docker Hub's own name",
        auths(entry("docker.io")),
        "docker.io",
        "library/a",
        "me:pass:word");
    row("of a folder", auths(entry("h/team")), "h", "team/app", "me:pass:word");
    row("of another folder", auths(entry("h/team")), "h", "teams/app", "none");
    row("the longest",
        auths(entry("h/team") + R"(,"h":{"username":"x","password":"y"})"),
        "h",
        "team/app",
        "me:pass:word");
    row("the shorter for others",
        auths(entry("h/team") + R"(,"h":{"username":"x","password":"y"})"),
        "h",
        "app",
        "x:y");
    row("an identity token", auths(R"("h":{"identitytoken":"t"})"), "h", "a", "token:t");
    row("an empty entry and a store",
        R"({"auths":{"h":{}},"credsStore":"pass"})",
        "h",
        "a",
        "helper pass");
    row("a helper of its own",
        R"({"credsStore":"pass","credHelpers":{"h":"ecr-login"}})",
        "h",
        "a",
        "helper ecr-login");
    row("a helper of another", R"({"credHelpers":{"other":"ecr-login"}})", "h", "a", "none");
    row("no base64", auths(R"("h":{"auth":"%%%"})"), "h", "a", "none");
    row("no colon", auths(R"("h":{"auth":"bWU="})"), "h", "a", "none");
    row("of the wrong kind", R"({"auths":[],"credHelpers":7,"credsStore":{}})", "h", "a", "none");
}

void TestCredentials::inFile()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, domain);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, expected);
    const CredentialAnswer answer =
        credentialIn(jsonOf(file), domain.toStdString(), path.toStdString());
    std::string shown = "none";
    if (answer.credential) {
        shown = answer.credential->identityToken.empty()
                    ? answer.credential->user + ':' + answer.credential->password
                    : "token:" + answer.credential->identityToken;
    } else if (!answer.helper.empty()) {
        shown = "helper " + answer.helper;
    }
    QCOMPARE(QByteArray::fromStdString(shown), expected);
}

void TestCredentials::helpers_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("a password") << QByteArray(R"({"ServerURL":"h","Username":"me","Secret":"s"})")
                                << QByteArray("me:s:");
    QTest::newRow("a token") << QByteArray(R"({"Username":"<token>","Secret":"s"})")
                             << QByteArray("::s");
    QTest::newRow("nothing") << QByteArray("{}") << QByteArray("::");
    QTest::newRow("no JSON") << QByteArray("oops") << QByteArray("error");
}

void TestCredentials::helpers()
{
    QFETCH(QByteArray, output);
    QFETCH(QByteArray, expected);
    const Result<Credential> credential = credentialOfHelper(output.toStdString());
    const std::string shown =
        credential ? credential->user + ':' + credential->password + ':' + credential->identityToken
                   : std::string("error");
    QCOMPARE(QByteArray::fromStdString(shown), expected);
}

void TestCredentials::places()
{
    const CredentialPlaces all = {"/home/me", "/docker", "/auth.json", "/run/me", ""};
    QCOMPARE(all.files(),
             (std::vector<std::string>{"/docker/config.json",
                                       "/home/me/.docker/config.json",
                                       "/auth.json",
                                       "/run/me/containers/auth.json",
                                       "/home/me/.config/containers/auth.json"}));
    QVERIFY(CredentialPlaces().files().empty());
    QCOMPARE(helperServer("docker.io"), std::string("https://index.docker.io/v1/"));
    QCOMPARE(helperServer("h:5000"), std::string("h:5000"));
}

void TestCredentials::firstFileWins()
{
    test::Folder folder;
    const std::string root = folder.writeAll(
        "home",
        {{"docker/config.json", R"({"credHelpers":{"h":"gone","h/x":"../evil"}})"},
         {".docker/config.json", "{ no JSON"},
         {".config/containers/auth.json", R"({"auths":{"h":{"username":"me","password":"s"}}})"}});
    CredentialPlaces places;
    places.home = root;
    places.dockerConfig = root + "/docker";
    std::vector<std::string> asked;
    const Monitor monitor;
    const auto ask = [&asked](const std::string &name,
                              const std::string &server,
                              const Monitor &) -> Result<std::string> {
        asked.push_back(name + ' ' + server);
        return fail(ErrorCode::Io, "it is not installed");
    };
    const FoundCredential found = findCredential("h", "a", places, ask, monitor);
    QVERIFY(found.credential.has_value());
    QCOMPARE(found.credential->user, std::string("me"));
    QCOMPARE(found.credential->from, root + "/.config/containers/auth.json");
    QCOMPARE(asked, std::vector<std::string>{"gone h"});
    QCOMPARE(found.notes.size(), 2U);
    asked.clear();
    (void)findCredential("h", "x", places, ask, monitor); // what is no plain word is not run
    QVERIFY(asked.empty());
}

void TestCredentials::addresses_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("thisMachine");
    QTest::addColumn<bool>("inner");
    const auto row = [](const char *host, bool thisMachine, bool inner) {
        QTest::newRow(host) << QByteArray(host) << thisMachine << inner;
    };
    row("localhost", true, true);
    row("a.localhost", true, true);
    row("127.0.0.1", true, true);
    row("127.1", true, true);
    row("0x7f000001", true, true);
    row("[::1]", true, true);
    row("[::ffff:127.0.0.1]", false, true);
    row("10.0.0.1", false, true);
    row("172.16.0.1", false, true);
    row("172.32.0.1", false, false);
    row("192.168.1.1", false, true);
    row("169.254.169.254", false, true);
    row("[fe80::1%eth0]", false, true);
    row("[fd00::1]", false, true);
    row("[2001:db8::1]", false, false);
    row("8.8.8.8", false, false);
    row("example.org", false, false);
    row("localhost.example.org", false, false);
}

void TestCredentials::addresses()
{
    QFETCH(QByteArray, host);
    QFETCH(bool, thisMachine);
    QFETCH(bool, inner);
    QCOMPARE(isThisMachine(host.toStdString()), thisMachine);
    QCOMPARE(isInnerAddress(host.toStdString()), inner);
}

QTEST_APPLESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
