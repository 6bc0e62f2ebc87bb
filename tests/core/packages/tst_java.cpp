// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/zipmembers.h"
#include "core/packages/readers.h"

#include <QTest>

#include <archive.h>
#include <archive_entry.h>

#include <random>

using namespace cutaway;

namespace {

using Members = std::vector<std::pair<std::string, std::string>>; ///< names and contents

std::string zipOf(const Members &members, bool isStored = false)
{
    std::string bytes(1u << 20, '\0');
    std::size_t used = 0;
    archive *writer = archive_write_new();
    archive_write_set_format_zip(writer);
    if (isStored) {
        archive_write_zip_set_compression_store(writer);
    }
    archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
    for (const auto &[name, content] : members) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        archive_write_header(writer, entry);
        archive_write_data(writer, content.data(), content.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    bytes.resize(used);
    return bytes;
}

/// The same with the size and place of the directory in the fields for long files.
std::string wide(const std::string &zip)
{
    const std::size_t end = zip.rfind("PK\5\6");
    const std::string size = zip.substr(end + 12, 4) + std::string(4, '\0');
    const std::string start = zip.substr(end + 16, 4) + std::string(4, '\0');
    std::string record = "PK\6\6" + std::string(36, '\0') + size + start;
    record += "PK\6\7" + std::string(16, '\0');
    std::string last = zip.substr(end);
    last.replace(12, 8, 8, '\xff');
    return zip.substr(0, end) + record + last;
}

std::string pom(const std::string &group, const std::string &artifact, const std::string &version)
{
    return "#Created by Apache Maven\n#Mon\nversion=" + version + "\ngroupId = " + group
           + "\r\nartifactId=" + artifact + "\n";
}

std::string described(const PackageRecords &records)
{
    std::string text;
    for (const PackageRecord &package : records.packages) {
        text += package.name + ' ' + package.version;
        for (const std::string *value : {&package.licence, &package.supplier, &package.homepage}) {
            text += value->empty() ? "" : " | " + *value;
        }
        text += package.files.empty() ? "\n" : " *\n";
    }
    return text + (records.damaged > 0 ? "damaged\n" : "");
}

const std::string kLog = "META-INF/maven/org.a/log/pom.properties";
const std::string kUtil = "META-INF/maven/org.a/util/pom.properties";
const std::string kManifest = "META-INF/MANIFEST.MF";

} // namespace

class TestJava : public QObject
{
    Q_OBJECT

private slots:
    void archives_data();
    void archives();
    void members_data();
    void members();
    void damagedBytes();
};

void TestJava::archives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("found");
    const auto row =
        [](const char *what, const std::string &bytes, const char *name, const char *found) {
            QTest::newRow(what) << QByteArray::fromStdString(bytes) << QByteArray(name)
                                << QByteArray(found);
        };
    row("Maven's properties",
        zipOf({{kLog, pom("org.a", "log", "1.2")}}),
        "x.jar",
        "org.a:log 1.2 *\n");
    row("its own by the file's name, others were packed into it",
        zipOf({{kUtil, pom("org.a", "util", "3")}, {kLog, pom("org.a", "log", "1.2")}}),
        "log-1.2.jar",
        "org.a:log 1.2 *\norg.a:util 3\n");
    row("none of several is its own",
        zipOf({{kUtil, pom("org.a", "util", "3")}, {kLog, pom("org.a", "log", "1.2")}}),
        "all-9-shaded.jar",
        "all 9-shaded *\norg.a:util 3\norg.a:log 1.2\n");
    row("a manifest",
        zipOf({{kManifest,
                "Manifest-Version: 1.0\r\nImplementation-Vendor-Id: com.example\r\n"
                "Implementation-Version: 2.\r\n 0.1\r\nImplementation-Vendor: E\r\n"
                "Bundle-License: MIT\r\nBundle-DocURL: https://e.example\r\n\r\n"
                "Name: x\r\nImplementation-Version: 9\r\n"}}),
        "lib.jar",
        "com.example:lib 2.0.1 | MIT | E | https://e.example *\n");
    row("a vendor that is no group",
        zipOf({{kManifest, "Implementation-Vendor-Id: Sun, Inc.\nBundle-Version: 4\n"}}),
        "lib-5-beta.jar",
        "lib 4 *\n");
    row("only the name tells",
        zipOf({{"a/B.class", "x"}}),
        "commons-lang3-3.12.0.jar",
        "commons-lang3 3.12.0 *\n");
    row("a name without a version", zipOf({{"a/B.class", "x"}}), "my-app.war", "my-app  *\n");
    const std::string inner = zipOf({{kLog, pom("org.a", "log", "1.2")}}, true);
    row("archives in it, one level deep",
        zipOf({{kManifest, "Implementation-Version: 1\n"},
               {"BOOT-INF/lib/log-1.2.jar", inner},
               {"WEB-INF/lib/plain-3.jar", zipOf({{"a", "b"}, {"deep-4.jar", inner}})},
               {"WEB-INF/lib/damaged-5.jar", "no zip"}},
              true),
        "app.jar",
        "app 1 *\norg.a:log 1.2\nplain 3\ndamaged 5\n");
    row("no zip", "PK no more than that", "a-1.jar", "a 1 *\ndamaged\n");
    row("not known", "", "a-1.jar", "a 1 *\n");
}

