// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmark/images.h"

#include "tests/benchmark/content.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace cutaway::benchmark {

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kFilesPerFolder = 1000;
constexpr std::string_view kLastFile = "last.bin";
constexpr std::size_t kLastFileBytes = 10'000;

std::string numbered(std::string_view before, std::uint64_t number, int digits)
{
    std::string text = std::to_string(number);
    const std::size_t wanted = static_cast<std::size_t>(digits);
    text.insert(0, wanted - std::min(wanted, text.size()), '0');
    return std::string(before) + text;
}

std::string emptyFolder(std::uint32_t number)
{
    return numbered("srv/data/folder-", number / kFilesPerFolder, 4);
}

/// Most files are small, few are big: sizes of like likelihood for each power of two, and now and
/// then one of megabytes.
std::size_t fileSize(Random &random)
{
    if (random.below(512) == 0) {
        return std::size_t{1} << (20 + random.below(4));
    }
    const std::size_t base = std::size_t{64} << random.below(11);
    return base + random.below(base);
}

Result<> writeText(const fs::path &path, std::string_view text)
{
    std::ofstream file(path, std::ios::binary);
    file << text;
    return file.flush() ? Result<>() : fail(ErrorCode::Io, path.string() + " cannot be written");
}

std::string listed(const std::vector<WrittenBlob> &blobs,
                   const std::function<std::string(const WrittenBlob &)> &textOf)
{
    std::string text;
    for (const WrittenBlob &blob : blobs) {
        text += (text.empty() ? "" : ",") + textOf(blob);
    }
    return "[" + text + "]";
}

std::string configOf(const std::vector<WrittenBlob> &layers)
{
    return R"({"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":)"
           + listed(layers,
                    [](const WrittenBlob &blob) { return "\"sha256:" + blob.diffId + "\""; })
           + "}}";
}

std::string descriptor(std::string_view type, std::string_view digest, std::uint64_t size)
{
    return R"({"mediaType":"application/vnd.oci.image.)" + std::string(type)
           + R"(","digest":"sha256:)" + std::string(digest) + R"(","size":)" + std::to_string(size)
           + "}";
}

std::string_view layerType(Packing packing)
{
    switch (packing) {
    case Packing::None: break;
    case Packing::Gzip:
    case Packing::FastGzip: return "layer.v1.tar+gzip";
    case Packing::Zstd: return "layer.v1.tar+zstd";
    }
    return "layer.v1.tar";
}

Result<> writeLayoutTexts(const fs::path &folder, const std::vector<WrittenBlob> &layers)
{
    const fs::path blobs = folder / "blobs" / "sha256";
    const std::string config = configOf(layers);
    const std::string manifest =
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)"
        + descriptor("config.v1+json", sha256Hex(config), config.size()) + R"(,"layers":)"
        + listed(layers,
                 [](const WrittenBlob &blob) {
                     return descriptor(layerType(blob.packing), blob.digest, blob.size);
                 })
        + "}";
    const std::string index = R"({"schemaVersion":2,"manifests":[)"
                              + descriptor("manifest.v1+json", sha256Hex(manifest), manifest.size())
                              + "]}";
    if (auto written = writeText(blobs / sha256Hex(config), config); !written) {
        return written;
    }
    if (auto written = writeText(blobs / sha256Hex(manifest), manifest); !written) {
        return written;
    }
    if (auto written = writeText(folder / "oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
        !written) {
        return written;
    }
    return writeText(folder / "index.json", index); // the last: without it nothing was made
}

Result<WrittenBlob> writeLayer(const std::string &path, Packing packing, const LayerRecipe &layer)
{
    BlobWriter blob(path, packing);
    TarStream tar(blob);
    layer(tar);
    tar.end();
    return blob.finish();
}

/// Copies a file into the archive as one member.
Result<> addMember(TarStream &tar, const std::string &name, const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    std::error_code error;
    const std::uint64_t size = fs::file_size(path, error);
    if (!file || error) {
        return fail(ErrorCode::Io, path.string() + " cannot be read");
    }
    tar.header(name, '0', size);
    std::string run(std::size_t{1} << 20, '\0');
    while (file.read(run.data(), static_cast<std::streamsize>(run.size())) || file.gcount() > 0) {
        tar.data({run.data(), static_cast<std::size_t>(file.gcount())});
    }
    tar.pad(size);
    return {};
}

} // namespace

std::string emptyFilePath(std::uint32_t number)
{
    return emptyFolder(number) + numbered("/some-file-", number, 7) + ".txt";
}

std::string_view lastFilePath()
{
    return kLastFile;
}

