// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/platform.h"

#include <QTest>

using namespace cutaway;

class TestPlatform : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void readsOneWord();
    void readsJson();
    void answers_data();
    void answers();
    void knowsTheHost();
};

void TestPlatform::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("as Go names it") << "linux/amd64" << "linux/amd64";
    QTest::newRow("uname's x86_64") << "linux/x86_64" << "linux/amd64";
    QTest::newRow("uname's aarch64") << "linux/aarch64" << "linux/arm64";
    QTest::newRow("arm64 v8 is arm64") << "linux/arm64/v8" << "linux/arm64";
    QTest::newRow("arm64 v9") << "linux/arm64/v9" << "linux/arm64/v9";
    QTest::newRow("amd64 v1 is amd64") << "linux/amd64/v1" << "linux/amd64";
    QTest::newRow("amd64 v3") << "linux/amd64/v3" << "linux/amd64/v3";
    QTest::newRow("arm, any variant") << "linux/arm" << "linux/arm";
    QTest::newRow("arm's variant without its letter") << "linux/arm/6" << "linux/arm/v6";
    QTest::newRow("Debian's armhf") << "linux/armhf" << "linux/arm/v7";
    QTest::newRow("Debian's armel") << "linux/armel" << "linux/arm/v6";
    QTest::newRow("i686") << "linux/i686" << "linux/386";
    QTest::newRow("capitals") << "Linux/AMD64" << "linux/amd64";
    QTest::newRow("macOS") << "macos/arm64" << "darwin/arm64";
    QTest::newRow("loongarch64") << "linux/loongarch64" << "linux/loong64";
    QTest::newRow("unknown words") << "unknown/unknown" << "unknown/unknown";
}

void TestPlatform::parses()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto platform = Platform::parse(text.toStdString());
    QVERIFY(platform.has_value());
    QCOMPARE(QString::fromStdString(platform->text()), expected);
}

void TestPlatform::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << "";
    QTest::newRow("four parts") << "linux/arm/v7/x";
    QTest::newRow("empty system") << "/amd64";
    QTest::newRow("empty architecture") << "linux/";
    QTest::newRow("empty variant") << "linux/arm/";
    QTest::newRow("blank") << "linux /amd64";
    QTest::newRow("an unknown word alone") << "nonsense";
    QTest::newRow("parenthesis left open") << "windows(10.0/amd64";
    QTest::newRow("empty version") << "windows()/amd64";
}

void TestPlatform::refuses()
{
    QFETCH(QString, text);
    const auto platform = Platform::parse(text.toStdString());
    QVERIFY(!platform.has_value());
    QCOMPARE(platform.error().code, ErrorCode::InvalidInput);
}

void TestPlatform::readsOneWord()
{
    const Platform host = Platform::host();
    QCOMPARE(Platform::parse("arm64").value().os, host.os);
    QCOMPARE(Platform::parse("arm64").value().architecture, std::string("arm64"));
    QCOMPARE(Platform::parse("windows").value().os, std::string("windows"));
    QCOMPARE(Platform::parse("windows").value().architecture, host.architecture);
    const Platform windows = Platform::parse("windows(10.0.17763)/amd64").value();
    QCOMPARE(windows.osVersion, std::string("10.0.17763"));
    QCOMPARE(windows.text(), std::string("windows/amd64"));
}

void TestPlatform::readsJson()
{
    const Json json = parseJson(R"({"os": "linux", "Architecture": "arm", "variant": "v6",
                                    "os.version": "1", "features": ["x"]})",
                                "test")
                          .value()
                          .value;
    QCOMPARE(Platform::ofJson(json), (Platform{"linux", "arm", "v6", "1"}));
    QVERIFY(Platform::ofJson(Json()).isEmpty());
    QVERIFY(Platform::ofJson(parseJson(R"({"os": 1})", "test").value().value).isEmpty());
    QVERIFY((Platform{"unknown", "unknown", "", ""}).isUnknown());
    QCOMPARE(Platform().text(), std::string());
}

void TestPlatform::answers_data()
{
    QTest::addColumn<QString>("image");
    QTest::addColumn<QString>("wish");
    QTest::addColumn<bool>("expected");
    QTest::newRow("the same") << "linux/amd64//" << "linux/amd64//" << true;
    QTest::newRow("another architecture") << "linux/amd64//" << "linux/arm64//" << false;
    QTest::newRow("another system") << "windows/amd64//" << "linux/amd64//" << false;
    QTest::newRow("no wish") << "linux/s390x//" << "///" << true;
    QTest::newRow("the system alone") << "linux/s390x//" << "linux///" << true;
    QTest::newRow("variant not asked for") << "linux/arm/v6/" << "linux/arm//" << true;
    QTest::newRow("variant asked for") << "linux/arm/v6/" << "linux/arm/v6/" << true;
    QTest::newRow("another variant") << "linux/arm/v6/" << "linux/arm/v7/" << false;
    QTest::newRow("arm alone is v7") << "linux/arm//" << "linux/arm/v7/" << true;
    QTest::newRow("arm alone is not v6") << "linux/arm//" << "linux/arm/v6/" << false;
    QTest::newRow("arm64 answers v8") << "linux/arm64//" << "linux/arm64/v8/" << true;
    QTest::newRow("v8 answers arm64") << "linux/arm64/v8/" << "linux/arm64//" << true;
    QTest::newRow("v9 is not v8") << "linux/arm64/v9/" << "linux/arm64/v8/" << false;
    QTest::newRow("aarch64 answers arm64") << "linux/aarch64//" << "linux/arm64//" << true;
    QTest::newRow("version of the system")
        << "windows/amd64//10.0.17763.1" << "windows/amd64//10.0.17763" << true;
    QTest::newRow("another version")
        << "windows/amd64//10.0.17763.1" << "windows/amd64//10.0.1" << false;
}

void TestPlatform::answers()
{
    QFETCH(QString, image);
    QFETCH(QString, wish);
    QFETCH(bool, expected);
    const auto ofRow = [](const QString &text) {
        const QStringList parts = text.split(QLatin1Char('/'));
        return Platform{parts[0].toStdString(),
                        parts[1].toStdString(),
                        parts[2].toStdString(),
                        parts[3].toStdString()};
    };
    QCOMPARE(ofRow(image).answers(ofRow(wish)), expected);
}

void TestPlatform::knowsTheHost()
{
    const Platform host = Platform::host();
    QVERIFY(!host.os.empty());
    QVERIFY(!host.architecture.empty());
    QVERIFY(host.architecture != "x86_64");
    QVERIFY(host.architecture != "aarch64");
    QVERIFY(host.answers(host));
}

QTEST_APPLESS_MAIN(TestPlatform)
#include "tst_platform.moc"
