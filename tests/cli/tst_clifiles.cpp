// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "tests/cli/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace cutaway::test;

namespace {

/// One row as "change type size path", layer and hiddenBy where they are of interest.
std::string rowText(const QJsonObject &row)
{
    const QJsonValue change = row[QStringLiteral("change")];
    std::string text = change.isNull() ? "null" : change.toString().toStdString();
    text += ' ' + row[QStringLiteral("type")].toString().toStdString() + ' '
            + std::to_string(row[QStringLiteral("size")].toInteger()) + ' '
            + row[QStringLiteral("path")].toString().toStdString() + " @"
            + std::to_string(row[QStringLiteral("layer")].toInteger());
    const QJsonValue hiddenBy = row[QStringLiteral("hiddenBy")];
    return hiddenBy.isNull() ? text : text + " x" + std::to_string(hiddenBy.toInteger());
}

Words rowsOf(const Ran &ran)
{
    Words rows;
    for (const QJsonValue &row : ran.at("entries").toArray()) {
        rows.push_back(rowText(row.toObject()));
    }
    return rows;
}

std::string joined(const Words &rows)
{
    std::string text;
    for (const std::string &row : rows) {
        text += row + '\n';
    }
    return text;
}

} // namespace

/// `files` in all its views.
class TestCliFiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void views_data();
    void views();
    void order();
    void hardLinksAreOneGroup();
    void entryFields();
    void namesThatAreNoUtf8();
    void globs_data();
    void globs();
    void where_data();
    void where();
    void sortedBySize();
    void hashes();
    void ndjson();
    void text();
    void wrongViews_data();
    void wrongViews();

private:
    Ran files(const Words &more) const
    {
        Words words{"files", m_image, "--format", "json"};
        words.insert(words.end(), more.begin(), more.end());
        return runCli(words);
    }

    QTemporaryDir m_directory;
    std::string m_image;
};

void TestCliFiles::initTestCase()
{
    m_image = in(m_directory, "app.tar");
    writeFile(m_image, sampleImage().bytes());
}

void TestCliFiles::views_data()
{
    QTest::addColumn<Words>("options");
    QTest::addColumn<std::string>("rows");
    QTest::newRow("final") << Words{}
                           << std::string("unmodified symlink 0 /bin @0\n"
                                          "unmodified dir 0 /etc @0\n"
                                          "unmodified file 8 /etc/motd @1\n"
                                          "unmodified file 10 /etc/os-release @0\n"
                                          "unmodified dir 0 /srv @1\n"
                                          "unmodified file 3 /srv/app @1\n"
                                          "unmodified dir 0 /usr @0\n"
                                          "unmodified dir 0 /usr/bin @0\n"
                                          "unmodified file 1000 /usr/bin/tool @1\n"
                                          "unmodified file 1000 /usr/bin/tool2 @0\n");
    QTest::newRow("at layer 0") << Words{"--view", "at", "--layer", "0"}
                                << std::string("added symlink 0 /bin @0\n"
                                               "added dir 0 /cache @0 x1\n"
                                               "added file 300 /cache/a @0 x1\n"
                                               "added file 2 /cache/b @0 x1\n"
                                               "added dir 0 /etc @0\n"
                                               "added file 6 /etc/motd @0 x1\n"
                                               "added file 10 /etc/os-release @0\n"
                                               "added dir 0 /usr @0\n"
                                               "added dir 0 /usr/bin @0\n"
                                               "added file 1000 /usr/bin/tool @0 x1\n"
                                               "added file 1000 /usr/bin/tool2 @0\n");
    QTest::newRow("layer 1") << Words{"--layer", "1"}
                             << std::string("null whiteout 0 /cache @1\n"
                                            "removed dir 0 /cache @0 x1\n"
                                            "removed file 300 /cache/a @0 x1\n"
                                            "removed file 2 /cache/b @0 x1\n"
                                            "modified file 8 /etc/motd @1\n"
                                            "added dir 0 /srv @1\n"
                                            "added file 3 /srv/app @1\n"
                                            "metadata file 1000 /usr/bin/tool @1\n");
    QTest::newRow("all, some") << Words{"--view", "all", "tool*", "/etc/motd"}
                               << std::string("added file 6 /etc/motd @0 x1\n"
                                              "modified file 8 /etc/motd @1\n"
                                              "added file 1000 /usr/bin/tool @0 x1\n"
                                              "metadata file 1000 /usr/bin/tool @1\n"
                                              "added hardlink 0 /usr/bin/tool2 @0\n");
}

