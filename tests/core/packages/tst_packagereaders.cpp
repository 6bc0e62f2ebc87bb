// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/collector.h"
#include "core/packages/databases.h"
#include "core/packages/packagelimits.h"
#include "core/packages/readers.h"

#include <QTest>

#include <random>

using namespace cutaway;

namespace {

void addField(std::string &text, const char *name, const std::string &value)
{
    if (!value.empty()) {
        text += std::string(" ") + name + '=' + value;
    }
}

void addList(std::string &text, const char *name, const std::vector<std::string> &values)
{
    std::string list;
    for (const std::string &value : values) {
        list += (list.empty() ? "" : ";") + value;
    }
    addField(text, name, list);
}

/// One line a package, then the files, then how much was damaged.
std::string described(const PackageRecords &records)
{
    std::string text;
    for (const PackageRecord &package : records.packages) {
        text += std::string(ecosystemName(package.ecosystem)) + ' ' + package.name + ' '
                + package.version;
        addField(text, "arch", package.architecture);
        addField(text, "source", package.source);
        addField(text, "sourceVersion", package.sourceVersion);
        addField(text, "licence", package.licence);
        addField(text, "supplier", package.supplier);
        addField(text, "home", package.homepage);
        addField(text, "state", package.state == "installed" ? std::string() : package.state);
        addField(text,
                 "size",
                 package.declaredBytes ? std::to_string(*package.declaredBytes) : std::string());
        addField(text,
                 "as",
                 package.installedAs == InstalledAs::Asked    ? "asked"
                 : package.installedAs == InstalledAs::Needed ? "needed"
                                                              : "");
        addList(text, "needs", package.needs);
        addList(text, "recommends", package.recommends);
        addList(text, "provides", package.provides);
        for (const PackagedFile &file : package.files) {
            text += " /" + file.path + (file.digest.empty() ? "" : ":" + file.digest.substr(0, 8));
        }
        text += '\n';
    }
    return text + (records.damaged > 0 ? "damaged " + std::to_string(records.damaged) : "");
}

/// Facts of a collector that reads this one file in runs.
FileFacts collected(std::string_view name, std::string_view text, std::uint64_t size)
{
    const auto collector = packageCollector();
    Entry entry;
    entry.headerOffset = 1024;
    entry.size = size;
    FileFacts facts;
    if (collector->begin(name, entry)) {
        constexpr std::size_t kRun = 7;
        for (std::size_t at = 0; at < text.size(); at += kRun) {
            collector->data(std::as_bytes(std::span(text.substr(at, kRun))));
        }
        collector->end(facts);
    }
    return facts;
}

/// One of records().
void row(const char *what, const char *path, const char *text, const char *found)
{
    QTest::newRow(what) << QByteArray(path) << QByteArray(text) << QByteArray(found);
}

void addLanguageRows()
{
    const char *metadata = "/usr/lib/python3/site-packages/Foo_Bar-1.0.dist-info/METADATA";
    row("Python: fields before the description",
        metadata,
        "Metadata-Version: 2.1\nName: Foo-Bar\nVersion: 1.0\nLicense: BSD\nAuthor: A\n"
        "Project-URL: Source, https://s.example\nProject-URL: homepage, https://h.example\n\n"
        "Name: not this\n",
        "pypi Foo-Bar 1.0 licence=BSD supplier=A home=https://h.example\n");
    row("Python: an expression before all other licences",
        metadata,
        "Name: a\nVersion: 1\nLicense: text\nLicense-Expression: MIT OR Apache-2.0\n",
        "pypi a 1 licence=MIT OR Apache-2.0\n");
    row("Python: licences by classifier",
        metadata,
        "Name: a\nVersion: 1\nLicense: UNKNOWN\nHome-page: UNKNOWN\n"
        "Classifier: License :: OSI Approved :: MIT License\n"
        "Classifier: License :: OSI Approved\n",
        "pypi a 1 licence=MIT License\n");
    row("Python: what it needs, but for extras",
        metadata,
        "Name: a\nVersion: 1\nRequires-Dist: idna (<4,>=2.5)\n"
        "Requires-Dist: b; python_version < \"3\"\nRequires-Dist: c; extra == 'socks'\n",
        "pypi a 1 needs=idna (<4,>=2.5);b\n");
    row("Python: the folder tells", metadata, "Summary: x\n", "pypi Foo_Bar 1.0\n");
    row("Python: an egg-info that is a file",
        "/usr/lib/python3/dist-packages/six-1.16.0-py3.11.egg-info",
        "Summary: x\n",
        "pypi six 1.16.0\n");
    row("Python: an egg's folder tells",
        "/x/foo-1.0-py3.11.egg/EGG-INFO/PKG-INFO",
        "Summary: x\n",
        "pypi foo 1.0\n");
    row("Python: nothing tells", "/x/EGG-INFO/PKG-INFO", "Summary: x\n", "damaged 1");
    const char *module = "/app/node_modules/@s/m/package.json";
    row("Node.js",
        module,
        R"({"name": "@s/m", "version": "1.2.3", "license": "MIT",
            "author": {"name": "A", "email": "a@example.org"}, "homepage": "https://m.example"})",
        "npm @s/m 1.2.3 licence=MIT supplier=A home=https://m.example\n");
    row("Node.js: older licences, an author in one text",
        module,
        R"({"name": "m", "version": "1", "licenses": [{"type": "MIT"}, {"type": "X"}],
            "author": "A <a@example.org>"})",
        "npm m 1 licence=MIT OR X supplier=A <a@example.org>\n");
    row("Node.js: what it needs",
        module,
        R"({"name": "m", "version": "1", "dependencies": {"a": "^1", "@b/c": "*"},
            "devDependencies": {"d": "1"}})",
        "npm m 1 needs=a;@b/c\n");
    row("Node.js: one licence as an object",
        module,
        R"({"name": "m", "version": "1", "license": {"type": "ISC"}, "author": 7})",
        "npm m 1 licence=ISC\n");
    row("Node.js: without a name it is no package", module, R"({"type": "module"})", "");
    row("Node.js: no JSON", module, "{\"name\": ", "damaged 1");
    row("Node.js: no object", module, "[1]", "damaged 1");
    row("a gem",
        "/usr/lib/ruby/gems/3.1.0/specifications/rake-13.0.gemspec",
        "# -*- encoding: utf-8 -*-\nGem::Specification.new do |s|\n  s.name = \"rake\".freeze\n"
        "  s.version = \"13.0\"\n  s.authors = [\"H\".freeze, \"E\".freeze]\n"
        "  s.licenses = ['MIT'.freeze, 'X']\n  s.homepage = \"https://r.example\".freeze\n"
        "  s.summary = 'unclosed\nend\n",
        "gem rake 13.0 licence=MIT OR X supplier=H, E home=https://r.example\n");
    row("a gem for one platform",
        "/g/specifications/n-1-x86_64-linux.gemspec",
        "s.name = \"n\"\ns.version = \"1\"\ns.platform = \"x86_64-linux\"\n",
        "gem n 1 arch=x86_64-linux\n");
    const char *composer = "/app/vendor/composer/installed.json";
    row("Composer",
        composer,
        R"({"packages": [{"name": "psr/log", "version": "3.0.0", "license": ["MIT", "X"],
            "authors": [{"name": "A"}], "homepage": "https://p.example",
            "require": {"php": ">=8", "ext-json": "*", "a/b": "^1"}, "provide": {"c/d": "1"},
            "install-path": "../psr/log"}], "dev": false})",
        "composer psr/log 3.0.0 licence=MIT OR X supplier=A home=https://p.example needs=a/b"
        " provides=c/d /../psr/log\n");
    row("Composer 1: a list",
        composer,
        R"([{"name": "a/b", "version": "v1", "license": "MIT"}, {"version": "2"},
            {"name": "m/m", "version": "1", "type": "metapackage"}])",
        "composer a/b v1 licence=MIT /../a/b\ncomposer m/m 1\ndamaged 1");
    row("Composer: no JSON", composer, "[", "damaged 1");
    const char *deps = "/app/app.deps.json";
    row(".NET: packages, and what they brought",
        deps,
        R"({"targets": {".NETCoreApp,Version=v8.0": {"app/1.0.0": {"dependencies": {"N.J": "13.0.1"}},
              "N.J/13.0.1": {"dependencies": {"S": "1"}, "runtime": {"lib/net6.0/N.J.dll": {},
              "lib/net6.0/_._": {}}, "native": {"runtimes/linux-x64/native/lib.so": {}}}}},
            "libraries": {"app/1.0.0": {"type": "project"},
              "N.J/13.0.1": {"type": "package"}, "S/1": {"type": "package"},
              "bad": {"type": "package"}}})",
        "nuget N.J 13.0.1 needs=S /N.J.dll /lib.so\nnuget S 1\ndamaged 1");
    row(".NET: no libraries", deps, R"({"targets": {}})", "damaged 1");
    const char *perl = "/usr/lib/perl5/.meta/Date-Calc-6.4/install.json";
    row("Perl",
        perl,
        R"({"name": "Date::Calc", "dist": "Date-Calc-6.4", "version": "6.4",
            "pathname": "S/ST/STBEY/Date-Calc-6.4.tar.gz"})",
        "cpan Date-Calc 6.4 supplier=STBEY\n");
    row("Perl: a version with a v, nobody who published it",
        perl,
        R"({"dist": "A-v1.2"})",
        "cpan A v1.2\n");
    row("Perl: no version", perl, R"({"dist": "Date-Calc"})", "damaged 1");
    row("Perl: a packlist says no more than a name",
        "/usr/lib/perl5/auto/Date/Calc/.packlist",
        "/usr/lib/perl5/Date/Calc.pm\n",
        "cpan Date-Calc \n");
    row("Perl: its own packlist has none", "/usr/lib/perl5/.packlist", "/usr/bin/perl\n", "");
    const char *r = "/usr/lib/R/site-library/rlang/DESCRIPTION";
    row("R",
        r,
        "Package: rlang\nVersion: 1.1.0\nLicense: MIT + file LICENSE\nMaintainer: L <l@r.example>\n"
        "URL: https://a.example, https://b.example\nDescription: x\n  more\nBuilt: R 4.2.2; ; x\n",
        "cran rlang 1.1.0 licence=MIT + file LICENSE supplier=L <l@r.example>"
        " home=https://a.example\n");
    row("R: sources are not installed", r, "Package: rlang\nVersion: 1\n", "");
    row("R: damaged", r, "Version: 1\nBuilt: R\n", "damaged 1");
    row("Java: a module's name", "/opt/jdk/jmods/java.base.jmod", "", "maven java.base  /.\n");
    row("a gem that computes its version",
        "/g/specifications/n-1.gemspec",
        "s.name = \"n\"\ns.version = N::VERSION\n",
        "damaged 1");
}

} // namespace

