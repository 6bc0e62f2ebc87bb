// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/packages/inventory.h"
#include "tests/support/auditimage.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// "deb bash 5.2 layer 0 changed 1 removed 2 files 3 bytes 40": a line a package.
std::string described(const Packages &packages)
{
    std::string text;
    for (const Package &package : packages.list) {
        text += std::string(ecosystemName(package.record.ecosystem)) + ' ' + package.record.name
                + ' ' + package.record.version + " layer " + std::to_string(package.layer);
        for (const LayerIndex layer : package.changedBy) {
            text += " changed " + std::to_string(layer);
        }
        if (!package.isVisible()) {
            text += " removed " + std::to_string(package.removedBy);
        }
        if (package.knowsFiles) {
            text += " files " + std::to_string(package.files.size()) + " bytes "
                    + std::to_string(package.bytes);
        }
        text += '\n';
    }
    for (const Note &note : packages.notes.list()) {
        text += note.code + '\n';
    }
    return text;
}

Packages packagesOf(std::string_view text)
{
    return findPackages(auditImage(text), *auditContents(text), {"debian", "12"});
}

/// "/usr/a a b": a line a path that has owners, the one that counts first.
std::string ownersOf(const Image &image, const Packages &packages)
{
    std::string text;
    for (NodeId node = 0; node < image.tree->nodeCount(); ++node) {
        const std::vector<std::uint32_t> owners = packages.owners.all(node);
        if (owners.empty()) {
            continue;
        }
        text += image.tree->path(node);
        for (const std::uint32_t owner : owners) {
            text += ' ' + packages.list[owner].record.name;
        }
        text += '\n';
    }
    return text;
}

/// "a 0:10-20": of a package the bytes in each layer, visible and hidden; "layer 0: 10-20 5-0":
/// of packages and of none.
std::string sharesOf(const Packages &packages)
{
    std::string text;
    const auto pair = [](std::uint64_t seen, std::uint64_t hidden) {
        return std::to_string(seen) + '-' + std::to_string(hidden);
    };
    for (const Package &package : packages.list) {
        text += package.record.name;
        for (const LayerShare &share : package.layers) {
            text += ' ' + std::to_string(share.layer) + ':' + pair(share.bytes, share.hiddenBytes);
        }
        text += '\n';
    }
    for (std::size_t i = 0; i < packages.layers.size(); ++i) {
        const LayerOwners &layer = packages.layers[i];
        std::uint64_t owned = 0;
        for (const std::uint64_t bytes : layer.ecosystemBytes) {
            owned += bytes;
        }
        text += "layer " + std::to_string(i) + ": " + pair(owned, layer.hiddenBytes) + ' '
                + pair(layer.unownedBytes, layer.unownedHiddenBytes) + '\n';
    }
    return text;
}

constexpr std::string_view kTwo =
    "layer a\n"
    R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n\nPackage: b\nStatus: install ok installed\nVersion: 1\n)"
    "\n";

} // namespace

class TestInventory : public QObject
{
    Q_OBJECT

private slots:
    void found_data();
    void found();
    void owned();
    void owners_data();
    void owners();
    void shares_data();
    void shares();
    void changes();
    void urls();
};

