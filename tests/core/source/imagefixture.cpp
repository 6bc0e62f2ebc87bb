// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/source/imagefixture.h"

#include "core/base/hash.h"
#include "tests/support/tarwriter.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace cutaway::test {

namespace {

using nlohmann::json;

constexpr const char *kManifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr const char *kConfigType = "application/vnd.oci.image.config.v1+json";
constexpr const char *kLayerType = "application/vnd.oci.image.layer.v1.tar";

std::string hexOf(std::string_view bytes)
{
    return sha256Hex(bytes);
}

json dockerManifest(const TestImage &image,
                    const std::string &config,
                    const std::vector<std::string> &layers)
{
    return json::array({json{{"Config", config}, {"RepoTags", image.tags}, {"Layers", layers}}});
}

} // namespace

TestImage smallImage()
{
    TestImage image;
    image.layers.push_back(TarWriter()
                               .directory("etc")
                               .file("etc/name", "first")
                               .file("data/old", "deleted")
                               .finish());
    image.layers.push_back(TarWriter().whiteout("data/old").file("data/new", "new").finish());
    for (const std::string &layer : image.layers) {
        image.blobs.push_back(layer);
        image.mediaTypes.emplace_back(kLayerType);
        image.diffIds.push_back("sha256:" + hexOf(layer));
    }
    return image;
}

TestImage packedImage(std::string (*pack)(std::string_view), std::string_view suffix)
{
    TestImage image = smallImage();
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
        image.blobs[i] = pack(image.layers[i]);
        image.mediaTypes[i] = std::string(kLayerType) + "+" + std::string(suffix);
    }
    return image;
}

std::string configOf(const TestImage &image)
{
    return "{" + image.extraConfig + "\"architecture\": \"" + image.architecture
           + "\", \"os\": \"linux\", \"rootfs\": "
           + json{{"type", "layers"}, {"diff_ids", image.diffIds}}.dump() + "}";
}

std::string descriptorOf(std::string_view text, std::string_view mediaType, std::string_view more)
{
    return "{\"mediaType\": \"" + std::string(mediaType) + "\", \"digest\": \"sha256:" + hexOf(text)
           + "\", \"size\": " + std::to_string(text.size()) + std::string(more) + "}";
}

std::string manifestOf(const TestImage &image)
{
    std::string layers;
    for (std::size_t i = 0; i < image.blobs.size(); ++i) {
        layers += (i == 0 ? "" : ", ") + descriptorOf(image.blobs[i], image.mediaTypes[i]);
    }
    return std::string("{\"schemaVersion\": 2, \"mediaType\": \"") + kManifestType
           + "\", \"config\": " + descriptorOf(configOf(image), kConfigType) + ", \"layers\": ["
           + layers + "]"
           + (image.annotations.empty() ? "" : ", \"annotations\": " + image.annotations) + "}";
}

std::string blobPath(std::string_view bytes)
{
    return "blobs/sha256/" + hexOf(bytes);
}

Files ociFiles(const TestImage &image)
{
    const std::string manifest = manifestOf(image);
    const std::string tag = image.tags.empty()
                                ? std::string()
                                : ", \"annotations\": {\"org.opencontainers.image.ref.name\": \""
                                      + image.tags.front() + "\"}";
    Files files = {{"oci-layout", R"({"imageLayoutVersion": "1.0.0"})"}};
    for (const std::string &blob : image.blobs) {
        files.emplace_back(blobPath(blob), blob);
    }
    files.emplace_back(blobPath(configOf(image)), configOf(image));
    files.emplace_back(blobPath(manifest), manifest);
    files.emplace_back("index.json",
                       "{\"schemaVersion\": 2, \"manifests\": ["
                           + descriptorOf(manifest, kManifestType, tag) + "]}");
    return files;
}

Files dockerFiles(const TestImage &image)
{
    Files files;
    std::vector<std::string> names;
    for (const std::string &layer : image.layers) {
        const std::string id = hexOf("id of " + layer);
        files.emplace_back(id + "/VERSION", "1.0");
        files.emplace_back(id + "/json", "{\"id\": \"" + id + "\"}");
        files.emplace_back(id + "/layer.tar", layer);
        names.push_back(id + "/layer.tar");
    }
    const std::string config = configOf(image);
    files.emplace_back(hexOf(config) + ".json", config);
    files.emplace_back("manifest.json",
                       dockerManifest(image, hexOf(config) + ".json", names).dump());
    files.emplace_back("repositories", "{}");
    return files;
}

Files hybridFiles(const TestImage &image)
{
    Files files = ociFiles(image);
    std::vector<std::string> names;
    for (const std::string &blob : image.blobs) {
        names.push_back(blobPath(blob));
    }
    files.emplace_back("manifest.json",
                       dockerManifest(image, blobPath(configOf(image)), names).dump());
    return files;
}

