// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/zipmembers.h"
#include "core/packages/packagelimits.h"
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
    void longContentsAreLeftOut();
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

void TestJava::longContentsAreLeftOut()
{
    const std::string bytes =
        zipOf({{"short", std::string(100, 'a')}, {"long", std::string(101, 'a')}});
    std::string visited;
    const ZipVisitor visitor{[](std::string_view, std::uint64_t) { return true; },
                             [&](std::string_view name, const std::string &) { visited += name; },
                             100,
                             10};
    QVERIFY(forEachZipMember(bytes, visitor).has_value());
    QCOMPARE(visited, std::string("short"));
    ZipVisitor hasty = visitor;
    hasty.mostMembers = 0;
    visited.clear();
    QVERIFY(forEachZipMember(bytes, hasty).has_value());
    QVERIFY(visited.empty());
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
