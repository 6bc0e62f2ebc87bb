// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cutaway::test;

/// Two images from outside: what is said of them, in which format, and the exit code.
class TestCliCompare : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void text();
    void json();
    void markdown();
    void severalOutputs();
    void gate();
    void budgets();
    void usage_data();
    void usage();
    void twoOfOneArchive();
    void damaged();

private:
    Ran compare(const Words &more, const RunOptions &options = {}) const;

    QTemporaryDir m_directory;
    std::string m_before;
    std::string m_after;
};

void TestCliCompare::initTestCase()
{
    m_before = in(m_directory, "before.tar");
    m_after = in(m_directory, "after.tar");
    const TarWriter base = TarWriter().file("etc/os", "base");
    writeFile(m_before,
              DockerArchive()
                  .layer(base, "ADD base")
                  .layer(TarWriter().file("app", std::string(100'000, 'a')), "COPY app")
                  .config("\"User\": \"app\"")
                  .bytes());
    writeFile(m_after,
              DockerArchive()
                  .layer(base, "ADD base")
                  .layer(TarWriter().file("app", std::string(400'000, 'b')), "COPY app")
                  .layer(TarWriter().file("new", "n"), "RUN make")
                  .config("\"User\": \"app\", \"Cmd\": [\"/app\"]")
                  .bytes());
}

Ran TestCliCompare::compare(const Words &more, const RunOptions &options) const
{
    Words words{"compare", m_before, m_after};
    words.insert(words.end(), more.begin(), more.end());
    return runCli(words, options);
}

void TestCliCompare::text()
{
    const Ran ran = compare({});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.err, QByteArray());
    for (const char *part : {"\nWorse\n",
                             "Layers, 1 shared from the bottom\n",
                             "Files: 1 added, 1 modified\n",
                             "  ~  +300 kB  /app  content\n",
                             "  cmd  ",
                             "  +  2  RUN make\n"}) {
        QVERIFY2(ran.out.contains(part), part + QByteArray("\nis not in\n") + ran.out);
    }
    QVERIFY(!ran.out.contains("Gate"));
}

void TestCliCompare::json()
{
    const Ran ran = compare({"--format", "json"});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.at("schemaVersion").toInt(), 1);
    QCOMPARE(ran.at("verdict").toString(), QStringLiteral("worse"));
    QCOMPARE(ran.at("sharedLayers").toInt(), 1);
    QCOMPARE(ran.at("files/added/0/path").toString(), QStringLiteral("/new"));
    QCOMPARE(ran.at("files/modified/0/after/bytes").toInt(), 400'000);
    QCOMPARE(ran.at("before/sizes/visible").toInt(), 100'004);
    QVERIFY(ran.at("gate").isNull());
}

void TestCliCompare::markdown()
{
    const Ran ran = compare({"--format", "markdown"});
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.out.startsWith("## Cutaway: worse\n"), ran.out);
}

void TestCliCompare::severalOutputs()
{
    const std::string file = in(m_directory, "c.md");
    const Ran ran = compare({"--format", "json", "--output", "markdown=" + file});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.at("verdict").toString(), QStringLiteral("worse"));
    QVERIFY(readFile(file).startsWith("## Cutaway: worse\n"));
}

/// Worse, but by nothing that the policy minds; then a limit that it does.
void TestCliCompare::gate()
{
    QTemporaryDir directory;
    const RunOptions there{.directory = directory.path().toStdString()};
    const Ran passed = compare({"--gate", "--fail-on", "critical"}, there);
    QVERIFY2(passed.code == 0, passed.out + passed.err);
    QVERIFY2(passed.out.contains("  PASS  lowestEfficiency"), passed.out);

    writeFile(in(directory, ".cutaway.yaml"),
              "version: 1\nfailOn: none\nthresholds: {size.max: 200kB}\n");
    const Ran failed = compare({"--gate"}, there);
    QVERIFY2(failed.code == 1, failed.out + failed.err);
    QVERIFY2(
        failed.out.contains("  FAIL  size (400 kB is beyond the limit of 200 kB; it was 100 kB)"),
        failed.out);
    QCOMPARE(compare({}, there).code, 0); // no gate was asked for
    QCOMPARE(runCli({"compare", m_after, m_before, "--gate"}, there).code, 0);
    QCOMPARE(runCli({"compare", m_after, m_after, "--gate"}, there).code, 0);
}

void TestCliCompare::budgets()
{
    QTemporaryDir directory;
    const RunOptions there{.directory = directory.path().toStdString()};
    writeFile(in(directory, ".cutaway.yaml"),
              "version: 1\nfailOn: none\nbudgets: {/app: 300kB, /etc: 1kB}\n");
    const Ran failed = compare({"--gate", "--format", "json"}, there);
    QCOMPARE(failed.code, 1);
    QCOMPARE(failed.at("gate/result").toString(), QStringLiteral("fail"));
    QCOMPARE(failed.at("gate/rules/6/rule").toString(), QStringLiteral("budget /app"));
    QCOMPARE(failed.at("gate/rules/6/result").toString(), QStringLiteral("fail"));
    QCOMPARE(failed.at("gate/rules/7/result").toString(), QStringLiteral("pass"));
}

void TestCliCompare::usage_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("one image") << Words{"compare", m_before} << 2
                               << QByteArray("something is missing");
    QTest::newRow("three") << Words{"compare", m_before, m_after, m_after} << 2
                           << QByteArray("is too much");
    QTest::newRow("no such file") << Words{"compare", m_before, "./none.tar"} << 3
                                  << QByteArray("none.tar");
    QTest::newRow("the first is not there")
        << Words{"compare", "./none.tar", m_before} << 3 << QByteArray("none.tar");
    QTest::newRow("the second has no such platform") << Words{"compare",
                                                              m_before,
                                                              m_after,
                                                              "--platform",
                                                              "linux/amd64",
                                                              "--image",
                                                              "app:1",
                                                              "--image",
                                                              "none:2"}
                                                     << 3 << QByteArray("none:2");
    QTest::newRow("no such format") << Words{"compare", m_before, m_after, "--format", "sarif"} << 2
                                    << QByteArray("is no format of compare");
    QTest::newRow("a bad policy") << Words{"compare", m_before, m_after, "--fail-on", "bad"} << 2
                                  << QByteArray("--fail-on is 'bad'");
}

void TestCliCompare::usage()
{
    QFETCH(Words, words);
    QFETCH(int, code);
    QFETCH(QByteArray, error);
    const Ran ran = runCli(words);
    QVERIFY2(ran.code == code, ran.out + ran.err);
    QVERIFY2(ran.err.contains(error), ran.err);
    QCOMPARE(ran.out, QByteArray());
}

/// --image once for each; without it, which archive needs a choice is said.
void TestCliCompare::twoOfOneArchive()
{
    TarWriter archive;
    std::string manifest;
    DockerArchive()
        .layer(TarWriter().file("a", "1"), "COPY a")
        .tag("one:1")
        .addTo(archive, manifest);
    DockerArchive()
        .layer(TarWriter().file("b", "2"), "COPY b")
        .tag("two:2")
        .addTo(archive, manifest);
    archive.file("manifest.json", '[' + manifest + ']');
    const std::string path = in(m_directory, "two.tar");
    writeFile(path, archive.finish());
    const Ran ran =
        runCli({"compare", path, path, "--image", "one:1", "--image", "two:2", "--format", "json"});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.at("before/tags/0").toString(), QStringLiteral("one:1"));
    QCOMPARE(ran.at("after/tags/0").toString(), QStringLiteral("two:2"));
    QCOMPARE(ran.at("files/removed/0/path").toString(), QStringLiteral("/a"));

    const Ran unclear = runCli({"compare", m_before, path});
    QCOMPARE(unclear.code, 2);
    QVERIFY2(unclear.err.contains("two.tar: there are "), unclear.err);
}

/// What could be read is compared; which image the rest is missing of is said.
void TestCliCompare::damaged()
{
    const std::string path = in(m_directory, "damaged.tar");
    writeFile(path,
              DockerArchive()
                  .layer(TarWriter().file("etc/os", "base"), "ADD base")
                  .layerBytes(std::string(2000, 'x'), "COPY app")
                  .bytes());
    const Ran ran = runCli({"compare", m_before, path});
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains("damaged.tar: layer 1: "), ran.err);
    QVERIFY2(ran.out.contains("Not all layers could be read"), ran.out);
}

QTEST_GUILESS_MAIN(TestCliCompare)
#include "tst_clicompare.moc"