void TestInventory::found_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QByteArray>("packages");
    const auto row = [](const char *what, const char *image, const char *packages) {
        QTest::newRow(what) << QByteArray(image) << QByteArray(packages);
    };
    row("no database", "layer a\nfile etc/passwd 10 p\n", "");
    row("one, with its files",
        "layer a\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n)"
        "\n"
        R"(text var/lib/dpkg/info/a.list /.\n/usr\n/usr/a\n/usr/b\n/usr/gone\n)"
        "\nfile usr/a 10 a\nfile usr/b 20 b\nfile usr/c 40 c\n",
        "deb a 1 layer 0 files 2 bytes 30\n");
    row("the list of one of several architectures, paths through a link, hard links once",
        "layer a\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n)"
        "\n"
        R"(text var/lib/dpkg/info/a:amd64.list /lib/a\n/lib/b\n/usr/lib/a\n/lib/s\n)"
        "\nsymlink lib -> usr/lib\nfile usr/lib/a 10 a\nhardlink usr/lib/b -> usr/lib/a\n"
        "symlink usr/lib/s -> a\n",
        "deb a 1 layer 0 files 3 bytes 10\n");
    row("changed, removed, there again",
        "layer a\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n\nPackage: b\nStatus: install ok installed\nVersion: 1\n)"
        "\nlayer b\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 2\n\nPackage: c\nStatus: install ok installed\nVersion: 1\n)"
        "\nlayer c\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 2\n\nPackage: b\nStatus: install ok installed\nVersion: 1\n)"
        "\n",
        "deb a 2 layer 0 changed 1\ndeb b 1 layer 0 changed 2\ndeb c 1 layer 1 removed 2\n");
    row("the database is deleted: what was installed is not known any more",
        "layer a\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n)"
        "\nlayer b\nfile var/lib/.wh.dpkg 0 w\n",
        "deb a 1 layer 0 removed 1\n");
    row("twice in one text: the last counts",
        "layer a\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n\nPackage: a\nStatus: install ok installed\nVersion: 2\n)"
        "\n",
        "deb a 2 layer 0\n");
    row("distroless",
        "layer a\n"
        R"(text var/lib/dpkg/status.d/tz Package: tz\nVersion: 1\n)"
        "\n"
        R"(text var/lib/dpkg/status.d/tz.md5sums 25de5fcdc3c8ebd9c9f599fb7a899b40  usr/tz\n)"
        "\nfile usr/tz 5 t\n",
        "deb tz 1 layer 0 files 1 bytes 5\n");
    row("Alpine",
        "layer a\n"
        R"(text lib/apk/db/installed P:a\nV:1\nF:bin\nR:a\nR:no\n)"
        "\nfile bin/a 7 a\n",
        "apk a 1 layer 0 files 1 bytes 7\n");
    row("pacman",
        "layer a\n"
        R"(text var/lib/pacman/local/z-1/desc %NAME%\nz\n\n%VERSION%\n1\n)"
        "\n"
        R"(text var/lib/pacman/local/z-1/files %FILES%\nusr/\nusr/z\n)"
        "\nfile usr/z 9 z\nlayer b\nfile var/lib/pacman/local/.wh.z-1 0 w\n"
        R"(text var/lib/pacman/local/z-2/desc %NAME%\nz\n\n%VERSION%\n2\n)"
        "\n",
        "alpm z 2 layer 0 changed 1\n");
    row("a Python distribution with a program, upgraded in its place",
        "layer a\n"
        R"(text v/lib/six-1.dist-info/METADATA Name: six\nVersion: 1\n)"
        "\nlayer b\nfile v/lib/.wh.six-1.dist-info 0 w\n"
        R"(text v/lib/six-2.dist-info/METADATA Name: six\nVersion: 2\n)"
        "\n"
        R"(text v/lib/six-2.dist-info/RECORD six.py,,\n../bin/six,,\n/abs,,\n)"
        "\nfile v/lib/six.py 6 s\nfile v/bin/six 3 b\nfile abs 1 x\n",
        "pypi six 2 layer 0 changed 1 files 3 bytes 10\n");
    row("the same distribution in two places",
        "layer a\n"
        R"(text v/lib/six-1.dist-info/METADATA Name: six\nVersion: 1\n)"
        "\n"
        R"(text w/lib/six-1.dist-info/METADATA Name: six\nVersion: 1\n)"
        "\n",
        "pypi six 1 layer 0\npypi six 1 layer 0\n");
    row("modules inside each other",
        "layer a\n"
        R"(text a/node_modules/m/package.json {"name": "m", "version": "1"})"
        "\nfile a/node_modules/m/lib/x.js 100 x\n"
        R"(text a/node_modules/m/node_modules/n/package.json {"name": "n", "version": "2"})"
        "\nfile a/node_modules/m/node_modules/n/y.js 10 y\n",
        "npm m 1 layer 0 files 2 bytes 129\nnpm n 2 layer 0 files 2 bytes 39\n");
    row("gems of two versions side by side",
        "layer a\n"
        R"(text r/specifications/g-1.gemspec s.name = "g"\ns.version = "1"\n)"
        "\nfile r/gems/g-1/g.rb 4 g\nlayer b\n"
        R"(text r/specifications/g-2.gemspec s.name = "g"\ns.version = "2"\n)"
        "\nfile r/gems/g-2/g.rb 8 h\n",
        "gem g 2 layer 1 files 2 bytes 37\ngem g 1 layer 0 files 2 bytes 33\n");
    row("damaged, what is good counts",
        "layer a\n"
        R"(text lib/apk/db/installed P:a\n\nP:b\nV:2\n)"
        "\n",
        "apk b 2 layer 0 files 0 bytes 0\npackage-database-damaged\n");
    row("a log that is not in the database yet",
        "layer a\nfile var/lib/rpm/rpmdb.sqlite 100000 p\nfile var/lib/rpm/rpmdb.sqlite-wal 10 w\n",
        "package-log-unread\npackage-database-unread\n");
    row("a log that is empty",
        "layer a\nfile var/lib/rpm/rpmdb.sqlite 100000 p\nfile var/lib/rpm/rpmdb.sqlite-wal 0 w\n",
        "package-database-unread\n");
    row("Composer's folders",
        "layer a\n"
        R"(text app/vendor/composer/installed.json {"packages": [{"name": "a/b", "version": "1", "install-path": "../a/b"}]})"
        "\nfile app/vendor/a/b/x.php 7 x\nfile app/vendor/a/c/y.php 9 y\n",
        "composer a/b 1 layer 0 files 1 bytes 7\n");
    row(".NET's files lie beside",
        "layer a\n"
        R"(text app/a.deps.json {"targets": {"f": {"N/1": {"runtime": {"lib/N.dll": {}}}}}, "libraries": {"N/1": {"type": "package"}, "M/2": {"type": "package"}}})"
        "\nfile app/N.dll 7 x\n",
        "nuget N 1 layer 0 files 1 bytes 7\nnuget M 2 layer 0\n");
    row("Perl: an install.json, its packlist, and a packlist alone",
        "layer a\n"
        R"(text p/.meta/A-B-1.0/install.json {"dist": "A-B-1.0"})"
        "\n"
        R"(text p/auto/A/B/.packlist /p/A/B.pm type=file
)"
        "\n"
        R"(text p/auto/A/.packlist /p/A.pm
)"
        "\nfile p/A/B.pm 40 x\nfile p/A.pm 4 y\n",
        "cpan A-B 1.0 layer 0 files 2 bytes 59\ncpan A  layer 0 files 2 bytes 11\n");
    row("R's folder",
        "layer a\n"
        R"(text usr/lib/R/library/a/DESCRIPTION Package: a\nVersion: 1\nBuilt: R\n)"
        "\nfile usr/lib/R/library/a/R/a.rdb 60 x\n",
        "cran a 1 layer 0 files 2 bytes 91\n");
    row("an archive that cannot be read is told by its name",
        "layer a\nfile opt/a-1.jar 100000 j\n",
        "maven a 1 layer 0 files 1 bytes 100000\npackage-database-unread\n");
    row("unreadable", "layer a\nfile lib/apk/db/installed 100000 p\n", "package-database-unread\n");
}

