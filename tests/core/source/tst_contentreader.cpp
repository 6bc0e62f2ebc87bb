// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/contentreader.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"

#include <QTest>

using namespace cutaway;
using namespace cutaway::test;

namespace {

std::string gzipLayer(std::string_view bytes)
{
    return gzip(bytes);
}

std::string zstdLayer(std::string_view bytes)
{
    return zstd(bytes);
}

std::string plainLayer(std::string_view bytes)
{
    return std::string(bytes);
}

using Pack = std::string (*)(std::string_view);

std::string gzipPieces(std::string_view bytes)
{
    return gzip(bytes.substr(0, bytes.size() / 2)) + gzip(bytes.substr(bytes.size() / 2));
}

/// What no compressor folds away, so that restart points are worth their while.
std::string filler(std::size_t size)
{
    std::string bytes(size, '\0');
    std::uint32_t seed = 5;
    for (char &c : bytes) {
        seed = seed * 1664525 + 1013904223;
        c = "0123456789abcdef"[seed >> 28];
    }
    return bytes;
}

/// Two layers with what is hard to read: links, a sparse file, a big file, an empty one. `before`
/// bytes stand in front of them, a global header too.
TestImage contentImage(Pack pack, const std::string &suffix, std::size_t before = 0)
{
    TestImage image;
    const std::string global = "16 comment=some\n";
    TarWriter front;
    if (before > 0) {
        front.raw("global", 'g', global.size(), global, "", {}).file("filler", filler(before));
    }
    const std::string sparse = "2\n1024\n4\n4096\n0\n";
    TarWriter::Options options;
    options.pax = {{"GNU.sparse.major", "1"},
                   {"GNU.sparse.minor", "0"},
                   {"GNU.sparse.name", "sparse"},
                   {"GNU.sparse.realsize", "4096"}};
    image.layers.push_back(front.file("one", "1")
                               .file(std::string(300, 'n'), "name", {.pax = {{"path", "named"}}})
                               .file("big", std::string(3 << 20, 'b'))
                               .hardlink("link", "big")
                               .raw("GNUSparseFile.0/sparse",
                                    '0',
                                    512 + 4,
                                    sparse + std::string(512 - sparse.size(), '\0') + "data",
                                    "",
                                    options)
                               .file("empty", "")
                               .finish());
    image.layers.push_back(TarWriter().hardlink("across", "one").file("two", "22").finish());
    for (const std::string &layer : image.layers) {
        image.blobs.push_back(pack(layer));
        image.mediaTypes.push_back("application/vnd.oci.image.layer.v1.tar" + suffix);
        image.diffIds.push_back("sha256:" + sha256Hex(layer));
    }
    return image;
}

/// What was given, in the order in which it was: "one=1 ".
struct Receiver
{
    std::vector<EntryId> order;
    std::map<EntryId, std::string> contents;
    ContentReceiver given = {[this](EntryId entry) -> Result<> {
                                 order.push_back(entry);
                                 contents[entry].clear();
                                 return {};
                             },
                             [this](EntryId entry, Bytes run) -> Result<> {
                                 if (order.empty() || order.back() != entry) {
                                     return fail(ErrorCode::Corrupt, "runs of two files are mixed");
                                 }
                                 contents[entry].append(reinterpret_cast<const char *>(run.data()),
                                                        run.size());
                                 return {};
                             }};
};

} // namespace

class TestContentReader : public QObject
{
    Q_OBJECT

private slots:
    void contents_data();
    void contents();
    void sinkThatFailsStops();
    void changedArchiveIsNoticed();
    void changedContentIsNoticed_data();
    void changedContentIsNoticed();
    void globalHeadersCount_data();
    void globalHeadersCount();
    void touchedFileIsReadWhole();
    void smallFilesAreKept();
    void keptFilesHaveABound();
    void raisedLimitsHoldHereToo();
    void cancelled();

private:
    struct Opened
    {
        std::unique_ptr<ImageSource> source;
        ImagePtr image;
        EntryId entry(std::string_view path) const
        {
            return image->tree->finalEntry(image->tree->find(path));
        }
    };
    Opened open(const TestImage &image)
    {
        return openAt(m_folder.write("image.tar", tarOf(ociFiles(image))));
    }
    static Opened openAt(const std::string &path, const OpenOptions &options = {})
    {
        Monitor monitor;
        auto source = openSource(pathReference(path), options, monitor);
        LoadOptions load;
        load.limits = options.limits;
        auto loaded = source ? loadImage(**source, load, monitor)
                             : Result<ImagePtr>(std::unexpected(source.error()));
        return loaded ? Opened{std::move(*source), *loaded} : Opened{};
    }
    Folder m_folder;
};

using PackFunction = std::string (*)(std::string_view);
Q_DECLARE_METATYPE(PackFunction)