class TestPackageReaders : public QObject
{
    Q_OBJECT

private slots:
    void records_data();
    void records();
    void pacmanSums_data();
    void pacmanSums();
    void lists_data();
    void lists();
    void whichFile_data();
    void whichFile();
    void longValuesAreCut();
    void longListsAreCut();
    void longModulesAreLeftOut();
    void collecting_data();
    void collecting();
    void anythingCanBeRead();
};

void TestPackageReaders::records_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("found");
    const char *status = "/var/lib/dpkg/status";
    row("dpkg: all fields",
        status,
        "Package: bsdutils\nEssential: yes\nStatus: install ok installed\nInstalled-Size: 365\n"
        "Maintainer: util-linux <ul@example.org>\nArchitecture: amd64\n"
        "Source: util-linux (2.38.1-5)\nVersion: 1:2.38.1-5+b1\nDescription: tools\n more: of it\n"
        "Homepage: https://example.org/ul\n",
        "deb bsdutils 1:2.38.1-5+b1 arch=amd64 source=util-linux sourceVersion=2.38.1-5"
        " supplier=util-linux <ul@example.org> home=https://example.org/ul size=373760\n");
    row("dpkg: two, by an empty line with blanks",
        status,
        "Package: a\nStatus: install ok installed\nVersion: 1\n \t\n\nPackage: b\n"
        "Status: hold ok installed\nVersion: 2\n",
        "deb a 1 source=a sourceVersion=1\ndeb b 2 source=b sourceVersion=2\n");
    row("dpkg: states",
        status,
        "Package: a\nStatus: deinstall ok config-files\nVersion: 1\n\n"
        "Package: b\nStatus: install ok unpacked\nVersion: 1\n\n"
        "Package: c\nStatus: install ok triggers-pending\nVersion: 1\n\n"
        "Package: d\nStatus: purge ok not-installed\n\nPackage: e\nVersion: 1\n",
        "deb a 1 source=a sourceVersion=1 state=config-files\n"
        "deb b 1 source=b sourceVersion=1 state=unpacked\n"
        "deb c 1 source=c sourceVersion=1 state=triggers-pending\n");
    row("dpkg: names of fields in any case, line ends of Windows",
        status,
        "PACKAGE: a\r\nstatus: install ok installed\r\nvErsion: 1\r\n\r\n",
        "deb a 1 source=a sourceVersion=1\n");
    row("dpkg: what has no name or version is damaged",
        status,
        "Status: install ok installed\nVersion: 1\n\nPackage: a\nStatus: install ok installed\n\n"
        "Package: b\nStatus: install ok installed\nVersion: 2\n",
        "deb b 2 source=b sourceVersion=2\ndamaged 2");
    row("dpkg: lines that are no fields", status, "asdf\n\nyolo", "damaged 2");
    row("dpkg: sizes that are none",
        status,
        "Package: a\nStatus: install ok installed\nVersion: 1\nInstalled-Size: 12x\n\n"
        "Package: b\nStatus: install ok installed\nVersion: 1\n"
        "Installed-Size: 18446744073709551615\n",
        "deb a 1 source=a sourceVersion=1\ndeb b 1 source=b sourceVersion=1\n");
    row("dpkg: what it needs, first of all; alternatives stay together",
        status,
        "Package: a\nStatus: install ok installed\nVersion: 1\nDepends: b | c (>= 2), d:any,,\n"
        "Pre-Depends: e\nRecommends: f\nSuggests: g\nProvides: h (= 1), i\n",
        "deb a 1 source=a sourceVersion=1 needs=e;b | c (>= 2);d:any recommends=f"
        " provides=h (= 1);i\n");
    row("dpkg: nothing", status, "", "");
    row("distroless: installed without a status",
        "/var/lib/dpkg/status.d/tzdata",
        "Package: tzdata\nVersion: 2024a\nArchitecture: all\n",
        "deb tzdata 2024a arch=all source=tzdata sourceVersion=2024a\n");
    row("opkg: sizes are bytes",
        "/usr/lib/opkg/status",
        "Package: libc\nVersion: 1.2\nStatus: install user installed\nArchitecture: mips\n"
        "Installed-Size: 300\nLicense: MIT\n",
        "opkg libc 1.2 arch=mips source=libc sourceVersion=1.2 licence=MIT size=300\n");
    const char *apk = "/lib/apk/db/installed";
    row("apk: files with digests",
        apk,
        "C:Q1zw\nP:base\nV:3.4-r1\nA:x86_64\nS:8914\nI:331776\nU:https://a.example\n"
        "L:GPL-2.0-only\no:origin\nm:N <n@alpinelinux.org>\nF:etc\nR:motd\n"
        "Z:Q1SLkS9hBidUbPwwrw+XR0Whv3ww8=\nF:\nR:top\nF:etc/x\nM:0:0:700\nR:y\na:0:0:600\n"
        "Z:bad\n\n",
        "apk base 3.4-r1 arch=x86_64 source=origin sourceVersion=3.4-r1 licence=GPL-2.0-only"
        " supplier=N <n@alpinelinux.org> home=https://a.example size=331776 /etc/motd:48b912f6"
        " /top /etc/x/y\n");
    row("apk: no origin, no last empty line",
        apk,
        "P:a\nV:1",
        "apk a 1 source=a sourceVersion=1\n");
    row("apk: without a version",
        apk,
        "P:a\n\nP:b\nV:2\n",
        "apk b 2 source=b sourceVersion=2\ndamaged 1");
    row("apk: what it needs and provides",
        apk,
        "P:a\nV:1\nD:so:libc.musl-x86_64.so.1 !b  c>=2\np:cmd:a=1 d\n",
        "apk a 1 source=a sourceVersion=1 needs=so:libc.musl-x86_64.so.1;!b;c>=2"
        " provides=cmd:a=1;d\n");
    row("apk: no lines of its kind", apk, "asdf\n\nyolo", "damaged 2");
    row("pacman",
        "/var/lib/pacman/local/zlib-1:1.3-2/desc",
        "%NAME%\nzlib\n\n%VERSION%\n1:1.3-2\n\n%BASE%\nzlib-ng\n\n%ARCH%\nx86_64\n\n%SIZE%\n345\n\n"
        "%LICENSE%\nMIT\nZlib\n\n%URL%\nhttps://z.example\n\n%PACKAGER%\nL <l@a.example>\n",
        "alpm zlib 1:1.3-2 arch=x86_64 source=zlib-ng sourceVersion=1:1.3-2 licence=MIT AND Zlib"
        " supplier=L <l@a.example> home=https://z.example size=345 as=asked\n");
    row("pacman: what it needs and provides",
        "/var/lib/pacman/local/a-1/desc",
        "%NAME%\na\n\n%VERSION%\n1\n\n%DEPENDS%\nglibc>=2\nbash\n\n%OPTDEPENDS%\nx: for "
        "y\n\n%REASON%\n1\n\n"
        "%PROVIDES%\nlib.so=1-64\n",
        "alpm a 1 source=a sourceVersion=1 as=needed needs=glibc>=2;bash provides=lib.so=1-64\n");
    row("pacman: nothing in it", "/var/lib/pacman/local/x-1/desc", "%NAME%\n", "damaged 1");
    addLanguageRows();
}

