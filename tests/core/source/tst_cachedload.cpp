// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/contentreader.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <utime.h>

using namespace cutaway;
using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

/// Longer than the steps of a file system's clock: the cache takes only files that are older.
void letSettle()
{
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
}

std::vector<bool> earlierOf(const Image &image)
{
    std::vector<bool> earlier;
    for (const Layer &layer : image.layers) {
        earlier.push_back(layer.verifiedEarlier);
    }
    return earlier;
}

std::string digestsOf(const Image &image)
{
    std::string text;
    for (const Layer &layer : image.layers) {
        text += layer.digest.text() + " " + layer.diffId.text() + " " + layer.compression + " "
                + std::to_string(layer.wireBytes.value_or(0)) + " "
                + std::to_string(layer.unpackedBytes.value_or(0)) + " "
                + (layer.verified == true ? "verified" : "not verified") + "\n";
    }
    return text;
}

std::string gzipLayer(std::string_view bytes)
{
    return gzip(bytes);
}

} // namespace

class TestCachedLoad : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void secondTimeIsEarlier_data();
    void secondTimeIsEarlier();
    void readsNothingOfTheLayers();
    void writtenFileIsReadAnew();
    void claimedDiffIdIsNotBelieved();
    void otherClaimOnTheSameBytes();
    void damagedLayersAreNotKept();
    void oneBlobTwice();
    void youngFilesAreNotKept();
    void withoutACache();

private:
    Result<ImagePtr> loadCached(const std::string &path) const
    {
        LoadOptions options;
        options.cache = AnalysisCache::open(m_cache).value_or(nullptr);
        return load(path, options);
    }
    std::size_t kept(std::string_view extension) const
    {
        return static_cast<std::size_t>(
            std::ranges::count_if(fs::directory_iterator(m_cache), [&](const auto &entry) {
                return entry.path().extension() == extension;
            }));
    }
    std::unique_ptr<Folder> m_folder;
    std::string m_cache;
};

void TestCachedLoad::init()
{
    m_folder = std::make_unique<Folder>();
    m_cache = m_folder->path("cache/analysis");
}

void TestCachedLoad::secondTimeIsEarlier_data()
{
    QTest::addColumn<std::string>("suffix");
    QTest::addColumn<bool>("isDirectory");
    QTest::newRow("plain layers in an archive") << std::string() << false;
    QTest::newRow("gzip layers in an archive") << std::string("gzip") << false;
    QTest::newRow("gzip layers in a directory") << std::string("gzip") << true;
}

void TestCachedLoad::secondTimeIsEarlier()
{
    QFETCH(std::string, suffix);
    QFETCH(bool, isDirectory);
    const TestImage image = suffix.empty() ? smallImage() : packedImage(gzipLayer, suffix);
    const std::string path = isDirectory ? m_folder->writeAll("image", ociFiles(image))
                                         : m_folder->write("image.tar", tarOf(ociFiles(image)));
    letSettle();
    const auto first = loadCached(path);
    QVERIFY2(first.has_value(), first ? "" : first.error().message.c_str());
    QCOMPARE(earlierOf(**first), (std::vector<bool>{false, false}));
    const auto second = loadCached(path);
    QVERIFY(second.has_value());
    QCOMPARE(earlierOf(**second), (std::vector<bool>{true, true}));
    QCOMPARE(filesOf(**second), filesOf(**first));
    QCOMPARE(digestsOf(**second), digestsOf(**first));
    QCOMPARE(notesOf(**second), notesOf(**first));
    QVERIFY((*second)->complete);
}

/// Bytes that the identity vouches for are not looked at: changed behind the file system's back,
/// they are still what they were.
void TestCachedLoad::readsNothingOfTheLayers()
{
    const std::string path = m_folder->write("image.tar", tarOf(ociFiles(smallImage())));
    letSettle();
    QVERIFY(loadCached(path).has_value());
    QCOMPARE(kept(".blob"), std::size_t{2});
    QCOMPARE(kept(".tree"), std::size_t{2});
    fs::copy_file(path, m_folder->path("copy.tar")); // another file, the same layers
    letSettle();
    const auto copy = loadCached(m_folder->path("copy.tar"));
    QVERIFY(copy.has_value());
    QCOMPARE(earlierOf(**copy), (std::vector<bool>{false, false}));
    QCOMPARE(kept(".blob"), std::size_t{4});
    QCOMPARE(kept(".tree"), std::size_t{2}); // one tree a diff ID
}

/// The size and even the time are what they were; the system's own time of change is not.
void TestCachedLoad::writtenFileIsReadAnew()
{
    const TestImage image = smallImage();
    const std::string bytes = tarOf(ociFiles(image));
    const std::string path = m_folder->write("image.tar", bytes);
    letSettle();
    QVERIFY(loadCached(path).has_value());
    struct stat before = {};
    QCOMPARE(::stat(path.c_str(), &before), 0);
    std::string changed = bytes;
    const std::size_t place = bytes.find(image.blobs[0]);
    const std::size_t content = bytes.find("first", place);
    changed[content] = 'F';
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.write(changed.data(), std::ssize(changed));
    }
    const std::array<timespec, 2> times = {before.st_atim, before.st_mtim};
    QCOMPARE(::utimensat(AT_FDCWD, path.c_str(), times.data(), 0), 0);
    letSettle();
    const auto again = loadCached(path);
    QVERIFY(again.has_value());
    QCOMPARE((*again)->layers[0].verified, std::optional(false));
    QCOMPARE(earlierOf(**again), (std::vector<bool>{false, false}));
}

