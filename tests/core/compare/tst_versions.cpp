// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/compare/versions.h"

#include <QTest>

using namespace cutaway;

Q_DECLARE_METATYPE(cutaway::Ecosystem)

class TestVersions : public QObject
{
    Q_OBJECT

private slots:
    void order_data();
    void order();
};

void TestVersions::order_data()
{
    QTest::addColumn<Ecosystem>("ecosystem");
    QTest::addColumn<QByteArray>("older");
    QTest::addColumn<QByteArray>("newer");
    QTest::addColumn<QByteArray>("sign"); // "<", "=", or "?" where nobody can tell
    const auto row =
        [](Ecosystem ecosystem, const char *older, const char *sign, const char *newer) {
            QTest::addRow("%s %s %s", older, sign, newer)
                << ecosystem << QByteArray(older) << QByteArray(newer) << QByteArray(sign);
        };
    using enum Ecosystem;
    // dpkg --compare-versions says so too.
    row(Deb, "1.0-1", "=", "1.0-1");
    row(Deb, "1.0-1", "<", "1.0-2");
    row(Deb, "1.9", "<", "1.10");
    row(Deb, "9.9", "<", "1:0.1");
    row(Deb, "0:1.0", "=", "1.0");
    row(Deb, "1.0~rc1", "<", "1.0");
    row(Deb, "1.0~~", "<", "1.0~");
    row(Deb, "1.0", "<", "1.0a");
    row(Deb, "1.0a", "<", "1.0+b");
    row(Deb, "2.36-9+deb12u4", "<", "2.36-9+deb12u10");
    row(Deb, "1.0-1", "<", "1.0-1+b1");
    row(Deb, "1.0", "=", "1.0-0");
    row(Deb, "1-2-3", "<", "1-3-1");
    row(Deb, "007", "=", "7");
    row(Deb, "1.", "=", "1.0");
    row(Deb, "a", "<", "a1");
    row(Deb, "99999999999999999999", "<", "100000000000000000000");
    // rpmdev-vercmp
    row(Rpm, "1.0", "<", "1.0.1");
    row(Rpm, "1.0a", "<", "1.0.1");
    row(Rpm, "1.0~rc1-1", "<", "1.0-1");
    row(Rpm, "1.0", "<", "1.0^git1");
    row(Rpm, "1.0^git1", "<", "1.0.1");
    row(Rpm, "2.5-1.el9", "<", "2.5-10.el9");
    row(Rpm, "9-1", "<", "1:1-1");
    row(Rpm, "1_0", "=", "1.0");
    row(Alpm, "1.2.3-1", "<", "1.2.3-2");
    row(Node, "1.2.3", "<", "1.10.0");
    row(Node, "1.0.0-alpha", "<", "1.0.0-alpha.1");
    row(Node, "1.0.0-alpha.1", "<", "1.0.0-alpha.beta");
    row(Node, "1.0.0-beta.2", "<", "1.0.0-beta.11");
    row(Node, "1.0.0-rc.1", "<", "1.0.0");
    row(Node, "1.0.0+a", "=", "1.0.0+b");
    row(Node, "latest", "?", "1.0.0");
    row(Go, "v0.1.0", "<", "v0.2.0");
    row(Apk, "1.2.3-r0", "<", "1.2.3-r10");
    row(Apk, "1.2.3-r9", "<", "1.2.10-r0");
    row(Apk, "1.2_rc1-r0", "?", "1.2-r0");
    row(Python, "3.9", "<", "3.11.2");
    row(Python, "2.0", "=", "2.0.0");
    row(Python, "2.0", "?", "2.0rc1");
    row(Maven, "1.2", "?", "1.2-jre");
    row(Gem, "", "?", "1.0");
    row(Cpan, "1.10", "?", "1.9");
}

void TestVersions::order()
{
    QFETCH(Ecosystem, ecosystem);
    QFETCH(QByteArray, older);
    QFETCH(QByteArray, newer);
    QFETCH(QByteArray, sign);
    const auto told = compareVersions(ecosystem, older.toStdString(), newer.toStdString());
    const auto back = compareVersions(ecosystem, newer.toStdString(), older.toStdString());
    QCOMPARE(told.has_value(), sign != "?");
    QCOMPARE(back.has_value(), sign != "?");
    if (told) {
        QVERIFY(sign == "<" ? *told < 0 : *told == 0);
        QVERIFY(sign == "<" ? *back > 0 : *back == 0);
    }
}

QTEST_APPLESS_MAIN(TestVersions)
#include "tst_versions.moc"
