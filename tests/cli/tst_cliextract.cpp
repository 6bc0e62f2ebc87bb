// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

struct stat statusOf(const std::string &path)
{
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0) {
        status.st_mode = 0;
    }
    return status;
}

std::uint32_t modeOf(const std::string &path)
{
    return statusOf(path).st_mode & 07777U;
}

} // namespace

/// `cat` and `extract`: the bytes as they are, and nothing outside the target.
class TestCliExtract : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void cat_data();
    void cat();
    void catFails_data();
    void catFails();
    void wholeRoot();
    void aFileAndASubtree();
    void modesAndTimes();
    void afterALayer();
    void escapes_data();
    void escapes();
    void linksInAForcedTargetAreNotFollowed();
    void nonEmptyTarget();
    void missingPath();
    void devicesAreSkipped();
    void namesAreBytes();
    void namesTooLong();
    void sparseFiles();

private:
    std::string save(const DockerArchive &image) const
    {
        const std::string path = in(*m_directory, "image.tar");
        writeFile(path, image.bytes());
        return path;
    }
    std::string target() const { return in(*m_directory, "out"); }
    Ran extract(const std::string &image, const Words &paths, const Words &options = {}) const
    {
        Words words{"extract", image};
        words.insert(words.end(), paths.begin(), paths.end());
        words.insert(words.end(), {"-C", target()});
        words.insert(words.end(), options.begin(), options.end());
        return runCli(words);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestCliExtract::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestCliExtract::cleanup()
{
    fs::remove_all(m_directory->path().toStdString()); // Qt cannot remove names that are no text
}

void TestCliExtract::cat_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray tool(1000, 't');
    QTest::newRow("a file") << Words{"/etc/motd"} << QByteArray("welcome\n");
    QTest::newRow("without the slash") << Words{"etc/motd"} << QByteArray("welcome\n");
    QTest::newRow("through a linked directory") << Words{"/bin/tool"} << tool;
    QTest::newRow("with dots") << Words{"/usr/./bin/../../srv//app"} << QByteArray("app");
    QTest::newRow("a hard link") << Words{"/usr/bin/tool2"} << tool;
    QTest::newRow("as a layer has it")
        << Words{"/etc/motd", "--layer", "0"} << QByteArray("hello\n");
    QTest::newRow("deleted later") << Words{"/cache/b", "--layer", "0"} << QByteArray("bb");
}

void TestCliExtract::cat()
{
    QFETCH(Words, words);
    QFETCH(QByteArray, bytes);
    words.insert(words.begin(), {"cat", save(sampleImage())});
    const Ran ran = runCli(words);
    QCOMPARE(ran.err, QByteArray());
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.out, bytes);
}

void TestCliExtract::catFails_data()
{
    QTest::addColumn<Words>("words");
    QTest::newRow("not there") << Words{"/none"};
    QTest::newRow("deleted") << Words{"/cache/a"};
    QTest::newRow("a directory") << Words{"/etc"};
    QTest::newRow("the root") << Words{"/"};
    QTest::newRow("a file as a directory") << Words{"/etc/motd/x"};
    QTest::newRow("a loop of links") << Words{"/loop"};
    QTest::newRow("a link to nothing") << Words{"/dangling"};
    QTest::newRow("a device") << Words{"/null"};
    QTest::newRow("not in that layer") << Words{"/srv/app", "--layer", "0"};
    QTest::newRow("no such layer") << Words{"/srv/app", "--layer", "9"};
}

void TestCliExtract::catFails()
{
    QFETCH(Words, words);
    TarWriter more;
    more.symlink("loop", "loop2").symlink("loop2", "loop").symlink("dangling", "/etc/none");
    more.raw("null", '3', 0, {}, {}, {});
    words.insert(words.begin(), {"cat", save(sampleImage().layer(more, "RUN links"))});
    const Ran ran = runCli(words);
    QCOMPARE(ran.code, 3);
    QCOMPARE(ran.out, QByteArray());
    QVERIFY(!ran.err.isEmpty());
}

void TestCliExtract::wholeRoot()
{
    const Ran ran = extract(save(sampleImage()), {"/"});
    QVERIFY2(ran.code == 0, ran.err);
    QCOMPARE(namesIn(target()), (Words{"bin", "etc", "srv", "usr"}));
    QCOMPARE(readFile(target() + "/etc/motd"), QByteArray("welcome\n"));
    QCOMPARE(readFile(target() + "/usr/bin/tool2"), QByteArray(1000, 't'));
    QCOMPARE(fs::read_symlink(target() + "/bin").string(), std::string("usr/bin"));
    QVERIFY2(ran.out.startsWith("5 files, 4 directories, "), ran.out);
}

