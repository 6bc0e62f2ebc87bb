// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace cutaway;
using namespace cutaway::test;
namespace fs = std::filesystem;

namespace {

const std::string kFinalFiles = "/data/new 3\n/etc/name 5\n";

/// Opens `bytes` as they come through a pipe.
Result<std::unique_ptr<ImageSource>> openPiped(const std::string &bytes, Monitor &monitor)
{
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) {
        return fail(ErrorCode::Io, "pipe");
    }
    ::signal(SIGPIPE, SIG_IGN);
    const std::jthread writer([&] {
        std::string_view rest = bytes;
        while (!rest.empty()) {
            const ssize_t count = ::write(ends[1], rest.data(), rest.size());
            if (count <= 0) {
                break;
            }
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
        ::close(ends[1]);
    });
    auto source = openSource(
        Reference{Reference::Transport::Stdin, {}, {}, "-"}, OpenOptions{ends[0]}, monitor);
    ::close(ends[0]);
    return source;
}

std::string gzipLayer(std::string_view bytes)
{
    return gzip(bytes);
}

std::string zstdLayer(std::string_view bytes)
{
    return zstd(bytes);
}

std::string rootfsTarBytes()
{
    return TarWriter().directory("etc").file("etc/name", "first").file("data/new", "new").finish();
}

} // namespace

class TestOpenSource : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void archive_data();
    void archive();
    void streamed_data() { archive_data(); }
    void streamed();
    void directory_data();
    void directory();
    void refused_data();
    void refused();
    void nestedIndex();
    void attestationsBelongToTheirImage();
    void signaturesBelongToTheirImage_data();
    void signaturesBelongToTheirImage();
    void indexesNestedTooDeeply();
    void legacyTagsNameLayers();
    void hybridTakesTheManifest();
    void layerByLink();
    void transportMustFit();
    void redirectedFileIsReadInPlace();
    void nothingIsLeftOfASpooledArchive();
    void cancelledWhileWaitingForInput();

private:
    Folder m_folder;
};

void TestOpenSource::initTestCase()
{
    qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_folder.path("cache")));
}

void TestOpenSource::archive_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("kind");
    const auto row = [](const char *name, const std::string &bytes, const char *kind) {
        QTest::newRow(name) << bytes << std::string(kind);
    };
    const TestImage image = smallImage();
    row("docker 1.10 to 24", tarOf(dockerFiles(image)), "docker-archive");
    row("docker before 1.10", tarOf(legacyFiles(image)), "docker-archive");
    row("docker 25, OCI layout beside manifest.json", tarOf(hybridFiles(image)), "docker-archive");
    row("docker with containerd's store, layers gzipped",
        tarOf(hybridFiles(packedImage(gzipLayer, "gzip"))),
        "docker-archive");
    row("kaniko and crane", tarOf(kanikoFiles(image)), "docker-archive");
    row("OCI archive, plain layers", tarOf(ociFiles(image)), "oci-archive");
    row("OCI archive, gzip layers", tarOf(ociFiles(packedImage(gzipLayer, "gzip"))), "oci-archive");
    row("OCI archive, zstd layers", tarOf(ociFiles(packedImage(zstdLayer, "zstd"))), "oci-archive");
    row("skopeo's dir in a tar", tarOf(skopeoFiles(image)), "dir");
    row("gzip around a docker archive", gzip(tarOf(dockerFiles(image))), "docker-archive");
    row("zstd around an OCI archive", zstd(tarOf(ociFiles(image))), "oci-archive");
    row("a root file system", rootfsTarBytes(), "rootfs");
    row("a root file system, gzipped", gzip(rootfsTarBytes()), "rootfs");

    Files dotted;
    for (const auto &[name, content] : ociFiles(image)) {
        dotted.emplace_back("./" + name, content);
    }
    row("members with ./ before their names", tarOf(dotted), "oci-archive");
    Files lower = dockerFiles(image);
    for (auto &[name, content] : lower) {
        if (name == "manifest.json") {
            for (const auto &[key, small] : {std::pair("Config", "config"),
                                             std::pair("RepoTags", "repoTags"),
                                             std::pair("Layers", "layers")}) {
                content.replace(content.find(key), std::string_view(key).size(), small);
            }
        }
    }
    row("keys in lower case", tarOf(lower), "docker-archive");
    Files backwards = dockerFiles(image);
    std::ranges::reverse(backwards);
    row("manifest.json before the layers", tarOf(backwards), "docker-archive");
}

