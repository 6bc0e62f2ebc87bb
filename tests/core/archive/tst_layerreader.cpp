// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/layerpool.h"
#include "core/archive/layerreader.h"
#include "core/base/hash.h"
#include "core/base/limits.h"
#include "tests/support/chunkstream.h"
#include "tests/support/tarwriter.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>
#include <thread>

using namespace cutaway;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::TarWriter;

namespace {

/// Bytes that no compressor makes small.
std::string noise(std::size_t size, std::uint32_t seed = 1)
{
    std::string bytes(size, '\0');
    for (char &c : bytes) {
        seed = seed * 1664525 + 1013904223;
        c = static_cast<char>(seed >> 24);
    }
    return bytes;
}

/// Files of many sizes, so that headers and data cross the blocks of the pipe everywhere.
std::string bigTar()
{
    TarWriter writer;
    for (std::uint32_t i = 0; i < 60; ++i) {
        writer.directory("d" + std::to_string(i));
        writer.file("d" + std::to_string(i) + "/f", noise(1 + i * i * 37, i));
    }
    writer.file("big", noise(3'000'000)).symlink("link", "big").whiteout("gone").opaque("d1");
    return writer.finish();
}

/// Everything that a reading says, as text.
QString describe(const LayerReading &reading)
{
    QStringList lines;
    const LayerTree &tree = reading.tree;
    for (std::size_t i = 0; i < tree.entries().size(); ++i) {
        const Entry &entry = tree.entries()[i];
        lines += QStringLiteral("%1 %2 %3 %4 %5 %6")
                     .arg(QString::fromStdString(tree.path(entry.node)))
                     .arg(static_cast<int>(entry.type))
                     .arg(entry.size)
                     .arg(entry.headerOffset)
                     .arg(tree.hash(entry).low, 0, 16)
                     .arg(tree.hash(entry).high, 0, 16);
    }
    lines += QString::fromStdString(reading.diffSha256);
    lines += QString::number(reading.unpackedBytes);
    return lines.join(u'\n');
}

Result<LayerReading> readBlob(const std::string &blob, const LayerReadOptions &options = {})
{
    const Monitor monitor;
    return readLayer(memorySource(blob), options, monitor);
}

ContentHash hashOf(std::string_view bytes)
{
    ContentHasher hasher;
    hasher.update(std::as_bytes(std::span(bytes)));
    return hasher.finish();
}

/// Gives zeros for ever, as a stream or as a source of a terabyte.
class EndlessSource : public ByteSource
{
public:
    explicit EndlessSource(std::string head)
        : m_head(std::move(head))
    {}
    std::uint64_t size() const override { return 1ull << 40; }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        std::ranges::fill(into, std::byte{0});
        for (std::size_t i = 0; i < into.size() && offset + i < m_head.size(); ++i) {
            into[i] = static_cast<std::byte>(m_head[offset + i]);
        }
        return into.size();
    }

private:
    std::string m_head;
};

/// Lets layers be read one at a time, and none before all workers hold one.
class Turns
{
public:
    Turns(std::size_t jobs, std::size_t workers)
        : m_jobs(jobs)
        , m_workers(workers)
    {}
    void begin(std::size_t index)
    {
        std::unique_lock lock(m_mutex);
        const std::size_t turn = m_begun.size();
        m_begun.push_back(index);
        m_changed.notify_all();
        m_changed.wait(lock, [&] {
            return m_ended == turn && m_begun.size() == std::min(m_jobs, m_ended + m_workers);
        });
    }
    void end()
    {
        const std::scoped_lock lock(m_mutex);
        ++m_ended;
        m_changed.notify_all();
    }
    std::vector<std::size_t> begun() const { return m_begun; }

private:
    const std::size_t m_jobs;
    const std::size_t m_workers;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::size_t> m_begun;
    std::size_t m_ended = 0;
};

/// A layer whose first read waits for its turn.
class TurnSource : public ByteSource
{
public:
    TurnSource(std::string_view bytes, std::size_t index, Turns &turns)
        : m_bytes(memorySource(bytes))
        , m_index(index)
        , m_turns(turns)
    {}
    std::uint64_t size() const override { return m_bytes->size(); }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        std::call_once(m_begun, [this] { m_turns.begin(m_index); });
        return m_bytes->readAt(offset, into);
    }

