// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/source/imagefixture.h"
#include "tests/support/tarwriter.h"

#include <QTest>

#include <algorithm>

using namespace cutaway;
using namespace cutaway::test;

namespace {

std::string gzipLayer(std::string_view bytes)
{
    return gzip(bytes);
}

/// Puts `bytes` under the digest of blob `index`.
Files withBlob(const TestImage &image, std::size_t index, const std::string &bytes)
{
    Files files = ociFiles(image);
    replaceFile(files, blobPath(image.blobs[index]), bytes);
    return files;
}

} // namespace

class TestLoader : public QObject
{
    Q_OBJECT

private slots:
    void noted_data();
    void noted();
    void soundImageHasNoNotes();
    void sameBlobTwiceIsReadOnce();
    void absentLayerIsShown();
    void damagedLayerIsShown();
    void nothingReadableIsAnError();
    void foreignLayerIsNotRead();
    void historyIsAligned();
    void baseImage_data();
    void baseImage();
    void observerSeesLayersEarly();
    void cancelled();

private:
    Result<ImagePtr> loadFiles(const Files &files, LoadOptions options = {})
    {
        return load(m_folder.write("image.tar", tarOf(files)), std::move(options));
    }
    Folder m_folder;
};

void TestLoader::noted_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<bool>("verified");
    const auto row = [](const char *name, const Files &files, const char *code, bool verified) {
        QTest::newRow(name) << files << std::string(code) << verified;
    };
    const TestImage image = smallImage();
    row("the blob is another",
        withBlob(image, 0, TarWriter().file("x", "y").finish()),
        "digest-mismatch",
        false);

    TestImage otherDiffId = smallImage();
    otherDiffId.diffIds[0] = "sha256:" + std::string(64, '0');
    row("the diff ID is another", ociFiles(otherDiffId), "diff-id-mismatch", false);

    TestImage fewDiffIds = smallImage();
    fewDiffIds.diffIds.pop_back();
    row("more layers than diff IDs", ociFiles(fewDiffIds), "diff-id-count-mismatch", true);

    TestImage lie = smallImage();
    lie.mediaTypes[0] += "+gzip";
    row("plain bytes called gzip", ociFiles(lie), "media-type-mismatch", true);

    TestImage nameless = smallImage();
    nameless.mediaTypes[0] = "layer";
    row("a media type that is none", ociFiles(nameless), "descriptor-fault", true);

    Files config = ociFiles(image);
    replaceFile(config, blobPath(configOf(image)), configOf(image) + " ");
    row("the config is another", config, "config-digest-mismatch", true);

    Files manifest = ociFiles(image);
    replaceFile(manifest, blobPath(manifestOf(image)), manifestOf(image) + " ");
    row("the manifest is another", manifest, "manifest-digest-mismatch", true);

    Files sizes = ociFiles(image);
    std::string grown = manifestOf(image);
    const std::string size = "\"size\": " + std::to_string(image.blobs[0].size());
    grown.replace(grown.rfind(size), size.size(), "\"size\": 7");
    replaceFile(sizes, blobPath(manifestOf(image)), grown);
    row("the declared size is another", sizes, "size-mismatch", true);

    Files noLayout = ociFiles(image);
    noLayout.erase(noLayout.begin());
    row("oci-layout is missing", noLayout, "layout-file-missing", true);

    TestImage odd = smallImage();
    odd.layers[1] = TarWriter()
                        .file("data/.wh.", "")
                        .file("../../above", "x")
                        .hardlink("lost", "nowhere")
                        .hardlink("early", "late")
                        .file("late", "l")
                        .file(".wh..wh.aufs", "")
                        .finish();
    odd.blobs[1] = odd.layers[1];
    odd.diffIds[1] = "sha256:" + sha256Hex(odd.layers[1]);
    for (const char *code : {"invalid-whiteout",
                             "unsafe-path",
                             "dangling-hardlink",
                             "forward-hardlink",
                             "aufs-leftover"}) {
        row(code, ociFiles(odd), code, true);
    }
    TestImage linked = smallImage();
    linked.layers[0] = TarWriter().symlink("lib", "usr/lib").finish();
    linked.layers[1] = TarWriter().file("lib/x", "x").finish();
    for (std::size_t i = 0; i < 2; ++i) {
        linked.blobs[i] = linked.layers[i];
        linked.diffIds[i] = "sha256:" + sha256Hex(linked.layers[i]);
    }
    row("a file below a symbolic link", ociFiles(linked), "symlinked-parent", true);
    row(
        "a member twice",
        [&] {
            Files twice = dockerFiles(image);
            twice.push_back(twice.back());
            return twice;
        }(),
        "duplicate-member",
        true);
}

