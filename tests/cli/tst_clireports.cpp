// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace cutaway::test;

/// What the reports say about an image whose every number is known.
class TestCliReports : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void inspectJson_data();
    void inspectJson();
    void bytesAddUp();
    void inspectText_data();
    void inspectText() const;
    void layers();
    void waste();
    void history();
    void historyOfADeletedDirectory();
    void dockerfile();
    void secrets();
    void hostileText_data();
    void hostileText();
    void closedPipe();

private:
    QTemporaryDir m_directory;
    std::string m_image;
    Ran m_report;
    Ran m_text;
};

void TestCliReports::initTestCase()
{
    m_image = in(m_directory, "app.tar");
    writeFile(m_image, sampleImage().bytes());
    m_report = runCli({"inspect", m_image, "--format", "json"});
    m_text = runCli({"inspect", m_image});
    QCOMPARE(m_report.code, 0);
    QCOMPARE(m_text.code, 0);
}

void TestCliReports::inspectJson_data()
{
    // Layer 0: os-release 10, motd 6, tool 1000, a 300, b 2; layer 1: tool 1000 again, motd 8,
    // app 3.
    QTest::addColumn<std::string>("place");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char *place, const QJsonValue &value) {
        QTest::newRow(place) << std::string(place) << value;
    };
    row("schemaVersion", 1);
    row("tool/name", QStringLiteral("cutaway"));
    row("image/source", QStringLiteral("docker-archive"));
    row("image/tags/0", QStringLiteral("app:1"));
    row("image/platform", QStringLiteral("linux/amd64"));
    row("image/created", QStringLiteral("2024-05-01T10:00:00Z"));
    row("image/author", QJsonValue());
    row("image/config/user", QStringLiteral("app"));
    row("image/config/workingDir", QStringLiteral("/srv"));
    row("image/config/entrypoint", QJsonValue());
    row("image/config/cmd/0", QStringLiteral("/usr/bin/tool"));
    row("image/config/exposedPorts",
        QJsonArray{QStringLiteral("53/udp"), QStringLiteral("8080/tcp")});
    row("image/config/volumes", QJsonArray{QStringLiteral("/data")});
    row("image/config/labels/org.opencontainers.image.title", QStringLiteral("Sample"));
    row("image/config/healthcheck", QJsonValue());
    row("image/config/stopSignal", QStringLiteral("SIGQUIT"));
    row("image/base/by", QStringLiteral("unknown"));
    row("sizes/files", 2329);
    row("sizes/visible", 2021);
    row("sizes/shadowed", 308);
    row("shadowedBy/metadataCopy", 0);
    row("shadowedBy/rewritten", 6);
    row("shadowedBy/deletedDirectory", 302);
    row("complete", true);
    row("layers/0/index", 0);
    row("layers/0/fileBytes", 1318);
    row("layers/0/shadowedBytes", 308);
    row("layers/0/verified", true);
    row("layers/0/origin", QStringLiteral("unknown"));
    row("layers/1/fileBytes", 1011);
    row("layers/1/added", 1);
    row("layers/1/modified", 2);
    row("layers/1/removed", 2);
    row("layers/1/instruction", QStringLiteral("RUN chmod 700 /usr/bin/tool && rm -rf /cache"));
    row("history/0/layer", 0);
    row("history/1/layer", QJsonValue());
    row("history/1/emptyLayer", true);
    row("history/2/layer", 1);
}

void TestCliReports::inspectJson()
{
    QFETCH(std::string, place);
    QFETCH(QJsonValue, value);
    QCOMPARE(m_report.at(place), value);
}

void TestCliReports::bytesAddUp()
{
    qint64 sum = m_report.at("sizes/visible").toInteger();
    const QJsonObject causes = m_report.at("shadowedBy").toObject();
    QCOMPARE(causes.size(), 7);
    for (const QJsonValue &bytes : causes) {
        sum += bytes.toInteger();
    }
    QCOMPARE(sum, m_report.at("sizes/files").toInteger());
}

