// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "core/base/limits.h"
#include "core/source/loader.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <filesystem>
#include <new>
#include <thread>
#include <unistd.h>

using namespace cutaway;
using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t kKind = 7;

/// Keeps "name=content" of each file but those called "unwanted".
class Recorder : public FileObserver
{
public:
    bool begin(std::string_view name, const Entry &entry) override
    {
        m_fact = {entry.headerOffset, kKind, std::string(name) + "="};
        return !name.ends_with("unwanted");
    }
    void data(Bytes run) override
    {
        m_fact.bytes.append(reinterpret_cast<const char *>(run.data()), run.size());
    }
    void end(FileFacts &facts) override { facts.push_back(m_fact); }

private:
    FileFact m_fact;
};

FileWatch recording()
{
    return {[] { return std::make_unique<Recorder>(); }, 1};
}

/// "name=content name=content", facts in their order.
std::string textOf(const FileFacts &facts)
{
    std::string text;
    for (const FileFact &fact : facts) {
        text += (text.empty() ? "" : " ") + fact.bytes;
    }
    return text;
}

/// The facts of each layer, one a line.
std::string textOf(const ImageFacts &facts)
{
    std::string text;
    for (const auto &layer : facts) {
        text += (layer == nullptr ? "none" : textOf(*layer)) + "\n";
    }
    return text;
}

struct Loaded
{
    ImagePtr image;
    ImageFacts facts;
};

Loaded loadWatched(const Reference &reference, OpenOptions open)
{
    Monitor monitor;
    open.watch = recording();
    const auto source = openSource(reference, open, monitor);
    Loaded loaded;
    if (source) {
        LoadOptions options;
        options.watch = open.watch;
        options.facts = &loaded.facts;
        loaded.image = loadImage(**source, options, monitor).value_or(nullptr);
    }
    return loaded;
}

/// Facts are told by the place of the entry that they are about.
bool areAboutTheirFiles(const Loaded &loaded)
{
    const PathTree &tree = *loaded.image->tree;
    return std::ranges::all_of(tree.entries(), [&](const Entry &entry) {
        if (entry.type != EntryType::File) {
            return true;
        }
        const FileFacts &facts = *loaded.facts[entry.layer];
        const auto found = std::ranges::find(facts, entry.headerOffset, &FileFact::headerOffset);
        return found != facts.end()
               && found->bytes.contains(std::string(tree.name(entry.node)) + "=")
               && found->bytes.size() >= entry.size;
    });
}

} // namespace

class TestFileObserver : public QObject
{
    Q_OBJECT

private slots:
    void seesEveryKindOfFile_data();
    void seesEveryKindOfFile();
    void noneWithoutAFactory();
    void noMemoryFailsTheLayerAlone();
    void severalLayers_data();
    void severalLayers();
    void standardInput_data();
    void standardInput();
    void directory();
    void imagesHaveALimit();

private:
    Folder m_folder;
};

void TestFileObserver::seesEveryKindOfFile_data()
{
    QTest::addColumn<std::size_t>("filler");
    QTest::newRow("small layer, read by the caller") << std::size_t{0};
    QTest::newRow("layer of many blocks, read by two threads") << std::size_t{3u << 20};
}

/// The stored bytes, whole, in the order of the tar; holes left out; links and directories not
/// asked about.
void TestFileObserver::seesEveryKindOfFile()
{
    QFETCH(std::size_t, filler);
    const std::string sparse = "2\n1024\n4\n4096\n0\n";
    TarWriter::Options options;
    options.pax = {{"GNU.sparse.major", "1"},
                   {"GNU.sparse.minor", "0"},
                   {"GNU.sparse.name", "sparse"},
                   {"GNU.sparse.realsize", "4096"}};
    const std::string big(filler, 'b');
    const std::string tar = TarWriter()
                                .directory("d")
                                .file("d/one", "1")
                                .file("unwanted", "nobody sees this")
                                .file("empty", "")
                                .hardlink("link", "d/one")
                                .symlink("soft", "d/one")
                                .raw("GNUSparseFile.0/sparse",
                                     '0',
                                     512 + 4,
                                     sparse + std::string(512 - sparse.size(), '\0') + "data",
                                     "",
                                     options)
                                .file("big", big)
                                .file("last", "z")
                                .finish();
    for (const std::string &blob : {tar, gzip(tar), zstd(tar)}) {
        LayerReadOptions reading;
        reading.observe = recording().observe;
        const Monitor monitor;
        const auto read = readLayer(memorySource(blob), reading, monitor);
        QVERIFY(read.has_value());
        QVERIFY(textOf(read->facts) == "d/one=1 empty= sparse=data big=" + big + " last=z");
        const auto stream = readLayer(streamOf(memorySource(blob)), reading, monitor);
        QVERIFY(stream.has_value());
        QVERIFY(textOf(stream->facts) == textOf(read->facts));
    }
}

