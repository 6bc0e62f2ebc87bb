// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/image/manifest.h"

#include <QTest>

using namespace cutaway;

namespace {

const QByteArray kDigest = "sha256:" + QByteArray(64, 'a');

/// A descriptor as JSON: mediaType, digest and size, then `more` members.
QByteArray descriptor(const QByteArray &mediaType, const QByteArray &more = {})
{
    return "{\"mediaType\": \"" + mediaType + "\", \"digest\": \"" + kDigest + "\", \"size\": 7"
           + more + "}";
}

const QByteArray kConfig = descriptor("application/vnd.oci.image.config.v1+json");
const QByteArray kLayer = descriptor("application/vnd.oci.image.layer.v1.tar+gzip");
const QByteArray kPointer = descriptor("application/vnd.oci.image.manifest.v1+json");

QByteArray manifest(const QByteArray &members)
{
    return "{\"schemaVersion\": 2, \"config\": " + kConfig + ", " + members + "}";
}

Result<Descriptor> readDescriptor(const QByteArray &text)
{
    return Descriptor::ofJson(parseJson(text.toStdString(), "test").value().value);
}

} // namespace

class TestManifest : public QObject
{
    Q_OBJECT

private slots:
    void readsDescriptor();
    void notesFaultsOfDescriptor_data();
    void notesFaultsOfDescriptor();
    void refusesDescriptor_data();
    void refusesDescriptor();
    void readsManifest();
    void refusesManifest_data();
    void refusesManifest();
    void readsIndex();
    void refusesIndex_data();
    void refusesIndex();
    void tellsIndexes_data();
    void tellsIndexes();
    void tellsImages_data();
    void tellsImages();
    void fillsInMediaType_data();
    void fillsInMediaType();
    void knowsMediaTypes();
    void boundsCounts();
};

void TestManifest::readsDescriptor()
{
    const auto read =
        readDescriptor(descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                                  R"(, "urls": ["https://x.example/l"], "annotations": {"a": "b"},
                      "platform": {"os": "windows", "architecture": "amd64", "os.version": "10"},
                      "artifactType": "application/x", "data": "eA==", "unknown": 1)"));
    QVERIFY(read.has_value());
    QCOMPARE(read->digest.text(), kDigest.toStdString());
    QCOMPARE(read->size.value_or(0), 7);
    QCOMPARE(read->urls, std::vector<std::string>{"https://x.example/l"});
    QCOMPARE(read->annotations.at("a"), std::string("b"));
    QCOMPARE(read->platform, (Platform{"windows", "amd64", "", "10"}));
    QCOMPARE(read->artifactType, std::string("application/x"));
    QVERIFY(read->faults.empty());
}

void TestManifest::notesFaultsOfDescriptor_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("fault");
    const QByteArray digest = "{\"digest\": \"" + kDigest + "\"";
    QTest::newRow("no media type") << digest + ", \"size\": 1}" << "mediaType is missing";
    QTest::newRow("null media type")
        << digest + R"(, "size": 1, "mediaType": null})" << "mediaType is missing";
    QTest::newRow("no subtype") << digest + R"(, "size": 1, "mediaType": "text"})"
                                << "mediaType “text” is none";
    QTest::newRow("no size") << digest + R"(, "mediaType": "a/b"})" << "size is missing";
    QTest::newRow("null size") << digest + R"(, "mediaType": "a/b", "size": null})"
                               << "size is missing";
    QTest::newRow("negative size")
        << digest + R"(, "mediaType": "a/b", "size": -2})" << "size is negative (-2)";
    QTest::newRow("relative URL") << descriptor("a/b", R"(, "urls": ["x"])")
                                  << "“x” in urls is no URL";
    QTest::newRow("artifact type") << descriptor("a/b", R"(, "artifactType": "a/.b")")
                                   << "artifactType “a/.b” is no media type";
    QTest::newRow("data without padding")
        << descriptor("a/b", R"(, "data": "eA")") << "data is no base64";
    QTest::newRow("data of another kind")
        << descriptor("a/b", R"(, "data": 1)") << "data is no base64";
}

void TestManifest::notesFaultsOfDescriptor()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, fault);
    const auto read = readDescriptor(text);
    QVERIFY(read.has_value());
    QCOMPARE(read->faults.size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(read->faults[0]), fault);
    QCOMPARE(read->size.has_value(), !fault.startsWith(QLatin1String("size")));
}

