// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

using namespace cutaway::test;

/// `packages` from outside.
class TestCliPackages : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void text();
    void json();
    void csv();
    void fromTheCache();
    void owners();
    void checksums();
    void sboms();
    void sbomOptions_data();
    void sbomOptions();
    void billsInTheImage();
    void none();

private:
    QTemporaryDir m_directory;
    std::string m_image;
};

void TestCliPackages::initTestCase()
{
    m_image = in(m_directory, "app.tar");
    // Longer than what is kept of other files, so that nothing but a database's own way will do.
    const std::string filler = "\nDescription: " + std::string(200'000, 'x') + "\n";
    const std::string status = "Package: tool\nStatus: install ok installed\nVersion: 1:2.0-1\n"
                               "Architecture: amd64\nMaintainer: A <a@example.org>\n"
                               "Installed-Size: 9\n"
                               + filler.substr(1)
                               + "\nPackage: =old\x1b\nVersion: 1\n"
                                 "Status: install ok installed\nInstalled-Size: 3\n";
    DockerArchive image;
    image
        .layer(TarWriter()
                   .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
                   .file("var/lib/dpkg/status", status)
                   .file("var/lib/dpkg/info/tool.list", "/usr/bin/tool\n/usr/share/tool\n")
                   .file("usr/bin/tool", std::string(4000, 't'))
                   .file("usr/share/tool", std::string(1000, 's'))
                   .file("opt/app/data", std::string(2000, 'd')),
               "ADD rootfs.tar /")
        .layer(TarWriter().file("app/node_modules/left-pad/package.json",
                                R"({"name": "left-pad", "version": "1.3.0", "license": "WTFPL"})"),
               "RUN npm install left-pad")
        .layer(TarWriter().file("app/node_modules/left-pad/.wh.package.json", ""),
               "RUN npm uninstall left-pad");
    writeFile(m_image, image.bytes());
}

void TestCliPackages::text()
{
    const Ran ran = runCli({"packages", m_image});
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.out.startsWith("2 packages: deb 2 (5.00 kB)\n"), ran.out);
    QVERIFY2(ran.out.contains("  5.00 kB  tool      1:2.0-1  deb   0"), ran.out);
    QVERIFY2(ran.out.contains(" ~3.07 kB  =old\\x1b  1        deb   0"), ran.out);
    QVERIFY2(ran.out.contains("  2.00 kB      1  /opt/app\n"), ran.out);
    QVERIFY2(ran.out.contains("  left-pad  1.3.0    npm   1      2\n"), ran.out);
}

void TestCliPackages::json()
{
    const Ran ran = runCli({"packages", m_image, "--format", "json"});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.at("complete").toBool(), true);
    QCOMPARE(ran.at("packages/0/name").toString(), QStringLiteral("tool"));
    QCOMPARE(ran.at("packages/0/purl").toString(),
             QStringLiteral("pkg:deb/debian/tool@1:2.0-1?arch=amd64&distro=debian-12"));
    QCOMPARE(ran.at("packages/0/bytes").toInt(), 5000);
    QCOMPARE(ran.at("packages/0/declaredBytes").toInt(), 9216);
    QCOMPARE(ran.at("packages/0/files").toInt(), 2);
    QVERIFY(ran.at("packages/1/bytes").isNull());
    QCOMPARE(ran.at("packages/2/license").toString(), QStringLiteral("WTFPL"));
    QCOMPARE(ran.at("packages/2/licenseExpression").toString(), QStringLiteral("WTFPL"));
    QCOMPARE(ran.at("packages/2/cpes/0").toString(),
             QStringLiteral("cpe:2.3:a:left-pad:left-pad:1.3.0:*:*:*:*:*:*:*"));
    QVERIFY(ran.at("packages/0/licenseExpression").isNull());
    QCOMPARE(ran.at("packages/2/visible").toBool(true), false);
    QCOMPARE(ran.at("packages/2/removedBy").toInt(), 2);
    QCOMPARE(ran.at("sizes/owned").toInt(), 5000);
    QCOMPARE(ran.at("layers/1/added").toInt(), 1);
    QCOMPARE(ran.at("layers/2/removed").toInt(), 1);
    QCOMPARE(ran.at("layers/0/owned").toInt(), 5000);
    QVERIFY(ran.at("layers/0/unowned").toInt() > 2000);
    QCOMPARE(ran.at("layers/1/ownedHidden").toInt(), 60);
    QCOMPARE(ran.at("packages/0/shares/0/bytes").toInt(), 5000);
    QCOMPARE(ran.at("packages/2/shares/0/layer").toInt(), 1);
    QCOMPARE(ran.at("packages/2/shares/0/hiddenBytes").toInt(), 60);
}