void TestCliFiles::views()
{
    QFETCH(Words, options);
    QFETCH(std::string, rows);
    const Ran ran = files(options);
    QCOMPARE(ran.code, 0);
    QCOMPARE(joined(rowsOf(ran)), rows);
}

void TestCliFiles::order()
{
    // By the bytes of whole paths: '-' and '.' come before '/', other names after.
    DockerArchive image;
    image.layer(
        TarWriter().file("a/b", "").file("a-b", "").file("a.b/c", "").file("a", "").file("a0", ""),
        "RUN x");
    image.layer(TarWriter().whiteout("a").file("a/b", "").file("a/b-c", "").file("a/b/d", ""),
                "RUN y");
    const std::string path = in(m_directory, "order.tar");
    writeFile(path, image.bytes());
    const Ran ran = runCli({"files", path, "-fjson", "--view", "all"});
    Words paths;
    for (const QJsonValue &row : ran.at("entries").toArray()) {
        paths.push_back(row[QStringLiteral("path")].toString().toStdString());
    }
    QVERIFY(paths.size() >= 9);
    QVERIFY2(std::is_sorted(paths.begin(), paths.end()), joined(paths).c_str());
}

void TestCliFiles::hardLinksAreOneGroup()
{
    const Ran ran = files({"--view", "at", "--layer", "0", "/usr/bin"});
    QCOMPARE(ran.at("entries/1/path").toString(), QStringLiteral("/usr/bin/tool"));
    QVERIFY(ran.at("entries/1/linkGroup").isDouble());
    QCOMPARE(ran.at("entries/1/linkGroup"), ran.at("entries/2/linkGroup"));
    const Ran layer = files({"--layer", "0", "tool2"});
    QCOMPARE(layer.at("entries/0/type").toString(), QStringLiteral("hardlink"));
    QCOMPARE(layer.at("entries/0/linkTarget").toString(), QStringLiteral("/usr/bin/tool"));
}

void TestCliFiles::entryFields()
{
    TarWriter tar;
    TarWriter::Options options;
    options.mode = 04751;
    options.uid = 12;
    options.gid = 34;
    options.pax = {{"mtime", "1714557600.25"}, {"SCHILY.xattr.user.note", std::string("a\0b", 3)}};
    tar.file("f", "x", options).symlink("l", "../else");
    const std::string path = in(m_directory, "fields.tar");
    writeFile(path, DockerArchive().layer(tar, "RUN x").bytes());
    const Ran ran = runCli({"files", path, "-fjson"});
    QCOMPARE(ran.at("entries/0/mode").toString(), QStringLiteral("4751"));
    QCOMPARE(ran.at("entries/0/uid").toInt(), 12);
    QCOMPARE(ran.at("entries/0/gid").toInt(), 34);
    QCOMPARE(ran.at("entries/0/mtime").toString(), QStringLiteral("2024-05-01T10:00:00.25Z"));
    QCOMPARE(ran.at("entries/0/xattrs/user.note").toString(), QStringLiteral("YQBi"));
    QVERIFY(ran.at("entries/0/linkGroup").isNull());
    QVERIFY(ran.at("entries/0/sha256").isNull());
    QVERIFY(ran.at("entries/0/linkTarget").isNull());
    QCOMPARE(ran.at("entries/1/linkTarget").toString(), QStringLiteral("../else"));
}

