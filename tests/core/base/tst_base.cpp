// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/bytesource.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <sys/stat.h>

using namespace cutaway;

class TestBase : public QObject
{
    Q_OBJECT

private slots:
    void formatsBytes_data();
    void formatsBytes();
    void parsesBytes_data();
    void parsesBytes();
    void formatsTime_data();
    void formatsTime();
    void showsHostileText_data();
    void showsHostileText();
    void writesNamesForJson();
    void encodesBase64();
    void hashes();
    void refusesWhatIsNoFile();
    void windowsEndWithTheirSource();
    void suggestsNearWords();
};

void TestBase::formatsBytes_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << quint64{0} << "0 B";
    QTest::newRow("below a kilobyte") << quint64{999} << "999 B";
    QTest::newRow("a kilobyte") << quint64{1000} << "1.00 kB";
    QTest::newRow("tens") << quint64{12'400'000} << "12.4 MB";
    QTest::newRow("hundreds") << quint64{437'000'000} << "437 MB";
    QTest::newRow("rounds up to the next unit") << quint64{999'999} << "1.00 MB";
    QTest::newRow("everything") << quint64{UINT64_MAX} << "18.4 EB";
}

void TestBase::formatsBytes()
{
    QFETCH(quint64, bytes);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(formatBytes(bytes)), text);
}

void TestBase::parsesBytes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("bytes"); // -1 = refused
    QTest::newRow("plain") << "12" << qint64{12};
    QTest::newRow("decimal") << "20Mb" << qint64{20'000'000};
    QTest::newRow("with a space") << "1.5 kB" << qint64{1500};
    QTest::newRow("binary") << "1KiB" << qint64{1024};
    QTest::newRow("short") << "2g" << qint64{2'000'000'000};
    QTest::newRow("unknown unit") << "2 elephants" << qint64{-1};
    QTest::newRow("negative") << "-2" << qint64{-1};
    QTest::newRow("empty") << "" << qint64{-1};
    QTest::newRow("too many") << "99999999EB" << qint64{-1};
}

void TestBase::parsesBytes()
{
    QFETCH(QString, text);
    QFETCH(qint64, bytes);
    const auto parsed = parseBytes(text.toStdString());
    QCOMPARE(parsed ? static_cast<qint64>(*parsed) : -1, bytes);
}

void TestBase::formatsTime_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<quint32>("nanoseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("epoch") << qint64{0} << 0U << "1970-01-01T00:00:00Z";
    QTest::newRow("fraction") << qint64{1'700'000'000} << 500'000'000U << "2023-11-14T22:13:20.5Z";
    QTest::newRow("before the epoch") << qint64{-1} << 0U << "1969-12-31T23:59:59Z";
    QTest::newRow("year one") << qint64{-62'135'596'800} << 0U << "0001-01-01T00:00:00Z";
    QTest::newRow("far past") << qint64{INT64_MIN} << 0U << "";
    QTest::newRow("far future") << qint64{INT64_MAX} << 0U << "";
}

void TestBase::formatsTime()
{
    QFETCH(qint64, seconds);
    QFETCH(quint32, nanoseconds);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(formatTime(seconds, nanoseconds)), text);
}

void TestBase::showsHostileText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QByteArray("usr/bin") << "usr/bin";
    QTest::newRow("letters of all scripts")
        << QByteArray("caf\xc3\xa9 \xe6\xbc\xa2") << QString::fromUtf8("caf\xc3\xa9 \xe6\xbc\xa2");
    QTest::newRow("terminal escape") << QByteArray("\x1b[2J") << "\\x1b[2J";
    QTest::newRow("line feed") << QByteArray("a\nb") << "a\\nb";
    QTest::newRow("right to left override") << QByteArray("a\xe2\x80\xae") << "a\\u202e";
    QTest::newRow("line separator") << QByteArray("\xe2\x80\xa8") << "\\u2028";
    QTest::newRow("C1 control") << QByteArray("\xc2\x9b") << "\\x9b";
    QTest::newRow("stray byte") << QByteArray("caf\xe9") << "caf\\xe9";
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << "\\xc0\\xaf";
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << "\\xed\\xa0\\x80";
    QTest::newRow("cut short") << QByteArray("\xe6\xbc") << "\\xe6\\xbc";
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << "a\\x00b";
    QTest::newRow("backslash") << QByteArray("a\\b") << "a\\b";
    QTest::newRow("tag characters") << QByteArray("\xf3\xa0\x81\x81") << "\\U0e0041";
}

void TestBase::showsHostileText()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, shown);
    QCOMPARE(QString::fromStdString(displayText(bytes.toStdString())), shown);
}

void TestBase::writesNamesForJson()
{
    QCOMPARE(jsonName("a\\b").text, std::string("a\\b"));
    QVERIFY(jsonName("a\\b").exact);
    QCOMPARE(jsonName("a\\b\xff").text, std::string("a\\\\b\\xff"));
    QVERIFY(!jsonName("a\\b\xff").exact);
}

void TestBase::encodesBase64()
{
    for (const QByteArray &bytes : {QByteArray(),
                                    QByteArray("a"),
                                    QByteArray("ab"),
                                    QByteArray("abc"),
                                    QByteArray("\0\xff\x80z", 4)}) {
        QCOMPARE(QByteArray::fromStdString(base64(bytes.toStdString())), bytes.toBase64());
    }
}

void TestBase::hashes()
{
    QCOMPARE(sha256Hex("abc"),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    Hasher sha512(HashAlgorithm::Sha512);
    QCOMPARE(sha512.finish().size(), std::size_t{128});
    ContentHasher content;
    content.update(std::as_bytes(std::span("abc", 3)));
    const ContentHash whole = content.finish();
    content.reset();
    content.update(std::as_bytes(std::span("a", 1)));
    content.update(std::as_bytes(std::span("bc", 2)));
    QCOMPARE(content.finish(), whole);
}

void TestBase::refusesWhatIsNoFile()
{
    const QTemporaryDir directory;
    const std::string base = directory.path().toStdString();
    QCOMPARE(openFile(base).error().code, ErrorCode::InvalidInput);
    QCOMPARE(openFile(base + "/none").error().code, ErrorCode::NotFound);
    const std::string fifo = base + "/fifo";
    QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
    QCOMPARE(openFile(fifo).error().code, ErrorCode::InvalidInput);
    QCOMPARE(openFile("/dev/null").error().code, ErrorCode::InvalidInput);
    std::ofstream(base + "/file") << "hello";
    const auto source = openFile(base + "/file");
    QVERIFY(source.has_value());
    QCOMPARE(readAll(**source, 5, "file").value(), std::string("hello"));
    QCOMPARE(readAll(**source, 4, "file").error().code, ErrorCode::LimitExceeded);
}

void TestBase::windowsEndWithTheirSource()
{
    const ByteSourcePtr source = memorySource(std::string_view("0123456789"));
    QCOMPARE(readAll(*windowOf(source, 3, 4), 100, "window").value(), std::string("3456"));
    const auto beyond = readAll(*windowOf(source, 8, 4), 100, "window");
    QVERIFY(!beyond.has_value());
    QCOMPARE(beyond.error().code, ErrorCode::Corrupt);
}

void TestBase::suggestsNearWords()
{
    QCOMPARE(nearestWord("inspct", {"inspect", "layers"}), std::string("inspect"));
    QCOMPARE(nearestWord("zebra", {"inspect", "layers"}), std::string());
}

QTEST_APPLESS_MAIN(TestBase)
#include "tst_base.moc"
