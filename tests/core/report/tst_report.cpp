// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/contracttext.h"
#include "core/report/pathpattern.h"
#include "core/report/report.h"
#include "core/report/table.h"

#include <QTest>

using namespace cutaway;

namespace {

TextStyle style(int width, bool colour = false)
{
    TextStyle style;
    style.width = width;
    style.colour = colour;
    return style;
}

} // namespace

/// The pieces that reports are made of; whole reports are compared in tests/cli.
class TestReport : public QObject
{
    Q_OBJECT

private slots:
    void columns_data();
    void columns();
    void elision_data();
    void elision();
    void tableIsAligned();
    void tableFitsTheWidth();
    void tableInColour();
    void pathPatterns_data();
    void pathPatterns();
    void durations_data();
    void durations();
    void candidates();
    void dockerfileOfALongStep();
    void dockerfileWithoutHistory();
};

void TestReport::columns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("columns");
    QTest::newRow("empty") << QByteArray() << 0;
    QTest::newRow("ASCII") << QByteArray("abc") << 3;
    QTest::newRow("two bytes, one column") << QByteArray("é") << 1;
    QTest::newRow("a combining accent") << QByteArray("e\xcc\x81") << 1;
    QTest::newRow("wide characters") << QByteArray("日本") << 4;
    QTest::newRow("an emoji") << QByteArray("😀") << 2;
    QTest::newRow("a sequence cut short") << QByteArray("a\xe6\x97") << 2;
}

void TestReport::columns()
{
    QFETCH(QByteArray, text);
    QFETCH(int, columns);
    QCOMPARE(displayWidth(text.toStdString()), static_cast<std::size_t>(columns));
}

void TestReport::elision_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("columns");
    QTest::addColumn<QByteArray>("middle");
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("fits") << QByteArray("abcdef") << 6 << QByteArray("abcdef")
                          << QByteArray("abcdef");
    QTest::newRow("too long") << QByteArray("abcdefghijkl") << 7 << QByteArray("ab…ijkl")
                              << QByteArray("abcdef…");
    QTest::newRow("one column") << QByteArray("abc") << 1 << QByteArray("…") << QByteArray("…");
    QTest::newRow("none") << QByteArray("abc") << 0 << QByteArray() << QByteArray();
    QTest::newRow("wide ones are not halved")
        << QByteArray("日本日本日本") << 6 << QByteArray("…日本") << QByteArray("日本…");
}

void TestReport::elision()
{
    QFETCH(QByteArray, text);
    QFETCH(int, columns);
    QFETCH(QByteArray, middle);
    QFETCH(QByteArray, end);
    const auto width = static_cast<std::size_t>(columns);
    QCOMPARE(QByteArray::fromStdString(elidedMiddle(text.toStdString(), width)), middle);
    QCOMPARE(QByteArray::fromStdString(elidedEnd(text.toStdString(), width)), end);
}

void TestReport::tableIsAligned()
{
    TextTable table({{"name", TextTable::Kind::Text},
                     {"size", TextTable::Kind::Number},
                     {"path", TextTable::Kind::Path}},
                    style(0),
                    "  ");
    table.addRow({{"é"}, {"1 kB"}, {"/a"}});
    table.addRow({{"日本"}, {"–"}, {""}});
    QCOMPARE(table.text(),
             std::string("  name  size  path\n"
                         "  é     1 kB  /a\n"
                         "  日本     –\n"));
}

void TestReport::tableFitsTheWidth()
{
    TextTable table(
        {{"", TextTable::Kind::Number}, {"", TextTable::Kind::Path}, {"", TextTable::Kind::Prose}},
        style(50));
    table.addRow({{"12345"}, {std::string(200, 'p')}, {std::string(30, 's')}});
    const std::string text = table.text();
    QVERIFY2(displayWidth(text) - 1 <= 50, text.c_str());
    QVERIFY(text.starts_with("12345  ppp"));
    QVERIFY(text.find("…") != std::string::npos);
}

void TestReport::tableInColour()
{
    TextTable table({{"", TextTable::Kind::Text}, {"", TextTable::Kind::Text}}, style(0, true));
    table.addRow({{"a", Paint::Red}, {"b"}});
    QCOMPARE(table.text(), std::string("\x1b[31ma\x1b[0m  b\n"));
}