void TestJava::archives()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, found);
    const PackageRecords records = readJavaArchive(bytes.toStdString(), name.toStdString());
    QCOMPARE(QByteArray::fromStdString(described(records)), found);
}

void TestJava::members_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qulonglong>("budget");
    QTest::addColumn<QByteArray>("visited"); // "-": no zip file
    const auto row =
        [](const char *what, const std::string &bytes, qulonglong budget, const char *visited) {
            QTest::newRow(what) << QByteArray::fromStdString(bytes) << budget
                                << QByteArray(visited);
        };
    const std::string zip = zipOf({{"a", "12345"}, {"b", std::string(95, 'b')}});
    const std::string stored = zipOf({{"a", "12345"}, {"b", "b"}}, true);
    row("both", zip, 100, "a5 b95 ");
    row("as they are", stored, 100, "a5 b1 ");
    row("one that is too long", zip, 99, "a5 ");
    row("the last directory counts", stored + zip, 100, "a5 b95 ");
    row("a script before it", "#!/bin/sh\nexit\n" + zip, 100, "a5 b95 ");
    row("something behind it", zip + "PK", 100, "a5 b95 ");
    row("numbers in wider fields", wide(zip), 100, "a5 b95 ");
    std::string encrypted = stored;
    encrypted[encrypted.find("PK\1\2") + 8] |= 1;
    row("one that is encrypted", encrypted, 100, "b1 ");
    std::string packed = stored;
    packed[packed.find("PK\1\2") + 10] = 12;
    row("one that is packed otherwise", packed, 100, "b1 ");
    std::string claiming = zip;
    claiming[claiming.find("PK\1\2") + 24] = 4;
    row("one that is more than it says", claiming, 100, "b95 ");
    std::string elsewhere = stored;
    elsewhere[elsewhere.find("PK\1\2") + 45] = '\x7f';
    row("one that is not in the file", elsewhere, 100, "b1 ");
    row("none in it", zipOf({}), 100, "");
    row("no directory", zip.substr(0, zip.find("PK\1\2")), 100, "-");
    row("an end that says too much", "PK\5\6" + std::string(18, '\x7f'), 100, "-");
    row("wider fields that are missing", "PK\5\6" + std::string(18, '\xff'), 100, "-");
    row("nothing", "", 100, "-");
}

void TestJava::members()
{
    QFETCH(QByteArray, bytes);
    QFETCH(qulonglong, budget);
    QFETCH(QByteArray, visited);
    QByteArray seen;
    ZipVisitor visitor{[](std::string_view, std::uint64_t) { return true; },
                       [&](std::string_view name, std::string_view content) {
                           seen += QByteArray::fromStdString(std::string(name))
                                   + QByteArray::number(static_cast<qulonglong>(content.size()))
                                   + ' ';
                       },
                       10};
    const std::string file = bytes.toStdString();
    std::uint64_t left = budget;
    const bool isZip = forEachZipMember(file, visitor, left).has_value();
    QCOMPARE(isZip ? seen : QByteArray("-"), visited);
    visitor.mostMembers = 0;
    seen.clear();
    QCOMPARE(forEachZipMember(file, visitor, left).has_value(), isZip);
    QVERIFY(seen.isEmpty());
}

void TestJava::damagedBytes()
{
    const std::string whole =
        zipOf({{kManifest, "Implementation-Version: 1\n"},
               {"lib/log-1.2.jar", zipOf({{kLog, pom("org.a", "log", "1.2")}})}});
    std::mt19937 random(11);
    for (int round = 0; round < 1000; ++round) {
        std::string bytes = whole.substr(0, whole.size() - random() % 50);
        for (int flips = 0; flips < 5; ++flips) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        QVERIFY(readJavaArchive(bytes, "a-1.jar").packages.size() <= 3);
    }
}

QTEST_GUILESS_MAIN(TestJava)
#include "tst_java.moc"