void TestManifest::refusesDescriptor_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    const QByteArray digest = "{\"digest\": \"" + kDigest + "\"";
    QTest::newRow("a list") << QByteArray("[]") << "the descriptor is a list, not an object";
    QTest::newRow("no digest") << QByteArray(R"({"size": 1})") << "digest is missing";
    QTest::newRow("null digest") << QByteArray(R"({"digest": null})") << "digest is missing";
    QTest::newRow("empty digest") << QByteArray(R"({"digest": ""})") << "the digest is empty";
    QTest::newRow("number for a digest")
        << QByteArray(R"({"digest": 5})") << "digest is a number, not a text";
    QTest::newRow("fraction for a size")
        << digest + ", \"size\": 1.5}" << "size is no whole number of bytes";
    QTest::newRow("size beyond 64 bits")
        << digest + ", \"size\": 99999999999999999999}" << "size is no whole number of bytes";
    QTest::newRow("text for a size")
        << digest + ", \"size\": \"1\"}" << "size is a text, not a number";
    QTest::newRow("number for a media type")
        << digest + ", \"mediaType\": 1}" << "mediaType is a number, not a text";
    QTest::newRow("text for urls") << digest + R"(, "urls": "x"})" << "urls is a text, not a list";
    QTest::newRow("number in urls")
        << digest + R"(, "urls": [1]})" << "an element of urls is a number, not a text";
    QTest::newRow("list for annotations")
        << digest + R"(, "annotations": []})" << "annotations is a list, not an object";
    QTest::newRow("number for an annotation")
        << digest + R"(, "annotations": {"a": 1}})" << "annotation “a” is a number, not a text";
    QTest::newRow("text for a platform")
        << digest + R"(, "platform": "linux/amd64"})" << "platform is a text, not an object";
}

void TestManifest::refusesDescriptor()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    const auto read = readDescriptor(text);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
    QCOMPARE(QString::fromStdString(read.error().message), message);
}

void TestManifest::readsManifest()
{
    const auto read = parseManifest(
        manifest("\"layers\": [" + kLayer + ", " + kLayer
                 + R"(], "annotations": {"k": "v"}, "artifactType": "a/b", "subject": )" + kPointer)
            .toStdString());
    QVERIFY(read.has_value());
    QCOMPARE(read->layers.size(), std::size_t{2});
    QCOMPARE(read->annotations.at("k"), std::string("v"));
    QCOMPARE(read->artifactType, std::string("a/b"));
    QVERIFY(read->subject.has_value());
    for (const char *layers : {"\"layers\": null", "\"Layers\": []", "\"other\": 1"}) {
        const auto empty = parseManifest(manifest(layers).toStdString());
        QVERIFY(empty.has_value());
        QVERIFY(empty->layers.empty());
        QVERIFY(!empty->subject.has_value());
    }
}

void TestManifest::refusesManifest_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    const auto row =
        [](const char *name, const QByteArray &text, ErrorCode code, const char *words) {
            QTest::newRow(name) << text << static_cast<int>(code) << QString::fromUtf8(words);
        };
    row("no JSON", "\x1f\x8b", ErrorCode::Corrupt, "the manifest");
    row("a list", "[]", ErrorCode::InvalidInput, "is no JSON object");
    row("schema 1",
        R"({"schemaVersion": 1, "fsLayers": []})",
        ErrorCode::Unsupported,
        "schema 1, which is not supported");
    row("schema 1 by its members",
        R"({"fsLayers": [], "history": []})",
        ErrorCode::Unsupported,
        "schema 1");
    row("schema 3", R"({"schemaVersion": 3})", ErrorCode::Unsupported, "schema version 3");
    row("text for a version",
        R"({"schemaVersion": "2"})",
        ErrorCode::InvalidInput,
        "schemaVersion is no whole number");
    row("withdrawn artifact manifest",
        R"({"mediaType": "application/vnd.oci.artifact.manifest.v1+json", "blobs": []})",
        ErrorCode::Unsupported,
        "artifact manifest");
    row("no config",
        R"({"schemaVersion": 2, "layers": []})",
        ErrorCode::InvalidInput,
        "config is missing");
    row("an index",
        R"({"schemaVersion": 2, "manifests": []})",
        ErrorCode::InvalidInput,
        "this is an index");
    row("both kinds at once",
        manifest("\"layers\": [], \"manifests\": []"),
        ErrorCode::InvalidInput,
        "ambiguous");
    row("layers of the wrong kind",
        manifest("\"layers\": {}"),
        ErrorCode::InvalidInput,
        "layers is no list");
    row("a layer of the wrong kind",
        manifest("\"layers\": [" + kLayer + ", null]"),
        ErrorCode::InvalidInput,
        "layers[1]: the descriptor is null");
    row("a layer without a digest",
        manifest("\"layers\": [{}]"),
        ErrorCode::InvalidInput,
        "the manifest: layers[0]: digest is missing");
    row("a layer of an unknown algorithm",
        manifest("\"layers\": [{\"digest\": \"md5:ab\"}]"),
        ErrorCode::Unsupported,
        "md5");
    row("config of the wrong kind",
        R"({"schemaVersion": 2, "config": []})",
        ErrorCode::InvalidInput,
        "config: the descriptor is a list");
    row("subject of the wrong kind",
        manifest("\"subject\": \"nope\""),
        ErrorCode::InvalidInput,
        "subject: the descriptor is a text");
    row("annotations of the wrong kind",
        manifest("\"annotations\": {\"a\": []}"),
        ErrorCode::InvalidInput,
        "annotation “a” is no text");
    row("media type of the wrong kind",
        manifest("\"mediaType\": 4"),
        ErrorCode::InvalidInput,
        "mediaType is no text");
}