void TestReport::pathPatterns_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *pattern, const char *path, bool matches) {
        QTest::addRow("%s on %s", pattern, path)
            << QByteArray(pattern) << QByteArray(path) << matches;
    };
    row("/etc", "/etc", true);
    row("/etc/", "/etc/passwd", true);
    row("/etc", "/etcetera", false);
    row("/", "/anything", true);
    row("etc", "/usr/etc/x", true);
    row("etc", "/usr/etcx", false);
    row("tc", "/etc", false);
    row("/e*", "/etc", true);
    row("/e*", "/etc/passwd", false);
    row("/**/passwd", "/passwd", true);
    row("/**/passwd", "/a/b/passwd", true);
    row("/a/**", "/a/b/c", true);
    row("/a/**", "/a", false);
    row("*.so.?", "/usr/lib/libc.so.6", true);
    row("*.so.?", "/usr/lib/libc.so.66", false);
    row("/[a-c]x", "/bx", true);
    row("/[!a-c]x", "/bx", false);
    row("/[]x]", "/]", true);
    row("/a[b", "/a[b", true);
    row("/\\*", "/*", true);
    row("/\\*", "/x", false);
    row("/?", "//", false);
    row("", "/a", false);
}

void TestReport::pathPatterns()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, path);
    QFETCH(bool, matches);
    QCOMPARE(PathPattern(pattern.toStdString()).matches(path.toStdString()), matches);
}

void TestReport::durations_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("none") << qint64(0) << QByteArray("0s");
    QTest::newRow("half a second") << qint64(500'000'000) << QByteArray("500ms");
    QTest::newRow("30 s") << qint64(30'000'000'000) << QByteArray("30s");
    QTest::newRow("90 s") << qint64(90'000'000'000) << QByteArray("1m30s");
    QTest::newRow("an hour") << qint64(3'600'000'000'000) << QByteArray("1h");
}

void TestReport::durations()
{
    QFETCH(qint64, nanoseconds);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(formatDuration(nanoseconds)), text);
}

void TestReport::candidates()
{
    ImageCandidate first;
    first.tags = {"localhost:5000/app:1.2", "app:latest"};
    first.platform = {"linux", "arm64", "v8", {}};
    ImageCandidate second;
    second.index = 1;
    second.tags = {"evil\x1b[2J"};
    second.present = false;
    const std::string text = candidatesText({first, second});
    QCOMPARE(text,
             std::string("  @0  localhost:5000/app  1.2  linux/arm64/v8\n"
                         "  @1  evil\\x1b[2J                              not in this archive\n"));
}

void TestReport::dockerfileOfALongStep()
{
    Image image;
    image.reference = "app";
    image.layers.resize(1);
    image.layers[0].state = Layer::State::Read;
    HistoryEntry run;
    run.createdBy = "RUN /bin/sh -c apt-get update &&     apt-get install -y     'a  &&  b'     "
                    "another-package && rm -rf /var/lib/apt/lists # buildkit";
    run.layer = 0;
    image.config.history = {run};
    image.historyAligned = true;
    QCOMPARE(dockerfileText(image),
             std::string("# Rebuilt from the history of app\n"
                         "# The base image is not recorded; its steps are part of the list.\n"
                         "FROM scratch\n"
                         "\n"
                         "# layer 0: 0 B in 0 files\n"
                         "RUN apt-get update && \\\n"
                         "    apt-get install -y \\\n"
                         "    'a  &&  b' \\\n"
                         "    another-package && rm -rf /var/lib/apt/lists\n"));
}

void TestReport::dockerfileWithoutHistory()
{
    Image image;
    image.reference = "app";
    image.config.env = {"PATH=/bin", "TOKEN=abcdef"};
    image.config.entrypoint = std::vector<std::string>{"/app", "a \"b\""};
    image.config.user = "app\nRUN evil";
    const std::string text = dockerfileText(image);
    QVERIFY2(text.find("ENV PATH=\"/bin\"\n") != std::string::npos, text.c_str());
    QVERIFY2(text.find("ENV TOKEN=\"[redacted]\"\n") != std::string::npos, text.c_str());
    QVERIFY2(text.find("ENTRYPOINT [\"/app\", \"a \\\"b\\\"\"]\n") != std::string::npos,
             text.c_str());
    QVERIFY2(text.find("USER app\\nRUN evil\n") != std::string::npos, text.c_str());
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