void TestOpenSource::archive()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, kind);
    const auto image = load(m_folder.write("image.without-ending", bytes));
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QCOMPARE((*image)->sourceName, kind);
    QCOMPARE(filesOf(**image), kFinalFiles);
    QVERIFY((*image)->complete);
}

void TestOpenSource::streamed()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, kind);
    Monitor monitor;
    const auto source = openPiped(bytes, monitor);
    QVERIFY2(source.has_value(), source ? "" : source.error().message.c_str());
    const auto image = loadImage(**source, {}, monitor);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QCOMPARE((*image)->sourceName, kind);
    QCOMPARE(filesOf(**image), kFinalFiles);
    const auto blob = (*source)->blob((*image)->layers[0].descriptor);
    QVERIFY(!blob.has_value());
    QCOMPARE(static_cast<int>(blob.error().code), static_cast<int>(ErrorCode::Unsupported));
    QVERIFY(blob.error().message.find("save") != std::string::npos);
}

void TestOpenSource::directory_data()
{
    QTest::addColumn<std::string>("folder");
    QTest::addColumn<std::string>("kind");
    const TestImage image = packedImage(gzipLayer, "gzip");
    QTest::newRow("OCI layout") << m_folder.writeAll("layout", ociFiles(image))
                                << std::string("oci");
    QTest::newRow("skopeo's dir") << m_folder.writeAll("skopeo", skopeoFiles(image))
                                  << std::string("dir");
    QTest::newRow("an unpacked docker archive")
        << m_folder.writeAll("docker", dockerFiles(image)) << std::string("docker-archive");
    QTest::newRow("a root file system")
        << m_folder.writeAll("root", {{"etc/name", "first"}, {"data/new", "new"}})
        << std::string("rootfs");
}

void TestOpenSource::directory()
{
    QFETCH(std::string, folder);
    QFETCH(std::string, kind);
    const auto image = load(folder);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QCOMPARE((*image)->sourceName, kind);
    QCOMPARE(filesOf(**image), kFinalFiles);
}

void TestOpenSource::refused_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("says");
    const auto row = [](const char *name, const std::string &bytes, const char *says) {
        QTest::newRow(name) << bytes << std::string(says);
    };
    row("nothing", "", "is not a container image: it is nothing at all");
    row("one byte", "x", "is not a container image");
    row("a zip", std::string("PK\x03\x04") + std::string(100, 'z'), "a ZIP archive");
    row("an ELF program",
        std::string("\x7f"
                    "ELF")
            + std::string(2000, '\1'),
        "an ELF program");
    row("text", "hello\nworld\n", "it is text");
    row("gzip around nothing", gzip(""), "gzip-compressed, and inside is nothing at all");
    row("gzip around text", gzip("hello\n"), "inside is text");
    row("an empty tar", std::string(1024, '\0'), "is not a container image");

    const TestImage image = smallImage();
    const auto docker = [&](const std::string &manifest) {
        Files files = dockerFiles(image);
        replaceFile(files, "manifest.json", manifest);
        return tarOf(files);
    };
    row("manifest.json is an object", docker("{}"), "manifest.json");
    row("manifest.json is empty", docker("[]"), "manifest.json: the list of images is empty");
    row("manifest.json lists null", docker("[null]"), "manifest.json: entry 0");
    row("manifest.json is cut off", docker(R"([{"Config": "a)"), "manifest.json");
    row("the config leads out",
        docker(R"([{"Config": "../../etc/passwd", "Layers": []}])"),
        "leads out of the archive");
    row("the config is absolute",
        docker(R"([{"Config": "/etc/passwd", "Layers": []}])"),
        "leads out of the archive");
    row("the config is missing",
        docker(R"([{"Config": "nope.json", "Layers": []}])"),
        "\"nope.json\" is missing");
    const std::string config = sha256Hex(configOf(image)) + ".json";
    row("a layer is missing",
        docker(R"([{"Config": ")" + config + R"(", "Layers": ["nope/layer.tar"]}])"),
        "layer 0: \"nope/layer.tar\" is missing");
    row("a layer is a directory",
        docker(R"([{"Config": ")" + config + R"(", "Layers": [")"
               + sha256Hex("id of " + image.layers[0]) + R"("]}])"),
        "is a directory");
    row("a layer has no name",
        docker(R"([{"Config": ")" + config + R"(", "Layers": [""]}])"),
        "names no file");
    Files torso = ociFiles(image);
    torso.pop_back();
    row("an OCI archive without its index", tarOf(torso), "neither manifest.json nor index.json");
    row("an index that lists nothing",
        tarOf({{"oci-layout", "{}"}, {"index.json", R"({"schemaVersion": 2, "manifests": []})"}}),
        "lists no image");
    Files escaping = ociFiles(image);
    replaceFile(
        escaping,
        "index.json",
        R"({"schemaVersion": 2, "manifests": [{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:../../secret", "size": 1}]})");
    row("a digest that is a path", tarOf(escaping), "digest");
    const std::string loop = TarWriter()
                                 .symlink("manifest.json", "config.json")
                                 .symlink("config.json", "manifest.json")
                                 .finish();
    row("manifest.json is a link in a circle", loop, "in a circle");
}