void TestCliPackages::csv()
{
    Ran ran = runCli({"packages", m_image, "--format", "csv"});
    QCOMPARE(ran.code, 0);
    const QList<QByteArray> lines = ran.out.replace('"', "").split('\n');
    QVERIFY2(lines.at(0).startsWith("name,version,architecture,"), lines.at(0));
    QVERIFY2(lines.at(1).startsWith("tool,1:2.0-1,amd64,deb,installed,5000,9216,2,0,"),
             lines.at(1));
    QVERIFY2(lines.at(2).startsWith("'=old\\x1b,1,"), lines.at(2));
    QCOMPARE(lines.size(), 5);
}

void TestCliPackages::fromTheCache()
{
    const QByteArray before = qgetenv("CUTAWAY_CACHE_DIR");
    qputenv("CUTAWAY_CACHE_DIR", QByteArray::fromStdString(in(m_directory, "cache")));
    const Ran first = runCli({"packages", m_image, "--format", "json"});
    const Ran second = runCli({"packages", m_image, "--format", "json"});
    qputenv("CUTAWAY_CACHE_DIR", before);
    QCOMPARE(second.out, first.out);
    QCOMPARE(second.at("packages/0/bytes").toInt(), 5000);
}

void TestCliPackages::owners()
{
    Ran ran = runCli({"packages",
                      m_image,
                      "--owner",
                      "usr/bin/tool",
                      "--owner=/opt/app/data",
                      "--owner",
                      "/app/node_modules/left-pad/package.json"});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.out,
             QByteArray("/usr/bin/tool: tool 1:2.0-1 (deb)\n/opt/app/data: of no package\n"
                        "/app/node_modules/left-pad/package.json: left-pad 1.3.0 (npm, once)\n"));
    ran = runCli({"packages", m_image, "--format", "json", "--owner", "/usr/bin/tool"});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.at("paths/0/path").toString(), QStringLiteral("/usr/bin/tool"));
    QCOMPARE(ran.at("paths/0/owners/0/name").toString(), QStringLiteral("tool"));
    QCOMPARE(ran.at("paths/0/owners/0/current").toBool(), true);
    ran = runCli({"packages", m_image, "--owner", "/usr/bin/none"});
    QVERIFY(ran.code != 0);
    QVERIFY2(ran.err.contains("no layer of the image has the path /usr/bin/none"), ran.err);
    QCOMPARE(runCli({"packages", m_image, "--format", "csv", "--owner", "/usr"}).code, 2);
}

/// Programs are read once more, out of compressed layers too.
void TestCliPackages::checksums()
{
    const std::string path = in(m_directory, "changed.tar");
    const std::string program = std::string("\x7f"
                                            "ELF\0",
                                            5)
                                + std::string(200'000, 'p');
    const std::string other = program + "x";
    const auto sum = [](const std::string &text) {
        return QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Md5)
            .toHex()
            .toStdString();
    };
    DockerArchive image;
    image
        .layer(TarWriter()
                   .file("var/lib/dpkg/status",
                         "Package: tool\nStatus: install ok installed\nVersion: 1\n")
                   .file("var/lib/dpkg/info/tool.list", "/usr/bin/a\n/usr/bin/b\n")
                   .file("var/lib/dpkg/info/tool.md5sums",
                         sum(program) + "  usr/bin/a\n" + sum(program) + "  usr/bin/b\n")
                   .file("usr/bin/a", program)
                   .file("usr/bin/b", program),
               "ADD rootfs.tar /")
        .layer(TarWriter().file("usr/bin/b", other), "COPY b /usr/bin/b");
    writeFile(path, image.bytes());
    const Ran ran = runCli({"packages", path, "--format", "json"});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.at("checks/different/0/path").toString(), QStringLiteral("/usr/bin/b"));
    QCOMPARE(ran.at("checks/different/0/package").toString(), QStringLiteral("tool"));
    QVERIFY(ran.at("checks/different/1").isUndefined());
    QCOMPARE(ran.at("checks/leftOut").toInt(), 0);
    const Ran audited = runCli({"audit", path});
    QVERIFY2(audited.out.contains("security/package-integrity"), audited.out);
    QVERIFY2(audited.out.contains("layer/package-file-modified"), audited.out);
}