void TestLoader::noted()
{
    QFETCH(Files, files);
    QFETCH(std::string, code);
    QFETCH(bool, verified);
    const auto image = loadFiles(files);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QVERIFY2(hasNote(**image, code), notesOf(**image).c_str());
    QCOMPARE((*image)->layers[0].verified, std::optional(verified));
    QVERIFY((*image)->complete);
}

void TestLoader::soundImageHasNoNotes()
{
    const auto image = loadFiles(ociFiles(packedImage(gzipLayer, "gzip")));
    QVERIFY(image.has_value());
    QCOMPARE(notesOf(**image), std::string());
    QCOMPARE((*image)->layers[0].wireBytes,
             std::optional(std::uint64_t(gzip(smallImage().layers[0]).size())));
    QCOMPARE((*image)->layers[0].unpackedBytes,
             std::optional(std::uint64_t(smallImage().layers[0].size())));
    QCOMPARE((*image)->layers[0].compression, std::string("gzip"));
}

void TestLoader::sameBlobTwiceIsReadOnce()
{
    TestImage image = smallImage();
    image.layers.push_back(image.layers[0]);
    image.blobs.push_back(image.blobs[0]);
    image.mediaTypes.push_back(image.mediaTypes[0]);
    image.diffIds.push_back(image.diffIds[0]);
    Files files = ociFiles(image);
    const auto loaded = loadFiles(files);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
    QCOMPARE((*loaded)->layers.size(), std::size_t(3));
    QCOMPARE((*loaded)->layers[2].counts.fileBytes, (*loaded)->layers[0].counts.fileBytes);
    QCOMPARE(filesOf(**loaded), std::string("/data/new 3\n/data/old 7\n/etc/name 5\n"));
}

void TestLoader::absentLayerIsShown()
{
    const TestImage image = smallImage();
    Files files = ociFiles(image);
    std::erase_if(files, [&](const auto &file) { return file.first == blobPath(image.blobs[0]); });
    const auto loaded = loadFiles(files);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
    QVERIFY((*loaded)->layers[0].state == Layer::State::Absent);
    QVERIFY(!(*loaded)->layers[0].wireBytes.has_value());
    QVERIFY(!(*loaded)->complete);
    QVERIFY(hasNote(**loaded, "layer-absent"));
    QCOMPARE(filesOf(**loaded), std::string("/data/new 3\n"));
}

void TestLoader::damagedLayerIsShown()
{
    const TestImage image = packedImage(gzipLayer, "gzip");
    const auto loaded =
        loadFiles(withBlob(image, 1, image.blobs[1].substr(0, image.blobs[1].size() / 2)));
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
    QVERIFY((*loaded)->layers[1].state == Layer::State::Damaged);
    QVERIFY(!(*loaded)->layers[1].problem.empty());
    QVERIFY(!(*loaded)->complete);
    QVERIFY(hasNote(**loaded, "layer-damaged"));
}

void TestLoader::nothingReadableIsAnError()
{
    const TestImage image = packedImage(gzipLayer, "gzip");
    Files files = withBlob(image, 1, "garbage");
    replaceFile(files, blobPath(image.blobs[0]), "\x1f\x8b\x08garbage");
    const auto loaded = loadFiles(files);
    QVERIFY(!loaded.has_value());
    QVERIFY2(loaded.error().message.find("layer 0") != std::string::npos,
             loaded.error().message.c_str());
}

void TestLoader::foreignLayerIsNotRead()
{
    TestImage image = smallImage();
    image.mediaTypes[0] = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
    Files files = ociFiles(image);
    std::erase_if(files, [&](const auto &file) { return file.first == blobPath(image.blobs[0]); });
    const auto loaded = loadFiles(files);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
    QVERIFY((*loaded)->layers[0].state == Layer::State::Foreign);
    QVERIFY(hasNote(**loaded, "layer-foreign"));
}

void TestLoader::historyIsAligned()
{
    TestImage image = smallImage();
    image.extraConfig =
        R"("history": [{"created_by": "one"}, {"created_by": "label", "empty_layer": true}, {"created_by": "two"}], )";
    const auto aligned = loadFiles(ociFiles(image));
    QVERIFY((*aligned)->historyAligned);
    QCOMPARE((*aligned)->config.history[2].layer, std::optional<std::uint32_t>(1));
    image.extraConfig = R"("history": [{"created_by": "one"}], )";
    const auto unaligned = loadFiles(ociFiles(image));
    QVERIFY(!(*unaligned)->historyAligned);
    QVERIFY(hasNote(**unaligned, "history-unaligned"));
}

