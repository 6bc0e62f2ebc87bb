// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/faultsource.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <new>

using namespace cutaway;
using namespace cutaway::test;

namespace {

using Break = void (*)(FaultSource &blob);
using Pack = std::string (*)(std::string_view);

std::string plain(std::string_view bytes)
{
    return std::string(bytes);
}

/// The small image with so much in its first layer that two threads read it.
TestImage largeImage(Pack pack)
{
    TestImage image = smallImage();
    std::string noise(600'000, '\0');
    std::uint32_t random = 1;
    for (char &byte : noise) {
        random = random * 1664525 + 1013904223;
        byte = static_cast<char>(random >> 24);
    }
    image.layers[0] = TarWriter().file("etc/name", "first").file("big", noise).finish();
    image.diffIds[0] = "sha256:" + sha256Hex(image.layers[0]);
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        image.blobs[i] = pack(image.layers[i]);
    }
    return image;
}

/// An image whose first layer's blob goes wrong.
class FaultyImage : public ImageSource
{
public:
    FaultyImage(const TestImage &image, Break breakIt)
        : m_image(image)
    {
        auto blob = std::make_shared<FaultSource>(image.blobs[0]);
        breakIt(*blob);
        m_blobs = {std::move(blob), memorySource(std::string_view(image.blobs[1]))};
    }

    std::string_view name() const override { return "test"; }
    Result<std::vector<ImageCandidate>> images() override { return std::vector<ImageCandidate>(1); }
    Result<ImageStatement> statement(std::uint32_t) override
    {
        const auto manifest = parseManifest(manifestOf(m_image));
        if (!manifest) {
            return std::unexpected(manifest.error());
        }
        ImageStatement statement;
        statement.manifest = *manifest;
        statement.mediaType = manifest->mediaType;
        statement.configText = configOf(m_image);
        return statement;
    }
    Result<ByteSourcePtr> blob(const Descriptor &descriptor) override
    {
        const bool isFirst = descriptor.digest.hex() == sha256Hex(m_image.blobs[0]);
        return m_blobs[isFirst ? 0 : 1];
    }

private:
    TestImage m_image;
    std::vector<ByteSourcePtr> m_blobs;
};

} // namespace

/// Layers whose bytes cannot be had: that is said of the layer, and the others are shown.
class TestFaults : public QObject
{
    Q_OBJECT

private slots:
    void faultOfOneLayer_data();
    void faultOfOneLayer();
    void otherBytesThanPromised();
    void aViewerWithoutMemory();
    void waitingForBytesCanBeCancelled();
};

void TestFaults::faultOfOneLayer_data()
{
    QTest::addColumn<Pack>("pack");
    QTest::addColumn<Break>("breakIt");
    QTest::addColumn<QByteArray>("problem");

    struct Packing
    {
        const char *name;
        Pack pack;
    };
    for (const Packing &packing :
         {Packing{"plain", &plain}, Packing{"gzip", &gzip}, Packing{"zstd", &zstd}}) {
        const auto row = [&packing](const char *name, Break breakIt, const char *problem) {
            QTest::addRow("%s, %s", name, packing.name)
                << packing.pack << breakIt << QByteArray(problem);
        };
        row(
            "the first byte cannot be read",
            [](FaultSource &blob) { blob.failAt(0); },
            "Input/output error");
        row(
            "a byte in the middle cannot be read",
            [](FaultSource &blob) { blob.failAt(400'000); },
            "Input/output error");
        row(
            "the last byte cannot be read",
            [](FaultSource &blob) { blob.failAt(blob.size() - 1); },
            "Input/output error");
        row(
            "no memory when it is begun",
            [](FaultSource &blob) { blob.throwAt(0); },
            "out of memory");
        row(
            "no memory in the decompressing thread",
            [](FaultSource &blob) { blob.throwAt(2); },
            "out of memory");
        row("the end comes early", [](FaultSource &blob) { blob.endAt(400'000); }, "");
        row("nothing is there", [](FaultSource &blob) { blob.endAt(0); }, "");
    }
}

void TestFaults::faultOfOneLayer()
{
    QFETCH(Pack, pack);
    QFETCH(Break, breakIt);
    QFETCH(QByteArray, problem);
    FaultyImage source(largeImage(pack), breakIt);
    Monitor monitor;
    const auto image = loadImage(source, {}, monitor);
    QVERIFY2(image, image ? "" : image.error().message.c_str());
    const Layer &broken = (*image)->layers[0];
    const bool isSaid = broken.state == Layer::State::Damaged || !broken.verified.value_or(true);
    QVERIFY2(isSaid, notesOf(**image).c_str());
    QVERIFY2(QByteArray::fromStdString(broken.problem).contains(problem), broken.problem.c_str());
    QVERIFY(problem.isEmpty() || hasNote(**image, "layer-damaged"));
    QCOMPARE((*image)->layers[1].state, Layer::State::Read);
    QVERIFY(filesOf(**image).contains("/data/new 3\n"));
}

/// Listed under the right digest, but from the second read on the bytes are others.
void TestFaults::otherBytesThanPromised()
{
    static std::string forged;
    const TestImage image = largeImage(&plain);
    forged = image.blobs[0];
    forged[500'000] ^= 1;
    FaultyImage source(image, [](FaultSource &blob) { blob.changeAt(1, forged); });
    Monitor monitor;
    const auto loaded = loadImage(source, {}, monitor);
    QVERIFY(loaded);
    QCOMPARE((*loaded)->layers[0].verified, std::optional(false));
    QVERIFY2(hasNote(**loaded, "digest-mismatch"), notesOf(**loaded).c_str());
    QCOMPARE((*loaded)->layers[1].verified, std::optional(true));
}

/// The observer's own failure costs no layer but, at most, the one that it was told of.
void TestFaults::aViewerWithoutMemory()
{
    FaultyImage source(largeImage(&gzip), [](FaultSource &) {});
    LoadObserver observer;
    observer.onLayer = [](std::uint32_t, const std::shared_ptr<const LayerTree> &) {
        throw std::bad_alloc();
    };
    LoadOptions options;
    options.observer = &observer;
    Monitor monitor;
    const auto image = loadImage(source, options, monitor);
    QVERIFY2(image || image.error().message.contains("out of memory"),
             image ? "" : image.error().message.c_str());
}

void TestFaults::waitingForBytesCanBeCancelled()
{
    static Monitor monitor;
    FaultyImage source(largeImage(&plain), [](FaultSource &blob) {
        blob.blockAt(300'000, monitor).onRead([](int read) {
            if (read == 1) {
                monitor.cancel();
            }
        });
    });
    const auto image = loadImage(source, {}, monitor);
    QVERIFY(!image);
    QCOMPARE(image.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestFaults)

#include "tst_faults.moc"