void TestCliReports::inspectText_data()
{
    QTest::addColumn<QByteArray>("says");
    for (const char *fact : {"app:1",         "docker-archive",
                             "linux/amd64",   "2 layers",
                             "wire",          "unpacked",
                             "visible",       "2.02 kB",
                             "shadowed",      "308 B",
                             "RUN chmod 700", "/usr/bin/tool",
                             "8080/tcp",      "53/udp",
                             "/data",         "SIGQUIT",
                             "Sample",        "deleted with its directory",
                             "/cache/a",      "dive"}) {
        QTest::newRow(fact) << QByteArray(fact);
    }
}

void TestCliReports::inspectText() const
{
    QFETCH(QByteArray, says);
    QVERIFY2(m_text.out.contains(says), m_text.out.constData());
}

void TestCliReports::layers()
{
    const Ran text = runCli({"layers", m_image});
    QCOMPARE(text.code, 0);
    QVERIFY2(text.out.contains("by layer 1 (308 B)"), text.out);
    const Ran json = runCli({"layers", m_image, "-f", "json"});
    QCOMPARE(json.at("layers"), m_report.at("layers"));
}

void TestCliReports::waste()
{
    const Ran json = runCli({"waste", m_image, "-fjson"});
    QCOMPARE(json.at("shadowedBy"), m_report.at("shadowedBy"));
    QCOMPARE(json.at("waste/0/path").toString(), QStringLiteral("/cache/a"));
    QCOMPARE(json.at("waste/0/bytes").toInt(), 300);
    QCOMPARE(json.at("waste/0/layer").toInt(-1), 0);
    QCOMPARE(json.at("waste/0/hiddenBy").toInt(-1), 1);
    QCOMPARE(json.at("waste/0/cause").toString(), QStringLiteral("deletedDirectory"));
    QCOMPARE(json.at("duplicates/0/copies").toArray().size(), 2);
    const Ran text = runCli({"waste", m_image});
    QVERIFY2(text.out.contains("308 B of 2.33 kB are shipped and never seen"), text.out);
}

void TestCliReports::history()
{
    const Ran json = runCli({"history", m_image, "/etc/motd", "-fjson"});
    QCOMPARE(json.code, 0);
    QCOMPARE(json.at("path").toString(), QStringLiteral("/etc/motd"));
    QCOMPARE(json.at("present").toBool(), true);
    QCOMPARE(json.at("shippedBytes").toInt(), 14);
    QCOMPARE(json.at("shadowedBytes").toInt(), 6);
    QCOMPARE(json.at("events").toArray().size(), 2);
    QCOMPARE(json.at("events/0/change").toString(), QStringLiteral("added"));
    QCOMPARE(json.at("events/1/change").toString(), QStringLiteral("modified"));
    const Ran copied = runCli({"history", m_image, "/usr/bin/tool"});
    QVERIFY2(copied.out.contains("metadata changed, same content"), copied.out);
    QCOMPARE(runCli({"history", m_image, "/no/such"}).code, 3);
}

void TestCliReports::historyOfADeletedDirectory()
{
    const Ran json = runCli({"history", m_image, "/cache/a", "-fjson"});
    QCOMPARE(json.at("present").toBool(true), false);
    QCOMPARE(json.at("events/1/layer").toInt(), 1);
    QCOMPARE(json.at("events/1/change").toString(), QStringLiteral("removed"));
    QCOMPARE(json.at("events/0/cause").toString(), QStringLiteral("deletedDirectory"));
    const Ran text = runCli({"history", m_image, "/cache/a"});
    QVERIFY2(text.out.contains("It is not in the final file system"), text.out);
}