void TestInventory::found()
{
    QFETCH(QByteArray, image);
    QFETCH(QByteArray, packages);
    QCOMPARE(QByteArray::fromStdString(described(packagesOf(image.toStdString()))), packages);
}

/// A file that two packages claim counts once, for the distribution's.
void TestInventory::owned()
{
    const std::string text =
        "layer a\n"
        R"(text var/lib/dpkg/status Package: python3-six\nStatus: install ok installed\nVersion: 1\n)"
        "\n"
        R"(text var/lib/dpkg/info/python3-six.list /usr/lib/six.py\n)"
        "\n"
        R"(text usr/lib/six-1.dist-info/METADATA Name: six\nVersion: 1\n)"
        "\n"
        R"(text usr/lib/six-1.dist-info/RECORD six.py,,\n)"
        "\nfile usr/lib/six.py 1000 s\nfile opt/app/deep/data 300 d\nfile opt/app/other 50 o\n"
        "file top 7 t\nhardlink opt/x -> top\n";
    const Image image = auditImage(text);
    const Packages packages = findPackages(image, *auditContents(text), {});
    QCOMPARE(packages.list.size(), std::size_t{2});
    QCOMPARE(packages.list[0].bytes, std::uint64_t{1000});
    QCOMPARE(packages.list[1].bytes, std::uint64_t{1000});
    QCOMPARE(packages.ownedBytes, std::uint64_t{1000});
    QCOMPARE(packages.ecosystemBytes[static_cast<std::size_t>(Ecosystem::Deb)],
             std::uint64_t{1000});
    QCOMPARE(packages.ecosystemBytes[static_cast<std::size_t>(Ecosystem::Python)],
             std::uint64_t{0});
    QVERIFY(packages.unowned.size() >= 3);
    QCOMPARE(image.tree->path(packages.unowned[0].directory), std::string("/opt/app"));
    QCOMPARE(packages.unowned[0].bytes, std::uint64_t{350});
    QCOMPARE(packages.unowned[0].files, 2U);
    std::uint64_t sum = 0;
    for (const UnownedPlace &place : packages.unowned) {
        sum += place.bytes;
    }
    QCOMPARE(sum, packages.unownedBytes);
}