void TestManifest::refusesManifest()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    QFETCH(QString, words);
    const auto read = parseManifest(text.toStdString());
    QVERIFY(!read.has_value());
    QCOMPARE(static_cast<int>(read.error().code), code);
    const QString message = QString::fromStdString(read.error().message);
    QVERIFY2(message.contains(words), qPrintable(message));
}

void TestManifest::readsIndex()
{
    const auto read =
        parseIndex(("{\"schemaVersion\": 2, \"manifests\": [" + kPointer + ", "
                    + descriptor("a/b", R"(, "platform": {"os": "linux", "architecture": "arm64"})")
                    + "], \"annotations\": {\"k\": \"v\"}}")
                       .toStdString());
    QVERIFY(read.has_value());
    QCOMPARE(read->manifests.size(), std::size_t{2});
    QCOMPARE(read->manifests[1].platform.text(), std::string("linux/arm64"));
    QCOMPARE(read->annotations.at("k"), std::string("v"));
    QVERIFY(parseIndex(R"({"manifests": null})").value().manifests.empty());
}

void TestManifest::refusesIndex_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no manifests") << QByteArray("{}") << "manifests is missing";
    QTest::newRow("a manifest") << manifest("\"layers\": []") << "this is an image manifest";
    QTest::newRow("manifests of the wrong kind")
        << QByteArray(R"({"manifests": "x"})") << "manifests is no list";
    QTest::newRow("an entry without a digest")
        << QByteArray(R"({"manifests": [{"size": 1}]})") << "manifests[0]: digest is missing";
    QTest::newRow("subject of the wrong kind")
        << QByteArray(R"({"manifests": [], "subject": "nope"})") << "subject";
}

void TestManifest::refusesIndex()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const auto read = parseIndex(text.toStdString());
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
    const QString message = QString::fromStdString(read.error().message);
    QVERIFY2(message.contains(words), qPrintable(message));
}

void TestManifest::tellsIndexes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("declared");
    QTest::addColumn<bool>("expected");
    const QByteArray index = "application/vnd.oci.image.index.v1+json";
    const QByteArray image = "application/vnd.oci.image.manifest.v1+json";
    QTest::newRow("by its own type") << "{\"mediaType\": \"" + index + "\"}" << image << true;
    QTest::newRow("by its own type, a manifest")
        << "{\"mediaType\": \"" + image + "\"}" << index << false;
    QTest::newRow("by the declared type") << QByteArray("{}") << index << true;
    QTest::newRow("by its members") << QByteArray(R"({"manifests": []})") << QByteArray() << true;
    QTest::newRow("by its members, a manifest")
        << manifest("\"layers\": []") << QByteArray() << false;
    QTest::newRow("a type that says nothing")
        << QByteArray(R"({"manifests": []})") << QByteArray("application/json") << true;
    QTest::newRow("docker's list") << QByteArray(
        R"({"mediaType": "application/vnd.docker.distribution.manifest.list.v2+json"})")
                                   << QByteArray() << true;
}

void TestManifest::tellsIndexes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, declared);
    QFETCH(bool, expected);
    const auto isIndex = isIndexText(text.toStdString(), declared.toStdString());
    QVERIFY(isIndex.has_value());
    QCOMPARE(*isIndex, expected);
}

