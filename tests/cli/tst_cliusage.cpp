// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace cutaway::test;

/// What the program says to right and wrong usage, and where the answer goes.
class TestCliUsage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void wrongUsage_data();
    void wrongUsage();
    void helpAndVersion_data();
    void helpAndVersion();
    void aReferenceAloneIsInspect();
    void standardInput();
    void outputFile();
    void outputFileOfAFailedRun();
    void colourIsForTerminals();
    void severalImages();
    void brokenImages_data();
    void brokenImages();
    void damagedLayer();
    void strict();

private:
    QTemporaryDir m_directory;
    std::string m_image;
};

void TestCliUsage::initTestCase()
{
    m_image = in(m_directory, "app.tar");
    writeFile(m_image, sampleImage().bytes());
}

void TestCliUsage::wrongUsage_data()
{
    QTest::addColumn<Words>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("nothing") << Words{} << 2 << QByteArray("reference");
    QTest::newRow("unknown command") << Words{"inspekt", "x.tar"} << 2 << QByteArray("'inspect'");
    QTest::newRow("unknown option")
        << Words{"inspect", "--fromat", "json", "x.tar"} << 2 << QByteArray("'--format'");
    QTest::newRow("option of another command")
        << Words{"layers", "--view", "all", "x.tar"} << 2 << QByteArray("--view");
    QTest::newRow("no reference") << Words{"layers"} << 2 << QByteArray("usage:");
    QTest::newRow("too many words")
        << Words{"layers", "a.tar", "b.tar"} << 2 << QByteArray("b.tar");
    QTest::newRow("option without its value")
        << Words{"layers", "x.tar", "--format"} << 2 << QByteArray("needs a value");
    QTest::newRow("switch with a value")
        << Words{"layers", "x.tar", "--quiet=1"} << 2 << QByteArray("takes no value");
    QTest::newRow("unknown format")
        << Words{"layers", "x.tar", "--format", "xml"} << 2 << QByteArray("text, json");
    QTest::newRow("bad platform") << Words{"layers", "./x.tar", "--platform", "/"} << 2
                                  << QByteArray("latform");
    QTest::newRow("no such limit")
        << Words{"./x.tar", "--limit", "size=1"} << 2 << QByteArray("layer-entries=50000000");
    QTest::newRow("a limit without a value")
        << Words{"./x.tar", "--limit", "layers=2", "--limit", "json-size=x"} << 2
        << QByteArray("json-size wants a size");
    QTest::newRow("no such file") << Words{"./no/such.tar"} << 3 << QByteArray("no/such.tar");
    for (const char *command : {"audit", "contract"}) {
        QTest::addRow("%s of nothing", command) << Words{command} << 2 << QByteArray("usage:");
        QTest::addRow("%s of no such file", command)
            << Words{command, "./no/such.tar"} << 3 << QByteArray("no/such.tar");
    }
    QTest::newRow("test without tests") << Words{"test", "./x.tar"} << 2 << QByteArray("usage:");
    QTest::newRow("test with no such tests")
        << Words{"test", "./x.tar", "no/such.yaml"} << 2 << QByteArray("no/such.yaml");
    QTest::newRow("help for nothing known") << Words{"help", "nosuch"} << 2 << QByteArray("nosuch");
    QTest::newRow("bytes that a terminal would obey")
        << Words{"lay\x1b[2Jers", "x.tar"} << 2 << QByteArray("\\x1b");
}

void TestCliUsage::wrongUsage()
{
    QFETCH(Words, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    const Ran ran = runCli(arguments);
    QCOMPARE(ran.code, code);
    QCOMPARE(ran.out, QByteArray());
    QVERIFY2(ran.err.contains(says), ran.err);
    QVERIFY(!ran.err.contains('\x1b'));
}

void TestCliUsage::helpAndVersion_data()
{
    QTest::addColumn<Words>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("--version") << Words{"--version"} << QByteArray("cutaway-cli ");
    QTest::newRow("--help") << Words{"--help"} << QByteArray("Exit codes");
    QTest::newRow("help") << Words{"help"} << QByteArray("extract REF PATH");
    QTest::newRow("help extract") << Words{"help", "extract"} << QByteArray("--owner");
    QTest::newRow("help limits") << Words{"help", "limits"} << QByteArray("temporary-disk=64GiB");
    QTest::newRow("extract --help") << Words{"extract", "--help"} << QByteArray("--owner");
}

void TestCliUsage::helpAndVersion()
{
    QFETCH(Words, arguments);
    QFETCH(QByteArray, says);
    const Ran ran = runCli(arguments);
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.err, QByteArray());
    QVERIFY2(ran.out.contains(says), ran.out);
}

void TestCliUsage::aReferenceAloneIsInspect()
{
    const Ran alone = runCli({m_image});
    const Ran named = runCli({"inspect", m_image});
    QCOMPARE(alone.code, 0);
    QCOMPARE(alone.out, named.out);
    const Ran optionFirst = runCli({"--format=json", m_image});
    QCOMPARE(optionFirst.at("schemaVersion").toInt(), 1);
}

void TestCliUsage::standardInput()
{
    const Ran ran = runCli({"-", "-f", "json"}, {.input = readFile(m_image)});
    QCOMPARE(ran.code, 0);
    const Ran fromFile = runCli({m_image, "-f", "json"});
    QCOMPARE(ran.at("sizes"), fromFile.at("sizes"));
    QCOMPARE(ran.at("dive"), fromFile.at("dive"));
}

