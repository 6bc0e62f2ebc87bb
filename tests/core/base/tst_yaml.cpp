// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.h"
#include "core/base/yaml.h"

#include <QTest>

using namespace cutaway;

namespace {

Yaml read(const std::string &text)
{
    return parseYaml(text, "test").value();
}

QString messageOf(const std::string &text)
{
    const Result<Yaml> parsed = parseYaml(text, "test");
    return parsed ? QString() : QString::fromStdString(parsed.error().message);
}

} // namespace

class TestYaml : public QObject
{
    Q_OBJECT

private slots:
    void reads();
    void scalars_data();
    void scalars();
    void knowsPlaces();
    void readsJson();
    void resolvesAliases();
    void refuses_data();
    void refuses();
    void boundsDepth_data();
    void boundsDepth();
    void boundsAliases();
    void boundsSize();
};

void TestYaml::reads()
{
    const Yaml yaml = read("# a comment\n"
                           "version: 1\n"
                           "list: [a, 'b c', \"d\\n\"]\n"
                           "map:\n"
                           "  - {x: 1.5, y: ~}\n"
                           "  -\n"
                           "text: |\n"
                           "  one\n"
                           "  two\n");
    QVERIFY(yaml.isMap());
    QCOMPARE(yaml.members().size(), std::size_t{4});
    QCOMPARE(yaml["version"].toInteger().value(), 1);
    QCOMPARE(yaml["list"].elements()[1].text(), std::string("b c"));
    QCOMPARE(yaml["list"].elements()[2].text(), std::string("d\n"));
    QCOMPARE(yaml["map"].elements()[0]["x"].toDouble().value(), 1.5);
    QVERIFY(yaml["map"].elements()[0]["y"].isNull());
    QVERIFY(yaml["map"].elements()[0].contains("y"));
    QVERIFY(yaml["map"].elements()[1].isNull());
    QCOMPARE(yaml["text"].text(), std::string("one\ntwo\n"));
    QVERIFY(yaml["none"]["deeper"].isNull());
    QVERIFY(!yaml.contains("none"));
    QVERIFY(read("").isNull());
    QCOMPARE(read("\xef\xbb\xbf"
                  "a: 1")["a"]
                 .text(),
             std::string("1"));
}

void TestYaml::scalars_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("meaning"); // bool/integer/double
    const auto row = [](const char *text, const char *meaning) {
        QTest::newRow(text) << std::string(text) << QString::fromUtf8(meaning);
    };
    row("true", "true/-/-");
    row("False", "false/-/-");
    row("yes", "-/-/-"); // a word in YAML 1.2
    row("\"true\"", "-/-/-");
    row("!!str true", "-/-/-");
    row("12", "-/12/12");
    row("-12", "-/-12/-12");
    row("+12", "-/12/12");
    row("+-12", "-/-/-");
    row("0x1f", "-/31/31");
    row("0o17", "-/15/15");
    row("0x-1", "-/-/-");
    row("017", "-/17/17");
    row("'12'", "-/-/-");
    row("9223372036854775808", "-/-/9.22337e+18");
    row("1.5e3", "-/-/1500");
    row(".5", "-/-/0.5");
    row("-.5", "-/-/-0.5");
    row(".inf", "-/-/-");
    row("nan", "-/-/-");
    row("infinity", "-/-/-");
    row("1e999", "-/-/-");
    row("1.2.3", "-/-/-");
    row("2027-03-31", "-/-/-");
}

void TestYaml::scalars()
{
    QFETCH(std::string, text);
    const Yaml yaml = read(text);
    const auto shown = [](const auto &value, const auto &write) {
        return value ? write(*value) : QStringLiteral("-");
    };
    const QString meaning =
        shown(yaml.toBool(),
              [](bool value) { return value ? QStringLiteral("true") : QStringLiteral("false"); })
        + QLatin1Char('/')
        + shown(yaml.toInteger(),
                [](std::int64_t value) { return QString::number(qlonglong{value}); })
        + QLatin1Char('/')
        + shown(yaml.toDouble(), [](double value) { return QString::number(value); });
    QTEST(meaning, "meaning");
}

void TestYaml::knowsPlaces()
{
    const Yaml yaml = read("a: 1\nb:\n  - x\n  - {c: [d]}\n");
    QCOMPARE(yaml.members()[1].first.line(), 2U);
    QCOMPARE(yaml.members()[1].first.column(), 1U);
    const Yaml &inner = yaml["b"].elements()[1];
    QCOMPARE(inner.members()[0].first.line(), 4U);
    QCOMPARE(inner.members()[0].first.column(), 6U);
    QCOMPARE(inner["c"].elements()[0].column(), 10U);
    QCOMPARE(failAt("f", inner["c"], "bad").error().message, std::string("f:4:9: bad"));
    QCOMPARE(failAt("f", inner["c"], "bad").error().code, ErrorCode::InvalidInput);
}

