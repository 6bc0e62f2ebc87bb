// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/decoder.h"
#include "core/archive/layerreader.h"
#include "core/archive/tarseek.h"
#include "core/base/limits.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <algorithm>
#include <atomic>

using namespace cutaway;
using test::TarWriter;

namespace {

constexpr std::size_t kMiB = 1u << 20;

/// Text-like bytes: dynamic blocks, distances of all lengths.
std::string prose(std::size_t size, std::uint32_t seed = 1)
{
    std::string bytes;
    bytes.reserve(size + 16);
    while (bytes.size() < size) {
        seed = seed * 1664525 + 1013904223;
        bytes.append("abcdefghijklmnopqrst", (seed >> 20) % 8, 1 + (seed >> 27) % 9);
        bytes += static_cast<char>('A' + (seed >> 24) % 64);
    }
    bytes.resize(size);
    return bytes;
}

std::string noise(std::size_t size)
{
    std::string bytes(size, '\0');
    std::uint32_t seed = 7;
    for (char &c : bytes) {
        seed = seed * 1664525 + 1013904223;
        c = static_cast<char>(seed >> 24);
    }
    return bytes;
}

using Pack = std::string (*)(std::string_view);

std::string oneMember(std::string_view bytes)
{
    return test::gzip(bytes);
}

std::string inPieces(std::string_view bytes, Pack pack)
{
    std::string packed;
    for (std::size_t at = 0; at < bytes.size(); at += kMiB + 77) {
        packed += pack(bytes.substr(at, kMiB + 77));
    }
    return packed;
}

std::string manyMembers(std::string_view bytes)
{
    return inPieces(bytes, test::gzip);
}

std::string manyFrames(std::string_view bytes)
{
    return inPieces(bytes, test::zstd);
}

std::string oneFrame(std::string_view bytes)
{
    return test::zstd(bytes);
}

/// Counts the bytes that are read from it.
class CountingSource : public ByteSource
{
public:
    explicit CountingSource(std::string_view bytes)
        : m_bytes(memorySource(bytes))
    {}
    std::uint64_t size() const override { return m_bytes->size(); }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        auto got = m_bytes->readAt(offset, into);
        m_read += got.value_or(0);
        return got;
    }
    std::uint64_t takeRead() const { return m_read.exchange(0); }

private:
    ByteSourcePtr m_bytes;
    mutable std::atomic<std::uint64_t> m_read = 0;
};

RestartIndexPtr indexOf(const std::string &blob)
{
    LayerReadOptions options;
    options.wantRestarts = true;
    const Monitor monitor;
    auto reading = readLayer(memorySource(blob), options, monitor);
    return reading ? reading->restarts : nullptr;
}

std::string readBytes(const SeekableTar &tar, std::uint64_t offset, std::size_t count)
{
    const Monitor monitor;
    auto stream = tar.open(offset, monitor);
    std::string bytes;
    while (stream && bytes.size() < count) {
        const auto run = (*stream)->next();
        if (!run || run->empty()) {
            break;
        }
        bytes.append(reinterpret_cast<const char *>(run->data()), run->size());
    }
    bytes.resize(std::min(bytes.size(), count));
    return bytes;
}

/// Places whose states are damaged, each in its way.
class DamagedIndex : public RestartIndex
{
public:
    DamagedIndex(const RestartIndex &from, std::vector<std::byte> state)
        : RestartIndex({from.places().begin(), from.places().end()})
        , m_state(std::move(state))
    {}
    Result<std::vector<std::byte>> packedState(std::size_t) const override { return m_state; }

private:
    std::vector<std::byte> m_state;
};

} // namespace

class TestRestarts : public QObject
{
    Q_OBJECT

private slots:
    void readsFromAnywhere_data();
    void readsFromAnywhere();
    void smallLayersHaveNone();
    void pointsStaySmall_data();
    void pointsStaySmall();
    void thinsOutAtTheBound();
    void damagedStateIsPassedOver_data();
    void damagedStateIsPassedOver();
    void stateIsRefused_data();
    void stateIsRefused();
    void packedBytes();
};

void TestRestarts::readsFromAnywhere_data()
{
    QTest::addColumn<Pack>("pack");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<bool>("isDirect"); ///< only what lies near is decompressed
    const bool hasStates = restartStateBytes() > 0;
    const std::string text = prose(21 * kMiB);
    QTest::newRow("gzip, one member") << Pack(oneMember) << text << hasStates;
    QTest::newRow("gzip, many members") << Pack(manyMembers) << text << hasStates;
    QTest::newRow("gzip, stored blocks") << Pack(oneMember) << noise(21 * kMiB) << hasStates;
    QTest::newRow("gzip, long runs") << Pack(oneMember) << std::string(21 * kMiB, 'x') << false;
    QTest::newRow("zstd, many frames") << Pack(manyFrames) << text << true;
    QTest::newRow("zstd, one frame") << Pack(oneFrame) << text << false;
}