void TestCliUsage::outputFile()
{
    QTemporaryDir directory;
    const std::string file = in(directory, "report.json");
    writeFile(file, "old");
    const Ran ran = runCli({m_image, "-f", "json", "-o", file});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.out, QByteArray());
    QCOMPARE(readFile(file), runCli({m_image, "-f", "json"}).out);
    QCOMPARE(namesIn(directory.path().toStdString()), Words{"report.json"});
}

void TestCliUsage::outputFileOfAFailedRun()
{
    QTemporaryDir directory;
    const std::string file = in(directory, "report.json");
    writeFile(file, "old");
    const Ran ran = runCli({"cat", m_image, "/no/such", "-o", file});
    QCOMPARE(ran.code, 3);
    QCOMPARE(readFile(file), QByteArray("old"));
    QCOMPARE(namesIn(directory.path().toStdString()), Words{"report.json"});
    const Ran nowhere = runCli({m_image, "-o", in(directory, "no/dir/x")});
    QCOMPARE(nowhere.code, 3);
    QVERIFY(!nowhere.err.isEmpty());
}

void TestCliUsage::colourIsForTerminals()
{
    if (!QFileInfo::exists(QStringLiteral("/usr/bin/script"))) {
        QSKIP("the program \"script\" is not installed");
    }
    const std::string command = cutawayPath() + " '" + m_image + '\'';
    const Words arguments{"-qec", command, "/dev/null"};
    const std::string script = "/usr/bin/script";
    const Ran coloured = runProgram(script, arguments, {.environment = {"TERM=xterm"}});
    QVERIFY2(coloured.out.contains("\x1b[1m"), coloured.out);
    const Ran plain = runProgram(script, arguments, {.environment = {"TERM=xterm", "NO_COLOR=1"}});
    QVERIFY(!plain.out.contains("\x1b[1m"));
    QVERIFY(plain.out.contains("Layers"));
    QVERIFY(!runCli({m_image}).out.contains('\x1b'));
}

void TestCliUsage::severalImages()
{
    TarWriter archive;
    std::string manifest;
    sampleImage().tag("one:1").addTo(archive, manifest);
    DockerArchive()
        .layer(TarWriter().file("x", "x"), "RUN x")
        .tag("two:2")
        .addTo(archive, manifest);
    archive.file("manifest.json", '[' + manifest + ']');
    const std::string path = in(m_directory, "two.tar");
    writeFile(path, archive.finish());

    const Ran text = runCli({path});
    QCOMPARE(text.code, 2);
    QCOMPARE(text.out, QByteArray());
    QVERIFY2(text.err.contains("@0") && text.err.contains("@1") && text.err.contains("two"),
             text.err);
    const Ran json = runCli({path, "-f", "json"});
    QCOMPARE(json.code, 2);
    QCOMPARE(json.at("images").toArray().size(), 2);
    for (const char *const which : {"@1", "two:2"}) {
        const Ran chosen = runCli({path, "-f", "json", "--image", which});
        QCOMPARE(chosen.code, 0);
        QCOMPARE(chosen.at("sizes/files").toInt(), 1);
    }
    QCOMPARE(runCli({path, "--image", "three"}).code != 0, true);
}

void TestCliUsage::brokenImages_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no archive") << QByteArray("this is no image at all\n");
    QTest::newRow("a manifest that is no JSON")
        << QByteArray::fromStdString(TarWriter().file("manifest.json", "[{").finish());
    QTest::newRow("a config that is not there") << QByteArray::fromStdString(
        TarWriter().file("manifest.json", R"([{"Config": "c.json", "Layers": []}])").finish());
}

void TestCliUsage::brokenImages()
{
    QFETCH(QByteArray, bytes);
    const std::string path = in(m_directory, "broken.tar");
    writeFile(path, bytes.toStdString());
    const Ran ran = runCli({path});
    QCOMPARE(ran.code, 3);
    QCOMPARE(ran.out, QByteArray());
    QVERIFY(ran.err.startsWith("cutaway-cli: "));
}

void TestCliUsage::damagedLayer()
{
    DockerArchive image;
    image.layer(TarWriter().file("good", "good"), "RUN good");
    image.layerBytes(TarWriter().file("bad", std::string(5000, 'b')).finish().substr(0, 2000),
                     "RUN bad");
    const std::string path = in(m_directory, "damaged.tar");
    writeFile(path, image.bytes());
    const Ran ran = runCli({path, "-f", "json"});
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains("layer 1"), ran.err);
    QCOMPARE(ran.at("complete").toBool(true), false);
    QCOMPARE(ran.at("sizes/files").toInt(), 4);
    QVERIFY(ran.at("layers/1/fileBytes").isNull());
}

void TestCliUsage::strict()
{
    QCOMPARE(runCli({m_image, "--strict"}).code, 0);
    DockerArchive image;
    image.layer(TarWriter().hardlink("dangling", "nothing").file("x", "x"), "RUN x");
    const std::string path = in(m_directory, "noted.tar");
    writeFile(path, image.bytes());
    QCOMPARE(runCli({path}).code, 0);
    const Ran strict = runCli({path, "--strict"});
    QCOMPARE(strict.code, 3);
    QVERIFY2(strict.err.contains("--strict"), strict.err);
}

QTEST_GUILESS_MAIN(TestCliUsage)
#include "tst_cliusage.moc"
