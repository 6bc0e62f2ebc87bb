// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/preview/previewlimits.h"
#include "core/preview/textrows.h"

#include <QTest>

using namespace cutaway;

class TestTextRows : public QObject
{
    Q_OBJECT

private slots:
    void decodes_data();
    void decodes();
    void refuses_data();
    void refuses();
    void splits();
    void cutsLongLinesBetweenLetters();
    void escapes();
};

void TestTextRows::decodes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isWhole");
    QTest::addColumn<int>("encoding");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name,
                        const QByteArray &bytes,
                        bool isWhole,
                        TextEncoding encoding,
                        const char *text) {
        QTest::newRow(name) << bytes << isWhole << static_cast<int>(encoding) << QByteArray(text);
    };
    row("ASCII", "a b\n", true, TextEncoding::Utf8, "a b\n");
    row("UTF-8", "gr\xc3\xbcn", true, TextEncoding::Utf8, "gr\xc3\xbcn");
    row("a mark", "\xef\xbb\xbfok", true, TextEncoding::Utf8Mark, "ok");
    row("two bytes cut", "gr\xc3", false, TextEncoding::Utf8, "gr");
    row("four bytes cut", "x\xf0\x9f\x98", false, TextEncoding::Utf8, "x");
    row("a whole letter at the end stays",
        "x\xf0\x9f\x98\x80",
        false,
        TextEncoding::Utf8,
        "x\xf0\x9f\x98\x80");
    row("cut at the end of the file is none", "gr\xc3", true, TextEncoding::Latin1, "gr\xc3\x83");
    row("Latin-1", "gr\xfcn", true, TextEncoding::Latin1, "gr\xc3\xbcn");
    row("UTF-16, little",
        QByteArray("\xff\xfe"
                   "a\0\xfc\0",
                   6),
        true,
        TextEncoding::Utf16Little,
        "a\xc3\xbc");
    row("UTF-16, big",
        QByteArray("\xfe\xff\0a\x20\xac", 6),
        true,
        TextEncoding::Utf16Big,
        "a\xe2\x82\xac");
    row("a pair",
        QByteArray("\xfe\xff\xd8\x3d\xde\x00", 6),
        true,
        TextEncoding::Utf16Big,
        "\xf0\x9f\x98\x80");
    row("half a pair",
        QByteArray("\xfe\xff\xd8\x3d\0a", 6),
        true,
        TextEncoding::Utf16Big,
        "\xef\xbf\xbd"
        "a");
    row("colours of a terminal",
        "\x1b[1mbold\x1b[0m",
        true,
        TextEncoding::Utf8,
        "\x1b[1mbold\x1b[0m");
}

void TestTextRows::decodes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isWhole);
    QFETCH(int, encoding);
    QFETCH(QByteArray, text);
    const auto decoded = decodeText(bytes.toStdString(), isWhole);
    QVERIFY(decoded.has_value());
    QCOMPARE(static_cast<int>(decoded->encoding), encoding);
    QCOMPARE(QByteArray::fromStdString(decoded->text), text);
    QVERIFY(isUtf8(decoded->text));
    QVERIFY(!encodingName(decoded->encoding).empty());
}

void TestTextRows::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a zero byte") << QByteArray("ab\0cd", 5);
    QTest::newRow("mostly controls") << QByteArray("\1\2\3\4 abc");
}

void TestTextRows::refuses()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!decodeText(bytes.toStdString(), true).has_value());
}

void TestTextRows::splits()
{
    const auto rows = rowsOf("one\r\n\ntwo\tx\nlast");
    QCOMPARE(rows.size(), std::size_t{4});
    QCOMPARE(rows[0].text, std::string("one"));
    QCOMPARE(rows[1].text, std::string());
    QCOMPARE(rows[2].text, std::string("two\tx"));
    QCOMPARE(rows[3].number, 4U);
    QVERIFY(rowsOf("").empty());
    QCOMPARE(rowsOf("a\n").size(), std::size_t{1});
}

void TestTextRows::cutsLongLinesBetweenLetters()
{
    std::string line(limits::kPreviewRowBytes - 1, 'x');
    line += "\xc3\xbc" + std::string(10, 'y');
    const auto rows = rowsOf(line + "\nz");
    QCOMPARE(rows.size(), std::size_t{3});
    QVERIFY(isUtf8(rows[0].text));
    QCOMPARE(rows[0].text + rows[1].text, line);
    QVERIFY(rows[0].isFirst);
    QVERIFY(!rows[1].isFirst);
    QCOMPARE(rows[1].number, 1U);
    QCOMPARE(rows[2].number, 2U);
}

void TestTextRows::escapes()
{
    const ShownRow plain = showRow("a\tb");
    QCOMPARE(plain.text, std::string("a\tb"));
    QVERIFY(plain.escapes.empty());
    const ShownRow row = showRow("x\x1b[0m\xe2\x80\xae"
                                 "end\\n");
    QCOMPARE(row.text, std::string("x\\x1b[0m\\u202eend\\n")); // the last is what the file says
    QCOMPARE(row.escapes.size(), std::size_t{2});
    QCOMPARE(row.text.substr(row.escapes[0].at, row.escapes[0].length), std::string("\\x1b"));
    QCOMPARE(row.text.substr(row.escapes[1].at, row.escapes[1].length), std::string("\\u202e"));
}

QTEST_GUILESS_MAIN(TestTextRows)
#include "tst_textrows.moc"