void TestContentReader::contents_data()
{
    QTest::addColumn<PackFunction>("pack");
    QTest::addColumn<std::string>("suffix");
    QTest::addColumn<int>("before");
    constexpr int kDeep = 10 << 20; // restart points begin at 8 MiB
    for (const int before : {0, kDeep}) {
        const QByteArray where = before == 0 ? "" : ", deep inside";
        QTest::newRow("plain layers" + where)
            << PackFunction(plainLayer) << std::string() << before;
        QTest::newRow("gzip layers" + where)
            << PackFunction(gzipLayer) << std::string("+gzip") << before;
        QTest::newRow("gzip members" + where)
            << PackFunction(gzipPieces) << std::string("+gzip") << before;
        QTest::newRow("zstd layers" + where)
            << PackFunction(zstdLayer) << std::string("+zstd") << before;
    }
}

void TestContentReader::contents()
{
    QFETCH(PackFunction, pack);
    QFETCH(std::string, suffix);
    QFETCH(int, before);
    const Opened opened = open(contentImage(pack, suffix, static_cast<std::size_t>(before)));
    QVERIFY(opened.image != nullptr);
    std::map<std::string, std::string> expected = {{"/one", "1"},
                                                   {"/two", "22"},
                                                   {"/across", "1"},
                                                   {"/empty", ""},
                                                   {"/named", "name"},
                                                   {"/big", std::string(3 << 20, 'b')},
                                                   {"/link", std::string(3 << 20, 'b')}};
    expected["/sparse"] = std::string(1024, '\0') + "data" + std::string(4096 - 1028, '\0');
    std::vector<EntryId> wanted;
    for (const auto &[path, content] : expected) {
        wanted.push_back(opened.entry(path));
        QVERIFY2(wanted.back() != kNone, path.c_str());
    }
    Receiver receiver;
    const Monitor monitor;
    const auto done = readContents(*opened.source, *opened.image, wanted, receiver.given, monitor);
    QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
    QCOMPARE(receiver.order.size(), expected.size());
    for (const auto &[path, content] : expected) {
        QVERIFY2(receiver.contents[opened.entry(path)] == content, path.c_str());
        Receiver alone;
        QVERIFY(readContents(
            *opened.source, *opened.image, {opened.entry(path)}, alone.given, monitor));
        QVERIFY2(alone.contents[opened.entry(path)] == content, path.c_str());
    }
}

void TestContentReader::changedContentIsNoticed_data()
{
    contents_data();
}

/// The same sizes, the same headers, another byte.
void TestContentReader::changedContentIsNoticed()
{
    QFETCH(PackFunction, pack);
    QFETCH(std::string, suffix);
    QFETCH(int, before);
    const TestImage image = contentImage(pack, suffix, static_cast<std::size_t>(before));
    const Opened opened = openAt(m_folder.writeAll("layout", ociFiles(image)));
    QVERIFY(opened.image != nullptr);
    std::string layer = image.layers[0];
    layer[layer.find(std::string("name\0\0\0\0", 8))] = 'X';
    m_folder.write("layout/" + blobPath(image.blobs[0]), pack(layer));
    Receiver receiver;
    const Monitor monitor;
    const auto done = readContents(
        *opened.source, *opened.image, {opened.entry("/named")}, receiver.given, monitor);
    QVERIFY(!done.has_value());
    QCOMPARE(done.error().code, ErrorCode::Corrupt);
    QVERIFY2(done.error().message.contains("/named: its bytes are not what they were"),
             done.error().message.c_str());
}

void TestContentReader::globalHeadersCount_data()
{
    QTest::addColumn<PackFunction>("pack");
    QTest::newRow("plain") << PackFunction(plainLayer);
    QTest::newRow("gzip") << PackFunction(gzipLayer);
}

/// A header far before the file says how long it is.
void TestContentReader::globalHeadersCount()
{
    QFETCH(PackFunction, pack);
    TestImage image;
    const std::string size = std::to_string(10 << 20);
    const std::string global = "17 size=" + size + "\n";
    QCOMPARE(global.size(), std::size_t{17});
    image.layers = {TarWriter()
                        .raw("global", 'g', global.size(), global, "", {})
                        .file("first", filler(10 << 20))
                        .raw("second", '0', 0, std::string(10 << 20, 's'), "", {})
                        .finish()};
    image.blobs = {pack(image.layers[0])};
    image.mediaTypes = {"application/vnd.oci.image.layer.v1.tar"};
    image.diffIds = {"sha256:" + sha256Hex(image.layers[0])};
    const Opened opened = open(image);
    QVERIFY(opened.image != nullptr);
    Receiver receiver;
    const Monitor monitor;
    const EntryId entry = opened.entry("/second");
    QVERIFY(readContents(*opened.source, *opened.image, {entry}, receiver.given, monitor));
    QVERIFY(receiver.contents[entry] == std::string(10 << 20, 's'));
}

void TestContentReader::touchedFileIsReadWhole()
{
    const TestImage image = contentImage(gzipLayer, "+gzip", 10 << 20);
    const Opened opened = open(image);
    QVERIFY(opened.image != nullptr);
    m_folder.write("image.tar", tarOf(ociFiles(image)));
    Receiver receiver;
    const Monitor monitor;
    const EntryId entry = opened.entry("/one");
    QVERIFY(readContents(*opened.source, *opened.image, {entry}, receiver.given, monitor));
    QCOMPARE(receiver.contents[entry], std::string("1"));
}