void TestCliFiles::namesThatAreNoUtf8()
{
    const std::string path = in(m_directory, "bytes.tar");
    writeFile(path,
              DockerArchive()
                  .layer(TarWriter().file("a\\b\xff", "x").file("c\\d", "y"), "RUN x")
                  .bytes());
    const Ran ran = runCli({"files", path, "-fjson"});
    QCOMPARE(ran.at("entries/0/path").toString(), QStringLiteral("/a\\\\b\\xff"));
    QCOMPARE(QByteArray::fromBase64(ran.at("entries/0/pathBytes").toString().toLatin1()),
             QByteArray("/a\\b\xff"));
    QCOMPARE(ran.at("entries/1/path").toString(), QStringLiteral("/c\\d"));
    QVERIFY(ran.at("entries/1/pathBytes").isUndefined());
    // Through a shell, as QProcess has no arguments that are no text.
    const std::string script = R"sh(exec "$0" cat "$1" "$(printf '/a\\b\377')")sh";
    QCOMPARE(runProgram("/bin/sh", {"-c", script, cutawayPath(), path}).out, QByteArray("x"));
}

void TestCliFiles::globs_data()
{
    QTest::addColumn<Words>("globs");
    QTest::addColumn<Words>("paths");
    QTest::newRow("a path and what is below it") << Words{"/srv"} << Words{"/srv", "/srv/app"};
    QTest::newRow("a name at any depth") << Words{"app"} << Words{"/srv/app"};
    QTest::newRow("a star stops at a slash")
        << Words{"/*"} << Words{"/bin", "/etc", "/srv", "/usr"};
    QTest::newRow("two stars do not")
        << Words{"/usr/**"} << Words{"/usr/bin", "/usr/bin/tool", "/usr/bin/tool2"};
    QTest::newRow("two stars may be no directory") << Words{"/**/etc"} << Words{"/etc"};
    QTest::newRow("one character") << Words{"tool?"} << Words{"/usr/bin/tool2"};
    QTest::newRow("a set") << Words{"/[a-e]*"} << Words{"/bin", "/etc"};
    QTest::newRow("not a set") << Words{"/[!a-e]*"} << Words{"/srv", "/usr"};
    QTest::newRow("several") << Words{"/srv/*", "/bin"} << Words{"/bin", "/srv/app"};
    QTest::newRow("nothing") << Words{"/none"} << Words{};
}

void TestCliFiles::globs()
{
    QFETCH(Words, globs);
    QFETCH(Words, paths);
    const Ran ran = files(globs);
    QCOMPARE(ran.code, 0);
    Words found;
    for (const QJsonValue &row : ran.at("entries").toArray()) {
        found.push_back(row[QStringLiteral("path")].toString().toStdString());
    }
    QCOMPARE(found, paths);
}

void TestCliFiles::where_data()
{
    QTest::addColumn<Words>("options");
    QTest::addColumn<std::string>("rows"); // empty: usage error
    QTest::newRow("by size") << Words{"--where", "size>=1kB"}
                             << std::string("unmodified file 1000 /usr/bin/tool @1\n"
                                            "unmodified file 1000 /usr/bin/tool2 @0\n");
    QTest::newRow("and a pattern") << Words{"--where", "size>=1kB", "tool2"}
                                   << std::string("unmodified file 1000 /usr/bin/tool2 @0\n");
    QTest::newRow("what a layer removes")
        << Words{"--layer", "1", "--where", "change:removed type:file"}
        << std::string("removed file 300 /cache/a @0 x1\nremoved file 2 /cache/b @0 x1\n");
    QTest::newRow("after a layer") << Words{"--view", "at", "--layer", "0", "--where", "/^motd$/"}
                                   << std::string("added file 6 /etc/motd @0 x1\n");
    QTest::newRow("in any layer") << Words{"--view", "all", "--where", "motd"}
                                  << std::string("added file 6 /etc/motd @0 x1\n"
                                                 "modified file 8 /etc/motd @1\n");
    QTest::newRow("in one of any") << Words{"--view", "all", "--where", "layer:1 motd"}
                                   << std::string("modified file 8 /etc/motd @1\n");
    QTest::newRow("by what it holds")
        << Words{"--where", "content:welcome"} << std::string("unmodified file 8 /etc/motd @1\n");
    QTest::newRow("by what it holds, in any layer, small letters for either case")
        << Words{"--view", "all", "--where", "content:tttt tool"}
        << std::string("added file 1000 /usr/bin/tool @0 x1\n"
                       "metadata file 1000 /usr/bin/tool @1\n"
                       "added hardlink 0 /usr/bin/tool2 @0\n");
    QTest::newRow("a capital asks for itself")
        << Words{"--where", "content:Welcome"} << std::string(" ");
    QTest::newRow("by what it does not hold")
        << Words{"--where", "!content:welcome motd"} << std::string(" ");
    QTest::newRow("no filter") << Words{"--where", "typ:file"} << std::string();
}

