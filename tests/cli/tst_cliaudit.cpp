// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"
#include "tests/support/elfwriter.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cutaway::test;

/// `audit` and `rules` from outside.
class TestCliAudit : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void exitCodes_data();
    void exitCodes();
    void textTellsTheSum();
    void json();
    void secretsAreNotShown();
    void formats_data();
    void formats();
    void severalOutputs();
    void outputsThatAreRefused_data();
    void outputsThatAreRefused();
    void timestamp();
    void rules_data();
    void rules();

private:
    QTemporaryDir m_directory;
    std::string m_image; ///< its worst finding is high: it runs as root
};

void TestCliAudit::initTestCase()
{
    m_image = in(m_directory, "app.tar");
    DockerArchive image;
    TarWriter::Options executable;
    executable.mode = 0755;
    image.layer(TarWriter().file("app", elfOf({}), executable), "COPY app /app")
        .config(R"("Entrypoint": ["/app"], "Env": ["PORT=80"])");
    writeFile(m_image, image.bytes());
}

void TestCliAudit::exitCodes_data()
{
    QTest::addColumn<Words>("options");
    QTest::addColumn<int>("code");
    QTest::newRow("high by default") << Words{} << 1;
    QTest::newRow("none") << Words{"--fail-on", "none"} << 0;
    QTest::newRow("critical") << Words{"--fail-on=critical"} << 0;
    QTest::newRow("low") << Words{"--fail-on", "low"} << 1;
    QTest::newRow("no such word") << Words{"--fail-on", "bad"} << 2;
    QTest::newRow("no such format") << Words{"--format", "xml"} << 2;
}

void TestCliAudit::exitCodes()
{
    QFETCH(Words, options);
    QFETCH(int, code);
    Words words{"audit", m_image};
    words.insert(words.end(), options.begin(), options.end());
    const Ran ran = runCli(words);
    QCOMPARE(ran.code, code);
    QCOMPARE(ran.out.isEmpty(), code == 2);
    QCOMPARE(ran.err.isEmpty(), code != 2);
}

void TestCliAudit::textTellsTheSum()
{
    const QByteArray out = runCli({"audit", m_image}).out;
    for (const char *part : {"Grade ",
                             "-15.0",
                             "The sum",
                             "high      security/root-user",
                             "+15.0 when mended",
                             "Fix: ",
                             "Not asked",
                             "supply/base-unpinned"}) {
        QVERIFY2(out.contains(part), part);
    }
}

void TestCliAudit::json()
{
    const Ran ran = runCli({"audit", m_image, "--format", "json"});
    QCOMPARE(ran.at("schemaVersion").toInt(), 1);
    QCOMPARE(ran.at("findings/0/rule").toString(), QStringLiteral("security/root-user"));
    QCOMPARE(ran.at("findings/0/severity").toString(), QStringLiteral("high"));
    QCOMPARE(ran.at("findings/0/aliases/0").toString(), QStringLiteral("CIS-DI-0001"));
    QCOMPARE(ran.at("findings/0/points").toDouble(), 15.0);
    QCOMPARE(ran.at("findings/0/evidence/0/field").toString(), QStringLiteral("config.User"));
    QCOMPARE(ran.at("findings/0/fingerprint").toString().size(), 64);
    QVERIFY(ran.at("skipped/0/reason").toString().size() > 10);
    double sum = 100;
    for (int i = 0; !ran.at("score/penalties/" + std::to_string(i)).isUndefined(); ++i) {
        sum -= ran.at("score/penalties/" + std::to_string(i) + "/points").toDouble();
    }
    QVERIFY(std::abs(sum - ran.at("score/value").toDouble()) < 0.01);
    QCOMPARE(runCli({"audit", m_image, "--format", "json"}).out, ran.out);
}

void TestCliAudit::secretsAreNotShown()
{
    const std::string path = in(m_directory, "secret.tar");
    DockerArchive image;
    image
        .layer(TarWriter().file("app", "x"),
               "RUN /bin/sh -c API_TOKEN=hunter2hunter2 curl -k https://x -o y # buildkit")
        .config(R"("Env": ["DB_PASSWORD=$hunter2hunter2"])");
    writeFile(path, image.bytes());
    for (const char *format :
         {"text", "json", "html", "markdown", "sarif", "junit", "gitlab", "csv"}) {
        const Ran ran = runCli({"audit", path, "--format", format});
        QVERIFY2(!ran.out.contains("=hunter2"), ran.out);
        QVERIFY(ran.out.contains("security/tls-disabled"));
    }
    for (const char *format : {"html", "markdown", "sarif", "junit", "gitlab", "csv"}) {
        const Ran ran = runCli({"audit", path, "--reveal", "--format", format});
        QVERIFY2(!ran.out.contains("=hunter2"), ran.out);
    }
}