void TestCliExtract::aFileAndASubtree()
{
    const Ran ran = extract(save(sampleImage()), {"/bin/tool", "/etc"});
    QVERIFY2(ran.code == 0, ran.err);
    QCOMPARE(namesIn(target()), (Words{"etc", "usr"}));
    QCOMPARE(namesIn(target() + "/usr/bin"), Words{"tool"});
    QCOMPARE(namesIn(target() + "/etc"), (Words{"motd", "os-release"}));
}

void TestCliExtract::modesAndTimes()
{
    TarWriter tar;
    tar.directory("closed/", {.mode = 0555, .uid = 0, .gid = 0, .mtime = 1000});
    tar.file("closed/setuid", "x", {.mode = 06751, .uid = 4321, .gid = 0, .mtime = 2000});
    tar.hardlink("closed/other", "closed/setuid");
    tar.directory("sticky/", {.mode = 01777, .uid = 0, .gid = 0, .mtime = 3000});
    tar.symlink("link", "closed/setuid");
    const Ran ran = extract(save(DockerArchive().layer(tar, "RUN x")), {"/"});
    QVERIFY2(ran.code == 0, ran.err);
    QCOMPARE(modeOf(target() + "/closed"), 0555U);
    QCOMPARE(statusOf(target() + "/closed").st_mtim.tv_sec, 1000);
    QCOMPARE(modeOf(target() + "/closed/setuid"), 0751U);
    QCOMPARE(statusOf(target() + "/closed/setuid").st_mtim.tv_sec, 2000);
    QCOMPARE(statusOf(target() + "/closed/setuid").st_uid, ::geteuid());
    QCOMPARE(statusOf(target() + "/closed/other").st_ino,
             statusOf(target() + "/closed/setuid").st_ino);
    QCOMPARE(modeOf(target() + "/sticky"), 01777U);
    fs::permissions(target() + "/closed", fs::perms::owner_all); // so that it can be removed again
    if (::geteuid() != 0) {
        QSKIP("keeping owners needs root");
    }
    fs::remove_all(target());
    QCOMPARE(extract(in(*m_directory, "image.tar"), {"/"}, {"--owner"}).code, 0);
    QCOMPARE(modeOf(target() + "/closed/setuid"), 06751U);
    QCOMPARE(statusOf(target() + "/closed/setuid").st_uid, 4321U);
}

void TestCliExtract::afterALayer()
{
    const Ran ran = extract(save(sampleImage()), {"/cache", "/etc/motd"}, {"--layer", "0"});
    QVERIFY2(ran.code == 0, ran.err);
    QCOMPARE(namesIn(target() + "/cache"), (Words{"a", "b"}));
    QCOMPARE(readFile(target() + "/etc/motd"), QByteArray("hello\n"));
}

void TestCliExtract::escapes_data()
{
    QTest::addColumn<std::string>("kind");
    for (const char *kind : {"file through a link",
                             "file through a link of a lower layer",
                             "directory through a link",
                             "file through a relative link",
                             "file through a hard link to a link",
                             "link over a directory",
                             "dots",
                             "absolute",
                             "hard link to the outside",
                             "hard link through a link"}) {
        QTest::newRow(kind) << std::string(kind);
    }
}

void TestCliExtract::escapes()
{
    QFETCH(std::string, kind);
    const std::string outside = in(*m_directory, "outside");
    fs::create_directory(outside);
    writeFile(outside + "/kept", "kept");
    TarWriter tar;
    TarWriter second;
    second.file("fine", "fine");
    if (kind == "file through a link") {
        tar.symlink("x", outside).file("x/evil", "evil").file("x/kept", "evil");
    } else if (kind == "file through a link of a lower layer") {
        tar.symlink("x", outside);
        second.file("x/evil", "evil").file("x/kept", "evil");
    } else if (kind == "directory through a link") {
        tar.symlink("x", outside).directory("x/evil/").file("x/evil/file", "evil");
    } else if (kind == "file through a relative link") {
        tar.symlink("x", "../outside").file("x/evil", "evil").file("x/kept", "evil");
    } else if (kind == "file through a hard link to a link") {
        tar.symlink("x", outside).hardlink("y", "x").file("y/evil", "evil").file("y/kept", "evil");
    } else if (kind == "link over a directory") {
        tar.directory("x/").symlink("x", outside).file("x/kept", "evil");
    } else if (kind == "dots") {
        tar.file("../outside/evil", "evil")
            .file("../outside/kept", "evil")
            .file("a/../../outside/kept", "evil");
    } else if (kind == "absolute") {
        tar.file(outside + "/evil", "evil").file(outside + "/kept", "evil");
    } else if (kind == "hard link to the outside") {
        tar.hardlink("x", outside + "/kept").file("x", "evil").hardlink("y", "../outside/kept");
    } else {
        tar.symlink("x", outside).hardlink("y", "x/kept").file("y", "evil");
    }
    const std::string image = save(DockerArchive().layer(tar, "RUN a").layer(second, "RUN b"));
    const Ran ran = extract(image, {"/"});
    QVERIFY2(ran.code == 0 || ran.code == 3, ran.err);
    QCOMPARE(namesIn(outside), Words{"kept"});
    QCOMPARE(readFile(outside + "/kept"), QByteArray("kept"));
    QCOMPARE(statusOf(outside + "/kept").st_nlink, 1U);
    QCOMPARE(namesIn(m_directory->path().toStdString()), (Words{"image.tar", "out", "outside"}));
    QCOMPARE(readFile(target() + "/fine"), QByteArray("fine"));
}