void TestCliReports::dockerfile()
{
    const Ran text = runCli({"dockerfile", m_image});
    QCOMPARE(text.code, 0);
    for (const char *line : {"FROM scratch\n",
                             "ENV API_TOKEN=[redacted] MODE=fast\n",
                             "# layer 1: 1.01 kB in 3 files",
                             "RUN chmod 700 /usr/bin/tool && rm -rf /cache\n",
                             "CMD [\"/usr/bin/tool\"]\n"}) {
        QVERIFY2(text.out.contains(line), text.out);
    }
    const Ran json = runCli({"dockerfile", m_image, "-fjson"});
    QCOMPARE(json.at("steps").toArray().size(), 4);
    QCOMPARE(json.at("steps/2/keyword").toString(), QStringLiteral("RUN"));
    QCOMPARE(json.at("steps/2/layer").toInt(), 1);
}

void TestCliReports::secrets()
{
    for (const char *command : {"inspect", "layers", "dockerfile"}) {
        for (const char *format : {"text", "json"}) {
            const Ran hidden = runCli({command, m_image, "--format", format});
            QVERIFY2(!hidden.out.contains("tok-12345"), hidden.out);
            const Ran shown = runCli({command, m_image, "--format", format, "--reveal"});
            QCOMPARE(shown.out.contains("tok-12345"), std::string_view(command) != "layers");
        }
    }
    QCOMPARE(m_report.at("image/config/redacted").toBool(), true);
    QCOMPARE(m_report.at("history/1/redacted").toBool(), true);
    QVERIFY(m_report.at("history/0/redacted").isUndefined());
}

void TestCliReports::hostileText_data()
{
    QTest::addColumn<std::string>("command");
    for (const char *command : {"inspect", "layers", "files", "waste", "history", "dockerfile"}) {
        QTest::newRow(command) << std::string(command);
    }
}

void TestCliReports::hostileText()
{
    QFETCH(std::string, command);
    // Clears the screen, turns the text around, starts a new line, and is no UTF-8.
    const std::string text8 = "\x1b[2J\xe2\x80\xae\n\x07";
    const std::string evil = text8 + '\xff';
    const std::string json = R"(\u001b[2J\u202e\u0007)";
    DockerArchive image;
    image.layer(TarWriter().file("a" + evil, "12345").symlink("link", evil), "RUN " + text8);
    image.layer(TarWriter().file("a" + evil, "1234567"), "RUN again");
    image.config(R"("Env": ["X=)" + json + R"("], "Labels": {")" + json + R"(": ")" + json
                 + R"("}, "User": ")" + json + R"(", "Cmd": [")" + json + R"("])");
    image.tag("evil:1");
    const std::string path = in(m_directory, "evil.tar");
    writeFile(path, image.bytes());
    Words words{command, path};
    if (command == "history") {
        words.push_back("/link");
    }
    const Ran text = runCli(words);
    QVERIFY2(text.code == 0, text.err);
    const QByteArray all = text.out + text.err;
    QVERIFY2(!all.contains('\x1b') && !all.contains('\a'), all);
    QVERIFY2(!all.contains("\xe2\x80\xae") && !all.contains('\xff'), all);
    words.insert(words.end(), {"--format", "json"});
    const Ran report = runCli(words);
    QCOMPARE(report.code, 0);
    QCOMPARE(report.at("schemaVersion").toInt(), 1); // it is JSON, so it is UTF-8 too
    QVERIFY(!report.out.contains('\x1b'));
}

void TestCliReports::closedPipe()
{
    DockerArchive image;
    TarWriter tar;
    for (int i = 0; i < 5000; ++i) {
        tar.file("directory/with/a/long/name/file" + std::to_string(i), "");
    }
    image.layer(tar, "RUN many");
    const std::string path = in(m_directory, "many.tar");
    writeFile(path, image.bytes());
    const Ran ran =
        runProgram("/bin/sh",
                   {"-c",
                    "{ \"$0\" files \"$1\" --format json; echo \"code $?\" >&2; } | head -c 100",
                    cutawayPath(),
                    path});
    QCOMPARE(ran.out.size(), 100);
    QCOMPARE(ran.err, QByteArray("code 0\n"));
}

QTEST_GUILESS_MAIN(TestCliReports)
#include "tst_clireports.moc"