void TestCliAudit::formats_data()
{
    QTest::addColumn<QByteArray>("begins");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("text") << QByteArray() << QByteArray("What mending gains");
    QTest::newRow("json") << QByteArray("{\n  \"schemaVersion\": 1,") << QByteArray("\"gains\": [");
    QTest::newRow("html") << QByteArray("<!DOCTYPE html>\n")
                          << QByteArray("id=\"security/root-user\"");
    QTest::newRow("markdown") << QByteArray("## Cutaway: grade ")
                              << QByteArray("<details><summary>");
    QTest::newRow("sarif") << QByteArray("{\n  \"$schema\": ")
                           << QByteArray("\"uri\": \"image/config.json\"");
    QTest::newRow("junit") << QByteArray("<?xml version=\"1.0\"")
                           << QByteArray("<failure type=\"high\"");
    QTest::newRow("gitlab") << QByteArray("[\n") << QByteArray("\"severity\": \"critical\"");
    QTest::newRow("csv") << QByteArray("\"status\",") << QByteArray("\"security/root-user\"");
}

void TestCliAudit::formats()
{
    QFETCH(QByteArray, begins);
    QFETCH(QByteArray, part);
    const std::string format = QTest::currentDataTag();
    const Ran ran = runCli({"audit", m_image, "--format", format});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.out.startsWith(begins), ran.out.left(200));
    QVERIFY(ran.out.contains(part));
    QVERIFY(ran.out.endsWith('\n'));
    QCOMPARE(runCli({"audit", m_image, "--format", format}).out, ran.out);
}

void TestCliAudit::severalOutputs()
{
    const std::string html = in(m_directory, "several.html");
    const std::string sarif = in(m_directory, "several.sarif");
    const std::string text = in(m_directory, "several=1.txt");
    const Ran ran = runCli(
        {"audit", m_image, "--output", "html=" + html, "-o", text, "--output=sarif=" + sarif});
    QCOMPARE(ran.code, 1);
    QVERIFY(ran.out.isEmpty());
    QVERIFY(ran.err.isEmpty());
    QVERIFY(readFile(html).startsWith("<!DOCTYPE html>"));
    QVERIFY(readFile(sarif).contains("\"version\": \"2.1.0\""));
    QVERIFY(readFile(text).contains("Grade "));
    const Ran shown = runCli({"audit", m_image, "--output", "html=" + html});
    QVERIFY(shown.out.contains("Grade "));
}

void TestCliAudit::outputsThatAreRefused_data()
{
    QTest::addColumn<Words>("outputs");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char *name, const Words &outputs, int code, const char *part) {
        QTest::newRow(name) << outputs << code << QByteArray(part);
    };
    row("a slip", {"sarf=a"}, 2, "did you mean 'sarif'?");
    row("no file", {"html="}, 2, "names no file");
    row("one file twice", {"html=a", "sarif=a"}, 2, "writes a twice");
    row("two answers", {"a", "b"}, 2, "--output FORMAT=FILE");
    row("no such folder", {"html=no/such/folder/a"}, 3, "cannot be written");
}

void TestCliAudit::outputsThatAreRefused()
{
    QFETCH(Words, outputs);
    QFETCH(int, code);
    QFETCH(QByteArray, part);
    QTemporaryDir empty;
    RunOptions options;
    options.directory = empty.path().toStdString();
    Words words{"audit", m_image};
    for (const std::string &output : outputs) {
        words.insert(words.end(), {"--output", output});
    }
    const Ran ran = runCli(words, options);
    QCOMPARE(ran.code, code);
    QVERIFY2(ran.err.contains(part), ran.err);
    QVERIFY(ran.out.isEmpty());
    QVERIFY(namesIn(options.directory).empty());
}

void TestCliAudit::timestamp()
{
    const Ran ran = runCli({"audit", m_image, "--format", "json", "--timestamp"});
    QCOMPARE(ran.at("timestamp").toString().size(), 20);
    QVERIFY(runCli({"audit", m_image, "--format", "json"}).at("timestamp").isUndefined());
}

void TestCliAudit::rules_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char *name, const Words &words, int code, const char *part) {
        QTest::newRow(name) << words << code << QByteArray(part);
    };
    row("all", {}, 0, "security/root-user");
    row("one", {"security/root-user"}, 0, "What it looks at");
    row("what it needs", {"security/root-user"}, 0, "What it needs\n  an image configuration");
    row("another tool's id", {"CIS-DI-0001"}, 0, "security/root-user  Containers run as root");
    row("markdown", {"--format", "markdown"}, 0, "### `layer/deleted-later`");
    row("json", {"--format", "json", "DL3002"}, 0, "\"family\": \"security\"");
    row("a slip", {"security/rootuser"}, 2, "did you mean 'security/root-user'?");
    row("two", {"a", "b"}, 2, "too much");
}

void TestCliAudit::rules()
{
    QFETCH(Words, words);
    QFETCH(int, code);
    QFETCH(QByteArray, part);
    words.insert(words.begin(), "rules");
    const Ran ran = runCli(words);
    QCOMPARE(ran.code, code);
    QVERIFY2((code == 0 ? ran.out : ran.err).contains(part), ran.out + ran.err);
}

QTEST_GUILESS_MAIN(TestCliAudit)
#include "tst_cliaudit.moc"
