// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/confine.h"
#include "core/inspect/inspect.h"
#include "core/source/contentreader.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"

#include <QTest>
#include <QThreadPool>

#include <cerrno>
#include <fcntl.h>
#include <mutex>
#include <sys/prctl.h>
#include <thread>
#include <unistd.h>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// What a thread can do.
struct Rights
{
    int noNewPrivileges = -1;
    int users = -1;   ///< errno of opening /etc/passwd
    int source = -1;  ///< of opening the image
    int writing = -1; ///< of making a file beside it
};

int opening(const std::string &path, int flags)
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
    const int code = descriptor < 0 ? errno : 0;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return code;
}

Rights rightsOfThread(const std::string &source, const std::string &beside)
{
    return {.noNewPrivileges = ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0),
            .users = opening("/etc/passwd", O_RDONLY),
            .source = opening(source, O_RDONLY),
            .writing = opening(beside, O_RDWR | O_TMPFILE)};
}

bool isFree(const Rights &rights)
{
    return rights.noNewPrivileges == 0 && rights.users == 0 && rights.source == 0
           && rights.writing == 0;
}

/// Keeps what the loader's threads can do when they report.
class RightsObserver
{
public:
    RightsObserver(std::string source, std::string beside)
        : m_source(std::move(source))
        , m_beside(std::move(beside))
    {
        m_observer.onConfig = [this](const ImagePtr &) { look(); };
        m_observer.onLayer = [this](std::uint32_t, const std::shared_ptr<const LayerTree> &) {
            look();
        };
    }

    const LoadObserver *observer() const { return &m_observer; }
    const std::vector<Rights> &seen() const { return m_seen; }

private:
    void look()
    {
        const std::scoped_lock lock(m_mutex);
        m_seen.push_back(rightsOfThread(m_source, m_beside));
    }

    std::string m_source;
    std::string m_beside;
    LoadObserver m_observer;
    std::mutex m_mutex;
    std::vector<Rights> m_seen;
};

bool hasLandlock()
{
    Confined state{};
    std::thread([&state] { state = confineThread({}); }).join();
    return state == Confined::PathsToo;
}

/// The content of a file of the image, read in this thread.
std::string contentOf(const Inspected &inspected, std::string_view path)
{
    const PathTree &tree = *inspected.inspection->image->tree;
    std::string content;
    const Monitor monitor;
    const auto read =
        readContents(*inspected.source,
                     *inspected.inspection->image,
                     {tree.finalEntry(tree.find(path))},
                     {[](EntryId) -> Result<> { return {}; },
                      [&content](EntryId, Bytes run) -> Result<> {
                          content.append(reinterpret_cast<const char *>(run.data()), run.size());
                          return {};
                      }},
                     monitor);
    return read ? content : read.error().message;
}

using Pack = std::string (*)(const Folder &folder);

std::string dockerArchive(const Folder &folder)
{
    return folder.write("docker.tar", tarOf(dockerFiles(smallImage())));
}

std::string squeezedArchive(const Folder &folder)
{
    return folder.write("docker.tar.gz", gzip(tarOf(dockerFiles(smallImage()))));
}

std::string ociLayout(const Folder &folder)
{
    return folder.writeAll("oci", ociFiles(smallImage()));
}

std::string skopeoDirectory(const Folder &folder)
{
    return folder.writeAll("skopeo", skopeoFiles(smallImage()));
}

std::string rootDirectory(const Folder &folder)
{
    return folder.writeAll("root", {{"etc/name", "first"}, {"bin/sh", "shell"}});
}

std::string squeezedRoot(const Folder &folder)
{
    return folder.write(
        "root.tar.gz",
        gzip(TarWriter().file("etc/name", "first").file("bin/sh", "shell").finish()));
}

} // namespace

/// The loader and its readers give up what they do not need; who calls inspect() loses nothing.
class TestConfinement : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readersAreConfined_data();
    void readersAreConfined();
    void poolThreadsStayFree();
    void callerIsTold();

private:
    std::unique_ptr<Folder> m_folder;
};

void TestConfinement::init()
{
    m_folder = std::make_unique<Folder>();
    qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_folder->path("cache")));
}

void TestConfinement::readersAreConfined_data()
{
    QTest::addColumn<Pack>("pack");
    QTest::addColumn<int>("source"); // errno of opening it by name

    QTest::newRow("an archive is open already") << &dockerArchive << EACCES;
    QTest::newRow("a whole-compressed archive, too") << &squeezedArchive << EACCES;
    QTest::newRow("a root file system as a tar, too") << &squeezedRoot << EACCES;
    QTest::newRow("an OCI layout's blobs are opened by name") << &ociLayout << 0;
    QTest::newRow("a skopeo directory's blobs, too") << &skopeoDirectory << 0;
    QTest::newRow("a root file system's files, too") << &rootDirectory << 0;
}

void TestConfinement::readersAreConfined()
{
    QFETCH(Pack, pack);
    QFETCH(int, source);
    const std::string path = pack(*m_folder);
    const RightsObserver observer(path, m_folder->path());
    InspectOptions options;
    options.observer = observer.observer();
    Monitor monitor;
    const auto inspected = inspect(pathReference(path), options, monitor);
    QVERIFY2(inspected, inspected ? "" : inspected.error().error.message.c_str());
    QVERIFY(inspected->inspection->image->complete);
    QVERIFY2(isFree(rightsOfThread(path, m_folder->path())), "the caller has lost rights");
    QCOMPARE(contentOf(*inspected, "/etc/name"), std::string("first"));
    QVERIFY(!observer.seen().empty());
    const bool isNarrowed = hasLandlock();
    for (const Rights &rights : observer.seen()) {
        QCOMPARE(rights.noNewPrivileges, 1);
        if (isNarrowed) {
            QCOMPARE(rights.users, EACCES);
            QCOMPARE(rights.source, source);
            QCOMPARE(rights.writing, EACCES);
        }
    }
    if (!isNarrowed) {
        QSKIP("this kernel has no Landlock; paths are not narrowed here");
    }
}

void TestConfinement::poolThreadsStayFree()
{
    const std::string path = dockerArchive(*m_folder);
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    pool.setExpiryTimeout(-1);
    bool isInspected = false;
    Rights rights;
    pool.start([&] {
        Monitor monitor;
        isInspected = inspect(pathReference(path), {}, monitor).has_value();
    });
    pool.start([&] { rights = rightsOfThread(path, m_folder->path()); });
    pool.waitForDone();
    QVERIFY(isInspected);
    QVERIFY2(isFree(rights), "the pool's thread has lost rights");
}

void TestConfinement::callerIsTold()
{
    const std::string path = ociLayout(*m_folder);
    std::vector<Confinement> told;
    InspectOptions options;
    options.open.onOpened = [&told](const Confinement &needed) { told.push_back(needed); };
    Monitor monitor;
    QVERIFY(inspect(pathReference(path), options, monitor));
    QCOMPARE(told.size(), 1U);
    QCOMPARE(told.front().readable, std::vector{path});
    QVERIFY(told.front().writable.empty());
}

QTEST_GUILESS_MAIN(TestConfinement)

#include "tst_confinement.moc"