/// The grammar of the window's filter line.
void TestCliFiles::where()
{
    QFETCH(Words, options);
    QFETCH(std::string, rows);
    const Ran ran = files(options);
    if (rows.empty()) {
        QCOMPARE(ran.code, 2);
        QVERIFY2(ran.err.contains("type:"), ran.err);
        return;
    }
    QCOMPARE(ran.code, 0);
    QCOMPARE(QString::fromStdString(joined(rowsOf(ran))),
             rows == " " ? QString() : QString::fromStdString(rows));
}

void TestCliFiles::sortedBySize()
{
    const Words rows = rowsOf(files({"--sort", "size"}));
    QCOMPARE(rows.at(0), std::string("unmodified file 1000 /usr/bin/tool @1"));
    QCOMPARE(rows.at(2), std::string("unmodified file 10 /etc/os-release @0"));
}

void TestCliFiles::hashes()
{
    const Ran ran = files({"--hash", "/usr/bin", "/etc/motd", "/bin"});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.at("entries/0/sha256").isNull()); // the link /bin
    QCOMPARE(ran.at("entries/1/sha256").toString().toStdString(), cutaway::sha256Hex("welcome\n"));
    const std::string tool = cutaway::sha256Hex(std::string(1000, 't'));
    QCOMPARE(ran.at("entries/3/sha256").toString().toStdString(), tool);
    QCOMPARE(ran.at("entries/4/sha256").toString().toStdString(), tool);
}

void TestCliFiles::ndjson()
{
    const Ran lines = runCli({"files", m_image, "--format", "ndjson"});
    const QJsonArray entries = files({}).at("entries").toArray();
    QList<QByteArray> rows = lines.out.split('\n');
    QCOMPARE(rows.takeLast(), QByteArray());
    QCOMPARE(rows.size(), entries.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QCOMPARE(QJsonDocument::fromJson(rows[i]).object(), entries[i].toObject());
    }
}

void TestCliFiles::text()
{
    const Ran ran = runCli({"files", m_image, "--layer", "1"});
    QVERIFY2(ran.out.contains("◇ -rwx------  0:0   1.00 kB  1  /usr/bin/tool\n"), ran.out);
    QVERIFY2(ran.out.contains("− -rw-r--r--  0:0     300 B  0  /cache/a\n"), ran.out);
    QVERIFY2(runCli({"files", m_image, "/bin"}).out.contains("/bin -> usr/bin"), ran.out);
}

void TestCliFiles::wrongViews_data()
{
    QTest::addColumn<Words>("options");
    QTest::addColumn<int>("code");
    QTest::newRow("no such view") << Words{"--view", "some"} << 2;
    QTest::newRow("a layer view without a layer") << Words{"--view", "layer"} << 2;
    QTest::newRow("a layer where none belongs") << Words{"--view", "final", "--layer", "0"} << 2;
    QTest::newRow("no number") << Words{"--layer", "one"} << 2;
    QTest::newRow("no such layer") << Words{"--layer", "2"} << 3;
    QTest::newRow("no such order") << Words{"--sort", "name"} << 2;
}

void TestCliFiles::wrongViews()
{
    QFETCH(Words, options);
    QFETCH(int, code);
    const Ran ran = files(options);
    QCOMPARE(ran.code, code);
    QCOMPARE(ran.out, QByteArray());
    QVERIFY(!ran.err.isEmpty());
}

QTEST_GUILESS_MAIN(TestCliFiles)
#include "tst_clifiles.moc"
