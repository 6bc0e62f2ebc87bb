// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace cutaway::test;

namespace {

constexpr int kPatience = 20'000; ///< milliseconds until a test gives up
constexpr int kReaction = 3'000;  ///< generous: the machine may be busy

} // namespace

/// SIGINT ends the program soon, with 130, and leaves nothing behind.
class TestCliCancel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void whileAStreamIsSlow();
    void whileAFileIsExtracted();
    void whileAnAnswerIsWritten();

private:
    void start(QProcess &process, const Words &words) const;
    static void interrupt(QProcess &process, int after);
    /// An image with one file so large that writing it takes long, though it is all hole.
    std::string hugeImage() const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestCliCancel::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_directory->path()).mkdir(QStringLiteral("work")));
}

void TestCliCancel::start(QProcess &process, const Words &words) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"TMPDIR", "XDG_CACHE_HOME", "HOME"}) {
        environment.insert(QLatin1String(name), m_directory->filePath(QStringLiteral("work")));
    }
    environment.insert(QStringLiteral("CUTAWAY_CACHE_DIR"), QStringLiteral("/dev/null"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_directory->filePath(QStringLiteral("work")));
    QStringList arguments;
    for (const std::string &word : words) {
        arguments << QString::fromStdString(word);
    }
    process.start(QString::fromStdString(cutawayPath()), arguments);
    QVERIFY(process.waitForStarted());
}

void TestCliCancel::interrupt(QProcess &process, int after)
{
    QTest::qWait(after);
    QCOMPARE(process.state(), QProcess::Running);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    QVERIFY(process.waitForFinished(kPatience));
    QVERIFY2(timer.elapsed() < kReaction, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
}

std::string TestCliCancel::hugeImage() const
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
    const std::string path = in(*m_directory, "huge.tar");
    writeFile(path, DockerArchive().layer(tar, "RUN x").bytes());
    return path;
}

void TestCliCancel::whileAStreamIsSlow()
{
    QProcess process;
    start(process, {"-", "--output", "report.txt"});
    const std::string bytes = sampleImage().bytes();
    process.write(bytes.data(), 3000); // in the middle of the first layer, and then nothing more
    QVERIFY(process.waitForBytesWritten());
    interrupt(process, 500);
    QCOMPARE(namesIn(in(*m_directory, "work")), Words{});
}

void TestCliCancel::whileAFileIsExtracted()
{
    QProcess process;
    start(process, {"extract", hugeImage(), "/", "-C", "out"});
    QElapsedTimer timer;
    timer.start();
    const std::string out = in(*m_directory, "work/out");
    while (namesIn(out).empty() && timer.elapsed() < kPatience) {
        QTest::qWait(20);
    }
    QCOMPARE(namesIn(out), Words{"huge"});
    interrupt(process, 50);
    QCOMPARE(namesIn(out), Words{});
}

void TestCliCancel::whileAnAnswerIsWritten()
{
    const std::string image = hugeImage();
    QProcess process;
    start(process, {"cat", image, "/huge", "--output", "copy"});
    interrupt(process, 500); // the file that is being written has no name to wait for
    QCOMPARE(namesIn(in(*m_directory, "work")), Words{});
}

QTEST_GUILESS_MAIN(TestCliCancel)
#include "tst_clicancel.moc"
