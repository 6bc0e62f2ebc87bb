// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/coderows.h"

#include <QTest>

using namespace cutaway;

namespace {

/// "12~text", the mark between number and text.
QString textOf(const std::vector<CodeRow> &rows)
{
    QStringList texts;
    for (const CodeRow &row : rows) {
        texts << QString::fromStdString(row.label)
                     + QLatin1Char(" ~-+/"[static_cast<int>(row.mark)])
                     + QString::fromStdString(row.text);
    }
    return texts.join(QLatin1Char('|'));
}

} // namespace

class TestCodeRows : public QObject
{
    Q_OBJECT

private slots:
    void texts();
    void hex();
    void differences();
};

void TestCodeRows::texts()
{
    const auto rows = codeRows("# a\x1b\n" + std::string(2001, 'x'), Language::Shell);
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[0].text, std::string("# a\\x1b"));
    QCOMPARE(rows[0].tokens.size(), std::size_t{1});
    QCOMPARE(rows[0].tokens[0].length, 7U); // of what is shown
    QCOMPARE(rows[0].escapes, (std::vector<DiffPart>{{3, 4}}));
    QCOMPARE(rows[1].label, std::string("2"));
    QCOMPARE(rows[2].label, std::string());
}

void TestCodeRows::hex()
{
    const auto rows = hexRows(std::string("0123456789abcdef\x7f"
                                          "E\0 ~\xff",
                                          22));
    QCOMPARE(textOf(rows),
             QStringLiteral(
                 "00000000 30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef||"
                 "00000010 7f 45 00 20 7e ff                                 |.E. ~.|"));
    QVERIFY(hexRows("").empty());
}

void TestCodeRows::differences()
{
    const auto sides =
        sideBySide("one\ntwo 2\nthree\n", "zero\none\ntwo 3\n", Language::None, Monitor());
    QVERIFY(sides.has_value());
    QCOMPARE(textOf(sides->before), QStringLiteral("/|1 one|2~two 2|3-three"));
    QCOMPARE(textOf(sides->after), QStringLiteral("1+zero|2 one|3~two 3|/"));
    QCOMPARE(sides->places, (std::vector<std::uint32_t>{0, 2}));
    QCOMPARE(sides->removed, 2U);
    QCOMPARE(sides->added, 2U);
    QCOMPARE(sides->before[2].changes, (std::vector<DiffPart>{{4, 1}}));
}

QTEST_GUILESS_MAIN(TestCodeRows)
#include "tst_coderows.moc"
