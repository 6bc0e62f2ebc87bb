// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registriesconf.h"
#include "core/registry/registryway.h"
#include "tests/core/source/imagefixture.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

constexpr const char *kConf = R"(
unqualified-search-registries = ["registry.fedoraproject.org"]

[[registry]]
location = "registry.example"
insecure = true

[[registry]]
prefix = "registry.example/team"
location = "other.example:5000/squad/"

  [[registry.mirror]]
  location = "mirror.example/squad"
  insecure = true
  [[registry.mirror]]
  location = "digests.example/squad"
  pull-from-mirror = "digest-only"
  [[registry.mirror]]
  location = "tags.example/squad"
  pull-from-mirror = "tag-only"

[[registry]]
prefix = "*.corp.example"
blocked = true

[[registry]]
prefix = "docker.io"
mirror-by-digest-only = true
  [[registry.mirror]]
  location = "hub.example"

[[registry]]
prefix = "odd.example"
location = "/"
)";

const std::string kDigest = "sha256:" + std::string(64, 'a');

} // namespace

class TestRegistriesConf : public QObject
{
    Q_OBJECT

private slots:
    void waysByRule_data();
    void waysByRule();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void laterFilesReplaceRules();
    void blockedSaysWhere();
    void insecureIsNotVerified();
    void tellsOfNamesWithoutRegistry();

private:
    /// With registries.conf and files beside it in a folder of its own.
    RegistryOptions optionsWith(const std::string &conf);

    std::unique_ptr<Folder> m_folder;
};

RegistryOptions TestRegistriesConf::optionsWith(const std::string &conf)
{
    m_folder = std::make_unique<Folder>();
    m_folder->writeAll("conf", {{"registries.conf", conf}});
    RegistryOptions options;
    options.registriesFiles = {m_folder->path("conf/none.conf"),
                               m_folder->path("conf/registries.conf")};
    options.registriesFolders = {m_folder->path("conf/registries.conf.d")};
    return options;
}

void TestRegistriesConf::waysByRule_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("ways"); ///< "base path" of each that is asked first there
    const auto row = [](const char *name, const std::string &image, const char *ways) {
        QTest::newRow(name) << QByteArray::fromStdString(image) << QByteArray(ways);
    };
    row("no rule", "ghcr.io/a/b:1", "https://ghcr.io a/b");
    row("a host", "registry.example/a:1", "https://registry.example a");
    row("a longer prefix, by tag",
        "registry.example/team/app:1",
        "https://mirror.example squad/app, https://tags.example squad/app, "
        "https://other.example:5000 squad/app");
    row("a longer prefix, by digest",
        "registry.example/team/app@" + kDigest,
        "https://mirror.example squad/app, https://digests.example squad/app, "
        "https://other.example:5000 squad/app");
    row("a prefix is of whole parts",
        "registry.example/teams/app:1",
        "https://registry.example teams/app");
    row("another port",
        "registry.example:5000/team/app:1",
        "https://registry.example:5000 team/app");
    row("Docker Hub, by tag", "nginx", "https://registry-1.docker.io library/nginx");
    row("Docker Hub, by digest",
        "nginx@" + kDigest,
        "https://hub.example library/nginx, https://registry-1.docker.io library/nginx");
    row("a host of many", "a.b.corp.example:5000/x:1", "");
    row("the domain itself is none of them", "corp.example/x:1", "https://corp.example x");
    row("its end alone is none of them", "xcorp.example/x:1", "https://xcorp.example x");
}

void TestRegistriesConf::waysByRule()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, ways);
    const RegistryOptions options = optionsWith(kConf);
    const RegistryWay way = wayTo(ImageName::parse(name.toStdString()).value(), options, Monitor());
    std::string text;
    for (const RegistryEndpoint &endpoint : way.endpoints) {
        text += (text.empty() ? "" : ", ") + endpoint.bases.front() + ' ' + endpoint.path;
    }
    QCOMPARE(text, ways.toStdString());
    QCOMPARE(way.endpoints.empty(), !way.blockedBy.empty());
}

