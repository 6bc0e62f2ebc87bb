// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"
#include "tests/support/elfwriter.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace cutaway::test;

/// Policies of `audit` from outside. The image's worst finding is high: it runs as root.
class TestCliPolicy : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void files_data();
    void files();
    void options_data();
    void options();
    void home();
    void baseline();
    void imports();
    void cis();
    void json();

private:
    Ran audit(const QTemporaryDir &directory, Words options = {}) const;

    QTemporaryDir m_directory;
    std::string m_image;
};

void TestCliPolicy::initTestCase()
{
    m_image = in(m_directory, "app.tar");
    TarWriter::Options executable;
    executable.mode = 0755;
    writeFile(m_image,
              DockerArchive()
                  .layer(TarWriter().file("app", elfOf({}), executable), "COPY app /app")
                  .config(R"("Entrypoint": ["/app"], "ExposedPorts": {"8080/tcp": {}})")
                  .bytes());
}

Ran TestCliPolicy::audit(const QTemporaryDir &directory, Words options) const
{
    options.insert(options.begin(), {"audit", m_image});
    return runCli(options, {.directory = directory.path().toStdString()});
}

void TestCliPolicy::files_data()
{
    QTest::addColumn<std::string>("yaml");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("part"); // of stdout, of stderr with code 2
    const auto row = [](const char *name, const char *yaml, int code, const char *part) {
        QTest::newRow(name) << std::string(yaml) << code << QByteArray(part);
    };
    row("nothing said", "version: 1\n", 1, "security/root-user");
    row("fails on nothing", "failOn: none\n", 0, "security/root-user");
    row("fails on the grade", "failOn: none\nfailOnGrade: A\n", 1, "Grade ");
    row("less severe", "severity: {DL3002: low}\n", 0, "low       security/root-user");
    row("ignored", "ignore: [{rule: DL3002, reason: trusted}]\n", 0, "trusted");
    row("expired",
        "ignore: [{rule: DL3002, reason: trusted, until: 2020-01-01}]\n",
        1,
        "policy/expired-ignore");
    row("off", "disable: DL3002\n", 0, "switched off by the policy");
    row("a label is missing", "failOn: none\nlabels: {required: team}\n", 0, "\"team\"");
    row("an assertion fails, whatever else may",
        "failOn: none\nassert: [{kind: file, path: /srv/app}]\n",
        1,
        "/srv/app is not there");
    row("a content that is not as asserted",
        "failOn: none\nassert: [{kind: content, path: /app, mustNotMatch: [ELF]}]\n",
        1,
        "assert/content");
    row("assertions hold",
        "failOn: none\nassert:\n  - {kind: file, path: /app, permissions: '-rwxr-xr-x'}\n"
        "  - {kind: metadata, entrypoint: [/app], exposedPorts: ['8080']}\n",
        0,
        "security/root-user");
    row("an assertion is accepted",
        "failOn: none\nassert: [{kind: metadata, user: app}]\n"
        "ignore: [{rule: assert/metadata, reason: next week}]\n",
        0,
        "next week");
    row("an assertion of no kind",
        "assert:\n  - {kind: fil, path: /app}\n",
        2,
        ".cutaway.yaml:2:12: 'kind' wants file, content or metadata");
    row("a slip in an assertion",
        "assert:\n  - {kind: file, path: /app, exist: true}\n",
        2,
        ".cutaway.yaml:2:30: 'exist' is not known here; did you mean 'exists'?");
    row("no such schema",
        "schemas: {api.ENV: env.json}\n",
        2,
        ".cutaway.yaml:1:20: env.json: there is no such file");
    row("a slip", "faiOn: none\n", 2, ".cutaway.yaml:1:1: there is no key 'faiOn' here; did you");
    row("no such rule", "\ndisable: DL30\n", 2, ".cutaway.yaml:2:10: there is no rule 'DL30'");
    row("no YAML", "a: [", 2, ".cutaway.yaml:");
    row("extends nothing", "extends: none.yaml\n", 2, ".cutaway.yaml:1:10: none.yaml: there is no");
}

void TestCliPolicy::files()
{
    QFETCH(std::string, yaml);
    QFETCH(int, code);
    QFETCH(QByteArray, part);
    QTemporaryDir directory;
    writeFile(in(directory, ".cutaway.yaml"), yaml);
    const Ran ran = audit(directory);
    QVERIFY2(ran.code == code, ran.out + ran.err);
    QVERIFY2((code == 2 ? ran.err : ran.out).contains(part), ran.out + ran.err);
    QCOMPARE(ran.err.isEmpty(), code != 2);
}