LayerRecipe mixedFiles(std::uint64_t seed, std::uint64_t bytes)
{
    return [seed, bytes](TarStream &tar) {
        const ContentMaker maker;
        Random random(seed);
        std::string content;
        std::uint64_t written = 0;
        for (std::uint64_t number = 0; written < bytes; ++number) {
            constexpr std::uint64_t kFilesHere = 40;
            const std::string folder = numbered("usr/share/package-", seed, 2)
                                       + numbered("-", number / kFilesHere, 5) + "/";
            if (number % kFilesHere == 0) {
                tar.directory(folder);
            }
            maker.make(random.next(), fileSize(random), content);
            tar.file(folder + numbered("file-", number, 6) + ".dat", content);
            written += content.size();
        }
        maker.make(seed, kLastFileBytes, content);
        tar.file(kLastFile, content);
    };
}

LayerRecipe emptyFiles(std::uint32_t first, std::uint32_t count)
{
    return [first, count](TarStream &tar) {
        for (std::uint32_t number = first; number < first + count; ++number) {
            if (number % kFilesPerFolder == 0) {
                tar.directory(emptyFolder(number) + "/");
            }
            tar.file(emptyFilePath(number), {});
        }
    };
}

LayerRecipe whiteouts(std::uint32_t first, std::uint32_t count)
{
    return [first, count](TarStream &tar) {
        for (std::uint32_t number = first; number < first + count; ++number) {
            std::string path = emptyFilePath(number);
            path.insert(path.rfind('/') + 1, ".wh.");
            tar.file(path, {});
        }
    };
}

Result<> makeLayout(const std::string &folder,
                    Packing packing,
                    const std::vector<LayerRecipe> &layers)
{
    if (fs::exists(fs::path(folder) / "index.json")) {
        return {};
    }
    const fs::path blobs = fs::path(folder) / "blobs" / "sha256";
    std::error_code error;
    fs::create_directories(blobs, error);
    std::vector<WrittenBlob> written;
    for (const LayerRecipe &layer : layers) {
        const fs::path path = blobs / "unfinished";
        auto blob = writeLayer(path, packing, layer);
        if (!blob) {
            return std::unexpected(blob.error());
        }
        fs::rename(path, blobs / blob->digest, error);
        written.push_back(std::move(*blob));
    }
    return writeLayoutTexts(folder, written);
}

Result<> makeDockerArchive(const std::string &path, const std::vector<LayerRecipe> &layers)
{
    if (fs::exists(path)) {
        return {};
    }
    BlobWriter outer(path + ".unfinished", Packing::None);
    TarStream tar(outer);
    std::vector<WrittenBlob> written;
    const std::string part = path + ".layer";
    for (const LayerRecipe &layer : layers) {
        auto blob = writeLayer(part, Packing::None, layer);
        if (!blob) {
            return std::unexpected(blob.error());
        }
        if (auto added = addMember(tar, blob->diffId + "/layer.tar", part); !added) {
            return added;
        }
        written.push_back(std::move(*blob));
    }
    std::error_code error;
    fs::remove(part, error);
    const std::string config = configOf(written);
    tar.file(sha256Hex(config) + ".json", config);
    tar.file(
        "manifest.json",
        R"([{"Config":")" + sha256Hex(config) + R"(.json","RepoTags":["benchmark:latest"],)"
            + R"("Layers":)"
            + listed(written,
                     [](const WrittenBlob &blob) { return "\"" + blob.diffId + "/layer.tar\""; })
            + "}]");
    tar.end();
    if (auto finished = outer.finish(); !finished) {
        return std::unexpected(finished.error());
    }
    fs::rename(path + ".unfinished", path, error);
    return error ? fail(ErrorCode::Io, path + ": " + error.message()) : Result<>();
}

Result<> makeTar(const std::string &path, const LayerRecipe &layer)
{
    if (fs::exists(path)) {
        return {};
    }
    if (auto blob = writeLayer(path + ".unfinished", Packing::None, layer); !blob) {
        return std::unexpected(blob.error());
    }
    std::error_code error;
    fs::rename(path + ".unfinished", path, error);
    return error ? fail(ErrorCode::Io, path + ": " + error.message()) : Result<>();
}

Result<std::string> onlyBlob(const std::string &folder)
{
    std::string biggest;
    std::uint64_t size = 0;
    std::error_code error;
    for (const auto &file : fs::directory_iterator(fs::path(folder) / "blobs" / "sha256", error)) {
        if (file.file_size() >= size) {
            size = file.file_size();
            biggest = file.path();
        }
    }
    return biggest.empty() ? Result<std::string>(fail(ErrorCode::NotFound, folder + " has no blob"))
                           : Result<std::string>(biggest);
}

} // namespace cutaway::benchmark
