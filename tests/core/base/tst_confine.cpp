// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/confine.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace cutaway;

namespace {

constexpr auto kNoLandlock = "this kernel has no Landlock; paths are not narrowed here";

/// errno of opening `path`; 0 when it could be opened.
int opening(const std::string &path, int flags = O_RDONLY)
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
    const int code = descriptor < 0 ? errno : 0;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return code;
}

int codeOf(int result)
{
    return result == 0 ? 0 : errno;
}

/// Does `work` in a thread that may do no more than `allowed`.
void confined(const Confinement &allowed, Confined *state, const std::function<void()> &work)
{
    std::thread([&] {
        *state = confineThread(allowed);
        work();
    }).join();
}

int runningTrue()
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::execl("/bin/true", "true", nullptr);
        ::_exit(errno);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

class TestConfine : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void privilegesAreGivenUp();
    void pathsAreNarrowed_data();
    void pathsAreNarrowed();
    void threadsInherit();
    void whatIsOpenStaysOpen();
    void absentPathsAllowNothing();

private:
    std::string path(const char *name) const
    {
        return m_folder->filePath(QLatin1String(name)).toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestConfine::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    for (const char *directory : {"image", "image/deep", "cache", "cache/a", "cache/b", "else"}) {
        QCOMPARE(::mkdir(path(directory).c_str(), 0700), 0);
    }
    for (const char *file : {"image/deep/blob", "image.tar", "cache/old", "else/secret"}) {
        QFile made(QString::fromStdString(path(file)));
        QVERIFY(made.open(QIODevice::WriteOnly));
        QCOMPARE(made.write("text"), 4);
    }
    QCOMPARE(::symlink(path("else/secret").c_str(), path("image/link").c_str()), 0);
}

void TestConfine::privilegesAreGivenUp()
{
    Confined state{};
    int inside = -1;
    confined({}, &state, [&] { inside = ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0); });
    QCOMPARE(inside, 1);
    QCOMPARE(::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 0); // this thread is as it was
}

void TestConfine::pathsAreNarrowed_data()
{
    QTest::addColumn<int>("wanted");
    QTest::addColumn<std::function<int()>>("work");

    using Work = std::function<int()>;
    const auto row = [](const char *name, int wanted, Work work) {
        QTest::newRow(name) << wanted << std::move(work);
    };
    const auto at = [this](const char *name) { return path(name); };
    row("a file below a readable directory", 0, [at] { return opening(at("image/deep/blob")); });
    row("a readable directory's list", 0, [at] { return opening(at("image"), O_DIRECTORY); });
    row("a readable file", 0, [at] { return opening(at("image.tar")); });
    row("a file beside", EACCES, [at] { return opening(at("else/secret")); });
    row("a link to it", EACCES, [at] { return opening(at("image/link")); });
    row("the way by ..", EACCES, [at] { return opening(at("image/../else/secret")); });
    row("a list beside", EACCES, [at] { return opening(at("else"), O_DIRECTORY); });
    row("the users", EACCES, [] { return opening("/etc/passwd"); });
    row("a device", EACCES, [] { return opening("/dev/zero"); });
    row("writing what is readable", EACCES, [at] { return opening(at("image.tar"), O_WRONLY); });
    row("a new file in the image", EACCES, [at] {
        return opening(at("image/new"), O_WRONLY | O_CREAT);
    });
    row("removing the image", EACCES, [at] { return codeOf(::unlink(at("image.tar").c_str())); });
    row("a new file in the cache", 0, [at] {
        return opening(at("cache/new"), O_RDWR | O_CREAT | O_EXCL);
    });
    row("a file without a name in the cache", 0, [at] {
        return opening(at("cache"), O_RDWR | O_TMPFILE);
    });
    row("emptying a file of the cache", 0, [at] {
        return opening(at("cache/old"), O_WRONLY | O_TRUNC);
    });
    row("removing from the cache", 0, [at] { return codeOf(::unlink(at("cache/old").c_str())); });
    row("a directory in the cache", 0, [at] {
        return codeOf(::mkdir(at("cache/c").c_str(), 0700));
    });
    row("renaming within the cache's directory", 0, [at] {
        return codeOf(::rename(at("cache/old").c_str(), at("cache/new").c_str()));
    });
    row("a link in the cache", EACCES, [at] {
        return codeOf(::symlink("/etc", at("cache/etc").c_str()));
    });
    row("a FIFO in the cache", EACCES, [at] {
        return codeOf(::mkfifo(at("cache/fifo").c_str(), 0600));
    });
    row("moving between directories of the cache", 0, [at] {
        return codeOf(::rename(at("cache/old").c_str(), at("cache/a/old").c_str()));
    });
    row("moving out of the cache", EACCES, [at] {
        return codeOf(::rename(at("cache/old").c_str(), at("else/old").c_str())) == 0 ? 0 : EACCES;
    });
    row("running a program", EACCES, &runningTrue);
}

void TestConfine::pathsAreNarrowed()
{
    QFETCH(int, wanted);
    QFETCH(std::function<int()>, work);
    const Confinement allowed{.readable = {path("image"), path("image.tar")},
                              .writable = {path("cache")}};
    Confined state{};
    int inside = -1;
    confined(allowed, &state, [&] { inside = work(); });
    if (state == Confined::PrivilegesOnly) {
        QSKIP(kNoLandlock);
    }
    QVERIFY2(inside == wanted, std::strerror(inside));
}

void TestConfine::threadsInherit()
{
    Confined state{};
    int privileges = -1;
    int users = -1;
    confined({}, &state, [&] {
        std::thread([&] {
            privileges = ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
            users = opening("/etc/passwd");
        }).join();
    });
    QCOMPARE(privileges, 1);
    QCOMPARE(opening("/etc/passwd"), 0); // this thread is as it was
    if (state == Confined::PrivilegesOnly) {
        QSKIP(kNoLandlock);
    }
    QCOMPARE(users, EACCES);
}

void TestConfine::whatIsOpenStaysOpen()
{
    const int secret = ::open(path("else/secret").c_str(), O_RDWR | O_CLOEXEC);
    const int directory = ::open(path("else").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    QVERIFY(secret >= 0 && directory >= 0);
    Confined state{};
    char bytes[4] = {};
    ssize_t got = -1;
    int below = -1;
    confined({}, &state, [&] {
        got = ::pread(secret, bytes, sizeof(bytes), 0);
        const int descriptor = ::openat(directory, "secret", O_RDONLY | O_CLOEXEC);
        below = descriptor < 0 ? errno : 0;
        ::close(descriptor);
    });
    ::close(secret);
    ::close(directory);
    QCOMPARE(QByteArray(bytes, static_cast<int>(got)), QByteArray("text"));
    if (state == Confined::PrivilegesOnly) {
        QSKIP(kNoLandlock);
    }
    QCOMPARE(below, EACCES); // a directory that is open is no way to what is in it
}

void TestConfine::absentPathsAllowNothing()
{
    Confined state{};
    int made = -1;
    confined({.readable = {path("none")}, .writable = {path("none")}}, &state, [&] {
        made = codeOf(::mkdir(path("none").c_str(), 0700));
    });
    if (state == Confined::PrivilegesOnly) {
        QSKIP(kNoLandlock);
    }
    QCOMPARE(made, EACCES);
}

QTEST_APPLESS_MAIN(TestConfine)

#include "tst_confine.moc"