void TestManifest::tellsImages_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("artifactType");
    QTest::addColumn<QByteArray>("layer");
    QTest::addColumn<bool>("expected");
    const QByteArray oci = "application/vnd.oci.image.config.v1+json";
    const QByteArray docker = "application/vnd.docker.container.image.v1+json";
    const QByteArray tar = "application/vnd.oci.image.layer.v1.tar";
    const QByteArray empty = "application/vnd.oci.empty.v1+json";
    QTest::newRow("OCI image") << oci << QByteArray() << tar << true;
    QTest::newRow("docker image") << docker << QByteArray()
                                  << QByteArray("application/vnd.docker.image.rootfs.diff.tar.gzip")
                                  << true;
    QTest::newRow("image without layers") << oci << QByteArray() << QByteArray() << true;
    QTest::newRow("encrypted layers") << oci << QByteArray() << tar + "+gzip+encrypted" << true;
    QTest::newRow("Helm chart") << QByteArray("application/vnd.cncf.helm.config.v1+json")
                                << QByteArray()
                                << QByteArray("application/vnd.cncf.helm.chart.content.v1.tar+gzip")
                                << false;
    QTest::newRow("empty config") << empty << QByteArray("application/x") << tar << false;
    QTest::newRow("attestation") << oci
                                 << QByteArray(
                                        "application/vnd.docker.attestation.manifest.v1+json")
                                 << QByteArray("application/vnd.in-toto+json") << false;
    QTest::newRow("older attestation")
        << oci << QByteArray() << QByteArray("application/vnd.in-toto+json") << false;
    QTest::newRow("signature") << oci << QByteArray()
                               << QByteArray("application/vnd.dev.cosign.simplesigning.v1+json")
                               << false;
}

void TestManifest::tellsImages()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, artifactType);
    QFETCH(QByteArray, layer);
    QFETCH(bool, expected);
    Manifest manifest;
    manifest.config.mediaType = config.toStdString();
    manifest.artifactType = artifactType.toStdString();
    if (!layer.isEmpty()) {
        manifest.layers.emplace_back().mediaType = layer.toStdString();
    }
    QCOMPARE(manifest.isImage(), expected);
}

void TestManifest::fillsInMediaType_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("manifestType");
    QTest::addColumn<QByteArray>("indexType");
    QTest::newRow("OCI") << QByteArray("application/vnd.oci.image.config.v1+json")
                         << QByteArray("application/vnd.oci.image.manifest.v1+json")
                         << QByteArray("application/vnd.oci.image.index.v1+json");
    QTest::newRow("docker") << QByteArray("application/vnd.docker.container.image.v1+json")
                            << QByteArray("application/vnd.docker.distribution.manifest.v2+json")
                            << QByteArray(
                                   "application/vnd.docker.distribution.manifest.list.v2+json");
}

void TestManifest::fillsInMediaType()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, manifestType);
    QFETCH(QByteArray, indexType);
    const auto manifest =
        parseManifest(("{\"config\": " + descriptor(pointer) + "}").toStdString());
    const auto index = parseIndex(("{\"manifests\": [" + descriptor(pointer) + "]}").toStdString());
    QCOMPARE(QByteArray::fromStdString(manifest.value().mediaType), manifestType);
    QCOMPARE(QByteArray::fromStdString(index.value().mediaType), indexType);
}

void TestManifest::knowsMediaTypes()
{
    QVERIFY(isManifestType("application/vnd.docker.distribution.manifest.v2+json"));
    QVERIFY(!isManifestType("application/vnd.docker.distribution.manifest.list.v2+json"));
    QVERIFY(isIndexType("application/vnd.docker.distribution.manifest.list.v2+json"));
    QVERIFY(isConfigType("application/vnd.docker.container.image.v1+json"));
    QVERIFY(!isConfigType("application/vnd.oci.empty.v1+json"));
    QVERIFY(isForeignLayerType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));
    QVERIFY(isForeignLayerType("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd"));
    QVERIFY(!isForeignLayerType("application/vnd.oci.image.layer.v1.tar+zstd"));
    QVERIFY(isLayerType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));
    QVERIFY(isLayerType("application/vnd.oci.image.layer.v1.tar+zstd"));
    QVERIFY(!isLayerType("application/vnd.in-toto+json"));
}

void TestManifest::boundsCounts()
{
    QByteArray layers = kLayer;
    for (std::uint32_t i = 0; i < limits::kMostLayers; ++i) {
        layers += "," + kLayer;
    }
    const auto read = parseManifest(manifest("\"layers\": [" + layers + "]").toStdString());
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().code, ErrorCode::LimitExceeded);
    QCOMPARE(read.error().message,
             "the manifest: layers has " + formatNumber(limits::kMostLayers + 1)
                 + " entries; at most " + formatNumber(limits::kMostLayers) + " are read");
}

QTEST_APPLESS_MAIN(TestManifest)
#include "tst_manifest.moc"