void TestPackageReaders::records()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, found);
    const DatabaseFile kind = databaseFile(path.toStdString());
    QVERIFY(namesPackages(kind));
    const PackageRecords records = readDatabase(kind, path.toStdString(), text.toStdString());
    QCOMPARE(QByteArray::fromStdString(described(records)), found);
}

void TestPackageReaders::pacmanSums_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("sums");
    QTest::newRow("SHA-256 before MD5")
        << QByteArray("#mtree\n/set type=file uid=0 gid=0 mode=644\n"
                      "./usr/a time=1.0 size=6 md5digest=aa sha256digest=bb\n")
        << QByteArray("/usr/a:bb ");
    QTest::newRow("MD5 alone") << QByteArray("./a md5digest=aa\n") << QByteArray("/a:aa ");
    QTest::newRow("links and directories")
        << QByteArray("./a type=link link=b\n./usr type=dir\n") << QByteArray();
    QTest::newRow("escapes") << QByteArray("./a\\040b\\\\134\\9 md5digest=aa")
                             << QByteArray("/a b\\\\\\9:aa ");
    QTest::newRow("cut off") << QByteArray("./a\\04 md5digest=") << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestPackageReaders::pacmanSums()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, sums);
    QByteArray found;
    for (const PackagedFile &file : readPacmanSums(text.toStdString())) {
        found += QByteArray::fromStdString(file.path + ':' + file.digest) + ' ';
    }
    QCOMPARE(found, sums);
}