void TestOpenSource::refused()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, says);
    const auto image = load(m_folder.write("refused.bin", bytes));
    QVERIFY(!image.has_value());
    QVERIFY2(image.error().message.find(says) != std::string::npos, image.error().message.c_str());
}

void TestOpenSource::nestedIndex()
{
    constexpr const char *kIndexType = "application/vnd.oci.image.index.v1+json";
    constexpr const char *kManifestType = "application/vnd.oci.image.manifest.v1+json";
    TestImage other = smallImage();
    other.architecture = "arm64";
    Files files = ociFiles(smallImage());
    for (const auto &file : ociFiles(other)) {
        files.push_back(file);
    }
    const std::string absent = "a manifest that is elsewhere";
    const std::string inner =
        R"({"schemaVersion": 2, "manifests": [)"
        + descriptorOf(manifestOf(smallImage()),
                       kManifestType,
                       R"(, "platform": {"os": "linux", "architecture": "amd64"})")
        + ", "
        + descriptorOf(manifestOf(other),
                       kManifestType,
                       R"(, "platform": {"os": "linux", "architecture": "arm64"})")
        + ", "
        + descriptorOf(
            absent, kManifestType, R"(, "platform": {"os": "linux", "architecture": "s390x"})")
        + "]}";
    files.emplace_back(blobPath(inner), inner);
    replaceFile(
        files,
        "index.json",
        R"({"schemaVersion": 2, "manifests": [)"
            + descriptorOf(
                inner,
                kIndexType,
                R"(, "annotations": {"io.containerd.image.name": "docker.io/library/app:2", "org.opencontainers.image.ref.name": "2"})")
            + "]}");
    Monitor monitor;
    const auto source =
        openSource(pathReference(m_folder.write("nested.tar", tarOf(files))), {}, monitor);
    QVERIFY2(source.has_value(), source ? "" : source.error().message.c_str());
    const auto candidates = (*source)->images();
    QCOMPARE(candidates->size(), std::size_t(3));
    QCOMPARE(candidates->at(1).platform.text(), std::string("linux/arm64"));
    QCOMPARE(candidates->at(1).tags, std::vector<std::string>{"docker.io/library/app:2"});
    QVERIFY(!candidates->at(2).present);
    const auto image = loadImage(**source, {}, monitor);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QCOMPARE((*image)->platforms.size(), std::size_t(2));
    QCOMPARE((*image)->platforms[1].platform.text(), std::string("linux/s390x"));
    QVERIFY(!(*image)->platforms[1].present);
    const auto missing = (*source)->statement(2);
    QVERIFY(!missing.has_value());
    QCOMPARE(static_cast<int>(missing.error().code), static_cast<int>(ErrorCode::NotFound));
}

