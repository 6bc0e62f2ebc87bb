// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/glob.h"

#include <QTest>

using namespace cutaway;

class TestGlob : public QObject
{
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void hostilePatternsTakeNoTime();
    void braces();
};

void TestGlob::matches_data()
{
    using enum GlobText;
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<GlobText>("kind");
    QTest::addColumn<bool>("matches");
    const auto row =
        [](const char *name, const char *pattern, const char *text, GlobText kind, bool matches) {
            QTest::newRow(name) << QString::fromLatin1(pattern) << QString::fromLatin1(text) << kind
                                << matches;
        };
    row("literal", "abc", "abc", Name, true);
    row("literal, longer text", "abc", "abcd", Name, false);
    row("star takes nothing", "a*c", "ac", Name, true);
    row("star takes much", "a*c", "abbbc", Name, true);
    row("the last star is tried again", "*ab*ab", "abxabab", Name, true);
    row("star at the end", "a*", "a", Name, true);
    row("question mark is one", "a?c", "ac", Name, false);
    row("brackets", "lib[a-c]", "libb", Name, true);
    row("brackets turned round", "lib[!a-c]", "libb", Name, false);
    row("a bracket never closed is itself", "a[b", "a[b", Name, true);
    row("backslash makes plain", "a\\*", "a*", Name, true);
    row("backslash makes plain, not a star", "a\\*", "ab", Name, false);
    row("empty pattern, empty text", "", "", Name, true);
    row("empty pattern", "", "a", Name, false);
    row("in paths a star stops at a slash", "/a/*", "/a/b/c", Path, false);
    row("two stars do not", "/a/**", "/a/b/c", Path, true);
    row("two stars and a slash are no part", "/a/**/c", "/a/c", Path, true);
    row("or several parts", "/a/**/c", "/a/b/b/c", Path, true);
    row("but whole ones", "**/lib/*.so", "/xlib/a.so", Path, false);
    row("anywhere", "**/lib/*.so", "/usr/lib/a.so", Path, true);
    row("star then two stars", "/*/**/x", "/a/b/c/x", Path, true);
    row("question mark is no slash", "/a?b", "/a/b", Path, false);
    row("many stars that fail end soon",
        "*a*a*a*a*a*a*a*a*a*a*b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        Name,
        false);
    row("a bracket that comes first is one of the set", "/[]x]", "/]", Path, true);
    row("a set is no slash", "/a[!x]b", "/a/b", Path, false);
    row("plain", "/a/b", "/a/b", Path, true);
    row("longer path", "/a/b", "/a/b/c", Path, false);
    row("star in a component", "/a/*.deb", "/a/x.deb", Path, true);
    row("star stops at a slash", "/a/*.deb", "/a/b/x.deb", Path, false);
    row("star may be nothing", "/a/*.deb", "/a/.deb", Path, true);
    row("two stars", "/a/*-*.x", "/a/b-c-d.x", Path, true);
    row("everything below", "/a/**", "/a/b/c", Path, true);
    row("below is not itself", "/a/**", "/a", Path, false);
    row("any depth between", "/a/**/z", "/a/b/c/z", Path, true);
    row("no depth between", "/a/**/z", "/a/z", Path, true);
    row("any depth, then a part", "/a/**/z/*.gem", "/a/z/y/z/x.gem", Path, true);
    row("two depths", "/**/t/{d}/**", "/x/t/{d}/y", Path, true);
    row("question mark", "/a?", "/ab", Path, true);
    row("trailing star", "/a*", "/abc", Path, true);
}

void TestGlob::matches()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(GlobText, kind);
    QTEST(globMatches(pattern.toStdString(), text.toStdString(), kind), "matches");
}

void TestGlob::hostilePatternsTakeNoTime()
{
    // Trying every way would take longer than the universe has.
    for (const char *unit : {"*a", "*a**"}) {
        std::string pattern = "/";
        for (int i = 0; i < 200; ++i) {
            pattern += unit;
        }
        QVERIFY(!globMatches(pattern + "c", "/" + std::string(20'000, 'a') + "b", GlobText::Path));
    }
}

void TestGlob::braces()
{
    QCOMPARE(expandBraces("/a/{b,c{d,e}}/f"),
             (std::vector<std::string>{"/a/b/f", "/a/cd/f", "/a/ce/f"}));
    QCOMPARE(expandBraces("/plain"), std::vector<std::string>{"/plain"});
    QCOMPARE(expandBraces("/open{a"), std::vector<std::string>{"/open{a"});
}

QTEST_GUILESS_MAIN(TestGlob)

#include "tst_glob.moc"
