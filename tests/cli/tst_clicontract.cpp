// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace cutaway::test;

/// `contract` and `test` from outside.
class TestCliContract : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void contract_data();
    void contract();
    void contractJson();
    void auditHasTheContract();
    void tests_data();
    void tests();
    void testsJson();
    void testsJunit();
    void severalFiles();
    void longFiles();

private:
    std::string file(const std::string &name, const std::string &yaml)
    {
        const std::string path = in(m_directory, name);
        writeFile(path, yaml);
        return path;
    }

    QTemporaryDir m_directory;
    std::string m_image;
};

void TestCliContract::initTestCase()
{
    m_image = in(m_directory, "app.tar");
    DockerArchive image;
    image
        .layer(TarWriter()
                   .file("etc/app.conf", "listen 8080\n")
                   .file("big", std::string(70'000'000, 'x') + "needle"),
               "COPY . /")
        .config(R"("User": "10001", "Env": ["MODE=fast", "API_TOKEN=hunter2hunter2"],
"ExposedPorts": {"8080/tcp": {}}, "Volumes": {"/data": {}},
"Labels": {"api.ENV.KEY": "", "api.ENV.KEY.description": "Access key", "api.ENV.KEY.mandatory": "true"})");
    writeFile(m_image, image.bytes());
}

void TestCliContract::contract_data()
{
    QTest::addColumn<Words>("options");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char *name, const Words &options, int code, const char *part) {
        QTest::newRow(name) << options << code << QByteArray(part);
    };
    row("text", {}, 0, "|   - ENV:           KEY\n|   - Description:   Access key\n");
    row("touch points", {}, 0, "runs as 10001");
    row("markdown", {"--format", "markdown"}, 0, "# Contract of app:1\n");
    row("run", {"--skeleton", "run"}, 0, "    --publish 8080:8080/tcp \\\n");
    row("compose", {"--skeleton=compose"}, 0, "      KEY: \"${KEY:?is mandatory}\"");
    row("pod", {"--skeleton", "pod"}, 0, "kind: Pod\n");
    row("no such skeleton", {"--skeleton", "helm"}, 2, "must be run, compose or pod");
    row("no such format", {"--format", "csv"}, 2, "is no format of contract");
}

void TestCliContract::contract()
{
    QFETCH(Words, options);
    QFETCH(int, code);
    QFETCH(QByteArray, part);
    Words words{"contract", m_image};
    words.insert(words.end(), options.begin(), options.end());
    const Ran ran = runCli(words);
    QCOMPARE(ran.code, code);
    QVERIFY2((code == 0 ? ran.out : ran.err).contains(part), ran.out + ran.err);
    QVERIFY2(!ran.out.contains("hunter2"), ran.out);
}

void TestCliContract::contractJson()
{
    const Ran ran = runCli({"contract", m_image, "--format", "json"});
    QCOMPARE(ran.at("schemaVersion").toInt(), 1);
    QCOMPARE(ran.at("image/config/user").toString(), QStringLiteral("10001"));
    QCOMPARE(ran.at("contract/variables/0/name").toString(), QStringLiteral("API_TOKEN"));
    QCOMPARE(ran.at("contract/variables/0/redacted").toBool(), true);
    QCOMPARE(ran.at("contract/variables/1/mandatory").toBool(), true);
    QCOMPARE(ran.at("contract/ports/0/port").toString(), QStringLiteral("8080/tcp"));
    QCOMPARE(ran.at("contract/volumes/0/bytes").toInt(-1), 0);
    QCOMPARE(ran.at("contract/touchPoints/11/id").toString(), QStringLiteral("streams"));
    QVERIFY(!ran.out.contains("hunter2"));
    QVERIFY(runCli({"contract", m_image, "-f", "json", "--reveal"}).out.contains("hunter2"));
}

void TestCliContract::auditHasTheContract()
{
    const Ran ran = runCli({"audit", m_image, "--format", "json"});
    QCOMPARE(ran.at("contract"), runCli({"contract", m_image, "-f", "json"}).at("contract"));
}

void TestCliContract::tests_data()
{
    QTest::addColumn<std::string>("yaml");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("out");
    const auto row = [](const char *name, const char *yaml, int code, const char *out) {
        QTest::newRow(name) << std::string(yaml) << code << QByteArray(out);
    };
    row("all pass",
        "schemaVersion: 2.0.0\n"
        "fileExistenceTests: [{name: conf, path: /etc/app.conf}]\n"
        "fileContentTests: [{name: port, path: /etc/app.conf, expectedContents: ['\\d+']}]\n"
        "metadataTest: {user: 10001}\n",
        0,
        "PASS  File Content Test: port\n"
        "PASS  File Existence Test: conf\n"
        "PASS  Metadata Test\n"
        "PASS [pass:3 fail:0 skip:0]\n");
    row("one fails",
        "schemaVersion: 2.0.0\nfileExistenceTests: [{name: x, path: /etc/no}]\n",
        1,
        "FAIL  File Existence Test: x\n      /etc/no is not there\nFAIL [pass:0 fail:1 skip:0]\n");
    row("a command is skipped",
        "schemaVersion: 2.0.0\ncommandTests: [{name: x, command: ls}]\n",
        0,
        "SKIP  Command Test: x\n      nothing is run here: an image is only looked at\n"
        "PASS [pass:0 fail:0 skip:1]\n");
    row("no tests at all", "schemaVersion: 2.0.0\n", 0, "PASS [pass:0 fail:0 skip:0]\n");
    row("a slip", "schemaVersion: 2.0.0\nfileTests: []\n", 2, "");
    row("no pattern",
        "schemaVersion: 2.0.0\nfileContentTests: [{name: x, path: /x, expectedContents: ['(']}]",
        2,
        "");
}