private:
    ByteSourcePtr m_bytes;
    std::size_t m_index;
    Turns &m_turns;
    mutable std::once_flag m_begun;
};

class FailingSource : public ByteSource
{
public:
    FailingSource(std::string bytes, bool throws)
        : m_bytes(std::move(bytes))
        , m_throws(throws)
    {}
    std::uint64_t size() const override { return m_bytes.size(); }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        if (offset > m_bytes.size() / 2) {
            if (m_throws) {
                throw std::bad_alloc();
            }
            return fail(ErrorCode::Io, "the disk is gone");
        }
        const std::size_t count = std::min<std::size_t>(into.size(), m_bytes.size() - offset);
        std::ranges::copy(std::as_bytes(std::span(m_bytes)).subspan(offset, count), into.begin());
        return count;
    }

private:
    std::string m_bytes;
    bool m_throws;
};

} // namespace

class TestLayerReader : public QObject
{
    Q_OBJECT
private slots:
    void digests_data();
    void digests();
    void countsAndFlags();
    void remarksOnForeignTail();
    void hashesContent();
    void keepsExtras();
    void sameInAnyChunks();
    void errors_data();
    void errors();
    void cancels_data();
    void cancels();
    void reportsProgress();
    void poolReadsAll();
    void poolOrder();
    void poolSmallestFirst();
    void poolCancelled();
    void poolSurvivesThrowingCallback();
};