void TestPackageReaders::lists_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("paths");
    const auto row = [](const char *what, DatabaseFile kind, const char *text, const char *paths) {
        QTest::newRow(what) << static_cast<int>(kind) << QByteArray(text) << QByteArray(paths);
    };
    row("dpkg's list", DatabaseFile::FileList, "/.\n/usr\n\n/usr/a b\n", "/. /usr /usr/a b ");
    row("opkg's has modes", DatabaseFile::FileList, "/usr/a\t0100755\n", "/usr/a ");
    row("sums",
        DatabaseFile::FileSums,
        "25de5fcdc3c8ebd9c9f599fb7a899b40  usr/bin/a  b\n25de  usr/x\nusr/y\n"
        "25de5fcdc3c8ebd9c9f599fb7a899b40  \n25de5fcdc3c8ebd9c9f599fb7a899b40  z",
        "usr/bin/a  b z ");
    row("pacman's files",
        DatabaseFile::PacmanFiles,
        "%FILES%\nusr/\nusr/a\n\n%BACKUP%\netc/b\tx\n",
        "usr/ usr/a ");
    row("RECORD",
        DatabaseFile::PythonRecord,
        "a/b.py,sha256=x,1\n\"c,\"\"d\"\".py\",,\n../../bin/e,,\n,\n\"\"\n\"open\n",
        "a/b.py c,\"d\".py ../../bin/e open ");
}

