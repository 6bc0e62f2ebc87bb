// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <filesystem>
#include <sys/stat.h>

using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

constexpr int kPatience = 20'000; ///< milliseconds until a test gives up

/// Runs the program by a shell that sets its limits or closes its descriptors first.
Ran runLimited(const std::string &limits, const Words &arguments, const std::string &directory)
{
    Words words = {"-c", limits + "; exec \"$0\" \"$@\"", cutawayPath()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return runProgram("/bin/sh", words, {.directory = directory});
}

Ran runRedirected(const std::string &redirections, const Words &arguments)
{
    Words words = {"-c", "exec \"$0\" \"$@\" " + redirections, cutawayPath()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return runProgram("/bin/sh", words, {});
}

/// Whether the process holds a file open that has no name in the directory.
bool holdsNamelessFile(qint64 process, const std::string &directory)
{
    std::error_code error;
    for (const auto &entry :
         fs::directory_iterator("/proc/" + std::to_string(process) + "/fd", error)) {
        const std::string target = fs::read_symlink(entry.path(), error).string();
        if (target.starts_with(directory + "/") && target.ends_with("(deleted)")) {
            return true;
        }
    }
    return false;
}

} // namespace

/// The program among full disks, odd files, few descriptors and sudden ends.
class TestCliFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void killedWhileAnAnswerIsWritten();
    void fullDiskForTheAnswer();
    void specialFilesStay_data();
    void specialFilesStay();
    void closedOutputIsAnError();
    void closedErrorsDoNotEndUpInTheAnswer();
    void oddArguments_data();
    void oddArguments();
    void moreLayersThanDescriptors();

private:
    std::string file(const char *name) const { return in(*m_directory, name); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_image;
};

void TestCliFaults::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_directory->path()).mkdir(QStringLiteral("work")));
    m_image = file("image.tar");
    writeFile(m_image,
              DockerArchive()
                  .layer(TarWriter().file("big", std::string(1 << 20, 'b')), "RUN make")
                  .bytes());
}

void TestCliFaults::killedWhileAnAnswerIsWritten()
{
    TarWriter tar;
    std::string map = "1\n1000000000000\n4\n";
    map.resize(512, '\0');
    tar.raw("huge",
            '0',
            516,
            map + "data",
            {},
            {.pax = {{"GNU.sparse.major", "1"},
                     {"GNU.sparse.minor", "0"},
                     {"GNU.sparse.name", "huge"},
                     {"GNU.sparse.realsize", "1000000000004"}}});
    writeFile(m_image, DockerArchive().layer(tar, "RUN x").bytes());
    QProcess process;
    process.setWorkingDirectory(m_directory->filePath(QStringLiteral("work")));
    QStringList arguments;
    for (const std::string &word : {std::string("cat"), m_image, std::string("/huge")}) {
        arguments << QString::fromStdString(word);
    }
    arguments << QStringLiteral("--output") << QStringLiteral("copy");
    process.start(QString::fromStdString(cutawayPath()), arguments);
    QVERIFY(process.waitForStarted());
    const std::string work = fs::canonical(file("work")).string();
    QElapsedTimer timer;
    timer.start();
    while (!holdsNamelessFile(process.processId(), work) && timer.elapsed() < kPatience) {
        QTest::qWait(20);
    }
    QVERIFY2(timer.elapsed() < kPatience, "no file without a name was seen");
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGKILL), 0);
    QVERIFY(process.waitForFinished(kPatience));
    QCOMPARE(namesIn(file("work")), Words{});
}

void TestCliFaults::fullDiskForTheAnswer()
{
    const Ran ran =
        runLimited("ulimit -f 100", {"cat", m_image, "/big", "--output", "copy"}, file("work"));
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains("copy: cannot be written: File too large"), ran.err.constData());
    QCOMPARE(namesIn(file("work")), Words{});
}

void TestCliFaults::specialFilesStay_data()
{
    QTest::addColumn<std::string>("path");
    QTest::newRow("a device") << std::string("/dev/null");
    QTest::newRow("a link to the standard output") << std::string("link");
    QTest::newRow("a FIFO") << std::string("fifo");
}

