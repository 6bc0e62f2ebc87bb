// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/digest.h"

#include <QTest>

using namespace cutaway;

class TestDigest : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void isMadeOfHashes();
    void escapesWhatItRefuses();
};

void TestDigest::parses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("algorithm");
    QTest::newRow("sha256") << "sha256:" + QByteArray(64, 'a') << QByteArray("sha256");
    QTest::newRow("sha512") << "sha512:" + QByteArray(128, '0') << QByteArray("sha512");
}

void TestDigest::parses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, algorithm);
    const auto digest = Digest::parse(text.toStdString());
    QVERIFY(digest.has_value());
    QCOMPARE(QByteArray::fromStdString(digest->text()), text);
    QCOMPARE(QByteArray::fromStdString(std::string(digest->algorithmName())), algorithm);
    QCOMPARE(digest->hex().size(), static_cast<std::size_t>(text.size() - 7));
    QCOMPARE(digest->algorithm(),
             algorithm == "sha512" ? HashAlgorithm::Sha512 : HashAlgorithm::Sha256);
    QCOMPARE(QByteArray::fromStdString(digest->shortText()), text.left(7 + 12));
}

void TestDigest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isUnsupported");
    const QByteArray digits(64, 'a');
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("no colon") << digits << false;
    QTest::newRow("no digits") << QByteArray("sha256:") << false;
    QTest::newRow("no algorithm") << ":" + digits << false;
    QTest::newRow("one digit short") << "sha256:" + digits.left(63) << false;
    QTest::newRow("one digit more") << "sha256:" + digits + "a" << false;
    QTest::newRow("capital digits") << "sha256:" + QByteArray(64, 'A') << false;
    QTest::newRow("no hexadecimal") << "sha256:" + QByteArray(64, 'g') << false;
    QTest::newRow("capital algorithm") << "SHA256:" + digits << false;
    QTest::newRow("blank before") << " sha256:" + digits << false;
    QTest::newRow("line break behind") << "sha256:" + digits + "\r\nX: y" << false;
    QTest::newRow("zero byte behind") << "sha256:" + digits + QByteArray(1, '\0') << false;
    QTest::newRow("path in the digits") << QByteArray("sha256:../../../etc/passwd") << false;
    QTest::newRow("path in the algorithm") << QByteArray("../../etc:passwd") << false;
    QTest::newRow("absolute path") << QByteArray("/etc/passwd") << false;
    QTest::newRow("separator at the end") << "sha256+:" + digits << false;
    QTest::newRow("separator twice") << "sha256+-b:" + digits << false;
    QTest::newRow("sha512 of sha256's length") << "sha512:" + digits << false;
    QTest::newRow("md5") << "md5:" + digits.left(32) << true;
    QTest::newRow("another algorithm") << QByteArray("sha256+b64u:LCa0a2j_xo_5m0U8-") << true;
}

void TestDigest::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isUnsupported);
    const auto digest = Digest::parse(text.toStdString());
    QVERIFY(!digest.has_value());
    QCOMPARE(digest.error().code, isUnsupported ? ErrorCode::Unsupported : ErrorCode::InvalidInput);
    QVERIFY(digest.error().message.size() < 400);
}

void TestDigest::isMadeOfHashes()
{
    QVERIFY(Digest().isEmpty());
    QVERIFY(Digest().shortText().empty());
    QVERIFY(Digest().hex().empty());
    QVERIFY(Digest().algorithmName().empty());
    QCOMPARE(Digest::ofSha256(std::string(64, 'b')),
             Digest::parse("sha256:" + std::string(64, 'b')).value());
    QCOMPARE(Digest::ofSha512(std::string(128, 'c')),
             Digest::parse("sha512:" + std::string(128, 'c')).value());
}

void TestDigest::escapesWhatItRefuses()
{
    const auto digest = Digest::parse("sha256:\x1b[31m\n" + std::string(5000, 'x'));
    QVERIFY(!digest.has_value());
    QVERIFY(!digest.error().message.contains('\x1b'));
    QVERIFY(!digest.error().message.contains('\n'));
    QVERIFY(digest.error().message.size() < 400);
}

QTEST_APPLESS_MAIN(TestDigest)
#include "tst_digest.moc"
