// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cutaway::test;

/// dive's CI rules. The image: 100 bytes below, then the same 100 again and 50 more, so that dive
/// says efficiency 150/250, wasted 200, of 150 user bytes 1.33.
class TestCliGate : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void rules_data();
    void rules();
    void oneLayerNeverFailsTheShare();
    void theFileReplacesOptions();
    void files_data();
    void files();
    void json();

private:
    QTemporaryDir m_directory;
    std::string m_image;
};

void TestCliGate::initTestCase()
{
    m_image = in(m_directory, "app.tar");
    DockerArchive image;
    image.layer(TarWriter().file("f", std::string(100, 'x')), "ADD f");
    image.layer(TarWriter().file("f", std::string(100, 'x')).file("g", std::string(50, 'g')),
                "RUN x");
    writeFile(m_image, image.bytes());
}

void TestCliGate::rules_data()
{
    QTest::addColumn<Words>("options");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("out");
    QTest::newRow("defaults") << Words{} << 1
                              << QByteArray(
                                     "FAIL  lowestEfficiency (60.00 % is below 90.00 %)\n"
                                     "SKIP  highestWastedBytes (disabled)\n"
                                     "FAIL  highestUserWastedPercent (133.33 % is above 10.00 %)\n"
                                     "FAIL [pass:0 fail:2 warn:0 skip:1]\n");
    QTest::newRow("each limit itself passes")
        << Words{"--lowestEfficiency",
                 "0.6",
                 "--highestWastedBytes",
                 "200B",
                 "--highestUserWastedPercent",
                 "off"}
        << 0
        << QByteArray("PASS  lowestEfficiency (60.00 % is at least 60.00 %)\n"
                      "PASS  highestWastedBytes (200 B is at most 200 B)\n"
                      "SKIP  highestUserWastedPercent (disabled)\n"
                      "PASS [pass:2 fail:0 warn:0 skip:1]\n");
    QTest::newRow("one byte more") << Words{"--lowestEfficiency=",
                                            "--highestWastedBytes",
                                            "199",
                                            "--highestUserWastedPercent=FALSE"}
                                   << 1
                                   << QByteArray("SKIP  lowestEfficiency (disabled)\n"
                                                 "FAIL  highestWastedBytes (200 B is above 199 B)\n"
                                                 "SKIP  highestUserWastedPercent (disabled)\n"
                                                 "FAIL [pass:0 fail:1 warn:0 skip:2]\n");
    QTest::newRow("above one") << Words{"--lowestEfficiency", "1.5"} << 2 << QByteArray();
    QTest::newRow("no number") << Words{"--highestUserWastedPercent", "10%"} << 2 << QByteArray();
    QTest::newRow("not a number") << Words{"--highestUserWastedPercent", "nan"} << 2
                                  << QByteArray();
    QTest::newRow("no size") << Words{"--highestWastedBytes", "much"} << 2 << QByteArray();
    QTest::newRow("no such file") << Words{"--ci-config", "./none"} << 2 << QByteArray();
}

void TestCliGate::rules()
{
    QFETCH(Words, options);
    QFETCH(int, code);
    QFETCH(QByteArray, out);
    Words words{"gate", m_image};
    words.insert(words.end(), options.begin(), options.end());
    QTemporaryDir empty;
    const Ran ran = runCli(words, {.directory = empty.path().toStdString()});
    QCOMPARE(ran.out, out);
    QCOMPARE(ran.code, code);
    QCOMPARE(ran.err.isEmpty(), code != 2);
}

void TestCliGate::oneLayerNeverFailsTheShare()
{
    const std::string path = in(m_directory, "one.tar");
    writeFile(path, DockerArchive().layer(TarWriter().file("f", "x"), "ADD f").bytes());
    const Ran ran = runCli({"gate", path, "--highestUserWastedPercent", "0"});
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.out.contains("PASS  highestUserWastedPercent (0.00 %"), ran.out);
}

void TestCliGate::theFileReplacesOptions()
{
    QTemporaryDir directory;
    writeFile(in(directory, ".dive-ci"), "rules:\n  highestUserWastedPercent: disabled\n");
    const Ran ran = runCli({"gate", m_image, "--lowestEfficiency", "0.1"},
                           {.directory = directory.path().toStdString()});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.out.contains("FAIL  lowestEfficiency (60.00 % is below 90.00 %)"), ran.out);
    QVERIFY2(ran.out.contains("SKIP  highestUserWastedPercent"), ran.out);
}

void TestCliGate::files_data()
{
    QTest::addColumn<std::string>("yaml");
    QTest::addColumn<int>("code");
    QTest::newRow("all three, other keys ignored")
        << std::string("rules:\n  lowestEfficiency: 0.5\n  highestWastedBytes: 20Mb\n"
                       "  highestUserWastedPercent: false\n  plugins: [a]\nlog: x\n")
        << 0;
    QTest::newRow("quoted") << std::string("rules: {lowestEfficiency: \"0.5\", "
                                           "highestUserWastedPercent: \"off\"}\n")
                            << 0;
    QTest::newRow("empty: defaults") << std::string() << 1;
    QTest::newRow("no rules: defaults") << std::string("other: 1\n") << 1;
    QTest::newRow("no YAML") << std::string("rules: [\n") << 2;
    QTest::newRow("rules are a list") << std::string("rules: [1, 2]\n") << 2;
    QTest::newRow("a limit is a list") << std::string("rules: {lowestEfficiency: [1]}\n") << 2;
    QTest::newRow("out of range") << std::string("rules: {lowestEfficiency: 90}\n") << 2;
    QTest::newRow("very deep") << std::string(100'000, '[') << 2;
}

void TestCliGate::files()
{
    QFETCH(std::string, yaml);
    QFETCH(int, code);
    const std::string path = in(m_directory, "rules.yaml");
    writeFile(path, yaml);
    const Ran ran = runCli({"gate", m_image, "--ci-config", path});
    QVERIFY2(ran.code == code, ran.out + ran.err);
}

void TestCliGate::json()
{
    const Ran ran = runCli({"gate", m_image, "--format", "json"});
    QCOMPARE(ran.code, 1);
    QCOMPARE(ran.at("result").toString(), QStringLiteral("fail"));
    QCOMPARE(ran.at("fail").toInt(), 2);
    QCOMPARE(ran.at("rules/0/rule").toString(), QStringLiteral("lowestEfficiency"));
    QCOMPARE(ran.at("rules/1/result").toString(), QStringLiteral("skip"));
    QCOMPARE(ran.at("dive/wastedBytes").toInt(), 200);
}

QTEST_GUILESS_MAIN(TestCliGate)
#include "tst_cligate.moc"