void TestOpenSource::attestationsBelongToTheirImage()
{
    const Files files =
        attestedFiles(smallImage(), {.text = R"({"_type": "https://in-toto.io/Statement/v0.1"})"});
    Monitor monitor;
    const auto source =
        openSource(pathReference(m_folder.write("attested.tar", tarOf(files))), {}, monitor);
    QVERIFY2(source.has_value(), source ? "" : source.error().message.c_str());
    QCOMPARE((*source)->images()->size(), std::size_t(1));
    const auto loaded = loadImage(**source, {}, monitor);
    QCOMPARE((*loaded)->attestations.size(), std::size_t(1));
    QCOMPARE((*loaded)->attestations[0].predicateTypes,
             std::vector<std::string>{"https://spdx.dev/Document"});
    QVERIFY((*loaded)->platforms.empty());
}

void TestOpenSource::signaturesBelongToTheirImage_data()
{
    QTest::addColumn<QByteArray>("manifestEnd"); // behind config and layers
    QTest::addColumn<QByteArray>("layerType");
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<QString>("kinds"); // of the image's signatures; "others" where it has none
    const std::string digest = sha256Hex(manifestOf(smallImage()));
    const QByteArray hex = QByteArray::fromStdString(digest);
    const QByteArray subject =
        R"(, "subject": {"mediaType": "x", "size": 1, "digest": "sha256:)" + hex + R"("}})";
    const QByteArray cosign = "application/vnd.dev.cosign.simplesigning.v1+json";
    QTest::newRow("cosign's tag") << QByteArray("}") << cosign
                                  << QByteArray("sha256-" + hex + ".sig")
                                  << QStringLiteral("cosign");
    QTest::newRow("of another image")
        << QByteArray("}") << cosign << QByteArray("sha256-" + QByteArray(64, 'a') + ".sig")
        << QStringLiteral("others");
    QTest::newRow("a referrer of Notation")
        << QByteArray(R"(, "artifactType": "application/vnd.cncf.notary.signature")" + subject)
        << QByteArray("application/jose+json") << QByteArray() << QStringLiteral("notation");
    QTest::newRow("a bundle of Sigstore")
        << QByteArray(R"(, "artifactType": "application/vnd.dev.sigstore.bundle.v0.3+json")"
                      + subject)
        << QByteArray("application/vnd.dev.sigstore.bundle.v0.3+json") << QByteArray()
        << QStringLiteral("sigstore");
    QTest::newRow("an SBOM by cosign's tag") << QByteArray("}") << QByteArray("text/spdx+json")
                                             << QByteArray("sha256-" + hex + ".sbom") << QString();
    QTest::newRow("a tag that is cut")
        << QByteArray("}") << cosign << QByteArray("sha256-" + hex.left(20) + ".sig")
        << QStringLiteral("others");
}

void TestOpenSource::signaturesBelongToTheirImage()
{
    QFETCH(QByteArray, manifestEnd);
    QFETCH(QByteArray, layerType);
    QFETCH(QByteArray, tag);
    constexpr const char *kManifestType = "application/vnd.oci.image.manifest.v1+json";
    const TestImage image = smallImage();
    const std::string payload = R"({"critical": {}})";
    const std::string signature =
        std::string(R"({"schemaVersion": 2, "config": )")
        + descriptorOf("{}", "application/vnd.oci.image.config.v1+json") + R"(, "layers": [)"
        + descriptorOf(payload, layerType.constData()) + "]" + manifestEnd.toStdString();
    Files files = ociFiles(image);
    for (const std::string &blob : {std::string("{}"), payload, signature}) {
        files.emplace_back(blobPath(blob), blob);
    }
    const std::string name = tag.isEmpty()
                                 ? std::string()
                                 : R"(, "annotations": {"org.opencontainers.image.ref.name": ")"
                                       + tag.toStdString() + R"("})";
    replaceFile(files,
                "index.json",
                R"({"schemaVersion": 2, "manifests": [)"
                    + descriptorOf(manifestOf(image), kManifestType) + ", "
                    + descriptorOf(signature, kManifestType, name) + "]}");
    Monitor monitor;
    const auto source =
        openSource(pathReference(m_folder.write("signed.tar", tarOf(files))), {}, monitor);
    QVERIFY2(source.has_value(), source ? "" : source.error().message.c_str());
    const auto loaded = loadImage(**source, {}, monitor);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
    QStringList kinds;
    for (const Signature &found : (*loaded)->signatures) {
        kinds << QString::fromStdString(found.kind);
    }
    if (kinds.isEmpty() && (*loaded)->keepsSignatures) {
        kinds << QStringLiteral("others");
    }
    QTEST(kinds.join(QLatin1Char(' ')), "kinds");
}

void TestOpenSource::indexesNestedTooDeeply()
{
    constexpr const char *kIndexType = "application/vnd.oci.image.index.v1+json";
    Files files = ociFiles(smallImage());
    std::string inner = files.back().second;
    for (std::uint32_t i = 0; i <= limits::kIndexDepth; ++i) {
        files.insert(files.begin(), {blobPath(inner), inner});
        inner = R"({"schemaVersion": 2, "manifests": [)" + descriptorOf(inner, kIndexType) + "]}";
    }
    replaceFile(files, "index.json", inner);
    const auto image = load(m_folder.write("deep.tar", tarOf(files)));
    QVERIFY(!image.has_value());
    QCOMPARE(static_cast<int>(image.error().code), static_cast<int>(ErrorCode::LimitExceeded));
}

