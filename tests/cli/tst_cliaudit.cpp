// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

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
    image.layer(TarWriter().file("app", std::string(100, 'x'), executable), "COPY app /app")
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
    for (const char *format : {"text", "json"}) {
        const Ran ran = runCli({"audit", path, "--format", format});
        QVERIFY2(!ran.out.contains("=hunter2"), ran.out);
        QVERIFY(ran.out.contains("security/tls-disabled"));
    }
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