void TestInventory::owners_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QByteArray>("owners");
    const auto row = [](const char *what, const std::string &image, const char *owners) {
        QTest::newRow(what) << QByteArray::fromStdString(image) << QByteArray(owners);
    };
    const std::string two(kTwo);
    row("none", "layer a\nfile a 1 a\n", "");
    row("directories are everybody's who names them",
        two
            + R"(text var/lib/dpkg/info/a.list /.\n/usr\n/usr/a\n/usr/d\n)"
              "\n"
              R"(text var/lib/dpkg/info/b.list /.\n/usr\n/usr/b\n)"
              "\ndir usr/d\nfile usr/a 1 a\nfile usr/b 1 b\nfile usr/c 1 c\n",
        "/usr a b\n/usr/a a\n/usr/b b\n/usr/d a\n");
    row("merged into /usr: the link is of whose list goes on below it, files are where it leads",
        two
            + R"(text var/lib/dpkg/info/a.list /bin\n/bin/a\n)"
              "\n"
              R"(text var/lib/dpkg/info/b.list /bin\n/usr/lib\n/lib\n)"
              "\nsymlink bin -> usr/bin\nsymlink lib -> usr/lib\nfile usr/bin/a 1 a\n"
              "dir usr/lib\n",
        "/bin a b\n/lib b\n/usr/lib b\n/usr/bin/a a\n");
    row("diverted: the one that took the path keeps it, the other's file is elsewhere",
        two
            + R"(text var/lib/dpkg/diversions /bin/sh\n/bin/sh.distrib\na\n/bin/x\n/bin/x.real\n:\n)"
              "\n"
              R"(text var/lib/dpkg/info/a.list /bin/sh\n/bin/x\n)"
              "\n"
              R"(text var/lib/dpkg/info/b.list /bin/sh\n)"
              "\nfile bin/sh 1 a\nfile bin/sh.distrib 1 b\nfile bin/x 1 c\nfile bin/x.real 1 d\n",
        "/bin/sh a\n/bin/sh.distrib b\n/bin/x.real a\n");
    row("conffiles are files, of a removed package too",
        "layer a\n"
        R"(text var/lib/dpkg/status Package: c\nStatus: deinstall ok config-files\nVersion: 1\nConffiles:\n /etc/c 00\n)"
        "\n"
        R"(text var/lib/dpkg/info/c.list /etc/c\n)"
        "\nfile etc/c 3 c\n",
        "/etc/c c\n");
    row("what is gone was somebody's",
        two
            + R"(text var/lib/dpkg/info/a.list /usr/a1\n/usr/a\n)"
              "\n"
              R"(text var/lib/dpkg/info/b.list /opt/b/x\n)"
              "\nfile usr/a 1 a\nfile usr/a1 1 a\nfile opt/b/x 1 b\nlayer b\n"
              R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 2\n)"
              "\n"
              R"(text var/lib/dpkg/info/a.list /usr/a\n/usr/a2\n)"
              "\nfile usr/.wh.a1 0 w\nfile usr/a2 1 a\nfile .wh.opt 0 w\n"
              "file var/lib/dpkg/info/.wh.b.list 0 w\n",
        "/usr/a a\n/usr/a1 a\n/usr/a2 a\n/opt/b/x b\n");
    row("who has it now comes before who had it once",
        two
            + R"(text var/lib/dpkg/info/a.list /usr/x\n)"
              "\nfile usr/x 1 a\nlayer b\n"
              R"(text var/lib/dpkg/status Package: b\nStatus: install ok installed\nVersion: 1\n)"
              "\n"
              R"(text var/lib/dpkg/info/b.list /usr/x\n)"
              "\nfile usr/x 1 b\nfile var/lib/dpkg/info/.wh.a.list 0 w\n",
        "/usr/x b a\n");
    row("folders of modules",
        "layer a\n"
        R"(text n/node_modules/m/package.json {"name": "m", "version": "1"})"
        "\nfile n/node_modules/m/lib/x.js 1 x\n",
        "/n/node_modules/m m\n/n/node_modules/m/lib m\n/n/node_modules/m/package.json m\n"
        "/n/node_modules/m/lib/x.js m\n");
}

