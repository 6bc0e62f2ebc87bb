// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/purl.h"

#include <QTest>

using namespace cutaway;

class TestPurl : public QObject
{
    Q_OBJECT

private slots:
    void urls_data();
    void urls();
    void publisher();
};

void TestPurl::urls_data()
{
    QTest::addColumn<int>("ecosystem");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("architecture");
    QTest::addColumn<QByteArray>("distribution"); // "debian 12"
    QTest::addColumn<QByteArray>("purl");
    const auto row = [](const char *what,
                        Ecosystem ecosystem,
                        std::array<const char *, 4> of,
                        const char *purl) {
        QTest::newRow(what) << static_cast<int>(ecosystem) << QByteArray(of[0]) << QByteArray(of[1])
                            << QByteArray(of[2]) << QByteArray(of[3]) << QByteArray(purl);
    };
    row("a Debian package",
        Ecosystem::Deb,
        {"curl", "7.50.3-1", "i386", "debian 12"},
        "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=debian-12");
    row("the colon of an epoch stays, a plus does not",
        Ecosystem::Deb,
        {"attr", "1:2.4.47-2+b1", "amd64", "debian 11"},
        "pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64&distro=debian-11");
    row("a tilde stays",
        Ecosystem::Deb,
        {"libstdc++6", "12~rc1", "amd64", ""},
        "pkg:deb/libstdc%2B%2B6@12~rc1?arch=amd64");
    row("a distribution without a version",
        Ecosystem::Deb,
        {"dash", "1", "all", "Debian "},
        "pkg:deb/debian/dash@1?arch=all");
    row("Alpine, in small letters",
        Ecosystem::Apk,
        {"BusyBox", "1.36.0-r9", "x86_64", "alpine 3.18.0"},
        "pkg:apk/alpine/busybox@1.36.0-r9?arch=x86_64&distro=alpine-3.18.0");
    row("Arch Linux, which has no version",
        Ecosystem::Alpm,
        {"pacman", "6.0.1-1", "x86_64", "arch "},
        "pkg:alpm/arch/pacman@6.0.1-1?arch=x86_64");
    row("opkg",
        Ecosystem::Opkg,
        {"libc", "1.2.3-4", "mips", "openwrt 23.05"},
        "pkg:opkg/openwrt/libc@1.2.3-4?arch=mips&distro=openwrt-23.05");
    row("an epoch of rpm is a qualifier",
        Ecosystem::Rpm,
        {"Bash", "1:5.1.8-6.el9", "x86_64", "rhel 9.2"},
        "pkg:rpm/rhel/Bash@5.1.8-6.el9?arch=x86_64&distro=rhel-9.2&epoch=1");
    row("Python's underscores are dashes, letters small",
        Ecosystem::Python,
        {"Django_Allauth", "12.23", "", "debian 12"},
        "pkg:pypi/django-allauth@12.23");
    row("a local version",
        Ecosystem::Python,
        {"torch", "2.1.0+cu121", "", ""},
        "pkg:pypi/torch@2.1.0%2Bcu121");
    row("a Node.js module", Ecosystem::Node, {"foobar", "12.3.1", "", ""}, "pkg:npm/foobar@12.3.1");
    row("a scope is a namespace",
        Ecosystem::Node,
        {"@angular/animation", "12.3.1", "", ""},
        "pkg:npm/%40angular/animation@12.3.1");
    row("a slash without a scope", Ecosystem::Node, {"a/b", "1", "", ""}, "pkg:npm/a%2Fb@1");
    row("a gem keeps its letters",
        Ecosystem::Gem,
        {"ruby-Advisory", "0.1.3", "java", ""},
        "pkg:gem/ruby-Advisory@0.1.3?platform=java");
    row("Go: a path, in small letters",
        Ecosystem::Go,
        {"github.com/Azure/go-autorest/v14", "v14.2.0+incompatible", "", ""},
        "pkg:golang/github.com/azure/go-autorest/v14@v14.2.0%2Bincompatible");
    row("Go's own", Ecosystem::Go, {"stdlib", "1.22.1", "", ""}, "pkg:golang/stdlib@1.22.1");
    row("Go: built from a folder",
        Ecosystem::Go,
        {"example.com/a", "(devel)", "", ""},
        "pkg:golang/example.com/a");
    row("a crate", Ecosystem::Cargo, {"rand", "0.7.2", "", ""}, "pkg:cargo/rand@0.7.2");
    row("Maven: the group is a namespace",
        Ecosystem::Maven,
        {"org.apache.xmlgraphics:batik-anim", "1.9.1", "", ""},
        "pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1");
    row("Maven: without a group there is none", Ecosystem::Maven, {"a", "1", "", ""}, "");
    row("Composer, in small letters",
        Ecosystem::Composer,
        {"Laravel/laravel", "5.5.0", "", ""},
        "pkg:composer/laravel/laravel@5.5.0");
    row("NuGet",
        Ecosystem::Nuget,
        {"EnterpriseLibrary.Common", "6.0.1304", "", ""},
        "pkg:nuget/EnterpriseLibrary.Common@6.0.1304");
    row("CRAN", Ecosystem::Cran, {"A3", "1.0.0", "", ""}, "pkg:cran/A3@1.0.0");
    row("CPAN: without who published it there is none",
        Ecosystem::Cpan,
        {"DateTime", "1.55", "", ""},
        "");
    row("no version", Ecosystem::Node, {"left-pad", "", "", ""}, "pkg:npm/left-pad");
    row("no name", Ecosystem::Deb, {"", "1", "all", "debian 12"}, "");
    row("bytes that no URL has",
        Ecosystem::Gem,
        {"a b?#\xff%", "1/2@3", "", ""},
        "pkg:gem/a%20b%3F%23%FF%25@1%2F2%403");
}

void TestPurl::urls()
{
    QFETCH(int, ecosystem);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, architecture);
    QFETCH(QByteArray, distribution);
    QFETCH(QByteArray, purl);
    PackageRecord package;
    package.ecosystem = static_cast<Ecosystem>(ecosystem);
    package.name = name.toStdString();
    package.version = version.toStdString();
    package.architecture = architecture.toStdString();
    const QList<QByteArray> words = distribution.split(' ');
    const Distribution from = {words.front().toStdString(), words.back().toStdString()};
    QCOMPARE(QByteArray::fromStdString(packageUrl(package, from)), purl);
}

void TestPurl::publisher()
{
    PackageRecord package;
    package.ecosystem = Ecosystem::Cpan;
    package.name = "DateTime";
    package.version = "1.55";
    package.supplier = "DROLSKY";
    QCOMPARE(packageUrl(package, {"debian", "12"}), std::string("pkg:cpan/DROLSKY/DateTime@1.55"));
}

QTEST_GUILESS_MAIN(TestPurl)
#include "tst_purl.moc"