void TestCliContract::tests()
{
    QFETCH(std::string, yaml);
    QFETCH(int, code);
    QFETCH(QByteArray, out);
    const Ran ran = runCli({"test", m_image, file("t.yaml", yaml)});
    QVERIFY2(ran.code == code, ran.out + ran.err);
    QCOMPARE(ran.out, out);
    QCOMPARE(ran.err.contains("t.yaml:2:"), code == 2);
}

void TestCliContract::testsJson()
{
    const std::string path = file("t.json",
                                  R"({"schemaVersion": "2.0.0",
"commandTests": [{"name": "r", "command": "ls"}],
"fileExistenceTests": [{"name": "a", "path": "/big"}, {"name": "b", "path": "/no"}]})");
    const Ran ran = runCli({"test", m_image, path, "--format", "json"});
    QCOMPARE(ran.code, 1);
    QCOMPARE(ran.at("Pass").toInt(), 1);
    QCOMPARE(ran.at("Fail").toInt(), 1);
    QCOMPARE(ran.at("Total").toInt(), 2);
    QVERIFY(ran.at("Duration").isDouble());
    QCOMPARE(ran.at("Results/0/Name").toString(), QStringLiteral("File Existence Test: a"));
    QCOMPARE(ran.at("Results/0/Pass").toBool(), true);
    QCOMPARE(ran.at("Results/1/Pass").toBool(true), false);
    QCOMPARE(ran.at("Results/1/Errors/0").toString(), QStringLiteral("/no is not there"));
    QCOMPARE(ran.at("Skipped/0/Name").toString(), QStringLiteral("Command Test: r"));
}

void TestCliContract::testsJunit()
{
    const std::string path = file("j.yaml",
                                  "schemaVersion: 2.0.0\ncommandTests: [{name: r, command: ls}]\n"
                                  "fileExistenceTests: [{name: '<a> & \"b\"', path: /big}, "
                                  "{name: \"c\\u0001\\uffff\", path: '/no<'}]\n");
    const Ran ran = runCli({"test", m_image, path, "--format", "junit"});
    QCOMPARE(ran.code, 1);
    QXmlStreamReader xml(ran.out);
    QStringList elements;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement) {
            const QXmlStreamAttributes attributes = xml.attributes();
            elements << xml.name().toString() + QLatin1Char(' ')
                            + attributes.value(QLatin1String("name")).toString()
                            + attributes.value(QLatin1String("failures")).toString()
                            + attributes.value(QLatin1String("tests")).toString();
        }
    }
    QVERIFY2(!xml.hasError(), xml.errorString().toUtf8() + ran.out);
    QCOMPARE(elements.join(QLatin1Char('|')),
             QStringLiteral("testsuites 13|testsuite container-structure-test.test13|testcase "
                            "Command Test: r|skipped |testcase File Existence Test: <a> & \"b\""
                            "|testcase File Existence Test: c\\x01\\uffff|failure "));
}

void TestCliContract::severalFiles()
{
    const std::string good =
        file("a.yaml", "schemaVersion: 2.0.0\nfileExistenceTests: [{name: a, path: /etc}]");
    const std::string bad =
        file("b.yaml", "schemaVersion: 2.0.0\nfileExistenceTests: [{name: b, path: /no}]");
    const Ran ran = runCli({"test", m_image, good, bad});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.out.contains("[pass:1 fail:1 skip:0]"), ran.out);
    QCOMPARE(runCli({"test", m_image, good, in(m_directory, "none.yaml")}).code, 2);
    QCOMPARE(runCli({"test", m_image}).code, 2);
    QCOMPARE(runCli({"test", in(m_directory, "none.tar"), good}).code, 3);
}

void TestCliContract::longFiles()
{
    const std::string path = file("l.yaml",
                                  "schemaVersion: 2.0.0\nfileContentTests:\n"
                                  "- {name: a, path: /big, expectedContents: ['xxx']}\n"
                                  "- {name: b, path: /big, expectedContents: ['needle']}\n"
                                  "- {name: c, path: /big, excludedContents: ['needle']}\n");
    const Ran ran = runCli({"test", m_image, path, "--no-trunc"});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.out.contains("PASS  File Content Test: a\n"), ran.out);
    QVERIFY2(
        ran.out.contains("FAIL  File Content Test: b\n      nothing in /big, of which only the "
                         "beginning could be searched, matches"),
        ran.out);
    QVERIFY2(ran.out.contains("FAIL  File Content Test: c\n      whether /big"), ran.out);
}

QTEST_GUILESS_MAIN(TestCliContract)
#include "tst_clicontract.moc"
