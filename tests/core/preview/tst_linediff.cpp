// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/linediff.h"
#include "core/preview/previewlimits.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <string>

using namespace cutaway;

namespace {

using Lines = std::vector<std::string_view>;

/// A letter a line.
Lines linesOf(std::string_view letters)
{
    Lines lines;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        lines.push_back(letters.substr(i, 1));
    }
    return lines;
}

/// "=aa ~bc -d +e", a word a row.
std::string textOf(const LineDiff &diff, const Lines &before, const Lines &after)
{
    std::string text;
    for (const DiffRow &row : diff.rows) {
        text += (text.empty() ? "" : " ") + std::string(1, "=~-+"[static_cast<int>(row.kind)]);
        text += row.before == DiffRow::kNoLine ? "" : before[row.before];
        text += row.after == DiffRow::kNoLine ? "" : after[row.after];
    }
    return text;
}

/// What makes it a difference at all: each line of both once, in order, and the same where it says
/// so.
bool isDifference(const LineDiff &diff, const Lines &before, const Lines &after)
{
    std::uint32_t nextBefore = 0;
    std::uint32_t nextAfter = 0;
    for (const DiffRow &row : diff.rows) {
        const bool hasBefore = row.before != DiffRow::kNoLine;
        const bool hasAfter = row.after != DiffRow::kNoLine;
        using Kind = DiffRow::Kind;
        const bool isBoth = row.kind == Kind::Same || row.kind == Kind::Changed;
        if (hasBefore != (isBoth || row.kind == Kind::Removed)
            || hasAfter != (isBoth || row.kind == Kind::Added)
            || (hasBefore && row.before != nextBefore) || (hasAfter && row.after != nextAfter)) {
            return false;
        }
        if (row.kind == Kind::Same && before[row.before] != after[row.after]) {
            return false;
        }
        nextBefore += hasBefore ? 1 : 0;
        nextAfter += hasAfter ? 1 : 0;
    }
    return nextBefore == before.size() && nextAfter == after.size();
}

std::size_t sameOf(const LineDiff &diff)
{
    return static_cast<std::size_t>(
        std::ranges::count(diff.rows, DiffRow::Kind::Same, &DiffRow::kind));
}

/// The most lines that both have in one order, by the table that everybody learns.
std::size_t longestCommon(const Lines &a, const Lines &b)
{
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1
                                               : std::max(table[i - 1][j], table[i][j - 1]);
        }
    }
    return table[a.size()][b.size()];
}

std::string partsOf(std::string_view line, const std::vector<DiffPart> &parts)
{
    std::string text;
    for (const DiffPart &part : parts) {
        text += '[' + std::string(line.substr(part.at, part.length)) + ']';
    }
    return text;
}

} // namespace

class TestLineDiff : public QObject
{
    Q_OBJECT

private slots:
    void lines_data();
    void lines();
    void randomTextsHaveTheirSmallestDifference();
    void textsThatDifferByMuchStayBounded();
    void anchorsAreFoundInLargeTexts();
    void cancels();
    void linesAlikeArePaired();
    void words_data();
    void words();
};

void TestLineDiff::lines_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("rows");
    const auto row = [](const char *name, const char *before, const char *after, const char *rows) {
        QTest::newRow(name) << QString::fromLatin1(before) << QString::fromLatin1(after)
                            << QString::fromLatin1(rows);
    };
    row("both empty", "", "", "");
    row("the same", "ab", "ab", "=aa =bb");
    row("all new", "", "ab", "+a +b");
    row("all gone", "ab", "", "-a -b");
    row("one line changed", "abc", "axc", "=aa ~bx =cc");
    row("one line added", "ac", "abc", "=aa +b =cc");
    row("one line removed", "abc", "ac", "=aa -b =cc");
    row("changed, and one more", "abc", "axyc", "=aa ~bx +y =cc");
    row("nothing in common", "ab", "xy", "~ax ~by");
    row("repeated lines", "aaa", "aa", "=aa =aa -a");
    row("moved", "abcd", "bcda", "-a =bb =cc =dd +a");
}

void TestLineDiff::lines()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, rows);
    const std::string left = before.toStdString();
    const std::string right = after.toStdString();
    const auto diff = diffLines(linesOf(left), linesOf(right), Monitor());
    QVERIFY(diff.has_value());
    QVERIFY(diff->isExact);
    QCOMPARE(QString::fromStdString(textOf(*diff, linesOf(left), linesOf(right))), rows);
}