void TestLayerReader::digests_data()
{
    QTest::addColumn<QByteArray>("blob");
    QTest::addColumn<QByteArray>("tar");
    QTest::addColumn<QString>("compression");
    const auto row = [](const char *name,
                        const std::string &blob,
                        const std::string &tar,
                        const char *compression) {
        QTest::newRow(name) << QByteArray(blob.data(), static_cast<qsizetype>(blob.size()))
                            << QByteArray(tar.data(), static_cast<qsizetype>(tar.size()))
                            << QString::fromLatin1(compression);
    };
    const std::string small = TarWriter().file("f", "x").finish();
    const std::string big = bigTar();
    row("nothing at all", "", "", "none");
    row("an empty tar in gzip",
        test::gzip(std::string(1024, '\0')),
        std::string(1024, '\0'),
        "gzip");
    row("gzip of nothing", test::gzip(""), "", "gzip");
    row("small, plain", small, small, "none");
    row("small, gzip", test::gzip(small), small, "gzip");
    row("small, zstd", test::zstd(small), small, "zstd");
    row("big, plain", big, big, "none");
    row("big, gzip", test::gzip(big), big, "gzip");
    row("big, zstd", test::zstd(big), big, "zstd");
    row("gzip with zeros after it", test::gzip(big) + std::string(300'000, '\0'), big, "gzip");
    row("data after the end mark", big + noise(400'000), big + noise(400'000), "none");
    row("gzip, data after the end mark",
        test::gzip(big + noise(400'000)),
        big + noise(400'000),
        "gzip");
}

void TestLayerReader::digests()
{
    QFETCH(QByteArray, blob);
    QFETCH(QByteArray, tar);
    const std::string bytes = blob.toStdString();
    const Monitor monitor;
    LayerReadOptions options;
    options.wantSha512 = true;
    Hasher sha512(HashAlgorithm::Sha512);
    sha512.update(std::as_bytes(std::span(bytes)));
    const std::string expected512 = sha512.finish();
    const Result<LayerReading> fromSource = readLayer(memorySource(bytes), options, monitor);
    const Result<LayerReading> fromStream =
        readLayer(std::make_unique<test::ChunkStream>(bytes, 0), options, monitor);
    for (const Result<LayerReading> *reading : {&fromSource, &fromStream}) {
        QVERIFY2(reading->has_value(), *reading ? "" : reading->error().message.c_str());
        const LayerReading &read = **reading;
        QCOMPARE(QString::fromStdString(read.blobSha256), QString::fromStdString(sha256Hex(bytes)));
        QCOMPARE(QString::fromStdString(read.diffSha256),
                 QString::fromStdString(sha256Hex(tar.toStdString())));
        QCOMPARE(QString::fromStdString(read.blobSha512), QString::fromStdString(expected512));
        QCOMPARE(read.blobBytes, static_cast<std::uint64_t>(blob.size()));
        QCOMPARE(read.unpackedBytes, static_cast<std::uint64_t>(tar.size()));
        QTEST(QString::fromStdString(std::string(compressionName(read.compression))),
              "compression");
    }
}

void TestLayerReader::countsAndFlags()
{
    const std::string tar = TarWriter()
                                .directory("d")
                                .file("d/f", "12345")
                                .hardlink("d/h", "d/f")
                                .symlink("l", "d/f")
                                .whiteout("d/gone")
                                .opaque("d")
                                .raw("p", '6', 0, {}, {}, {})
                                .raw("vol", 'V', 0, {}, {}, {})
                                .file("stargz.index.json", "{}")
                                .file("./.no.prefetch.landmark", "x")
                                .file("/.prefetch.landmark", "x")
                                .file("d/stargz.index.json", "{}")
                                .finish();
    const Result<LayerReading> reading = readBlob(tar);
    QVERIFY(reading.has_value());
    const LayerTree::Counts &counts = reading->tree.counts();
    QCOMPARE(counts.fileBytes, std::uint64_t{5 + 2 + 1 + 1 + 2});
    QCOMPARE(counts.files, 6u);
    QCOMPARE(counts.directories, 1u);
    QCOMPARE(counts.symlinks, 1u);
    QCOMPARE(counts.others, 1u);
    QCOMPARE(counts.whiteouts, 2u);
    QCOMPARE(reading->remarks.size(), std::size_t{1});
    QStringList toolFiles;
    for (const Entry &entry : reading->tree.entries()) {
        if (entry.has(Entry::ToolFile)) {
            toolFiles += QString::fromStdString(reading->tree.path(entry.node));
        }
    }
    QCOMPARE(toolFiles.join(u' '),
             QStringLiteral("/stargz.index.json /.no.prefetch.landmark /.prefetch.landmark"));
}

void TestLayerReader::remarksOnForeignTail()
{
    for (const std::string &tar : {TarWriter().file("f", "x").finish(), bigTar()}) {
        const Result<LayerReading> odd = readBlob(test::gzip(tar) + "tail");
        QVERIFY(odd.has_value());
        QCOMPARE(odd->remarks.size(), std::size_t{1});
        QVERIFY(odd->remarks.front().find("not gzip") != std::string::npos);
        const Result<LayerReading> padded = readBlob(test::gzip(tar) + std::string(70'000, '\0'));
        QVERIFY(padded.has_value());
        QVERIFY(padded->remarks.empty());
    }
}

void TestLayerReader::hashesContent()
{
    const std::uint64_t big = limits::kSparseHashBytes + 1;
    const auto sparse = [](const char *map, std::uint64_t size) {
        return TarWriter::Options{
            .pax = {{"GNU.sparse.size", std::to_string(size)}, {"GNU.sparse.map", map}}};
    };
    const std::string whole = noise(700'000);
    const std::string tar = TarWriter()
                                .file("whole", whole)
                                .file("again", whole)
                                .file("empty", "")
                                .file("holes", "abcd", sparse("2,2,6,2", 10))
                                .file("filled", "\0\0ab\0\0cd\0\0"s)
                                .file("huge", "abcd", sparse("2,4", big))
                                .file("huge, elsewhere", "abcd", sparse("3,4", big))
                                .file("huge, again", "abcd", sparse("2,4", big))
                                .file("after", "x")
                                .symlink("link", "x")
                                .finish();
    const Result<LayerReading> reading = readBlob(tar);
    QVERIFY(reading.has_value());
    std::vector<ContentHash> hashes;
    for (const Entry &entry : reading->tree.entries()) {
        hashes.push_back(reading->tree.hash(entry));
    }
    QCOMPARE(hashes.size(), std::size_t{10});
    QVERIFY(hashes[0] == hashOf(whole));
    QVERIFY(hashes[1] == hashes[0]);
    QVERIFY(hashes[2] == ContentHash{}); // nothing to hash
    QVERIFY(hashes[3] == hashOf("\0\0ab\0\0cd\0\0"s));
    QVERIFY(hashes[4] == hashes[3]);
    QVERIFY(hashes[5] != hashes[6]);
    QVERIFY(hashes[5] == hashes[7]);
    QVERIFY(hashes[8] == hashOf("x"));
    QVERIFY(hashes[9] == ContentHash{});
    QCOMPARE(reading->tree.entries()[5].size, big);
}

void TestLayerReader::keepsExtras()
{
    const std::string tar =
        TarWriter()
            .file("plain", "x", {.mode = 0104755, .uid = 7, .gid = 8, .mtime = 9})
            .file("caps", "x", {.pax = {{"SCHILY.xattr.security.capability", "\1\0\2"s}}})
            .raw("null", '3', 0, {}, {}, {})
            .file("s", "ab", {.pax = {{"GNU.sparse.size", "9"}, {"GNU.sparse.map", "0,2"}}})
            .finish();
    const Result<LayerReading> reading = readBlob(tar);
    QVERIFY(reading.has_value());
    const std::span<const Entry> entries = reading->tree.entries();
    QCOMPARE(entries[0].extra, kNone);
    QCOMPARE(static_cast<int>(entries[0].mode), 04755);
    QCOMPARE(entries[0].uid, 7u);
    QCOMPARE(entries[0].gid, 8u);
    QCOMPARE(entries[0].mtime, 9);
    const std::span<const EntryExtra> extras = reading->tree.extras();
    QCOMPARE(extras.size(), std::size_t{3});
    QVERIFY(
        (extras[entries[1].extra].xattrs.front() == std::pair{"security.capability"s, "\1\0\2"s}));
    QVERIFY(!extras[entries[1].extra].isSparse);
    QVERIFY(extras[entries[3].extra].isSparse);
    QCOMPARE(extras[entries[3].extra].storedBytes, std::uint64_t{2});
}

void TestLayerReader::sameInAnyChunks()
{
    const std::string tar = bigTar();
    const Result<LayerReading> plain = readBlob(tar);
    QVERIFY(plain.has_value());
    const QString expected = describe(*plain);
    QVERIFY(expected.count(u'\n') > 120);
    const Monitor monitor;
    for (const std::string &blob : {tar, test::gzip(tar), test::zstd(tar)}) {
        const Result<LayerReading> piped = readBlob(blob);
        QVERIFY(piped.has_value());
        QCOMPARE(describe(*piped), expected);
        for (std::uint32_t seed = 1; seed <= 5; ++seed) {
            const Result<LayerReading> read =
                readLayer(std::make_unique<test::ChunkStream>(blob, 0, seed), {}, monitor);
            QVERIFY(read.has_value());
            QCOMPARE(describe(*read), expected);
        }
    }
}

void TestLayerReader::errors_data()
{
    QTest::addColumn<QByteArray>("blob");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const std::string &blob, ErrorCode code) {
        QTest::newRow(name) << QByteArray(blob.data(), static_cast<qsizetype>(blob.size()))
                            << static_cast<int>(code);
    };
    const std::string tar = bigTar();
    const std::string gz = test::gzip(tar);
    row("garbage, small", noise(3000), ErrorCode::Corrupt);
    row("garbage, big", noise(500'000), ErrorCode::Corrupt);
    // Thread H stops at the first header while D has far more to give.
    row("garbage in gzip, big", test::gzip(noise(8'000'000)), ErrorCode::Corrupt);
    row("gzip cut", gz.substr(0, gz.size() / 2), ErrorCode::Corrupt);
    row("tar cut", tar.substr(0, tar.size() / 2), ErrorCode::Corrupt);
    row("tar cut in gzip", test::gzip(tar.substr(0, tar.size() / 2)), ErrorCode::Corrupt);
    std::string wrongCrc = gz;
    wrongCrc[gz.size() - 8] = static_cast<char>(wrongCrc[gz.size() - 8] ^ 1);
    row("a wrong CRC behind a whole tar", wrongCrc, ErrorCode::Corrupt);
    row("a path over 1 MiB is more than its header may hold",
        TarWriter().file(std::string(limits::kPathBytes + 1, 'p'), "x").finish(),
        ErrorCode::LimitExceeded);
}

void TestLayerReader::errors()
{
    QFETCH(QByteArray, blob);
    QFETCH(int, code);
    const Result<LayerReading> fromSource = readBlob(blob.toStdString());
    QVERIFY(!fromSource);
    QCOMPARE(static_cast<int>(fromSource.error().code), code);
    const Monitor monitor;
    const Result<LayerReading> fromStream =
        readLayer(std::make_unique<test::ChunkStream>(blob.toStdString(), 0), {}, monitor);
    QVERIFY(!fromStream);
    // Decoders read ahead, so the offset may differ by what a run holds.
    const auto withoutOffset = [](const Error &error) {
        return QString::fromStdString(error.message).section(QLatin1String(" at byte"), 0, 0);
    };
    QCOMPARE(withoutOffset(fromStream.error()), withoutOffset(fromSource.error()));

    for (const bool throws : {false, true}) {
        for (const std::string &good : {bigTar(), test::gzip(bigTar())}) {
            const Result<LayerReading> failed =
                readLayer(std::make_shared<FailingSource>(good, throws), {}, monitor);
            QVERIFY(!failed);
            QCOMPARE(failed.error().code, throws ? ErrorCode::LimitExceeded : ErrorCode::Io);
        }
    }
}

void TestLayerReader::cancels_data()
{
    QTest::addColumn<QByteArray>("head");
    const auto row = [](const char *name, const std::string &head) {
        QTest::newRow(name) << QByteArray(head.data(), static_cast<qsizetype>(head.size()));
    };
    row("inside a huge file", TarWriter().raw("f", '0', 1ull << 39, {}, {}, {}).unfinished());
    row("in the padding after the end", TarWriter().finish());
    row("in the zeros after a gzip member", test::gzip(TarWriter().file("f", "x").finish()));
}

void TestLayerReader::cancels()
{
    QFETCH(QByteArray, head);
    Monitor monitor;
    QElapsedTimer sinceCancel;
    const auto source = std::make_shared<EndlessSource>(head.toStdString());
    for (const bool asStream : {false, true}) {
        Monitor watched;
        std::jthread canceller([&watched, &sinceCancel] {
            std::this_thread::sleep_for(50ms);
            sinceCancel.start();
            watched.cancel();
        });
        const Result<LayerReading> reading =
            asStream ? readLayer(streamOf(source), {}, watched) : readLayer(source, {}, watched);
        canceller.join();
        QVERIFY(!reading);
        QCOMPARE(reading.error().code, ErrorCode::Cancelled);
        // The promise is 100 ms; a loaded machine may take longer to run us at all.
        QVERIFY2(sinceCancel.elapsed() < 1000, qPrintable(QString::number(sinceCancel.elapsed())));
    }
    monitor.cancel();
    const Result<LayerReading> before = readLayer(source, {}, monitor);
    QVERIFY(!before);
    QCOMPARE(before.error().code, ErrorCode::Cancelled);
}

void TestLayerReader::reportsProgress()
{
    const std::string blob = test::gzip(bigTar());
    for (const bool asStream : {false, true}) {
        std::uint64_t last = 0;
        int calls = 0;
        LayerReadOptions options;
        options.onProgress = [&last, &calls](std::uint64_t bytes) {
            QVERIFY(bytes > last);
            last = bytes;
            ++calls;
        };
        const Monitor monitor;
        const Result<LayerReading> reading =
            asStream ? readLayer(streamOf(memorySource(blob)), options, monitor)
                     : readLayer(memorySource(blob), options, monitor);
        QVERIFY(reading.has_value());
        QCOMPARE(last, static_cast<std::uint64_t>(blob.size()));
        QVERIFY(calls > 4);
    }
}

void TestLayerReader::poolReadsAll()
{
    std::vector<LayerJob> jobs;
    std::vector<std::string> expected;
    for (std::uint32_t i = 0; i < 40; ++i) {
        const std::string tar =
            i % 7 == 3 ? noise(70'000 + i, i) : TarWriter().file("f", noise(i * 9000, i)).finish();
        expected.push_back(i % 7 == 3 ? "bad" : sha256Hex(tar));
        jobs.push_back({i, memorySource(i % 2 == 0 ? tar : test::gzip(tar)), {}});
    }
    std::mutex mutex;
    std::vector<std::string> found(jobs.size());
    int calls = 0;
    const Monitor monitor;
    readLayers(
        std::move(jobs),
        nullptr,
        [&](std::size_t index, const Result<LayerReading> &reading) {
            const std::scoped_lock lock(mutex);
            ++calls;
            found[index] = reading ? reading->diffSha256 : "bad";
        },
        monitor);
    QCOMPARE(calls, 40);
    QVERIFY(found == expected);
    readLayers(
        {}, nullptr, [](std::size_t, const Result<LayerReading> &) { QFAIL("no layer"); }, monitor);
}

void TestLayerReader::poolOrder()
{
    constexpr std::size_t kJobs = 12;
    const std::size_t workers =
        std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kJobs);
    Turns turns(kJobs, workers);
    std::vector<LayerJob> jobs;
    for (std::size_t i = 0; i < kJobs; ++i) {
        // Sizes rise with the index but for two that are equal.
        const std::size_t size = i == 5 ? 4 : i;
        const std::string tar = TarWriter().file("f", noise(size * 512)).finish();
        jobs.push_back({i, std::make_shared<TurnSource>(tar, i, turns), {}});
    }
    std::atomic<std::size_t> priority = 2;
    std::size_t done = 0; // one layer ends at a time
    const Monitor monitor;
    readLayers(
        std::move(jobs),
        &priority,
        [&](std::size_t, const Result<LayerReading> &) {
            priority = ++done == 4 ? 0 : priority.load();
            turns.end();
        },
        monitor);
    // The one asked for, then the biggest; once four are done, the next one asked for.
    std::vector<std::size_t> expected = {2, 11, 10, 9, 8, 7, 6, 4, 5, 3, 1};
    expected.insert(
        expected.begin() + static_cast<std::ptrdiff_t>(std::min(workers + 3, kJobs - 1)), 0);
    // Who of the first is seen first is chance.
    std::vector<std::size_t> begun = turns.begun();
    const auto first = static_cast<std::ptrdiff_t>(workers);
    std::sort(begun.begin(), begun.begin() + first);
    std::sort(expected.begin(), expected.begin() + first);
    QVERIFY(begun == expected);
}

void TestLayerReader::poolSmallestFirst()
{
    constexpr std::size_t kJobs = 6;
    const std::size_t workers =
        std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kJobs);
    Turns turns(kJobs, workers);
    std::vector<LayerJob> jobs;
    for (const std::size_t i : {3U, 0U, 5U, 1U, 4U, 2U}) {
        const std::string tar = TarWriter().file("f", noise(i * 512)).finish();
        jobs.push_back({i, std::make_shared<TurnSource>(tar, i, turns), {}});
    }
    const Monitor monitor;
    readLayers(
        std::move(jobs),
        nullptr,
        [&](std::size_t, const Result<LayerReading> &) { turns.end(); },
        monitor,
        LayerOrder::SmallestFirst);
    std::vector<std::size_t> begun = turns.begun();
    std::sort(begun.begin(), begun.begin() + static_cast<std::ptrdiff_t>(workers));
    QVERIFY((begun == std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
}

void TestLayerReader::poolCancelled()
{
    std::vector<LayerJob> jobs;
    const std::string endless = TarWriter().raw("f", '0', 1ull << 39, {}, {}, {}).unfinished();
    for (std::size_t i = 0; i < 10; ++i) {
        jobs.push_back({i, std::make_shared<EndlessSource>(endless), {}});
    }
    Monitor monitor;
    const std::jthread canceller([&monitor] {
        std::this_thread::sleep_for(50ms);
        monitor.cancel();
    });
    std::atomic<int> cancelled = 0;
    readLayers(
        std::move(jobs),
        nullptr,
        [&cancelled](std::size_t, const Result<LayerReading> &reading) {
            cancelled += !reading && reading.error().code == ErrorCode::Cancelled ? 1 : 0;
        },
        monitor);
    QCOMPARE(cancelled.load(), 10);
}

void TestLayerReader::poolSurvivesThrowingCallback()
{
    std::vector<LayerJob> jobs;
    for (std::size_t i = 0; i < 6; ++i) {
        jobs.push_back({i, memorySource(TarWriter().file("f", "x").finish()), {}});
    }
    std::atomic<int> calls = 0;
    const Monitor monitor;
    readLayers(
        std::move(jobs),
        nullptr,
        [&calls](std::size_t, const Result<LayerReading> &) {
            ++calls;
            throw std::bad_alloc();
        },
        monitor);
    QCOMPARE(calls.load(), 6);
}

QTEST_APPLESS_MAIN(TestLayerReader)
#include "tst_layerreader.moc"