void TestFileObserver::noneWithoutAFactory()
{
    const Monitor monitor;
    const std::string tar = TarWriter().file("a", "1").finish();
    QVERIFY(readLayer(memorySource(tar), {}, monitor)->facts.empty());
    LayerReadOptions reading;
    reading.observe = [] { return std::unique_ptr<FileObserver>(); };
    QVERIFY(readLayer(memorySource(tar), reading, monitor)->facts.empty());
    ImageFacts facts;
    LoadOptions options;
    options.facts = &facts;
    QVERIFY(load(m_folder.write("plain.tar", tarOf(ociFiles(smallImage()))), options).has_value());
    QCOMPARE(textOf(facts), std::string("none\nnone\n"));
}

void TestFileObserver::noMemoryFailsTheLayerAlone()
{
    class Greedy : public Recorder
    {
    public:
        void data(Bytes run) override
        {
            if (run.size() == 7) { // /data/old, of the first layer
                throw std::bad_alloc();
            }
            Recorder::data(run);
        }
    };
    ImageFacts facts;
    LoadOptions options;
    options.watch = {[] { return std::make_unique<Greedy>(); }, 1};
    options.facts = &facts;
    const auto image = load(m_folder.write("greedy.tar", tarOf(ociFiles(smallImage()))), options);
    QVERIFY(image.has_value());
    QVERIFY((*image)->layers[0].state == Layer::State::Damaged);
    QVERIFY((*image)->layers[0].problem.contains("memory"));
    QVERIFY((*image)->layers[1].isRead());
    QVERIFY(facts[0] == nullptr);
    QVERIFY(textOf(*facts[1]).contains("data/new="));
}

void TestFileObserver::severalLayers_data()
{
    QTest::addColumn<bool>("isTwice");
    QTest::newRow("two layers") << false;
    QTest::newRow("a layer that occurs twice") << true;
}

void TestFileObserver::severalLayers()
{
    QFETCH(bool, isTwice);
    TestImage image = smallImage();
    if (isTwice) {
        image.layers.push_back(image.layers[0]);
        image.blobs.push_back(image.blobs[0]);
        image.mediaTypes.push_back(image.mediaTypes[0]);
        image.diffIds.push_back(image.diffIds[0]);
    }
    const std::string path = m_folder.write("layers.tar", tarOf(ociFiles(image)));
    const Loaded loaded = loadWatched(pathReference(path), {});
    QVERIFY(loaded.image != nullptr);
    QCOMPARE(loaded.facts.size(), image.layers.size());
    QVERIFY(areAboutTheirFiles(loaded));
    QVERIFY(textOf(loaded.facts).contains("etc/name="));
    QVERIFY(textOf(loaded.facts).contains("data/new="));
    QCOMPARE(loaded.facts.back() == loaded.facts.front(), isTwice);
}

void TestFileObserver::standardInput_data()
{
    QTest::addColumn<std::string>("bytes");
    const TestImage packed =
        packedImage([](std::string_view bytes) { return gzip(bytes); }, "gzip");
    QTest::newRow("OCI archive") << tarOf(ociFiles(smallImage()));
    QTest::newRow("gzip layers") << tarOf(ociFiles(packed));
    QTest::newRow("docker archive") << tarOf(dockerFiles(smallImage()));
    QTest::newRow("whole archive packed") << gzip(tarOf(dockerFiles(smallImage())));
    QTest::newRow("root file system")
        << TarWriter().directory("etc").file("etc/name", "12345").directory("usr").finish();
}