void TestPackageReaders::lists()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, paths);
    QByteArray found;
    const auto visit = [&found](std::string_view path) {
        found += QByteArray(path.data(), static_cast<qsizetype>(path.size())) + ' ';
    };
    const std::string bytes = text.toStdString();
    switch (static_cast<DatabaseFile>(kind)) {
    case DatabaseFile::FileList: forEachListed(bytes, visit); break;
    case DatabaseFile::PacmanFiles: forEachPacmanFile(bytes, visit); break;
    case DatabaseFile::PythonRecord: forEachPythonFile(bytes, visit); break;
    default:
        for (const PackagedFile &file : readDpkgSums(bytes)) {
            QCOMPARE(file.digest, std::string("25de5fcdc3c8ebd9c9f599fb7a899b40"));
            visit(file.path);
        }
    }
    QCOMPARE(found, paths);
}

void TestPackageReaders::whichFile_data()
{
    QTest::addColumn<int>("kind");
    const auto row = [](const char *path, DatabaseFile kind) {
        QTest::newRow(path) << static_cast<int>(kind);
    };
    row("var/lib/dpkg/status", DatabaseFile::DpkgStatus);
    row("./var/lib/dpkg/status", DatabaseFile::DpkgStatus);
    row("/var/lib/dpkg/status-old", DatabaseFile::None);
    row("/chroot/var/lib/dpkg/status", DatabaseFile::None);
    row("/var/lib/dpkg/status.d/base", DatabaseFile::DpkgPart);
    row("/var/lib/dpkg/status.d/base.md5sums", DatabaseFile::FileSums);
    row("/var/lib/dpkg/status.d/a/b", DatabaseFile::None);
    row("/var/lib/dpkg/info/a:amd64.list", DatabaseFile::FileList);
    row("/var/lib/dpkg/info/a.md5sums", DatabaseFile::None);
    row("/etc/apt/sources.list", DatabaseFile::None);
    row("/usr/lib/opkg/info/a.list", DatabaseFile::FileList);
    row("/usr/lib/apk/db/installed", DatabaseFile::ApkInstalled);
    row("/var/lib/rpm/rpmdb.sqlite", DatabaseFile::RpmSqlite);
    row("/usr/lib/sysimage/rpm/Packages.db", DatabaseFile::RpmSlots);
    row("/var/lib/rpm/Packages", DatabaseFile::RpmBerkeley);
    row("/var/lib/pacman/local/a-1/files", DatabaseFile::PacmanFiles);
    row("/var/lib/pacman/local/desc", DatabaseFile::None);
    row("/v/lib/a-1.dist-info/METADATA", DatabaseFile::PythonMetadata);
    row("/v/lib/a-1.dist-info/RECORD", DatabaseFile::PythonRecord);
    row("/v/lib/a.egg-info/PKG-INFO", DatabaseFile::PythonMetadata);
    row("/v/a.egg/EGG-INFO/PKG-INFO", DatabaseFile::PythonMetadata);
    row("/src/PKG-INFO", DatabaseFile::None);
    row("/a/node_modules/b/package.json", DatabaseFile::NodePackage);
    row("/a/node_modules/@b/c/package.json", DatabaseFile::NodePackage);
    row("/a/node_modules/b/dist/package.json", DatabaseFile::None);
    row("/a/package.json", DatabaseFile::None);
    row("/r/specifications/a-1.gemspec", DatabaseFile::GemSpecification);
    row("/r/specifications/default/a-1.gemspec", DatabaseFile::GemSpecification);
    row("/r/gems/a-1/a.gemspec", DatabaseFile::None);
    row("/var/lib/dnf/history.sqlite", DatabaseFile::DnfHistory);
    row("/usr/share/doc/a/copyright", DatabaseFile::DebCopyright);
    row("/usr/share/doc/a/b/copyright", DatabaseFile::None);
    row("/v/a-1.dist-info/INSTALLER", DatabaseFile::PythonInstaller);
    row("/app/vendor/composer/installed.json", DatabaseFile::ComposerInstalled);
    row("/app/vendor/installed.json", DatabaseFile::None);
    row("/app/a.deps.json", DatabaseFile::DotnetDeps);
    row("/app/deps.json", DatabaseFile::None);
    row("/p/.meta/A-1/install.json", DatabaseFile::PerlInstalled);
    row("/p/A-1/install.json", DatabaseFile::None);
    row("/p/auto/A/.packlist", DatabaseFile::PerlPacklist);
    row("/usr/lib/R/library/base/DESCRIPTION", DatabaseFile::RDescription);
    row("/src/a/DESCRIPTION", DatabaseFile::None);
    row("/opt/a.war", DatabaseFile::JavaArchive);
    row("/opt/a.jar.sha1", DatabaseFile::None);
    row("/opt/jdk/jmods/a.jmod", DatabaseFile::JavaModule);
}