/// What is no regular file is written to, not replaced.
void TestCliFaults::specialFilesStay()
{
    QFETCH(std::string, path);
    QCOMPARE(::symlink("/proc/self/fd/1", file("work/link").c_str()), 0);
    QCOMPARE(::mkfifo(file("work/fifo").c_str(), 0600), 0);
    const std::string output = path.starts_with('/') ? path : file("work/") + path;
    struct stat before = {};
    QCOMPARE(::lstat(output.c_str(), &before), 0);
    QProcess reader; // a FIFO wants one
    if (path == "fifo") {
        reader.setStandardOutputFile(m_directory->filePath(QStringLiteral("copy")));
        reader.start(QStringLiteral("cat"), {QString::fromStdString(output)});
        QVERIFY(reader.waitForStarted());
    }
    const Ran ran = runCli({"cat", m_image, "/big", "--output", output});
    QCOMPARE(ran.code, 0);
    struct stat after = {};
    QCOMPARE(::lstat(output.c_str(), &after), 0);
    QCOMPARE(after.st_ino, before.st_ino);
    QCOMPARE(after.st_mode, before.st_mode);
    if (path == "link") {
        QCOMPARE(ran.out.size(), 1 << 20);
    }
    if (path == "fifo") {
        QVERIFY(reader.waitForFinished(kPatience));
        QCOMPARE(readFile(file("copy")).size(), 1 << 20);
    }
}

void TestCliFaults::closedOutputIsAnError()
{
    const Ran ran = runRedirected(">&-", {"inspect", m_image});
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains("standard output: Bad file descriptor"), ran.err.constData());
}

/// The first file that is opened must not get the number of standard error.
void TestCliFaults::closedErrorsDoNotEndUpInTheAnswer()
{
    const std::string copy = file("work/copy");
    const Ran ran =
        runRedirected("<&- >&- 2>&-", {"cat", m_image, "/big", "--strict", "--output", copy});
    QCOMPARE(ran.code, 0);
    QCOMPARE(readFile(copy), QByteArray(1 << 20, 'b'));
}

void TestCliFaults::oddArguments_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<QByteArray>("complaint");
    QTest::newRow("a FIFO") << std::string("fifo") << QByteArray("is a FIFO, not a file");
    QTest::newRow("an endless device")
        << std::string("/dev/zero") << QByteArray("is a device, not a file");
    QTest::newRow("a link to it") << std::string("zero") << QByteArray("is a device, not a file");
    QTest::newRow("a link to itself")
        << std::string("loop") << QByteArray("Too many levels of symbolic links");
}

void TestCliFaults::oddArguments()
{
    QFETCH(std::string, path);
    QFETCH(QByteArray, complaint);
    QCOMPARE(::mkfifo(file("work/fifo").c_str(), 0600), 0);
    QCOMPARE(::symlink("loop", file("work/loop").c_str()), 0);
    QCOMPARE(::symlink("/dev/zero", file("work/zero").c_str()), 0);
    const Ran ran = runCli({path.starts_with('/') ? path : file("work/") + path});
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains(complaint), ran.err.constData());
}

void TestCliFaults::moreLayersThanDescriptors()
{
    constexpr int kLayers = 100;
    DockerArchive archive;
    for (int i = 0; i < kLayers; ++i) {
        archive.layer(TarWriter().file("f" + std::to_string(i), "x"), "RUN x");
    }
    writeFile(m_image, archive.bytes());
    const std::string layout = file("layout");
    QVERIFY(QDir().mkpath(QString::fromStdString(layout)));
    const Ran unpacked = runProgram("/bin/tar", {"-xf", m_image, "-C", layout});
    QCOMPARE(unpacked.code, 0);
    const Ran ran = runLimited("ulimit -n 40", {"files", layout, "--format", "json"}, file("work"));
    QVERIFY2(ran.code == 0, ran.err.constData());
    QVERIFY(ran.out.contains("f99"));
}

QTEST_GUILESS_MAIN(TestCliFaults)
#include "tst_clifaults.moc"