/// What a layer can only be decompressed from its start for is not decompressed for twice.
void TestContentReader::smallFilesAreKept()
{
    const TestImage image = contentImage(zstdLayer, "+zstd");
    const Opened opened = openAt(m_folder.writeAll("layout", ociFiles(image)));
    QVERIFY(opened.image != nullptr);
    const Monitor monitor;
    const auto read = [&](const std::vector<EntryId> &wanted) {
        Receiver receiver;
        const auto done =
            readContents(*opened.source, *opened.image, wanted, receiver.given, monitor);
        std::string text;
        for (const EntryId entry : receiver.order) {
            text += receiver.contents[entry] + ' ';
        }
        return done ? text : "failed";
    };
    const EntryId one = opened.entry("/one");
    const EntryId named = opened.entry("/named");
    QCOMPARE(read({one, named}), std::string("1 name "));
    for (const std::string &blob : image.blobs) { // still zstd by their first bytes
        m_folder.write("layout/" + blobPath(blob), blob.substr(0, 16));
    }
    QCOMPARE(read({named}), std::string("name "));
    QCOMPARE(read({one, named}), std::string("1 name "));
    QCOMPARE(read({opened.entry("/two")}), std::string("failed"));
    QCOMPARE(read({one, opened.entry("/big")}), std::string("failed"));
}

void TestContentReader::keptFilesHaveABound()
{
    OpenedFiles files;
    const std::string big(limits::kOpenedFileBytes, 'b');
    files.put("blob", 0, big + 'b');
    QVERIFY(files.find("blob", 0) == nullptr);
    const std::uint64_t most = limits::kOpenedFilesBytes / limits::kOpenedFileBytes;
    for (std::uint64_t offset = 0; offset < most; ++offset) {
        files.put("blob", offset, big);
    }
    QVERIFY(files.find("other", 0) == nullptr);
    QVERIFY(files.find("blob", 0) != nullptr); // and is now the one used last
    files.put("blob", most, big);
    QVERIFY(files.find("blob", 0) != nullptr);
    QVERIFY(files.find("blob", 1) == nullptr);
}

void TestContentReader::raisedLimitsHoldHereToo()
{
    TestImage image;
    const std::string comment(limits::kTarMetaBytes + 1, 'c');
    image.layers = {TarWriter().file("a", "x", {.pax = {{"comment", comment}}}).finish()};
    image.blobs = image.layers;
    image.mediaTypes = {"application/vnd.oci.image.layer.v1.tar"};
    image.diffIds = {"sha256:" + sha256Hex(image.layers[0])};
    OpenOptions options;
    QVERIFY(setLimit(options.limits, "header-size=4MB").has_value());
    const Opened opened = openAt(m_folder.write("image.tar", tarOf(ociFiles(image))), options);
    QVERIFY(opened.image != nullptr);
    Receiver receiver;
    const EntryId entry = opened.entry("/a");
    QVERIFY(readContents(*opened.source, *opened.image, {entry}, receiver.given, Monitor()));
    QCOMPARE(receiver.contents[entry], std::string("x"));
}

void TestContentReader::sinkThatFailsStops()
{
    const Opened opened = open(contentImage(plainLayer, ""));
    const Monitor monitor;
    int runs = 0;
    const auto done = readContents(*opened.source,
                                   *opened.image,
                                   {opened.entry("/big")},
                                   {[](EntryId) -> Result<> { return {}; },
                                    [&](EntryId, Bytes) -> Result<> {
                                        ++runs;
                                        return fail(ErrorCode::Io, "disk full");
                                    }},
                                   monitor);
    QVERIFY(!done.has_value());
    QCOMPARE(runs, 1);
    QVERIFY(done.error().message.find("disk full") != std::string::npos);
}

void TestContentReader::changedArchiveIsNoticed()
{
    const Opened opened = open(contentImage(plainLayer, ""));
    TestImage other = contentImage(plainLayer, "");
    const std::string path = m_folder.path("image.tar");
    const std::string zeros(tarOf(ociFiles(other)).size(), '\0');
    m_folder.write("image.tar", zeros);
    Receiver receiver;
    const Monitor monitor;
    const auto done = readContents(
        *opened.source, *opened.image, {opened.entry("/one")}, receiver.given, monitor);
    QVERIFY(!done.has_value());
    QVERIFY(receiver.order.empty());
}

void TestContentReader::cancelled()
{
    const Opened opened = open(contentImage(plainLayer, ""));
    Receiver receiver;
    Monitor monitor;
    monitor.cancel();
    const auto done = readContents(
        *opened.source, *opened.image, {opened.entry("/one")}, receiver.given, monitor);
    QVERIFY(!done.has_value());
    QCOMPARE(static_cast<int>(done.error().code), static_cast<int>(ErrorCode::Cancelled));
}

QTEST_GUILESS_MAIN(TestContentReader)
#include "tst_contentreader.moc"