void TestPackageReaders::whichFile()
{
    QFETCH(int, kind);
    QCOMPARE(static_cast<int>(databaseFile(QTest::currentDataTag())), kind);
}

void TestPackageReaders::longValuesAreCut()
{
    const std::string text = "Package: a\nStatus: install ok installed\nVersion: "
                             + std::string(2 * limits::kPackageTextBytes, '1') + '\n';
    const PackageRecords records = readDpkgStatus(text);
    QCOMPARE(records.packages.size(), std::size_t{1});
    QCOMPARE(records.packages.front().version.size(), limits::kPackageTextBytes);
}

void TestPackageReaders::longListsAreCut()
{
    std::string text = "P:a\nV:1\nD:";
    for (std::size_t i = 0; i <= limits::kPackageRelations; ++i) {
        text += "x ";
    }
    QCOMPARE(readApkInstalled(text).packages.front().needs.size(), limits::kPackageRelations);
}

void TestPackageReaders::longModulesAreLeftOut()
{
    std::string text = R"({"name": "a", "version": "1", "x": ")";
    text.append(limits::kNodePackageBytes - text.size() - 2, 'x').append("\"}");
    QCOMPARE(readNodePackage(text).packages.size(), std::size_t{1});
    QCOMPARE(readNodePackage(text + ' ').damaged, 1U);
}