void TestOpenSource::legacyTagsNameLayers()
{
    Files files = legacyFiles(smallImage());
    replaceFile(files, "repositories", R"({"example.com/app": {"1": ""}})");
    const auto image = load(m_folder.write("untagged.tar", tarOf(files)));
    QVERIFY(!image.has_value());
    QVERIFY2(image.error().message.contains("names no layer"), image.error().message.c_str());
}

void TestOpenSource::hybridTakesTheManifest()
{
    const TestImage image = packedImage(gzipLayer, "gzip");
    const auto loaded = load(m_folder.write("hybrid.tar", tarOf(hybridFiles(image))));
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
    QCOMPARE((*loaded)->digest.text(), "sha256:" + sha256Hex(manifestOf(image)));
    QCOMPARE((*loaded)->layers[0].descriptor.mediaType,
             std::string("application/vnd.oci.image.layer.v1.tar+gzip"));
    QCOMPARE((*loaded)->tags, std::vector<std::string>{"example.com/app:1"});
    QCOMPARE((*loaded)->layers[0].verified, std::optional(true));
}

void TestOpenSource::layerByLink()
{
    const TestImage image = smallImage();
    const std::string config = configOf(image);
    const std::string manifest =
        R"([{"Config": "c.json", "RepoTags": null, "Layers": ["a/layer.tar", "b/layer.tar"]}])";
    const std::string tar = TarWriter()
                                .symlink("b/layer.tar", "../z/layer.tar")
                                .file("a/layer.tar", image.layers[0])
                                .file("z/layer.tar", image.layers[1])
                                .file("c.json", config)
                                .file("manifest.json", manifest)
                                .finish();
    const auto loaded = load(m_folder.write("linked.tar", tar));
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
    QCOMPARE(filesOf(**loaded), kFinalFiles);
    QVERIFY((*loaded)->tags.empty());
}

void TestOpenSource::transportMustFit()
{
    using Transport = Reference::Transport;
    const std::string hybrid = m_folder.write("fit.tar", tarOf(hybridFiles(smallImage())));
    const std::string docker = m_folder.write("docker.tar", tarOf(dockerFiles(smallImage())));
    Monitor monitor;
    const auto open = [&](Transport transport, const std::string &path) {
        const auto source = openSource(Reference{transport, path, {}, path}, {}, monitor);
        return source ? std::string((*source)->name()) : source.error().message;
    };
    QCOMPARE(open(Transport::DockerArchive, hybrid), std::string("docker-archive"));
    QCOMPARE(open(Transport::OciArchive, hybrid), std::string("oci-archive"));
    QVERIFY(open(Transport::OciArchive, docker).find("is not an OCI image layout")
            != std::string::npos);
    QVERIFY(open(Transport::Dir, docker).find("skopeo") != std::string::npos);
}

void TestOpenSource::redirectedFileIsReadInPlace()
{
    const std::string path = m_folder.write("input.tar", tarOf(dockerFiles(smallImage())));
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    Monitor monitor;
    const auto source = openSource(
        Reference{Reference::Transport::Stdin, {}, {}, "-"}, OpenOptions{descriptor}, monitor);
    ::close(descriptor);
    QVERIFY2(source.has_value(), source ? "" : source.error().message.c_str());
    const auto image = loadImage(**source, {}, monitor);
    QCOMPARE(filesOf(**image), kFinalFiles);
    QVERIFY((*source)->blob((*image)->layers[0].descriptor).has_value());
}

void TestOpenSource::nothingIsLeftOfASpooledArchive()
{
    const auto image = load(m_folder.write("packed", gzip(tarOf(dockerFiles(smallImage())))));
    QVERIFY(image.has_value());
    QVERIFY(fs::is_directory(m_folder.path("cache/cutaway")));
    QVERIFY(fs::is_empty(m_folder.path("cache/cutaway")));
}

void TestOpenSource::cancelledWhileWaitingForInput()
{
    int ends[2] = {-1, -1};
    QCOMPARE(::pipe(ends), 0);
    Monitor monitor;
    const std::jthread canceller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        monitor.cancel();
    });
    const auto source = openSource(
        Reference{Reference::Transport::Stdin, {}, {}, "-"}, OpenOptions{ends[0]}, monitor);
    ::close(ends[0]);
    ::close(ends[1]);
    QVERIFY(!source.has_value());
    QCOMPARE(static_cast<int>(source.error().code), static_cast<int>(ErrorCode::Cancelled));
}

QTEST_GUILESS_MAIN(TestOpenSource)
#include "tst_opensource.moc"