void TestYaml::readsJson()
{
    const Yaml yaml =
        read("{\n\t\"a\":[1,-2.5,true,null,\"x\\u00e9\\\"\"],\n\t\"b\":{\"c\":\"1\"}}");
    QCOMPARE(yaml["a"].elements().size(), std::size_t{5});
    QCOMPARE(yaml["a"].elements()[1].toDouble().value(), -2.5);
    QVERIFY(yaml["a"].elements()[2].toBool().value());
    QVERIFY(yaml["a"].elements()[3].isNull());
    QCOMPARE(yaml["a"].elements()[4].text(), std::string("x\u00e9\""));
    QVERIFY(!yaml["b"]["c"].toInteger());
}

void TestYaml::resolvesAliases()
{
    const Yaml yaml = read("a: &x {k: [1, 2]}\nb: *x\nc: &x 3\nd: [*x, *x]\n");
    QCOMPARE(yaml["b"]["k"].elements()[1].toInteger().value(), 2);
    QCOMPARE(yaml["b"].line(), 2U); // where it is used
    QCOMPARE(yaml["d"].elements()[1].toInteger().value(), 3);
}

void TestYaml::refuses_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const std::string &text, const char *message) {
        QTest::newRow(name) << text << QString::fromUtf8(message);
    };
    row("not closed", "a:\n  [1", "test:2:1: end of sequence flow not found");
    row("a key twice", "a: 1\nb: 2\na: 3\n", "test:3:1: the key 'a' is there already");
    row("a list as key", "? [a]\n: b\n", "test:1:3: a key must be a text");
    row("an alias without anchor", "a: *b\n", "test:1:4: the referenced anchor is not defined");
    row("an alias in itself",
        "a: &a [*a]\n",
        "test:1:8: an alias must not be a part of what it names");
    row("a tag", "a: !!binary x\n", "test:1:4: the tag tag:yaml.org,2002:binary is not known");
    row("a tag of a map", "!x {}\n", "test:1:1: the tag !x is not known");
    row("two documents", "a\n---\nb\n", "test:2:1: a second document is not expected");
    row("no UTF-8", "a: \xff", "test: this is not UTF-8 text");
    row("a control character",
        "a:\n b: \x1b[31m",
        "test:2:5: a control character cannot stand here");
    row("the parser's end mark",
        std::string("a: 1\n\x04"),
        "test:2:1: a control character cannot stand here");
    row("a NUL", std::string("a\0b", 3), "test:1:2: a control character cannot stand here");
}

void TestYaml::refuses()
{
    QFETCH(std::string, text);
    QTEST(messageOf(text), "message");
    QCOMPARE(parseYaml(text, "test").error().code, ErrorCode::InvalidInput);
}

void TestYaml::boundsDepth_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("after");
    QTest::newRow("lists") << std::string("[") << std::string("]");
    QTest::newRow("maps") << std::string("{a: ") << std::string("}");
    QTest::newRow("dashes") << std::string("- ") << std::string();
}

void TestYaml::boundsDepth()
{
    QFETCH(std::string, before);
    QFETCH(std::string, after);
    const auto nested = [&](std::size_t depth) {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i) {
            text += before;
        }
        text += 'x';
        for (std::size_t i = 0; i < depth; ++i) {
            text += after;
        }
        return text;
    };
    QVERIFY(parseYaml(nested(limits::kYamlDepth), "test").has_value());
    for (const std::size_t depth : {limits::kYamlDepth + 1, std::size_t{100'000}}) {
        QCOMPARE(parseYaml(nested(depth), "test").error().code, ErrorCode::LimitExceeded);
    }
}

void TestYaml::boundsAliases()
{
    std::string laughs = "a: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        laughs += "b" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int n = 0; n < 9; ++n) {
            laughs += before + ", ";
        }
        laughs += "]\n";
    }
    QCOMPARE(parseYaml(laughs, "test").error().code, ErrorCode::LimitExceeded);

    // Few values, much text.
    std::string echo = "a: &a \"" + std::string(limits::kYamlBytes / 2, 'x') + "\"\nb: [";
    for (int n = 0; n < 8; ++n) {
        echo += "*a, ";
    }
    QVERIFY(messageOf(echo + "]").contains(QStringLiteral("of text")));

    // Each alias is one level deeper.
    std::string tower = "a: &a0 []\n";
    for (std::size_t i = 1; i <= limits::kYamlDepth; ++i) {
        tower += "b" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a"
                 + std::to_string(i - 1) + "]\n";
    }
    QVERIFY(messageOf(tower).contains(QStringLiteral("nested deeper than 64 levels")));
}

void TestYaml::boundsSize()
{
    const std::string text(limits::kYamlBytes, 'x');
    QVERIFY(parseYaml(text, "test").has_value());
    QCOMPARE(parseYaml(text + "x", "test").error().code, ErrorCode::LimitExceeded);
    std::string many = "[";
    for (std::size_t i = 0; i <= limits::kYamlNodes; ++i) {
        many += "1,";
    }
    QCOMPARE(parseYaml(many + "]", "test").error().code, ErrorCode::LimitExceeded);
}

QTEST_APPLESS_MAIN(TestYaml)
#include "tst_yaml.moc"
