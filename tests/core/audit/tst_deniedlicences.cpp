// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/deniedlicences.h"

#include <QTest>

#include <vector>

using namespace cutaway;

class TestDeniedLicences : public QObject
{
    Q_OBJECT

private slots:
    void binds_data();
    void binds();
    void hostile();
};

void TestDeniedLicences::binds_data()
{
    QTest::addColumn<QByteArray>("licence");
    QTest::addColumn<bool>("isBound");
    const auto row = [](const char *licence, bool isBound) {
        QTest::newRow(licence) << QByteArray(licence) << isBound;
    };
    row("AGPL-3.0-only", true);
    row("agpl-3.0-or-later", true);
    row("AGPLv3+", true);
    row("GNU Affero General Public License v3 (AGPLv3)", true);
    row("AGPL-1.0", false);
    row("MIT", false);
    row("GPL (>= 2)", false);
    row("MIT OR AGPL-3.0-only", false);
    row("MIT AND AGPL-3.0-only", true);
    row("MIT or Apache-2.0 and AGPL-3.0", false);
    row("(MIT or Apache-2.0) and AGPL-3.0", true);
    row("AGPL-3.0-only OR (AGPL-3.0-or-later AND MIT)", true);
    row("SSPL-1.0 WITH AGPL-3.0", true);
    row("MIT WITH AGPL-3.0", false);
    row("MIT, AGPL-3.0", true);
    row("", false);
    row("OR", false);
    row("AGPL-3.0 OR", true);
    row("((AGPL-3.0", true);
    row("MIT)) AND AGPL-3.0", true);
}

void TestDeniedLicences::binds()
{
    QFETCH(QByteArray, licence);
    QFETCH(bool, isBound);
    const std::vector<std::string> patterns = {"AGPL-3.0*", "SSPL-1.0"};
    QCOMPARE(bindsTo(licence.toStdString(), patterns), isBound);
    QVERIFY(!bindsTo(licence.toStdString(), {}));
}

void TestDeniedLicences::hostile()
{
    const std::vector<std::string> patterns = {"AGPL-3.0*"};
    QVERIFY(bindsTo(std::string(4000, '(') + "AGPL-3.0" + std::string(4000, ')'), patterns));
    std::string chain;
    for (int i = 0; i < 1000; ++i) {
        chain += "AGPL-3.0 OR ";
    }
    QVERIFY(!bindsTo(chain + "MIT", patterns));
}

QTEST_GUILESS_MAIN(TestDeniedLicences)
#include "tst_deniedlicences.moc"
