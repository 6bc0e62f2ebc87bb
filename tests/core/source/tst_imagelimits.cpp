// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/source/imagefixture.h"
#include "tests/support/chunkstream.h"
#include "tests/support/tarwriter.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

/// What a layer's tar gives rise to under a limit: empty, or the error.
std::string readUnder(const Limits &limits, const std::string &blob)
{
    LayerReadOptions options;
    options.limits = limits;
    const auto whole = readLayer(memorySource(std::string_view(blob)), options, Monitor());
    const auto streamed = readLayer(std::make_unique<ChunkStream>(blob, 700), options, Monitor());
    if (whole.has_value() != streamed.has_value()) {
        return "differs between file and stream";
    }
    return whole ? std::string() : whole.error().message;
}

std::string openUnder(const Limits &limits, const std::string &path)
{
    OpenOptions open;
    open.limits = limits;
    Monitor monitor;
    auto source = openSource(pathReference(path), open, monitor);
    if (!source) {
        return source.error().message;
    }
    LoadOptions options;
    options.limits = limits;
    const auto image = loadImage(**source, options, monitor);
    return image ? std::string() : image.error().message;
}

std::uint64_t biggestText(const Files &files)
{
    std::size_t biggest = 0;
    for (const auto &[name, content] : files) {
        if (content.starts_with('{') || content.starts_with('[')) {
            biggest = std::max(biggest, content.size());
        }
    }
    return biggest;
}

std::string zeros(std::size_t count)
{
    return TarWriter().file("zeros", std::string(count, '\0')).finish();
}

} // namespace

Q_DECLARE_METATYPE(std::uint64_t Limits::*)

/// Each limit that can be raised: what is at it passes, what is over it is told by its name.
class TestImageLimits : public QObject
{
    Q_OBJECT

private slots:
    void layers_data();
    void layers();
    void images_data();
    void images();
    void ratiosCountFromASizeOn();
    void claimedFileSizesHaveABound();
    void indexesListSoManyManifests_data();
    void indexesListSoManyManifests();

private:
    Folder m_folder;
};