Files kanikoFiles(const TestImage &image)
{
    Files files;
    std::vector<std::string> names;
    for (const std::string &layer : image.layers) {
        const std::string blob = gzip(layer);
        files.emplace_back(hexOf(blob) + ".tar.gz", blob);
        names.push_back(hexOf(blob) + ".tar.gz");
    }
    const std::string config = configOf(image);
    files.insert(files.begin(), {"sha256:" + hexOf(config), config});
    files.emplace_back("manifest.json",
                       dockerManifest(image, "sha256:" + hexOf(config), names).dump());
    return files;
}

Files skopeoFiles(const TestImage &image)
{
    Files files = {{"version", "Directory Transport Version: 1.1\n"},
                   {"manifest.json", manifestOf(image)}};
    for (const std::string &blob : image.blobs) {
        files.emplace_back(hexOf(blob), blob);
    }
    files.emplace_back(hexOf(configOf(image)), configOf(image));
    return files;
}

Files legacyFiles(const TestImage &image)
{
    Files files;
    std::string parent;
    for (const std::string &layer : image.layers) {
        const std::string id = hexOf("id of " + layer);
        json step = {{"id", id},
                     {"created", "2015-01-01T00:00:00Z"},
                     {"os", "linux"},
                     {"architecture", image.architecture},
                     {"config", {{"Cmd", {"/bin/sh"}}}},
                     {"container_config", {{"Cmd", {"/bin/sh", "-c", "make \"" + id + "\""}}}}};
        if (!parent.empty()) {
            step["parent"] = parent;
        }
        files.emplace_back(id + "/json", step.dump());
        files.emplace_back(id + "/VERSION", "1.0");
        files.emplace_back(id + "/layer.tar", layer);
        parent = id;
    }
    files.emplace_back("repositories", json{{"example.com/app", {{"1", parent}}}}.dump());
    return files;
}

Files attestedFiles(const TestImage &image, const Attested &attested)
{
    const std::string config = "{}";
    const std::string statement =
        std::string(R"({"schemaVersion": 2, "config": )")
        + descriptorOf(config, "application/vnd.oci.image.config.v1+json") + R"(, "layers": [)"
        + descriptorOf(attested.text,
                       attested.mediaType,
                       R"(, "annotations": {"in-toto.io/predicate-type": ")"
                           + attested.predicateType + R"("})")
        + "]}";
    Files files = ociFiles(image);
    for (const std::string &blob : {config, attested.text, statement}) {
        files.emplace_back(blobPath(blob), blob);
    }
    const std::string hex = sha256Hex(manifestOf(image));
    const std::string annotations =
        attested.byTag
            ? R"("org.opencontainers.image.ref.name": "sha256-)" + hex + R"(.att"})"
            : R"("vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": "sha256:)"
                  + hex + R"("}, "platform": {"os": "unknown", "architecture": "unknown"})";
    replaceFile(files,
                "index.json",
                R"({"schemaVersion": 2, "manifests": [)"
                    + descriptorOf(manifestOf(image), kManifestType) + ", "
                    + descriptorOf(statement, kManifestType, R"(, "annotations": {)" + annotations)
                    + "]}");
    return files;
}

std::string tarOf(const Files &files)
{
    TarWriter tar;
    for (const auto &[name, content] : files) {
        tar.file(name, content);
    }
    return tar.finish();
}

void replaceFile(Files &files, const std::string &name, const std::string &content)
{
    for (auto &[known, bytes] : files) {
        if (known == name) {
            bytes = content;
        }
    }
}

std::string Folder::path(std::string_view name) const
{
    return (std::filesystem::path(m_directory.path().toStdString()) / name).string();
}

std::string Folder::write(std::string_view name, std::string_view bytes) const
{
    const std::string full = path(name);
    std::filesystem::create_directories(std::filesystem::path(full).parent_path());
    std::ofstream(full, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return full;
}

std::string Folder::writeAll(std::string_view name, const Files &files) const
{
    for (const auto &[file, bytes] : files) {
        write(std::string(name) + "/" + file, bytes);
    }
    return path(name);
}

Reference pathReference(const std::string &path)
{
    return Reference{Reference::Transport::Path, path, {}, path};
}

Result<ImagePtr> load(const std::string &path, LoadOptions options)
{
    Monitor monitor;
    const auto source = openSource(pathReference(path), {}, monitor);
    if (!source) {
        return std::unexpected(source.error());
    }
    options.reference = path;
    return loadImage(**source, options, monitor);
}

std::string filesOf(const Image &image)
{
    std::string lines;
    for (NodeId id = 1; id < image.tree->nodeCount(); ++id) {
        const EntryId entry = image.tree->finalEntry(id);
        if (entry != kNone && image.tree->entry(entry).type != EntryType::Directory) {
            const EntryId content = image.tree->content(entry);
            const std::uint64_t size = content == kNone ? 0 : image.tree->entry(content).size;
            lines += image.tree->path(id) + " " + std::to_string(size) + "\n";
        }
    }
    return lines;
}

bool hasNote(const Image &image, std::string_view code)
{
    return std::ranges::any_of(image.notes.list(),
                               [&](const Note &note) { return note.code == code; });
}

std::string notesOf(const Image &image)
{
    std::string lines;
    for (const Note &note : image.notes.list()) {
        lines += note.code + ": " + note.message + "\n";
    }
    return lines;
}

} // namespace cutaway::test