void TestRegistriesConf::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message"); ///< empty: it is taken
    const auto row = [](const char *name, const QByteArray &text, const char *message) {
        QTest::newRow(name) << text << QByteArray(message);
    };
    row("nothing", "", "");
    row("no TOML", "[[registry\nlocation", "f.conf: line 1");
    row("version 1", "[registries.search]\nregistries = ['a.example']\n", "version 1");
    row("other kinds of values", "registry = 1\nunqualified-search-registries = {a = 1}\n", "");
    row("a list of texts", "registry = ['a', 1, {prefix = 2, blocked = 'x', mirror = 3}]\n", "");
    row("deep", "a = " + QByteArray(100'000, '['), "f.conf: line 1");
    row("no text at all", QByteArray("\x00\xff\xfe", 3), "f.conf: line 1");
}

void TestRegistriesConf::refusesWhatIsNone()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    const auto conf = parseRegistriesConf(text.toStdString(), "f.conf");
    QCOMPARE(conf.has_value(), message.isEmpty());
    if (!conf) {
        QVERIFY2(conf.error().message.contains(message.toStdString()),
                 conf.error().message.c_str());
        const RegistryOptions options = optionsWith(text.toStdString());
        const RegistryWay way = wayTo(ImageName::parse("a.example/b").value(), options, Monitor());
        QCOMPARE(way.endpoints.size(), 1U); // as if there was none
        QCOMPARE(way.notes.size(), 1U);
        QVERIFY2(way.notes[0].starts_with("it was not followed: "), way.notes[0].c_str());
    }
}

void TestRegistriesConf::laterFilesReplaceRules()
{
    const RegistryOptions options = optionsWith("[[registry]]\nlocation = 'a.example'\n"
                                                "[[registry]]\nlocation = 'b.example'\n");
    m_folder->writeAll("conf",
                       {{"registries.conf.d/2.conf",
                         "[[registry]]\nprefix = 'a.example'\nlocation = 'two.example'\n"},
                        {"registries.conf.d/1.conf",
                         "[[registry]]\nprefix = 'a.example'\nlocation = 'one.example'\n"},
                        {"registries.conf.d/3.txt",
                         "[[registry]]\nprefix = 'a.example'\nlocation = 'three.example'\n"}});
    const auto baseOf = [&](const char *name) {
        return wayTo(ImageName::parse(name).value(), options, Monitor()).endpoints[0].bases[0];
    };
    QCOMPARE(baseOf("a.example/x"), std::string("https://two.example"));
    QCOMPARE(baseOf("b.example/x"), std::string("https://b.example"));
}

void TestRegistriesConf::blockedSaysWhere()
{
    const RegistryOptions options = optionsWith(kConf);
    const RegistryWay way = wayTo(ImageName::parse("a.corp.example/x").value(), options, Monitor());
    const Error error = notAsked(way);
    QCOMPARE(error.code, ErrorCode::Unauthorized);
    QVERIFY2(error.message.starts_with("a.corp.example is blocked by ")
                 && error.message.ends_with("registries.conf"),
             error.message.c_str());
}

void TestRegistriesConf::insecureIsNotVerified()
{
    const RegistryOptions options = optionsWith(kConf);
    const auto ways = [&](const char *name) {
        return wayTo(ImageName::parse(name).value(), options, Monitor()).endpoints;
    };
    const std::vector<std::string> both = {"https://registry.example", "http://registry.example"};
    QCOMPARE(ways("registry.example/x").back().bases, both);
    QVERIFY(ways("registry.example/x").back().tls.isUnverified);
    QVERIFY(ways("registry.example/team/x").front().tls.isUnverified);
    QVERIFY(!ways("registry.example/team/x").back().tls.isUnverified);
    QCOMPARE(ways("registry.example/team/x").back().bases.size(), 1U);
    QVERIFY(!ways("ghcr.io/x").back().tls.isUnverified);
}

void TestRegistriesConf::tellsOfNamesWithoutRegistry()
{
    const RegistryOptions options = optionsWith(kConf);
    const auto notesOf = [&options](const char *name) {
        return wayTo(ImageName::parse(name).value(), options, Monitor()).notes;
    };
    QCOMPARE(notesOf("nginx").size(), 1U);
    QVERIFY(notesOf("nginx")[0].contains("unqualified-search-registries"));
    QVERIFY(notesOf("ghcr.io/a/b").empty());
    const std::vector<std::string> odd = notesOf("odd.example/x");
    QVERIFY(odd.empty()); // a location of a slash is none
}

QTEST_APPLESS_MAIN(TestRegistriesConf)

#include "tst_registriesconf.moc"
