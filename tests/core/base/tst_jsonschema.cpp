// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/jsonschema.h"

#include <QTest>

using namespace cutaway;

class TestJsonSchema : public QObject
{
    Q_OBJECT

private slots:
    void documents_data();
    void documents();
    void refuses_data();
    void refuses();
};

namespace {

/// Each definition is twice the next one.
std::string doubling()
{
    std::string text = R"({"$ref": "#/definitions/d0", "definitions": {)";
    for (int i = 0; i < 40; ++i) {
        const std::string next = R"({"$ref": "#/definitions/d)" + std::to_string(i + 1) + "\"}";
        text += "\"d" + std::to_string(i) + R"(": {"allOf": [)" + next + ", " + next + "]}, ";
    }
    return text + R"("d40": {}}})";
}

} // namespace

void TestJsonSchema::documents_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<bool>("fits");
    QTest::newRow("fits") << std::string(R"([{"key": "A", "mandatory": true}])") << true;
    QTest::newRow("empty") << std::string("[]") << true;
    QTest::newRow("another type") << std::string("{}") << false;
    QTest::newRow("a key is missing") << std::string(R"([{"mandatory": true}])") << false;
    QTest::newRow("no boolean") << std::string(R"([{"key": "A", "mandatory": "x"}])") << false;
    QTest::newRow("no JSON") << std::string("[{") << false;
    QTest::newRow("very deep") << std::string(200, '[') + std::string(200, ']') << false;
    QTest::newRow("very long") << '[' + std::string(10'000, ' ') + ']' << false;
}

void TestJsonSchema::documents()
{
    QFETCH(std::string, json);
    const Result<JsonSchema> schema = JsonSchema::parse(
        R"({"type": "array", "items": {"$ref": "#/definitions/one"}, "definitions": {"one":
            {"type": "object", "required": ["key"], "properties":
                {"key": {"type": "string"}, "mandatory": {"type": "boolean"}}}}})",
        "schema");
    QVERIFY2(schema.has_value(), schema ? "" : schema.error().message.c_str());
    QTEST(schema->problemsOf(json).empty(), "fits");
}

void TestJsonSchema::refuses_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("no JSON") << std::string("{") << QStringLiteral("s is not valid JSON");
    QTest::newRow("no schema") << std::string("[]") << QStringLiteral("s: this is no JSON Schema");
    QTest::newRow("wrong type") << std::string(R"({"type": 5})") << QStringLiteral("s: ");
    QTest::newRow("pattern") << std::string(R"({"properties": {"a": {"pattern": "(a+)+"}}})")
                             << QStringLiteral("'pattern' and 'patternProperties' are not");
    QTest::newRow("patterns of names") << std::string(R"({"patternProperties": {"(a+)+": {}}})")
                                       << QStringLiteral("'pattern' and 'patternProperties' are");
    QTest::newRow("itself") << std::string(R"({"$ref": "#"})") << QStringLiteral("s: ");
    QTest::newRow("all of itself")
        << std::string(R"({"definitions": {"a": {"allOf": [{"$ref": "#/definitions/a"}]}}})")
        << QStringLiteral("s: it refers to itself");
    QTest::newRow("in a circle") << std::string(R"({"definitions": {"a": {"$ref":
        "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}, "$ref": "#/definitions/a"})")
                                 << QStringLiteral("s: it refers to itself");
    QTest::newRow("doubles") << doubling() << QStringLiteral("or is too large");
    QTest::newRow("nowhere") << std::string(R"({"items": {"$ref": "#/definitions/no"}})")
                             << QStringLiteral("there is nothing in it at");
    QTest::newRow("large") << R"({"title": ")" + std::string(300'000, 'x') + "\"}"
                           << QStringLiteral("s: this is larger than");
    QTest::newRow("elsewhere") << std::string(R"({"$ref": "https://example.org/x"})")
                               << QStringLiteral("s: ");
}

void TestJsonSchema::refuses()
{
    QFETCH(std::string, text);
    QFETCH(QString, message);
    const Result<JsonSchema> schema = JsonSchema::parse(text, "s");
    QVERIFY(!schema.has_value());
    QVERIFY2(QString::fromStdString(schema.error().message).startsWith(QStringLiteral("s")),
             schema.error().message.c_str());
    QVERIFY2(QString::fromStdString(schema.error().message).contains(message),
             schema.error().message.c_str());
}

QTEST_APPLESS_MAIN(TestJsonSchema)
#include "tst_jsonschema.moc"
