// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"
#include "core/base/limits.h"

#include <QTest>

using namespace cutaway;

class TestJson : public QObject
{
    Q_OBJECT

private slots:
    void reads();
    void refuses_data();
    void refuses();
    void boundsDepth();
    void repairsText();
};

void TestJson::reads()
{
    const Json json = parseJson("\xef\xbb\xbf{\"a\": [1, 1.5, true, null, \"x\"], \"B\": {\"c\": "
                                "18446744073709551615}, \"a2\": 1, \"a2\": 2}",
                                "test")
                          .value()
                          .value;
    QCOMPARE(json["a"].elements().size(), std::size_t{5});
    QCOMPARE(json["a"].elements()[0].toInteger().value(), 1);
    QVERIFY(!json["a"].elements()[1].toInteger());
    QVERIFY(json["a"].elements()[2].toBool());
    QVERIFY(json["a"].elements()[3].isNull());
    QCOMPARE(json["a"].elements()[4].toString(), std::string("x"));
    QVERIFY(json["b"].isNull());
    QVERIFY(json.anyCase("b").isObject());
    QCOMPARE(json["B"]["c"].kind(), Json::Kind::Double);
    QCOMPARE(json["a2"].toInteger().value(), 2);
    QVERIFY(json["none"]["deeper"].isNull());
}

void TestJson::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("empty") << QByteArray() << "test is not valid JSON: it is empty";
    QTest::newRow("trailing comma")
        << QByteArray("{\n \"a\": 1,\n}") << "test is not valid JSON: error at line 3, column 1";
    QTest::newRow("cut") << QByteArray("[1,")
                         << "test is not valid JSON: error at line 1, column 3";
    QTest::newRow("no UTF-8") << QByteArray("\"\xff\"")
                              << "test is not valid JSON: it is not UTF-8 text";
    QTest::newRow("lone surrogate")
        << QByteArray("\"\\ud800\"") << "test is not valid JSON: error at line 1, column 8";
    QTest::newRow("two values") << QByteArray("1 2")
                                << "test is not valid JSON: error at line 1, column 3";
}

void TestJson::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    const auto parsed = parseJson(text.toStdString(), "test");
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().code, ErrorCode::Corrupt);
    QCOMPARE(QString::fromStdString(parsed.error().message), message);
}

void TestJson::boundsDepth()
{
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    QVERIFY(parseJson(nested(limits::kJsonDepth), "test").has_value());
    QCOMPARE(parseJson(nested(limits::kJsonDepth + 1), "test").error().code,
             ErrorCode::LimitExceeded);
}

void TestJson::repairsText()
{
    const auto parsed = parseJson("{\"label\": \"a\xff\"}", "test", BadUtf8::Replace);
    QVERIFY(parsed.has_value());
    QVERIFY(parsed->repairedUtf8);
    QCOMPARE(parsed->value["label"].toString(), std::string("a\xef\xbf\xbd"));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