void TestPackageReaders::collecting_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qulonglong>("size");
    QTest::addColumn<QByteArray>("kept"); // "-": nothing
    const auto row = [](const char *what, const char *path, const char *text, const char *kept) {
        QTest::newRow(what) << QByteArray(path) << QByteArray(text)
                            << static_cast<qulonglong>(QByteArray(text).size()) << QByteArray(kept);
    };
    row("a database",
        "./var/lib/dpkg/status",
        "Package: a\n\nPackage: b\n",
        "Package: a\n\nPackage: b\n");
    row("Python's fields",
        "a-1.dist-info/METADATA",
        "Name: a\nVersion: 1\n\nlong\n",
        "Name: a\nVersion: 1");
    row("the same from Windows", "a-1.dist-info/METADATA", "Name: a\r\n\r\nlong\n", "Name: a\r");
    row("no database", "etc/passwd", "root:x\n", "-");
    row("an empty one", "var/lib/dpkg/status", "", "-");
    QTest::newRow("a sparse one, holes left out")
        << QByteArray("var/lib/dpkg/status") << QByteArray("Package: a\n") << 100ULL
        << QByteArray("-");
    QTest::newRow("a huge one") << QByteArray("var/lib/dpkg/status") << QByteArray("Package: a\n")
                                << static_cast<qulonglong>(limits::kPackageFileBytes + 1)
                                << QByteArray("-");
}