void TestInventory::owners()
{
    QFETCH(QByteArray, image);
    QFETCH(QByteArray, owners);
    const std::string text = image.toStdString();
    const Image made = auditImage(text);
    const Packages packages = findPackages(made, *auditContents(text), {});
    QCOMPARE(QByteArray::fromStdString(ownersOf(made, packages)), owners);
}

void TestInventory::shares_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QByteArray>("shares");
    const auto row = [](const char *what, const std::string &image, const char *shares) {
        QTest::newRow(what) << QByteArray::fromStdString(image) << QByteArray(shares);
    };
    // The database has 23 bytes.
    const std::string one = "layer a\n"
                            R"(text lib/apk/db/installed P:a\nV:1\nF:\nR:x\nR:y\nR:z\n)"
                            "\nfile x 100 a\nfile y 20 a\nfile z 3 a\nfile app 7 p\n";
    row("one layer", one, "a 0:123-0\nlayer 0: 123-0 30-0\n");
    row("replaced and deleted by hand",
        one + "layer b\nfile x 50 b\nfile .wh.y 0 w\nfile .wh.app 0 w\n",
        "a 0:3-100 1:50-0\nlayer 0: 3-100 23-27\nlayer 1: 50-0 0-0\n");
    row("upgraded: what it had is its own still",
        one
            + "layer b\n"
              R"(text lib/apk/db/installed P:a\nV:2\nF:\nR:x\n)"
              "\nfile x 50 b\nfile .wh.y 0 w\nfile .wh.z 0 w\n",
        "a 0:0-123 1:50-0\nlayer 0: 0-123 7-23\nlayer 1: 50-0 15-0\n");
    row("removed",
        one
            + "layer b\n"
              R"(text lib/apk/db/installed \n)"
              "\nfile .wh.x 0 w\nfile .wh.y 0 w\nfile .wh.z 0 w\n",
        "a 0:0-123\nlayer 0: 0-123 7-23\nlayer 1: 0-0 1-0\n");
}

void TestInventory::shares()
{
    QFETCH(QByteArray, image);
    QFETCH(QByteArray, shares);
    QCOMPARE(QByteArray::fromStdString(sharesOf(packagesOf(image.toStdString()))), shares);
}

void TestInventory::changes()
{
    const Packages packages = packagesOf(
        "layer a\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\n\nPackage: b\nStatus: install ok installed\nVersion: 1\n)"
        "\nlayer b\nfile x 1 x\nlayer c\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 2\n)"
        "\n");
    std::string text;
    for (const PackageChanges &layer : packageChanges(packages, 3)) {
        text += std::to_string(layer.added) + '/' + std::to_string(layer.changed) + '/'
                + std::to_string(layer.removed) + ' ';
    }
    QCOMPARE(text, std::string("2/0/0 0/0/0 0/1/1 "));
}

void TestInventory::urls()
{
    const Packages packages = packagesOf(
        "layer a\n"
        R"(text var/lib/dpkg/status Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n)"
        "\n");
    QCOMPARE(packages.list.front().purl,
             std::string("pkg:deb/debian/a@1?arch=all&distro=debian-12"));
}

QTEST_GUILESS_MAIN(TestInventory)
#include "tst_inventory.moc"