/// An archive that claims another layer's diff ID gets its own tree, and a note.
void TestCachedLoad::claimedDiffIdIsNotBelieved()
{
    const TestImage honest = smallImage();
    const std::string honestPath = m_folder->write("honest.tar", tarOf(dockerFiles(honest)));
    TestImage liar = smallImage();
    liar.layers[0] = TarWriter().directory("evil").file("evil/file", "own").finish();
    liar.blobs[0] = liar.layers[0];
    liar.diffIds[0] = honest.diffIds[0];
    const std::string liarPath = m_folder->write("liar.tar", tarOf(dockerFiles(liar)));
    letSettle();
    const auto first = loadCached(honestPath);
    QVERIFY(first.has_value());
    for (int round = 0; round < 2; ++round) {
        const auto lied = loadCached(liarPath);
        QVERIFY(lied.has_value());
        QVERIFY(filesOf(**lied).contains("/evil/file 3"));
        QVERIFY(!filesOf(**lied).contains("/etc/name"));
        QVERIFY(hasNote(**lied, "diff-id-mismatch"));
        QCOMPARE((*lied)->layers[0].verified, std::optional(false));
        QVERIFY(!(*lied)->layers[0].verifiedEarlier); // mismatching layers are not kept
    }
    const auto again = loadCached(honestPath);
    QCOMPARE(filesOf(**again), filesOf(**first));
    QCOMPARE(earlierOf(**again), (std::vector<bool>{true, true}));
}

/// Kept bytes are held against what this image says of them.
void TestCachedLoad::otherClaimOnTheSameBytes()
{
    const TestImage image = smallImage();
    const std::string path = m_folder->writeAll("image", ociFiles(image));
    letSettle();
    QVERIFY(loadCached(path).has_value());
    TestImage liar = image;
    std::swap(liar.diffIds[0], liar.diffIds[1]);
    for (const auto &[name, bytes] : ociFiles(liar)) { // the layers' files stay as they are
        if (name != blobPath(image.blobs[0]) && name != blobPath(image.blobs[1])) {
            m_folder->write("image/" + name, bytes);
        }
    }
    const auto lied = loadCached(path);
    QVERIFY(lied.has_value());
    QVERIFY(hasNote(**lied, "diff-id-mismatch"));
    QCOMPARE((*lied)->layers[0].verified, std::optional(false));
    QCOMPARE(earlierOf(**lied), (std::vector<bool>{false, false}));
}

void TestCachedLoad::damagedLayersAreNotKept()
{
    TestImage image = packedImage(gzipLayer, "gzip");
    image.blobs[1].resize(image.blobs[1].size() / 2);
    const std::string path = m_folder->write("image.tar", tarOf(ociFiles(image)));
    letSettle();
    for (int round = 0; round < 2; ++round) {
        const auto loaded = loadCached(path);
        QVERIFY(loaded.has_value());
        QCOMPARE((*loaded)->layers[1].state, Layer::State::Damaged);
        QCOMPARE(earlierOf(**loaded), (std::vector<bool>{round == 1, false}));
    }
    QCOMPARE(kept(".tree"), std::size_t{1});
}

void TestCachedLoad::oneBlobTwice()
{
    TestImage image = smallImage();
    image.layers[1] = image.layers[0];
    image.blobs[1] = image.blobs[0];
    image.diffIds[1] = image.diffIds[0];
    const std::string path = m_folder->write("image.tar", tarOf(ociFiles(image)));
    letSettle();
    const auto first = loadCached(path);
    const auto second = loadCached(path);
    QVERIFY(first && second);
    QCOMPARE(filesOf(**second), filesOf(**first));
    QCOMPARE(earlierOf(**second), (std::vector<bool>{true, true}));
    QCOMPARE(kept(".blob"), std::size_t{1});
}

/// The next write could leave a file that was written to just now with the same times.
void TestCachedLoad::youngFilesAreNotKept()
{
    const std::string path = m_folder->write("image.tar", tarOf(ociFiles(smallImage())));
    const auto year = static_cast<std::time_t>(4'000'000'000); // a clock that runs ahead
    const utimbuf times = {year, year};
    QCOMPARE(::utime(path.c_str(), &times), 0);
    QVERIFY(loadCached(path).has_value());
    QCOMPARE(kept(".blob"), std::size_t{0});
}

void TestCachedLoad::withoutACache()
{
    const std::string path = m_folder->write("image.tar", tarOf(ociFiles(smallImage())));
    letSettle();
    QVERIFY(loadCached(path).has_value());
    const auto plain = load(path);
    QVERIFY(plain.has_value());
    QCOMPARE(earlierOf(**plain), (std::vector<bool>{false, false}));
}

QTEST_GUILESS_MAIN(TestCachedLoad)
#include "tst_cachedload.moc"