void TestFileObserver::standardInput()
{
    QFETCH(std::string, bytes);
    std::array<int, 2> ends{};
    QCOMPARE(::pipe(ends.data()), 0);
    const std::jthread writer([&] {
        std::string_view rest = bytes;
        while (!rest.empty()) {
            const ssize_t count = ::write(ends[1], rest.data(), rest.size());
            rest.remove_prefix(count < 0 ? rest.size() : static_cast<std::size_t>(count));
        }
        ::close(ends[1]);
    });
    OpenOptions open;
    open.stdinDescriptor = ends[0];
    const auto reference = parseReference("-");
    QVERIFY(reference.has_value());
    const Loaded loaded = loadWatched(*reference, open);
    ::close(ends[0]);
    QVERIFY(loaded.image != nullptr);
    QVERIFY(areAboutTheirFiles(loaded));
    QVERIFY(textOf(loaded.facts).contains("etc/name="));
}

/// A directory's entries have numbers for places, each its own.
void TestFileObserver::directory()
{
    const std::string root = m_folder.writeAll("root",
                                               {{"etc/passwd", "root:x:0:0\n"},
                                                {"usr/bin/tool", "#!/bin/sh\n"},
                                                {"usr/bin/same", "#!/bin/sh\n"},
                                                {"empty", ""}});
    fs::create_symlink("usr/bin", root + "/bin");
    fs::create_hard_link(root + "/usr/bin/tool", root + "/usr/bin/tool2");
    const Loaded loaded = loadWatched(pathReference(root), {});
    QVERIFY(loaded.image != nullptr);
    QCOMPARE(textOf(loaded.facts),
             std::string("empty= etc/passwd=root:x:0:0\n usr/bin/same=#!/bin/sh\n "
                         "usr/bin/tool=#!/bin/sh\n\n"));
    QVERIFY(areAboutTheirFiles(loaded));
    QVERIFY(!hasNote(*loaded.image, "forward-hardlink"));
    const auto &entries = loaded.image->tree->entries();
    std::vector<std::uint64_t> places;
    for (const Entry &entry : entries) {
        places.push_back(entry.headerOffset);
    }
    std::ranges::sort(places);
    QVERIFY(std::ranges::adjacent_find(places) == places.end());
}

/// Upper layers lose their spare facts first, whichever is read first; all keep the others.
void TestFileObserver::imagesHaveALimit()
{
    class Hoarder : public FileObserver
    {
    public:
        bool begin(std::string_view, const Entry &) override { return true; }
        void data(Bytes) override {}
        void end(FileFacts &facts) override
        {
            facts.push_back({0, kKind, "kept"});
            facts.push_back({0, kSpareFacts, std::string(limits::kFactImageBytes / 3, 's')});
        }
    };
    TestImage image;
    for (int i = 0; i < 4; ++i) {
        image.layers.push_back(TarWriter().file("file" + std::to_string(i), "1").finish());
        image.blobs.push_back(image.layers.back());
        image.mediaTypes.emplace_back("application/vnd.oci.image.layer.v1.tar");
        image.diffIds.push_back("sha256:" + sha256Hex(image.layers.back()));
    }
    const std::string path = m_folder.write("many.tar", tarOf(ociFiles(image)));
    ImageFacts facts;
    LoadOptions options;
    options.watch = {[] { return std::make_unique<Hoarder>(); }, 1};
    options.facts = &facts;
    for (std::size_t first = 0; first < 4; ++first) {
        const LayerPriority priority = first;
        options.priority = &priority;
        QVERIFY(load(path, options).has_value());
        std::string counts;
        for (const auto &layer : facts) {
            counts += std::to_string(layer->size());
        }
        QCOMPARE(counts, std::string("2211"));
    }
}

QTEST_APPLESS_MAIN(TestFileObserver)
#include "tst_fileobserver.moc"
