// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.h"
#include "core/base/pattern.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cutaway;

class TestPattern : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void groups();
    void searchGoesOn();
    void wholeText();
    void refused_data();
    void refused();
    void hostilePatternsTakeNoTime();
};

void TestPattern::finds_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<PatternText>("kind");
    QTest::addColumn<bool>("isFound");
    const auto row = [](const char *name,
                        const char *pattern,
                        const char *text,
                        PatternText kind,
                        bool isFound) {
        QTest::newRow(name) << QByteArray(pattern) << QByteArray(text) << kind << isFound;
    };
    row("somewhere", "b+", "abbc", PatternText::Utf8, true);
    row("nowhere", "d", "abbc", PatternText::Utf8, false);
    row("classes and counts", R"(\bv\d{2,3}\b)", "is v123.", PatternText::Utf8, true);
    row("case counts", "abc", "ABC", PatternText::Utf8, false);
    row("unless told", "(?i)abc", "ABC", PatternText::Utf8, true);
    row("a dot is no line feed", "a.b", "a\nb", PatternText::Utf8, false);
    row("unless told so", "(?s)a.b", "a\nb", PatternText::Utf8, true);
    row("the text's beginning", "^b", "a\nb", PatternText::Utf8, false);
    row("each line's", "(?m)^b$", "a\nb\nc", PatternText::Utf8, true);
    row("one character of two bytes", "^.$", "\xc3\xa9", PatternText::Utf8, true);
    row("as bytes they are two", "^.$", "\xc3\xa9", PatternText::Latin1, false);
    row("stray bytes are no characters",
        "a.b",
        "a\xff"
        "b",
        PatternText::Utf8,
        false);
    row("but bytes",
        "a.b",
        "a\xff"
        "b",
        PatternText::Latin1,
        true);
}

void TestPattern::finds()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, text);
    QFETCH(PatternText, kind);
    QFETCH(bool, isFound);
    const auto compiled = Pattern::compile(pattern.toStdString(), kind);
    QVERIFY2(compiled, compiled ? "" : compiled.error().message.c_str());
    QCOMPARE(compiled->isFoundIn(text.toStdString()), isFound);
    QCOMPARE(compiled->find(text.toStdString()).has_value(), isFound);
}

void TestPattern::groups()
{
    const auto pattern = Pattern::compile("(a+)(x)?(b+)");
    QVERIFY(pattern.has_value());
    const std::string_view text = "--aabbb--";
    const auto groups = pattern->find(text);
    QVERIFY(groups.has_value());
    QCOMPARE(groups->size(), 4U);
    QCOMPARE((*groups)[0], std::string_view("aabbb"));
    QCOMPARE((*groups)[1], std::string_view("aa"));
    QVERIFY((*groups)[2].data() == nullptr);
    QCOMPARE((*groups)[3], std::string_view("bbb"));
    QCOMPARE((*groups)[0].data() - text.data(), 2);
}

void TestPattern::searchGoesOn()
{
    const auto pattern = Pattern::compile(R"(\ba)");
    QVERIFY(pattern.has_value());
    const std::string_view text = "a aa";
    const auto second = pattern->find(text, 1);
    QVERIFY(second.has_value());
    QCOMPARE((*second)[0].data() - text.data(), 2);
    QVERIFY(!pattern->find(text, 3)); // a word that began before is no beginning
    QVERIFY(!pattern->find(text, 5));
    QVERIFY(pattern->matchAt(text, 2));
    QVERIFY(!pattern->matchAt(text, 1)); // there is one, but behind
    QVERIFY(!pattern->matchAt(text, 3));
}

void TestPattern::wholeText()
{
    const auto pattern = Pattern::compile("a|ab");
    QVERIFY(pattern.has_value());
    QVERIFY(pattern->matches("ab"));
    QVERIFY(!pattern->matches("abc"));
    QVERIFY(!pattern->matches(""));
}

void TestPattern::refused_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("a group that never ends") << QByteArray("(a") << ErrorCode::InvalidInput;
    QTest::newRow("look-ahead") << QByteArray("a(?=b)") << ErrorCode::InvalidInput;
    QTest::newRow("back reference") << QByteArray(R"((a)\1)") << ErrorCode::InvalidInput;
    QTest::newRow("too long") << QByteArray(limits::kPatternBytes + 1, 'a')
                              << ErrorCode::LimitExceeded;
    QTest::newRow("too large a program")
        << QByteArray(R"((\pL\pN\pS\pP){1000})") << ErrorCode::LimitExceeded;
}

void TestPattern::refused()
{
    QFETCH(QByteArray, pattern);
    QFETCH(ErrorCode, code);
    const auto compiled = Pattern::compile(pattern.toStdString());
    QVERIFY(!compiled);
    QCOMPARE(compiled.error().code, code);
}

void TestPattern::hostilePatternsTakeNoTime()
{
    const auto pattern = Pattern::compile("(a*)*(a*)*(a*)*b");
    QVERIFY(pattern.has_value());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!pattern->find(std::string(50'000, 'a')));
    QVERIFY2(timer.elapsed() < 20'000, "time that grows faster than the text");
}

QTEST_GUILESS_MAIN(TestPattern)
#include "tst_pattern.moc"