void TestCliPolicy::options_data()
{
    QTest::addColumn<Words>("options");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const Words &options, int code) {
        QTest::newRow(name) << options << code;
    };
    row("over the policy", {"--fail-on", "high"}, 1);
    row("the policy's", {}, 0);
    row("ignored", {"--fail-on", "high", "--ignore", "CIS-DI-0001"}, 0);
    row("ignored, another rule", {"--fail-on", "high", "--ignore", "DL3057"}, 1);
    row("no such rule", {"--ignore", "DL30"}, 2);
    row("grade", {"--fail-on-grade", "A"}, 1);
    row("grade F", {"--fail-on-grade", "F"}, 0);
    row("no grade", {"--fail-on-grade", "G"}, 2);
    row("profile", {"--profile", "strict"}, 0);
    row("no profile", {"--profile", "stricter"}, 2);
    row("confidence", {"--min-confidence", "certain"}, 0);
    row("no confidence", {"--min-confidence", "sure"}, 2);
    row("another policy", {"--policy", "other.yaml"}, 1);
    row("no policy", {"--policy", "none.yaml"}, 2);
    row("no baseline", {"--baseline", "none.json"}, 2);
    row("a baseline that is none", {"--baseline", "other.yaml"}, 2);
    row("an import of a strange name", {"--import-ignores", "other.yaml"}, 2);
}

void TestCliPolicy::options()
{
    QFETCH(Words, options);
    QFETCH(int, code);
    QTemporaryDir directory;
    writeFile(in(directory, ".cutaway.yaml"), "failOn: none\n");
    writeFile(in(directory, "other.yaml"), "failOn: high\n");
    const Ran ran = audit(directory, options);
    QVERIFY2(ran.code == code, ran.out + ran.err);
    QCOMPARE(ran.err.isEmpty(), code != 2);
}

void TestCliPolicy::home()
{
    QTemporaryDir directory;
    QTemporaryDir home;
    QVERIFY(QDir(home.path()).mkdir(QStringLiteral("cutaway")));
    writeFile(in(home, "cutaway/policy.yaml"), "failOn: none\n");
    const RunOptions options{.directory = directory.path().toStdString(),
                             .environment = {"XDG_CONFIG_HOME=" + home.path().toStdString()}};
    QCOMPARE(runCli({"audit", m_image}, options).code, 0);
    writeFile(in(directory, ".cutaway.yml"), "failOn: high\n");
    QCOMPARE(runCli({"audit", m_image}, options).code, 1);
}

void TestCliPolicy::baseline()
{
    QTemporaryDir directory;
    const Words first{"--fail-on", "none", "--write-baseline", "old.json"};
    QCOMPARE(audit(directory, first).code, 0);
    const Ran same = audit(directory, {"--baseline", "old.json", "--format", "json"});
    QCOMPARE(same.code, 0);
    QCOMPARE(same.at("findings/0/known").toBool(), true);
    QCOMPARE(same.at("policy/baseline").toBool(), true);
    writeFile(in(directory, ".cutaway.yaml"), "labels: {required: team}\n");
    const Ran more = audit(directory, {"--baseline", "old.json", "--format", "json"});
    QCOMPARE(more.code, 1); // the missing label is new
}

void TestCliPolicy::imports()
{
    QTemporaryDir directory;
    writeFile(in(directory, ".dockleignore"), "CIS-DI-0001\n");
    const Ran ran = audit(directory);
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.err.contains(".dockleignore: 1 ignore taken over"), ran.err);
    QVERIFY(audit(directory, {"--quiet"}).err.isEmpty());
    QCOMPARE(audit(directory, {"--no-import"}).code, 1);
    QTemporaryDir empty;
    QCOMPARE(audit(empty, {"--import-ignores", in(directory, ".dockleignore")}).code, 0);
    writeFile(in(directory, ".hadolint.yaml"), "ignored: [\n");
    QCOMPARE(audit(directory).code, 2);
    QVERIFY(audit(directory).err.contains(".hadolint.yaml:"));
}

void TestCliPolicy::cis()
{
    QTemporaryDir directory;
    const QByteArray out = audit(directory, {"--profile", "cis"}).out.simplified();
    QVERIFY2(out.contains("CIS Docker Benchmark, chapter 4"), out);
    QVERIFY2(out.contains("4.1 fail"), out);
    QVERIFY2(out.contains("4.8 pass"), out);
    QVERIFY(!audit(directory).out.contains("CIS Docker Benchmark, chapter 4"));
    QCOMPARE(audit(directory, {"--profile", "cis", "--format", "json"}).at("policy/cis/0/status"),
             QJsonValue(QStringLiteral("fail")));
}

void TestCliPolicy::json()
{
    QTemporaryDir directory;
    writeFile(in(directory, ".cutaway.yaml"), "profile: ska\nfailOnGrade: B\n");
    const Ran ran = audit(directory, {"--format", "json"});
    QCOMPARE(ran.at("policy/profile").toString(), QStringLiteral("ska"));
    QCOMPARE(ran.at("policy/files/0").toString(), QStringLiteral(".cutaway.yaml"));
    QCOMPARE(ran.at("policy/digest").toString().size(), 71);
    QCOMPARE(ran.at("policy/failOn").toString(), QStringLiteral("high"));
    QCOMPARE(ran.at("policy/failOnGrade").toString(), QStringLiteral("B"));
    QCOMPARE(ran.at("policy/failed").toBool(), true);
    QCOMPARE(ran.code, 1);
}

QTEST_GUILESS_MAIN(TestCliPolicy)
#include "tst_clipolicy.moc"