void TestCliExtract::linksInAForcedTargetAreNotFollowed()
{
    const std::string outside = in(*m_directory, "outside");
    fs::create_directories(outside);
    fs::create_directories(target() + "/srv");
    writeFile(outside + "/motd", "kept");
    fs::create_symlink(outside, target() + "/etc");
    fs::create_symlink(outside + "/motd", target() + "/srv/app");
    const Ran ran = extract(save(sampleImage()), {"/etc", "/srv"}, {"--force"});
    QVERIFY2(ran.code == 0, ran.err);
    QCOMPARE(namesIn(outside), Words{"motd"});
    QCOMPARE(readFile(outside + "/motd"), QByteArray("kept"));
    QCOMPARE(readFile(target() + "/etc/motd"), QByteArray("welcome\n"));
    QCOMPARE(readFile(target() + "/srv/app"), QByteArray("app"));
    QVERIFY(!fs::is_symlink(target() + "/srv/app"));
}

void TestCliExtract::nonEmptyTarget()
{
    fs::create_directory(target());
    writeFile(target() + "/mine", "mine");
    const std::string image = save(sampleImage());
    const Ran refused = extract(image, {"/etc"});
    QCOMPARE(refused.code, 3);
    QVERIFY2(refused.err.contains("--force"), refused.err);
    QCOMPARE(namesIn(target()), Words{"mine"});
    QCOMPARE(extract(image, {"/etc"}, {"--force"}).code, 0);
    QCOMPARE(namesIn(target()), (Words{"etc", "mine"}));
    QCOMPARE(extract(image, {"/etc"}, {"--force"}).code, 0); // and once more over the same files
}

void TestCliExtract::missingPath()
{
    const Ran ran = extract(save(sampleImage()), {"/etc", "/none"});
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains("/none"), ran.err);
    QVERIFY(!fs::exists(target()));
}

void TestCliExtract::devicesAreSkipped()
{
    TarWriter tar;
    tar.raw("null", '3', 0, {}, {}, {}).raw("pipe", '6', 0, {}, {}, {.mode = 0640}).file("f", "x");
    const Ran ran = extract(save(DockerArchive().layer(tar, "RUN x")), {"/"});
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.err.contains("/null"), ran.err);
    QCOMPARE(namesIn(target()), (Words{"f", "pipe"}));
    QVERIFY(S_ISFIFO(statusOf(target() + "/pipe").st_mode));
    QCOMPARE(modeOf(target() + "/pipe"), 0640U);
}

void TestCliExtract::namesAreBytes()
{
    const std::string name = "caf\xe9 \x1b[2J";
    const Ran ran =
        extract(save(DockerArchive().layer(TarWriter().file(name, "x"), "RUN x")), {"/"});
    QCOMPARE(ran.code, 0);
    QCOMPARE(namesIn(target()), Words{name});
}

void TestCliExtract::namesTooLong()
{
    const std::string name(300, 'n');
    TarWriter tar;
    tar.raw("long", '0', 1, "x", {}, {.pax = {{"path", name}}});
    tar.raw("long2", '0', 1, "x", {}, {.pax = {{"path", name + "2/file"}}});
    tar.file("fine", "fine");
    const Ran ran = extract(save(DockerArchive().layer(tar, "RUN x")), {"/"});
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains("left out"), ran.err);
    QCOMPARE(namesIn(target()), Words{"fine"});
}

void TestCliExtract::sparseFiles()
{
    // 1 MB of hole, then four bytes.
    TarWriter tar;
    std::string map = "1\n1000000\n4\n";
    map.resize(512, '\0');
    tar.raw("sparse",
            '0',
            516,
            map + "data",
            {},
            {.pax = {{"GNU.sparse.major", "1"},
                     {"GNU.sparse.minor", "0"},
                     {"GNU.sparse.name", "sparse"},
                     {"GNU.sparse.realsize", "1000004"}}});
    const std::string image = save(DockerArchive().layer(tar, "RUN x"));
    QCOMPARE(extract(image, {"/"}).code, 0);
    const QByteArray bytes = readFile(target() + "/sparse");
    QCOMPARE(bytes.size(), 1000004);
    QCOMPARE(bytes.right(4), QByteArray("data"));
    QCOMPARE(bytes.count('\0'), 1000000);
    QCOMPARE(runCli({"cat", image, "/sparse"}).out, bytes);
}

QTEST_GUILESS_MAIN(TestCliExtract)
#include "tst_cliextract.moc"
