// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/cpe.h"

#include <QTest>

using namespace cutaway;

class TestCpe : public QObject
{
    Q_OBJECT

private slots:
    void candidates_data();
    void candidates();
};

void TestCpe::candidates_data()
{
    QTest::addColumn<int>("ecosystem");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("homepage");
    QTest::addColumn<QByteArray>("found"); // vendor:product:version of each
    const auto row = [](const char *what,
                        Ecosystem ecosystem,
                        std::array<const char *, 4> of,
                        const char *found) {
        QTest::newRow(what) << static_cast<int>(ecosystem) << QByteArray(of[0]) << QByteArray(of[1])
                            << QByteArray(of[2]) << QByteArray(of[3]) << QByteArray(found);
    };
    row("a distribution's: the source, and what upstream calls the version",
        Ecosystem::Deb,
        {"libssl3", "1:3.0.11-1~deb12u2", "openssl", "https://www.openssl.org/"},
        "openssl:openssl:3.0.11 ");
    row("who has the project",
        Ecosystem::Apk,
        {"jq", "1.6-r3", "", "https://github.com/stedolan/jq"},
        "stedolan:jq:1.6 jq:jq:1.6 ");
    row("Python",
        Ecosystem::Python,
        {"Jinja2", "3.1.2", "", ""},
        "jinja2:jinja2:3.1.2 jinja2_project:jinja2:3.1.2 ");
    row("a scope",
        Ecosystem::Node,
        {"@angular/core", "12.0.0", "", ""},
        "angular:core:12.0.0 core:core:12.0.0 core_project:core:12.0.0 ");
    row("a group",
        Ecosystem::Maven,
        {"org.apache.logging.log4j:log4j-core", "2.14.1", "", ""},
        "apache:log4j-core:2.14.1 log4j-core:log4j-core:2.14.1"
        " log4j-core_project:log4j-core:2.14.1 ");
    row("no group", Ecosystem::Maven, {"a", "1", "", ""}, "a:a:1 a_project:a:1 ");
    row("Go",
        Ecosystem::Go,
        {"github.com/docker/cli/v2", "v2.1.0", "", ""},
        "docker:cli:2.1.0 cli:cli:2.1.0 cli_project:cli:2.1.0 ");
    row("Go's own",
        Ecosystem::Go,
        {"stdlib", "1.22.1", "", ""},
        "golang:go:1.22.1 go:go:1.22.1 go_project:go:1.22.1 ");
    row("other characters are quoted",
        Ecosystem::Rpm,
        {"libstdc++", "1.0:2*?", "", "x\ty"},
        "libstdc\\+\\+:libstdc\\+\\+:2\\*\\? ");
    row("a dash alone", Ecosystem::Cargo, {"-", "1", "", ""}, "\\-:\\-:1 \\-_project:\\-:1 ");
    row("no version", Ecosystem::Go, {"example.com/a", "(devel)", "", ""}, "");
    row("no name", Ecosystem::Deb, {"", "1", "", ""}, "");
}

void TestCpe::candidates()
{
    QFETCH(int, ecosystem);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, homepage);
    QFETCH(QByteArray, found);
    PackageRecord package;
    package.ecosystem = static_cast<Ecosystem>(ecosystem);
    package.name = name.toStdString();
    package.version = version.toStdString();
    package.source = source.toStdString();
    package.homepage = homepage.toStdString();
    QByteArray text;
    for (const std::string &candidate : cpeCandidates(package)) {
        const QByteArray cpe = QByteArray::fromStdString(candidate);
        QVERIFY(cpe.startsWith("cpe:2.3:a:"));
        QVERIFY(cpe.endsWith(":*:*:*:*:*:*:*"));
        text += cpe.mid(10).chopped(14) + ' ';
    }
    QCOMPARE(text, found);
}

QTEST_GUILESS_MAIN(TestCpe)
#include "tst_cpe.moc"