void TestCliPackages::sboms()
{
    const Ran spdx = runCli({"packages", m_image, "--format", "spdx"});
    QCOMPARE(spdx.code, 0);
    QCOMPARE(spdx.at("spdxVersion").toString(), QStringLiteral("SPDX-2.3"));
    QCOMPARE(spdx.at("creationInfo/created").toString(), QStringLiteral("2024-05-01T10:00:00Z"));
    // The image, the system and two packages: the removed one is not there.
    QVERIFY(!spdx.at("packages/3").isUndefined());
    QVERIFY(spdx.at("packages/4").isUndefined());
    QCOMPARE(runCli({"packages", m_image, "--format=spdx-json"}).out, spdx.out);
    const std::string bom = in(m_directory, "bom.json");
    const Ran both = runCli({"packages",
                             m_image,
                             "--format",
                             "spdx",
                             "--files",
                             "--scope",
                             "all-layers",
                             "--output",
                             "cyclonedx-json=" + bom},
                            {.environment = {"SOURCE_DATE_EPOCH=1700000000"}});
    QCOMPARE(both.code, 0);
    QCOMPARE(both.at("creationInfo/created").toString(), QStringLiteral("2023-11-14T22:13:20Z"));
    QVERIFY(!both.at("packages/4").isUndefined());
    // SHA-1 of 4000 times "t" or 1000 times "s".
    QCOMPARE(both.at("files/0/checksums/0/checksumValue").toString().size(), 40);
    QCOMPARE(both.at("files/0/checksums/1/checksumValue").toString().size(), 64);
    const QByteArray written = readFile(bom);
    QVERIFY2(written.contains("\"specVersion\": \"1.5\""), written);
    QVERIFY2(written.contains("\"/usr/bin/tool\""), written);
}

void TestCliPackages::sbomOptions_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *what, const char *words, const char *said) {
        QTest::newRow(what) << QByteArray(words) << QByteArray(said);
    };
    row("files of no bill", "--files", "for the formats");
    row("no such scope", "--format spdx --scope some", "--scope is squashed or all-layers");
    row("owners", "--format spdx --owner /usr", "text or json");
}

void TestCliPackages::sbomOptions()
{
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, said);
    Words all = {"packages", m_image};
    for (const QByteArray &word : words.split(' ')) {
        all.push_back(word.toStdString());
    }
    const Ran ran = runCli(all);
    QCOMPARE(ran.code, 2);
    QVERIFY2(ran.err.contains(said), ran.err);
}

void TestCliPackages::billsInTheImage()
{
    const std::string path = in(m_directory, "bills.tar");
    DockerArchive image;
    image.layer(TarWriter()
                    .file("app/node_modules/a/package.json", R"({"name": "a", "version": "1"})")
                    .file("app/node_modules/b/package.json", R"({"name": "b", "version": "2"})")
                    .file("app/bom.json",
                          R"({"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
                      {"type": "library", "name": "a", "version": "9", "purl": "pkg:npm/a@9"},
                      {"type": "library", "name": "z\u001b", "purl": "pkg:npm/z"}]})"),
                "COPY app /app");
    writeFile(path, image.bytes());
    const Ran json = runCli({"packages", path, "--format", "json"});
    QCOMPARE(json.code, 0);
    QCOMPARE(json.at("bills/0/path").toString(), QStringLiteral("/app/bom.json"));
    QCOMPARE(json.at("bills/0/otherVersion/0/found").toString(), QStringLiteral("1"));
    QCOMPARE(json.at("bills/0/onlyListed/0/purl").toString(), QStringLiteral("pkg:npm/z"));
    QCOMPARE(json.at("unlisted/0").toString(), QStringLiteral("pkg:npm/b@2"));
    const Ran text = runCli({"packages", path});
    QVERIFY2(text.out.contains("/app/bom.json  CycloneDX 1.5"), text.out);
    QVERIFY2(text.out.contains("  pkg:npm/a@9: found is 1\n"), text.out);
    QVERIFY2(text.out.contains("Found, but not listed\n  pkg:npm/b@2\n"), text.out);
}

void TestCliPackages::none()
{
    const std::string path = in(m_directory, "none.tar");
    DockerArchive image;
    image.layer(TarWriter().file("a", "a"), "COPY a /");
    writeFile(path, image.bytes());
    const Ran ran = runCli({"packages", path});
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.out.startsWith("0 packages\n"), ran.out);
}

QTEST_GUILESS_MAIN(TestCliPackages)
#include "tst_clipackages.moc"