void TestPackageReaders::collecting()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);
    QFETCH(qulonglong, size);
    QFETCH(QByteArray, kept);
    const FileFacts facts = collected(path.toStdString(), text.toStdString(), size);
    QCOMPARE(facts.empty(), kept == "-");
    if (!facts.empty()) {
        QCOMPARE(facts.size(), std::size_t{1});
        QCOMPARE(facts.front().headerOffset, std::uint64_t{1024});
        QCOMPARE(facts.front().kind, kDatabaseFact);
        QCOMPARE(QByteArray::fromStdString(facts.front().bytes), kept);
    }
}

/// Pieces of all formats in any order: every reader comes to an end, and what it gives is bounded.
void TestPackageReaders::anythingCanBeRead()
{
    constexpr std::array<std::string_view, 22> kPieces = {"Package: ",
                                                          "Version: 1\n",
                                                          "\n\n",
                                                          "Status: install ok installed\n",
                                                          "P:",
                                                          "V:1\n",
                                                          "F:",
                                                          "R:a\n",
                                                          "Z:Q1",
                                                          "%NAME%\n",
                                                          "%FILES%\n",
                                                          "\"",
                                                          ",",
                                                          "s.name = \"",
                                                          "s.version = '1'\n",
                                                          "{\"name\": \"a\"",
                                                          "}",
                                                          "\r\n",
                                                          "\0x",
                                                          "\xff",
                                                          " ",
                                                          ":"};
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (std::size_t piece = random() % 40; piece > 0; --piece) {
            text += kPieces[random() % kPieces.size()];
        }
        for (int kind = 0; kind < static_cast<int>(DatabaseFile::FileList); ++kind) {
            const PackageRecords records =
                readDatabase(static_cast<DatabaseFile>(kind), "/a-1.dist-info/METADATA", text);
            QVERIFY(records.packages.size() + records.damaged <= text.size() + 1);
            for (const PackageRecord &package : records.packages) {
                QVERIFY(!package.name.empty());
                QVERIFY(package.files.size() <= text.size() + 1);
            }
        }
        std::size_t bytes = 0;
        const auto visit = [&bytes](std::string_view path) { bytes += path.size(); };
        forEachListed(text, visit);
        forEachPacmanFile(text, visit);
        forEachPythonFile(text, visit);
        QVERIFY(bytes <= 3 * text.size());
    }
}

QTEST_GUILESS_MAIN(TestPackageReaders)
#include "tst_packagereaders.moc"
