// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/preview/highlight.h"

#include <QTest>

#include <random>

using namespace cutaway;

namespace {

/// "keyword:if comment:# x", a word for each token, a bar between the rows.
std::string tokensOf(Language language, std::string_view text)
{
    static constexpr const char *kNames[] = {
        "comment", "string", "keyword", "name", "variable", "number"};
    Highlighter highlighter(language);
    std::string all;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view row = text.substr(0, end);
        for (const Token &token : highlighter.row(row)) {
            all += (all.empty() || all.ends_with('|') ? "" : " ");
            all += kNames[static_cast<int>(token.kind)];
            all += ':' + std::string(row.substr(token.at, token.length));
        }
        all += '|';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

} // namespace

class TestHighlight : public QObject
{
    Q_OBJECT

private slots:
    void languages_data();
    void languages();
    void tokens_data();
    void tokens();
    void anyBytesGiveTokensInOrder();
};

void TestHighlight::languages_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *path, const char *text, const char *name) {
        QTest::newRow((std::string(path) + " " + text).c_str())
            << QString::fromLatin1(path) << QString::fromLatin1(text) << QString::fromLatin1(name);
    };
    row("/docker-entrypoint", "#!/usr/bin/env bash\n", "shell");
    row("/run", "#!/bin/sh -e\n", "shell");
    row("/run", "#!/usr/bin/python3\n", "");
    row("/etc/profile", "", "shell");
    row("/etc/nginx.conf", "", "INI");
    row("/lib/systemd/system/a.service", "", "INI");
    row("/src/Dockerfile", "", "Dockerfile");
    row("/src/Dockerfile.dev", "", "Dockerfile");
    row("/package.json", "", "JSON");
    row("/state", "{\"a\": 1}", "JSON");
    row("/a.yml", "", "YAML");
    row("/readme", "text", "");
}

void TestHighlight::languages()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(QString, name);
    const Language language = languageOf(path.toStdString(), text.toStdString());
    QCOMPARE(QString::fromLatin1(languageName(language).data(),
                                 static_cast<qsizetype>(languageName(language).size())),
             name);
}

void TestHighlight::tokens_data()
{
    QTest::addColumn<int>("language");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row =
        [](const char *name, Language language, const char *text, const char *expected) {
            QTest::newRow(name) << static_cast<int>(language) << QString::fromLatin1(text)
                                << QString::fromLatin1(expected);
        };
    row("shell words", Language::Shell, "if x; then y; fi", "keyword:if keyword:then keyword:fi|");
    row("a keyword as an argument is none", Language::Shell, "echo if", "|");
    row("comment", Language::Shell, "a # b", "comment:# b|");
    row("a hash within a word is no comment", Language::Shell, "a#b ${#c}", "variable:${#c}|");
    row("assignment", Language::Shell, "A=\"x$B\" c", "name:A string:\"x variable:$B string:\"|");
    row("a string over two lines", Language::Shell, "echo 'a\nb' c", "string:'a|string:b'|");
    row("a here-document",
        Language::Shell,
        "cat <<'EOF'\n$a\nEOF\nfi",
        "string:'EOF'|string:$a|string:EOF|keyword:fi|");
    row("instructions",
        Language::Dockerfile,
        "FROM a\nRUN b \\\n  # c\n  run $D",
        "keyword:FROM|keyword:RUN|comment:# c|variable:$D|");
    row("JSON",
        Language::Json,
        "{\"a\": \"b\", \"c\": -1.5e3, \"d\": true}",
        "name:\"a\" string:\"b\" name:\"c\" number:-1.5e3 name:\"d\" keyword:true|");
    row("JSON, escaped quote", Language::Json, "\"a\\\"b\"", "string:\"a\\\"b\"|");
    row("YAML",
        Language::Yaml,
        "# c\na: 1\nb-c: \"x: y\" # z\n- d: yes\n---",
        "comment:# c|name:a number:1|name:b-c string:\"x: y\" comment:# z|name:d "
        "keyword:yes|keyword:---|");
    row("YAML block", Language::Yaml, "a: |\n  text: no\n\nb:", "name:a|string:text: no||name:b|");
    row("YAML, a colon without a blank", Language::Yaml, "- http://a", "|");
    row("INI",
        Language::Ini,
        "[a]\n; c\nkey = 5\nb=\"x\"\nplain",
        "keyword:[a]|comment:; c|name:key number:5|name:b string:\"x\"||");
    row("none", Language::None, "if 1", "|");
}

void TestHighlight::tokens()
{
    QFETCH(int, language);
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(tokensOf(static_cast<Language>(language), text.toStdString())),
             expected);
}

void TestHighlight::anyBytesGiveTokensInOrder()
{
    constexpr std::string_view kLetters = "ab \t#'\"$(){}[]:=<-\\|;&0123.~*";
    std::mt19937 random(7);
    for (int round = 0; round < 4000; ++round) {
        Highlighter highlighter(static_cast<Language>(round % 6));
        for (int line = 0; line < 4; ++line) {
            std::string text(random() % 24, ' ');
            for (char &c : text) {
                c = kLetters[random() % kLetters.size()];
            }
            std::uint32_t at = 0;
            for (const Token &token : highlighter.row(text)) {
                QVERIFY2(token.at >= at && token.length > 0, text.c_str());
                at = token.at + token.length;
                QVERIFY2(at <= text.size(), text.c_str());
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestHighlight)
#include "tst_highlight.moc"