void TestLineDiff::randomTextsHaveTheirSmallestDifference()
{
    std::mt19937 random(11);
    for (int round = 0; round < 3000; ++round) {
        const unsigned letters = 1 + random() % 6;
        const auto text = [&] {
            std::string made(random() % 14, 'a');
            for (char &c : made) {
                c = static_cast<char>('a' + random() % letters);
            }
            return made;
        };
        const std::string a = text();
        const std::string b = text();
        const Lines before = linesOf(a);
        const Lines after = linesOf(b);
        const auto diff = diffLines(before, after, Monitor());
        const std::string name = a + " / " + b;
        QVERIFY2(diff.has_value() && isDifference(*diff, before, after), name.c_str());
        QVERIFY2(sameOf(*diff) == longestCommon(before, after), name.c_str());
    }
}

void TestLineDiff::textsThatDifferByMuchStayBounded()
{
    std::vector<std::string> made;
    for (int i = 0; i < 4 * limits::kDiffEdits; ++i) {
        made.push_back(std::to_string(i * 7919 % 997));
    }
    const Lines before(made.begin(), made.end());
    const Lines after(made.rbegin(), made.rend());
    const auto diff = diffLines(before, after, Monitor());
    QVERIFY(diff.has_value());
    QVERIFY(!diff->isExact);
    QVERIFY(isDifference(*diff, before, after));
}

void TestLineDiff::anchorsAreFoundInLargeTexts()
{
    std::vector<std::string> left;
    std::vector<std::string> right;
    for (int i = 0; i < 3 * limits::kDiffEdits; ++i) {
        left.push_back("line " + std::to_string(i));
        right.push_back(left.back());
        left.push_back("old"); // so that they differ in more than can be followed
        right.push_back("new " + std::to_string(i % 3));
    }
    const Lines before(left.begin(), left.end());
    const Lines after(right.begin(), right.end());
    const auto diff = diffLines(before, after, Monitor());
    QVERIFY(diff.has_value());
    QVERIFY(!diff->isExact);
    QVERIFY(isDifference(*diff, before, after));
    QCOMPARE(sameOf(*diff), static_cast<std::size_t>(3 * limits::kDiffEdits));
}

void TestLineDiff::linesAlikeArePaired()
{
    const Lines before = {"port = 80", "end"};
    const Lines after = {"# a comment", "port = 81", "another", "end"};
    const auto diff = diffLines(before, after, Monitor());
    QCOMPARE(QString::fromStdString(textOf(*diff, before, after)),
             QStringLiteral("+# a comment ~port = 80port = 81 +another =endend"));
    const auto back = diffLines(after, before, Monitor());
    QCOMPARE(QString::fromStdString(textOf(*back, after, before)),
             QStringLiteral("-# a comment ~port = 81port = 80 -another =endend"));
}

void TestLineDiff::cancels()
{
    Monitor monitor;
    monitor.cancel();
    const auto diff = diffLines(linesOf("ab"), linesOf("cd"), monitor);
    QVERIFY(!diff.has_value());
    QCOMPARE(diff.error().code, ErrorCode::Cancelled);
}

void TestLineDiff::words_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    const auto row = [](const char *name,
                        const QString &before,
                        const QString &after,
                        const char *left,
                        const char *right) {
        QTest::newRow(name) << before << after << QString::fromLatin1(left)
                            << QString::fromLatin1(right);
    };
    row("a value", QStringLiteral("key = 5"), QStringLiteral("key = 61"), "[5]", "[61]");
    row("a word more", QStringLiteral("a c"), QStringLiteral("a b c"), "", "[b ]");
    row("side by side", QStringLiteral("a (b) c"), QStringLiteral("a c"), "[(b) ]", "");
    row("nothing", QStringLiteral("a"), QStringLiteral("a"), "", "");
    const QString many = QStringLiteral("a b ").repeated(static_cast<int>(limits::kDiffWords));
    QTest::newRow("too many words count as one")
        << many << QStringLiteral("a") << QLatin1Char('[') + many + QLatin1Char(']')
        << QStringLiteral("[a]");
}

void TestLineDiff::words()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, left);
    QFETCH(QString, right);
    const std::string a = before.toStdString();
    const std::string b = after.toStdString();
    const auto [first, second] = diffWords(a, b);
    QCOMPARE(QString::fromStdString(partsOf(a, first)), left);
    QCOMPARE(QString::fromStdString(partsOf(b, second)), right);
}

QTEST_GUILESS_MAIN(TestLineDiff)
#include "tst_linediff.moc"
