// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.h"

#include <QTest>

using namespace cutaway;

class TestLimits : public QObject
{
    Q_OBJECT

private slots:
    void assignments_data();
    void assignments();
    void everyRowIsSetByItsName();
    void unknownNamesListTheLimits();
    void unpackedSizes_data();
    void unpackedSizes();
};

void TestLimits::assignments_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint64>("value"); // of json-size or layer-entries; 0 = refused

    QTest::newRow("decimal size") << QByteArray("json-size=10MB") << quint64{10'000'000};
    QTest::newRow("binary size") << QByteArray("json-size=1GiB") << quint64{1u << 30};
    QTest::newRow("over the most") << QByteArray("json-size=2GiB") << quint64{0};
    QTest::newRow("count") << QByteArray("layer-entries=7") << quint64{7};
    QTest::newRow("count with a unit") << QByteArray("layer-entries=7MB") << quint64{0};
    QTest::newRow("nothing") << QByteArray("layer-entries=") << quint64{0};
    QTest::newRow("no value") << QByteArray("layer-entries") << quint64{0};
    QTest::newRow("zero") << QByteArray("layer-entries=0") << quint64{0};
    QTest::newRow("negative") << QByteArray("layer-entries=-1") << quint64{0};
    QTest::newRow("other case") << QByteArray("JSON-size=1MB") << quint64{0};
}

void TestLimits::assignments()
{
    QFETCH(QByteArray, text);
    QFETCH(quint64, value);
    Limits limits;
    const Result<> set = setLimit(limits, text.toStdString());
    QCOMPARE(set.has_value(), value != 0);
    if (value == 0) {
        QCOMPARE(set.error().code, ErrorCode::InvalidInput);
        QVERIFY(limits == Limits());
    } else {
        QCOMPARE(quint64{text.startsWith("json") ? limits.jsonBytes : limits.layerEntries}, value);
    }
}

void TestLimits::everyRowIsSetByItsName()
{
    for (const LimitRow &row : limitRows()) {
        Limits limits;
        const std::string changed = std::string(row.name) + "=1";
        QVERIFY(setLimit(limits, changed).has_value());
        QCOMPARE(limits.*row.value, std::uint64_t{1});
        // The default as it is shown can be given again.
        const std::string shown = std::string(row.name) + "=" + limitText(row, Limits());
        QVERIFY(setLimit(limits, shown).has_value());
        QVERIFY2(limits == Limits(), shown.c_str());
        const Error error = failLimit("too much", row.value).error();
        QCOMPARE(error.code, ErrorCode::LimitExceeded);
        QVERIFY(error.message.contains("--limit " + std::string(row.name) + "="));
    }
}

void TestLimits::unknownNamesListTheLimits()
{
    Limits limits;
    const Result<> set = setLimit(limits, "layer\ncount=3");
    QVERIFY(!set.has_value());
    QVERIFY(set.error().message.contains("'layer\\ncount'"));
    for (const LimitRow &row : limitRows()) {
        QVERIFY(set.error().message.contains(std::string(row.name) + "="));
    }
}

void TestLimits::unpackedSizes_data()
{
    QTest::addColumn<quint64>("packed");
    QTest::addColumn<quint64>("unpacked");
    QTest::addColumn<QByteArray>("complaint"); // empty = all is well

    // At most 1000 bytes; from 100 on at most 5 for one.
    QTest::newRow("small, whatever the ratio") << quint64{1} << quint64{100} << QByteArray();
    QTest::newRow("below the ratio") << quint64{21} << quint64{104} << QByteArray();
    QTest::newRow("at the ratio") << quint64{21} << quint64{105} << QByteArray();
    QTest::newRow("over the ratio") << quint64{20} << quint64{105} << QByteArray("5 times");
    QTest::newRow("at the size") << quint64{500} << quint64{1000} << QByteArray();
    QTest::newRow("over the size") << quint64{500} << quint64{1001} << QByteArray("more than");
}

void TestLimits::unpackedSizes()
{
    QFETCH(quint64, packed);
    QFETCH(quint64, unpacked);
    QFETCH(QByteArray, complaint);
    Limits limits;
    limits.unpackedBytes = 1000;
    limits.expansion = 5;
    limits.expansionFrom = 100;
    const Result<> checked = checkUnpacked(packed, unpacked, limits);
    QCOMPARE(checked.has_value(), complaint.isEmpty());
    QVERIFY(checked || checked.error().message.contains(complaint.toStdString()));
}

QTEST_APPLESS_MAIN(TestLimits)
#include "tst_limits.moc"
