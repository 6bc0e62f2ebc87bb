// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/ownedfd.h"
#include "core/source/contentreader.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

using namespace cutaway;
using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

/// Puts something odd at a path; false where this machine or user cannot.
using Place = bool (*)(const std::string &path);

bool placeFifo(const std::string &path)
{
    return ::mkfifo(path.c_str(), 0600) == 0;
}

bool placeSocket(const std::string &path)
{
    // By a short name: a socket's path has room for 108 bytes.
    const std::string shortName = "/tmp/cutaway-" + std::to_string(::getpid());
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    shortName.copy(address.sun_path, sizeof(address.sun_path) - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool isBound =
        ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0;
    ::close(socket);
    std::error_code error;
    fs::rename(shortName, path, error);
    ::unlink(shortName.c_str());
    return isBound && !error;
}

bool placeDevice(const std::string &path)
{
    return ::mknod(path.c_str(), S_IFCHR | 0600, makedev(1, 5)) == 0; // as /dev/zero
}

bool placeDirectory(const std::string &path)
{
    return ::mkdir(path.c_str(), 0700) == 0;
}

bool linkTo(const char *target, const std::string &path)
{
    return ::symlink(target, path.c_str()) == 0;
}

/// Sees whether a file is opened; looking at it (O_PATH) is not opening.
class OpenWatch
{
public:
    explicit OpenWatch(const std::string &path)
        : m_watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
        , m_isOn(::inotify_add_watch(m_watch.get(), path.c_str(), IN_OPEN) >= 0)
    {}
    bool isOn() const { return m_isOn; }
    bool wasOpened() const
    {
        alignas(inotify_event) std::array<char, 4096> events{};
        return ::read(m_watch.get(), events.data(), events.size()) > 0;
    }

private:
    OwnedFd m_watch;
    bool m_isOn;
};

struct Opened
{
    std::unique_ptr<ImageSource> source;
    ImagePtr image;
};

Opened openImage(const std::string &path)
{
    Monitor monitor;
    auto source = openSource(pathReference(path), {}, monitor);
    if (!source) {
        return {};
    }
    auto image = loadImage(**source, {}, monitor);
    return {std::move(*source), image ? std::move(*image) : nullptr};
}

/// The content of a file of the image, or the error.
std::string contentOf(const Opened &opened, std::string_view path)
{
    std::string content;
    const Monitor monitor;
    const PathTree &tree = *opened.image->tree;
    const auto read =
        readContents(*opened.source,
                     *opened.image,
                     {tree.finalEntry(tree.find(path))},
                     {[](EntryId) -> Result<> { return {}; },
                      [&content](EntryId, Bytes run) -> Result<> {
                          content.append(reinterpret_cast<const char *>(run.data()), run.size());
                          return {};
                      }},
                     monitor);
    return read ? content : "error: " + read.error().message;
}

/// Changes a file's time as soon as its bytes are being read.
class TouchingMonitor : public Monitor
{
public:
    explicit TouchingMonitor(std::string path)
        : m_path(std::move(path))
    {}
    void advance(std::uint64_t, std::uint64_t) override
    {
        if (!m_path.empty()) {
            std::error_code error;
            fs::last_write_time(
                m_path, fs::file_time_type::clock::now() + std::chrono::hours(1), error);
        }
    }

private:
    std::string m_path;
};

/// No file may grow beyond `bytes` while this lives: what a full disk is, but for the name.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int) = SIG_DFL;
};

} // namespace

/// Files that are no files, that go away, change or cannot be written.
class TestFileFaults : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<Folder>(); }
    void blobThatIsNoFile_data();
    void blobThatIsNoFile();
    void indexThatIsNoFile_data() { oddities(); }
    void indexThatIsNoFile();
    void archiveThatIsNoFile_data() { oddities(); }
    void archiveThatIsNoFile();
    void oddFilesOfARootAreNotOpened();
    void unreadableBlob();
    void archiveThatIsGone();
    void archiveThatChanges_data();
    void archiveThatChanges();
    void layoutThatChanges_data();
    void layoutThatChanges();
    void noRoomToDecompress();

private:
    static void oddities();

    std::unique_ptr<Folder> m_folder;
};

void TestFileFaults::oddities()
{
    QTest::addColumn<Place>("place");
    QTest::newRow("a FIFO") << Place(&placeFifo);
    QTest::newRow("a socket") << Place(&placeSocket);
    QTest::newRow("a device") << Place(&placeDevice);
    QTest::newRow("a directory") << Place(&placeDirectory);
    QTest::newRow("a link to /dev/zero")
        << Place([](const std::string &path) { return linkTo("/dev/zero", path); });
    QTest::newRow("a link to itself") << Place(
        [](const std::string &path) { return linkTo(fs::path(path).filename().c_str(), path); });
    QTest::newRow("a link to nothing")
        << Place([](const std::string &path) { return linkTo("nothing", path); });
}