void TestImageLimits::layers_data()
{
    QTest::addColumn<std::uint64_t Limits::*>("limit");
    QTest::addColumn<quint64>("reached"); // what the layer needs
    QTest::addColumn<QByteArray>("blob");
    QTest::addColumn<QByteArray>("name");

    const auto row = [](const char *name,
                        std::uint64_t Limits::*limit,
                        std::uint64_t reached,
                        const std::string &blob) {
        QTest::newRow(name) << limit << quint64{reached} << QByteArray::fromStdString(blob)
                            << QByteArray(name);
    };
    const std::string path(300, 'p');
    // "NNN path=…\n"
    row("header-size",
        &Limits::headerBytes,
        path.size() + 10,
        TarWriter().file("x", "1", {.pax = {{"path", path}}}).finish());
    row("path-length",
        &Limits::pathBytes,
        path.size(),
        TarWriter().file("x", "1", {.pax = {{"path", path}}}).finish());
    row("path-depth", &Limits::pathDepth, 5, TarWriter().file("a/b//c/./d/e", "1").finish());
    row("layer-entries",
        &Limits::layerEntries,
        3,
        TarWriter().directory("a").file("a/b", "1").whiteout("a/c").finish());
    const std::string tar = zeros(100'000);
    row("unpacked-size", &Limits::unpackedBytes, tar.size(), gzip(tar));
}

void TestImageLimits::layers()
{
    QFETCH(std::uint64_t Limits::*, limit);
    QFETCH(quint64, reached);
    QFETCH(QByteArray, blob);
    QFETCH(QByteArray, name);
    Limits limits;
    limits.*limit = reached + 1;
    QCOMPARE(readUnder(limits, blob.toStdString()), std::string());
    limits.*limit = reached;
    QCOMPARE(readUnder(limits, blob.toStdString()), std::string());
    limits.*limit = reached - 1;
    const std::string error = readUnder(limits, blob.toStdString());
    QVERIFY2(error.contains("--limit " + name.toStdString() + "="), error.c_str());
}

void TestImageLimits::images_data()
{
    QTest::addColumn<std::uint64_t Limits::*>("limit");
    QTest::addColumn<quint64>("reached");
    QTest::addColumn<QByteArray>("archive");
    QTest::addColumn<QByteArray>("name");

    const auto row = [](const char *name,
                        std::uint64_t Limits::*limit,
                        std::uint64_t reached,
                        const std::string &archive) {
        QTest::newRow(name) << limit << quint64{reached} << QByteArray::fromStdString(archive)
                            << QByteArray(name);
    };
    const Files files = dockerFiles(smallImage());
    const std::string archive = tarOf(files);
    row("layers", &Limits::layers, 2, archive);
    row("json-size", &Limits::jsonBytes, biggestText(files), archive);
    row("archive-members", &Limits::archiveMembers, files.size(), archive);
    row("temporary-disk", &Limits::spoolBytes, archive.size(), gzip(archive));
}

void TestImageLimits::images()
{
    QFETCH(std::uint64_t Limits::*, limit);
    QFETCH(quint64, reached);
    QFETCH(QByteArray, archive);
    QFETCH(QByteArray, name);
    const std::string path = m_folder.write("image.tar", archive.toStdString());
    Limits limits;
    limits.*limit = reached + 1;
    QCOMPARE(openUnder(limits, path), std::string());
    limits.*limit = reached;
    QCOMPARE(openUnder(limits, path), std::string());
    limits.*limit = reached - 1;
    const std::string error = openUnder(limits, path);
    QVERIFY2(error.contains("--limit " + name.toStdString() + "="), error.c_str());
}

void TestImageLimits::ratiosCountFromASizeOn()
{
    const std::string tar = zeros(1'000'000);
    for (const std::string &blob : {gzip(tar), zstd(tar)}) {
        Limits limits;
        limits.expansion = 50;
        QCOMPARE(readUnder(limits, blob), std::string());
        limits.expansionFrom = tar.size();
        QCOMPARE(readUnder(limits, blob), std::string());
        limits.expansionFrom = tar.size() - 1;
        const std::string error = readUnder(limits, blob);
        QVERIFY2(error.contains("--limit expansion="), error.c_str());
        limits.expansion = tar.size() / blob.size() + 1;
        QCOMPARE(readUnder(limits, blob), std::string());
    }
}

void TestImageLimits::claimedFileSizesHaveABound()
{
    const auto sparse = [](std::uint64_t size) {
        return TarWriter::Options{.pax = {{"GNU.sparse.major", "0"},
                                          {"GNU.sparse.minor", "1"},
                                          {"GNU.sparse.size", std::to_string(size)},
                                          {"GNU.sparse.map", "0,1"}}};
    };
    const std::uint64_t most = limits::kLayerFileBytes;
    QCOMPARE(readUnder({}, TarWriter().file("a", "x", sparse(most)).finish()), std::string());
    QCOMPARE(readUnder({}, TarWriter().file("a", "x", sparse(most - 1)).file("b", "y").finish()),
             std::string());
    const std::string error =
        readUnder({}, TarWriter().file("a", "x", sparse(most)).file("b", "y").finish());
    QVERIFY2(error.contains("claim to hold more"), error.c_str());
}

void TestImageLimits::indexesListSoManyManifests_data()
{
    QTest::addColumn<int>("listed"); // beside the image itself and the index inside of the index
    QTest::addColumn<bool>("passes");
    QTest::newRow("under") << static_cast<int>(limits::kImages) - 3 << true;
    QTest::newRow("at") << static_cast<int>(limits::kImages) - 2 << true;
    QTest::newRow("over") << static_cast<int>(limits::kImages) - 1 << false;
}

/// Of all indexes together: one that lists another one does not begin to count anew.
void TestImageLimits::indexesListSoManyManifests()
{
    QFETCH(int, listed);
    QFETCH(bool, passes);
    Files files = ociFiles(smallImage());
    std::string &index = std::ranges::find(files, "index.json", &Files::value_type::first)->second;
    const std::string image =
        index.substr(index.find('[') + 1, index.rfind(']') - index.find('[') - 1);
    const std::string absent =
        R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":1,)"
        R"("digest":"sha256:)"
        + std::string(64, 'a') + "\"}";
    std::string inner = R"({"schemaVersion":2,"manifests":[)" + image;
    for (int i = 0; i < listed; ++i) {
        inner += ',' + absent;
    }
    inner += "]}";
    index =
        R"({"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.index.v1+json",)"
        R"("size":)"
        + std::to_string(inner.size()) + R"(,"digest":"sha256:)" + sha256Hex(inner) + "\"}]}";
    files.emplace_back(blobPath(inner), inner);
    Limits limits;
    limits.jsonBytes = limits::kJsonMostBytes;
    const std::string error = openUnder(limits, m_folder.writeAll("layout", files));
    QCOMPARE(error.contains("more than 100,000 manifests"), !passes);
    QVERIFY2(passes == error.empty(), error.c_str());
}

QTEST_GUILESS_MAIN(TestImageLimits)
#include "tst_imagelimits.moc"
