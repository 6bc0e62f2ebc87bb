// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/badpackages.h"

#include <QTest>

using namespace cutaway;

class TestBadPackages : public QObject
{
    Q_OBJECT

private slots:
    void builtIn();
    void refused();
    void found_data();
    void found();
};

/// Everything in it can be looked up.
void TestBadPackages::builtIn()
{
    const BadPackages &list = BadPackages::builtIn();
    QVERIFY(list.rows().size() > 20);
    QVERIFY(list.date() > std::chrono::sys_days(std::chrono::year(2026) / 1 / 1));
    for (const BadPackages::Row &row : list.rows()) {
        QVERIFY2(!row.ecosystems.empty() && !row.names.empty() && !row.versions.empty(),
                 row.id.c_str());
        QVERIFY2(!row.id.empty() && !row.what.empty(), row.names.front().c_str());
        QVERIFY2(row.source.starts_with("https://"), row.names.front().c_str());
    }
}

void TestBadPackages::refused()
{
    QVERIFY(!BadPackages::parse("{"));
    QVERIFY(!BadPackages::parse(R"({"packages": []})"));
    QVERIFY(BadPackages::parse(R"({"date": "2026-01-02", "packages": []})"));
}

void TestBadPackages::found_data()
{
    QTest::addColumn<int>("ecosystem");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("release");
    QTest::addColumn<bool>("isBad");
    const auto row = [](const char *what,
                        Ecosystem ecosystem,
                        const char *name,
                        const char *version,
                        const char *release,
                        bool isBad) {
        QTest::newRow(what) << static_cast<int>(ecosystem) << QByteArray(name)
                            << QByteArray(version) << QByteArray(release) << isBad;
    };
    row("Debian", Ecosystem::Deb, "xz-utils", "5.6.1-1", "5.6.1", true);
    row("with an epoch", Ecosystem::Deb, "xz-utils", "1:5.6.0-0.2", "5.6.0", true);
    row("rpm", Ecosystem::Rpm, "xz-libs", "5.6.0-1.fc40", "5.6.0", true);
    row("taken back by a distribution",
        Ecosystem::Deb,
        "xz-utils",
        "5.6.1+really5.4.5-1",
        "5.6.1+really5.4.5",
        false);
    row("not built that way there", Ecosystem::Apk, "xz", "5.6.1-r3", "5.6.1", false);
    row("before", Ecosystem::Deb, "xz-utils", "5.4.1-0.2", "5.4.1", false);
    row("a module", Ecosystem::Node, "@solana/web3.js", "1.95.7", "1.95.7", true);
    row("a dash that is its own", Ecosystem::Node, "rc", "1.2.9-1", "1.2.9-1", false);
    row("no version", Ecosystem::Gem, "rest-client", "", "", false);
}

void TestBadPackages::found()
{
    QFETCH(int, ecosystem);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, release);
    QFETCH(bool, isBad);
    PackageRecord record;
    record.ecosystem = static_cast<Ecosystem>(ecosystem);
    record.name = name.toStdString();
    record.version = version.toStdString();
    QCOMPARE(QByteArray::fromStdString(std::string(releaseVersion(record))), release);
    QCOMPARE(BadPackages::builtIn().find(record) != nullptr, isBad);
}

QTEST_GUILESS_MAIN(TestBadPackages)
#include "tst_badpackages.moc"