void TestFileFaults::blobThatIsNoFile_data()
{
    oddities();
    QTest::newRow("a link to the users")
        << Place([](const std::string &path) { return linkTo("/etc/passwd", path); });
    QTest::newRow("a link up and out")
        << Place([](const std::string &path) { return linkTo("../../../outside", path); });
}

void TestFileFaults::blobThatIsNoFile()
{
    QFETCH(Place, place);
    const TestImage image = smallImage();
    m_folder->write("outside", image.blobs[0]); // the right bytes in the wrong place
    const std::string layout = m_folder->writeAll("oci", ociFiles(image));
    const std::string blob = layout + "/" + blobPath(image.blobs[0]);
    QCOMPARE(::unlink(blob.c_str()), 0);
    if (!place(blob)) {
        QSKIP("this user cannot make such a file");
    }
    const OpenWatch watch(blob);
    const auto loaded = load(layout);
    QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
    QVERIFY(!(*loaded)->layers[0].isRead());
    QVERIFY(!(*loaded)->layers[0].problem.empty());
    QVERIFY(!(*loaded)->complete);
    QVERIFY((*loaded)->layers[1].isRead());
    QVERIFY(!fs::is_fifo(fs::symlink_status(blob)) || (watch.isOn() && !watch.wasOpened()));
}

void TestFileFaults::indexThatIsNoFile()
{
    QFETCH(Place, place);
    const std::string layout = m_folder->writeAll("oci", ociFiles(smallImage()));
    const std::string index = layout + "/index.json";
    QCOMPARE(::unlink(index.c_str()), 0);
    if (!place(index)) {
        QSKIP("this user cannot make such a file");
    }
    const auto loaded = load(layout);
    QVERIFY(!loaded);
    QVERIFY(!loaded.error().message.empty());
}

void TestFileFaults::archiveThatIsNoFile()
{
    QFETCH(Place, place);
    const std::string archive = m_folder->path("image.tar");
    if (!place(archive)) {
        QSKIP("this user cannot make such a file");
    }
    const OpenWatch watch(archive);
    const auto loaded = load(archive);
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().message.contains("image.tar"), loaded.error().message.c_str());
    QVERIFY(!fs::is_fifo(fs::symlink_status(archive)) || (watch.isOn() && !watch.wasOpened()));
}

void TestFileFaults::oddFilesOfARootAreNotOpened()
{
    const std::string root = m_folder->writeAll("root", {{"etc/name", "first"}, {"bin/sh", "x"}});
    QVERIFY(placeFifo(root + "/etc/fifo"));
    QVERIFY(linkTo("/etc/passwd", root + "/etc/passwd"));
    const OpenWatch watch(root + "/etc/fifo");
    QVERIFY(watch.isOn());
    const auto loaded = load(root);
    QVERIFY(loaded);
    QVERIFY(!watch.wasOpened());
    QCOMPARE(filesOf(**loaded),
             std::string("/bin/sh 1\n/etc/fifo 0\n/etc/name 5\n/etc/passwd 0\n"));
}

void TestFileFaults::unreadableBlob()
{
    const TestImage image = smallImage();
    const std::string layout = m_folder->writeAll("oci", ociFiles(image));
    for (fs::path at = layout; at != at.root_path() && ::geteuid() == 0; at = at.parent_path()) {
        const std::string path = at.string();
        if (path.starts_with("/tmp/")) {
            QCOMPARE(::chmod(path.c_str(), 0755), 0);
        }
    }
    const std::string blob = layout + "/" + blobPath(image.blobs[0]);
    QCOMPARE(::chmod(blob.c_str(), 0), 0);
    const bool isRoot = ::geteuid() == 0;
    if (isRoot) {
        QCOMPARE(::seteuid(65534), 0); // nobody, who may not read what root may
    }
    const auto loaded = load(layout);
    if (isRoot) {
        QCOMPARE(::seteuid(0), 0);
    }
    QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
    const Layer &layer = (*loaded)->layers[0];
    QCOMPARE(layer.state, Layer::State::Damaged);
    QVERIFY2(layer.problem.contains("Permission denied"), layer.problem.c_str());
    QVERIFY((*loaded)->layers[1].isRead());
}