void TestLoader::baseImage_data()
{
    using By = BaseImage::By;
    QTest::addColumn<std::string>("config");
    QTest::addColumn<std::string>("annotations");
    QTest::addColumn<std::string>("wish");
    QTest::addColumn<std::string>("reference");
    QTest::addColumn<std::uint32_t>("layers");
    QTest::addColumn<int>("by");
    const auto row = [](const char *name,
                        const std::string &config,
                        const std::string &annotations,
                        const std::string &wish,
                        const std::string &reference,
                        std::uint32_t layers,
                        By by) {
        QTest::newRow(name) << config << annotations << wish << reference << layers
                            << static_cast<int>(by);
    };
    const TestImage image = smallImage();
    const std::string comment =
        R"("history": [{"created_by": "base"}, {"created_by": "x", "comment": "FROM docker.io/library/alpine:3.20"}], )";
    const std::string label =
        R"("config": {"Labels": {"org.opencontainers.image.base.name": "docker.io/library/debian:12"}}, )";
    row("nothing known", "", "", "", "", 0, By::Unknown);
    row("a number of layers", "", "", "1", "the first 1 layer", 1, By::User);
    row("a diff ID", "", "", image.diffIds[1], image.diffIds[1], 2, By::User);
    row("all diff IDs",
        "",
        "",
        image.diffIds[0] + "," + image.diffIds[1],
        image.diffIds[0] + "," + image.diffIds[1],
        2,
        By::User);
    const std::string chain = "sha256:" + sha256Hex(image.diffIds[0] + " " + image.diffIds[1]);
    row("a chain ID", "", "", chain, chain, 2, By::User);
    row("a number beyond the end", "", "", "3", "", 0, By::Unknown);
    row("an annotation",
        "",
        R"({"org.opencontainers.image.base.name": "docker.io/library/debian:12", "org.opencontainers.image.base.digest": "sha256:0"})",
        "",
        "docker.io/library/debian:12@sha256:0",
        0,
        By::Annotation);
    row("a label", label, "", "", "docker.io/library/debian:12", 0, By::Annotation);
    row("buildah's comment", comment, "", "", "docker.io/library/alpine:3.20", 1, By::History);
    row("a label, and buildah's comment for the layers",
        label + comment,
        "",
        "",
        "docker.io/library/debian:12",
        1,
        By::Annotation);
}

void TestLoader::baseImage()
{
    QFETCH(std::string, config);
    QFETCH(std::string, annotations);
    QFETCH(std::string, wish);
    QFETCH(std::string, reference);
    QFETCH(std::uint32_t, layers);
    QFETCH(int, by);
    TestImage image = smallImage();
    image.extraConfig = config;
    image.annotations = annotations;
    LoadOptions options;
    options.base = wish;
    const auto loaded = loadFiles(ociFiles(image), options);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().message.c_str());
    QCOMPARE((*loaded)->base.reference, reference);
    QCOMPARE((*loaded)->base.layers, layers);
    QCOMPARE(static_cast<int>((*loaded)->base.by), by);
    QCOMPARE(hasNote(**loaded, "base-not-found"), wish == "3");
}

void TestLoader::observerSeesLayersEarly()
{
    std::mutex mutex;
    std::vector<std::uint32_t> seen;
    ImagePtr early;
    LoadObserver observer;
    observer.onConfig = [&](ImagePtr image) { early = std::move(image); };
    observer.onLayer = [&](std::uint32_t index, const std::shared_ptr<const LayerTree> &tree) {
        const std::scoped_lock lock(mutex);
        if (!tree->entries().empty()) {
            seen.push_back(index);
        }
    };
    LoadOptions options;
    options.observer = &observer;
    const auto loaded = loadFiles(ociFiles(smallImage()), options);
    QVERIFY(loaded.has_value());
    QVERIFY(early != nullptr && early->tree == nullptr);
    QCOMPARE(early->layers.size(), std::size_t(2));
    std::ranges::sort(seen);
    QCOMPARE(seen, (std::vector<std::uint32_t>{0, 1}));
}

void TestLoader::cancelled()
{
    Monitor monitor;
    const auto source = openSource(
        pathReference(m_folder.write("image.tar", tarOf(ociFiles(smallImage())))), {}, monitor);
    QVERIFY(source.has_value());
    monitor.cancel();
    const auto loaded = loadImage(**source, {}, monitor);
    QVERIFY(!loaded.has_value());
    QCOMPARE(static_cast<int>(loaded.error().code), static_cast<int>(ErrorCode::Cancelled));
}

QTEST_GUILESS_MAIN(TestLoader)
#include "tst_loader.moc"