void TestRestarts::readsFromAnywhere()
{
    QFETCH(Pack, pack);
    QFETCH(std::string, content);
    QFETCH(bool, isDirect);
    const std::string tar = TarWriter().file("big", content).finish();
    const std::string blob = pack(tar);
    const auto source = std::make_shared<CountingSource>(blob);
    auto seekable = seekableTar(source, indexOf(blob));
    QVERIFY(seekable.has_value());
    for (std::uint64_t offset : {std::uint64_t{0},
                                 std::uint64_t{512},
                                 std::uint64_t{8 * kMiB - 1},
                                 std::uint64_t{8 * kMiB},
                                 std::uint64_t{12 * kMiB + 4711},
                                 std::uint64_t{tar.size() - 70'000},
                                 std::uint64_t{tar.size() - 1},
                                 std::uint64_t{tar.size()}}) {
        source->takeRead();
        QVERIFY(readBytes(*seekable, offset, 70'000)
                == std::string_view(tar).substr(offset, 70'000));
        const std::uint64_t fully = blob.size() / 10 * 9;
        if (isDirect && offset > 16 * kMiB) {
            QVERIFY(source->takeRead() < fully / 2);
            QVERIFY(offset - seekable->startFor(offset) < 6 * kMiB);
        }
    }
}

void TestRestarts::smallLayersHaveNone()
{
    QVERIFY(!indexOf(manyMembers(TarWriter().file("f", prose(7 * kMiB)).finish())));
    QVERIFY(
        !indexOf(TarWriter().file("f", prose(12 * kMiB)).finish())); // plain: nothing to restart
}

void TestRestarts::pointsStaySmall_data()
{
    QTest::addColumn<std::string>("content");
    QTest::newRow("text") << prose(40 * kMiB);
    QTest::newRow("noise") << noise(40 * kMiB);
}

void TestRestarts::pointsStaySmall()
{
    if (restartStateBytes() == 0) {
        QSKIP("built without a decoder whose state can be kept");
    }
    QFETCH(std::string, content);
    const RestartIndexPtr index = indexOf(oneMember(TarWriter().file("f", content).finish()));
    QVERIFY(index);
    QVERIFY(index->places().size() >= 4);
    QVERIFY(index->memoryBytes() > 0);
    QVERIFY(index->memoryBytes() <= content.size() / 100);
}

void TestRestarts::thinsOutAtTheBound()
{
    RestartCollector collector;
    const std::string state = noise(60'000);
    std::uint64_t made = 0;
    std::size_t added = 0;
    for (std::uint64_t offset = 0; offset < 3'000'000 * kMiB / 1000; offset += kMiB) {
        if (collector.wants(offset)) {
            collector.add({offset / 3, offset, true}, std::as_bytes(std::span(state)));
            made = offset;
            ++added;
        }
    }
    const RestartIndexPtr index = collector.finish();
    QVERIFY(index);
    QVERIFY(index->memoryBytes() <= limits::kRestartBytes);
    QVERIFY(index->places().size() > 50);
    QVERIFY(added > index->places().size());
    QVERIFY(std::ranges::is_sorted(index->places(), {}, &RestartPlace::tarOffset));
    QVERIFY(made - index->places().back().tarOffset < 100 * kMiB);
}

void TestRestarts::damagedStateIsPassedOver_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("no zstd") << 0;
    QTest::newRow("too short") << 1;
    QTest::newRow("nothing but ones") << 2;
}

void TestRestarts::damagedStateIsPassedOver()
{
    if (restartStateBytes() == 0) {
        QSKIP("built without a decoder whose state can be kept");
    }
    QFETCH(int, kind);
    const std::string tar = TarWriter().file("big", prose(12 * kMiB)).finish();
    const std::string blob = oneMember(tar);
    const RestartIndexPtr index = indexOf(blob);
    QVERIFY(index);
    std::vector<std::byte> state(kind == 0 ? 100 : restartStateBytes(), std::byte{0xff});
    if (kind > 0) {
        state.resize(kind == 1 ? state.size() - 1 : state.size());
        state = Packer().pack(state);
    }
    const auto seekable =
        seekableTar(memorySource(blob), std::make_shared<DamagedIndex>(*index, state));
    QVERIFY(readBytes(*seekable, 11 * kMiB, 1000) == std::string_view(tar).substr(11 * kMiB, 1000));
}

void TestRestarts::stateIsRefused_data()
{
    QTest::addColumn<int>("compression");
    QTest::addColumn<bool>("hasState");
    QTest::newRow("a state for zstd") << static_cast<int>(Compression::Zstd) << true;
    QTest::newRow("an empty state for gzip") << static_cast<int>(Compression::Gzip) << true;
    QTest::newRow("a place in xz") << static_cast<int>(Compression::Xz) << false;
}

void TestRestarts::stateIsRefused()
{
    QFETCH(int, compression);
    QFETCH(bool, hasState);
    const auto decoder = resumeDecoder(
        streamOf(memorySource("xyz")), static_cast<Compression>(compression), {1, 2, hasState}, {});
    QVERIFY(!decoder.has_value());
    QCOMPARE(decoder.error().code, ErrorCode::Corrupt);
}

void TestRestarts::packedBytes()
{
    const std::string bytes = prose(300'000);
    std::vector<std::byte> pieces;
    PackedWriter writer([&pieces](Bytes run) -> Result<> {
        pieces.insert(pieces.end(), run.begin(), run.end());
        return {};
    });
    writer.write(std::as_bytes(std::span(bytes)).first(1000));
    writer.write(std::as_bytes(std::span(bytes)).subspan(1000));
    QVERIFY(writer.finish().has_value());
    for (const std::vector<std::byte> &packed :
         {pieces, Packer().pack(std::as_bytes(std::span(bytes)))}) {
        const auto again = unpack(packed, bytes.size());
        QVERIFY(again.has_value());
        QVERIFY(std::ranges::equal(*again, std::as_bytes(std::span(bytes))));
        QCOMPARE(unpack(packed, bytes.size() + 1).error().code, ErrorCode::Corrupt);
        QCOMPARE(unpack(packed, bytes.size() - 1).error().code, ErrorCode::Corrupt);
    }
    PackedWriter failing([](Bytes) -> Result<> { return fail(ErrorCode::Io, "full"); });
    failing.write(std::as_bytes(std::span(bytes)));
    QCOMPARE(failing.finish().error().message, std::string("full"));
}

QTEST_APPLESS_MAIN(TestRestarts)
#include "tst_restarts.moc"