void TestFileFaults::archiveThatIsGone()
{
    const std::string path = m_folder->write("image.tar", tarOf(ociFiles(smallImage())));
    const Opened removed = openImage(path);
    QVERIFY(removed.image);
    QCOMPARE(::unlink(path.c_str()), 0);
    QCOMPARE(contentOf(removed, "/etc/name"), std::string("first"));
    // Another file under the same name.
    TestImage other = smallImage();
    m_folder->write("image.tar", tarOf(ociFiles(other)));
    QCOMPARE(contentOf(removed, "/data/new"), std::string("new"));
}

void TestFileFaults::archiveThatChanges_data()
{
    QTest::addColumn<bool>("isRoot"); // nothing says what its bytes should be
    QTest::addColumn<bool>("isTouched");
    QTest::addColumn<bool>("isNoted");

    QTest::newRow("a root file system is written to") << true << true << true;
    QTest::newRow("a root file system is left alone") << true << false << false;
    QTest::newRow("an image is written to, but its digests agree") << false << true << false;
}

void TestFileFaults::archiveThatChanges()
{
    QFETCH(bool, isRoot);
    QFETCH(bool, isTouched);
    QFETCH(bool, isNoted);
    const std::string root = TarWriter().file("etc/name", "first").file("bin/sh", "x").finish();
    const std::string path =
        m_folder->write("image.tar", isRoot ? root : tarOf(ociFiles(smallImage())));
    TouchingMonitor monitor(isTouched ? path : std::string());
    const auto source = openSource(pathReference(path), {}, monitor);
    QVERIFY(source);
    const auto loaded = loadImage(**source, {}, monitor);
    QVERIFY(loaded);
    QCOMPARE(hasNote(**loaded, "changed-while-read"), isNoted);
}

void TestFileFaults::layoutThatChanges_data()
{
    QTest::addColumn<std::function<void(const std::string &)>>("change");
    using Change = std::function<void(const std::string &)>;

    QTest::newRow("the blob is removed")
        << Change([](const std::string &blob) { ::unlink(blob.c_str()); });
    QTest::newRow("a link takes its place") << Change([](const std::string &blob) {
        std::error_code error;
        fs::rename(blob, blob + ".moved", error);
        fs::create_symlink(blob + ".moved", blob, error);
        fs::create_symlink("/etc/passwd", blob, error);
    });
    QTest::newRow("a directory takes its place") << Change([](const std::string &blob) {
        ::unlink(blob.c_str());
        ::mkdir(blob.c_str(), 0700);
    });
    QTest::newRow("it is emptied")
        << Change([](const std::string &blob) { (void)::truncate(blob.c_str(), 0); });
    QTest::newRow("its folder becomes a link to another") << Change([](const std::string &blob) {
        const fs::path folder = fs::path(blob).parent_path();
        std::error_code error;
        fs::rename(folder, folder.string() + ".moved", error);
        fs::create_directory_symlink("/etc", folder, error);
    });
}

/// What was inspected or an error, and never other bytes.
void TestFileFaults::layoutThatChanges()
{
    QFETCH(std::function<void(const std::string &)>, change);
    const TestImage image = smallImage();
    const std::string layout = m_folder->writeAll("oci", ociFiles(image));
    const Opened opened = openImage(layout);
    QVERIFY(opened.image);
    QCOMPARE(contentOf(opened, "/etc/name"), std::string("first"));
    change(layout + "/" + blobPath(image.blobs[0]));
    const std::string content = contentOf(opened, "/etc/name");
    QVERIFY2(content.starts_with("error: ") || content == "first", content.c_str());
    QCOMPARE(contentOf(opened, "/data/new").starts_with("error: ") ? std::string("new")
                                                                   : contentOf(opened, "/data/new"),
             std::string("new"));
}

void TestFileFaults::noRoomToDecompress()
{
    const std::string cache = m_folder->path("cache");
    qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(cache));
    TestImage image = smallImage();
    image.layers[0] = TarWriter().file("big", std::string(1 << 20, 'b')).finish();
    image.blobs[0] = image.layers[0];
    const std::string path = m_folder->write("image.tar.gz", gzip(tarOf(ociFiles(image))));
    Monitor monitor;
    {
        const FileSizeLimit limit(100'000);
        const auto source = openSource(pathReference(path), {}, monitor);
        QVERIFY(!source);
        QCOMPARE(source.error().code, ErrorCode::Io);
        QVERIFY2(source.error().message.contains("writing the archive: File too large"),
                 source.error().message.c_str());
    }
    QVERIFY(fs::is_empty(cache + "/cutaway"));
    const auto source = openSource(pathReference(path), {}, monitor);
    QVERIFY2(source, source ? "" : source.error().message.c_str());
    QVERIFY(fs::is_empty(cache + "/cutaway")); // while it is in use, too
}

QTEST_GUILESS_MAIN(TestFileFaults)

#include "tst_filefaults.moc"
