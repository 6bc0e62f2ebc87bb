// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0

// Writes the built-in sample image, a docker archive as `docker save` (25 or later) lays it out.
// The same bytes at every build.
#include "core/base/hash.h"
#include "resources/samples/layers.h"
#include "resources/samples/ustar.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {

using Json = nlohmann::ordered_json;
using cutaway::sample::Step;

constexpr const char *kTag = "cutaway-sample:1.4.2";
constexpr std::int64_t kSecond = 1'000'000'000;

/// The archive's blobs by the hexadecimal of their SHA-256.
class Blobs
{
public:
    /// Adds a blob and gives the descriptor that names it.
    Json add(const std::string &bytes, const char *mediaType)
    {
        const std::string hex = cutaway::sha256Hex(bytes);
        m_blobs[hex] = bytes;
        return {{"mediaType", mediaType}, {"digest", "sha256:" + hex}, {"size", bytes.size()}};
    }
    const std::map<std::string, std::string> &all() const { return m_blobs; }

private:
    std::map<std::string, std::string> m_blobs;
};

/// "blobs/sha256/…" of a descriptor.
std::string pathOf(const Json &descriptor)
{
    return "blobs/sha256/" + descriptor.at("digest").get<std::string>().substr(7);
}

Json containerConfig()
{
    Json config;
    config["User"] = "shop";
    config["ExposedPorts"] = {{"8080/tcp", Json::object()}, {"8443/tcp", Json::object()}};
    config["Env"] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                     "SHOP_DATA=/var/lib/shop",
                     "SHOP_PORT=8080"};
    config["Entrypoint"] = Json::array({"/usr/local/bin/shop"});
    config["Cmd"] = Json::array({"--port", "8080"});
    config["Healthcheck"] = {{"Test", {"CMD", "/usr/local/bin/shop", "--ping"}},
                             {"Interval", 30 * kSecond},
                             {"Timeout", 3 * kSecond},
                             {"StartPeriod", 5 * kSecond},
                             {"Retries", 3}};
    config["Volumes"] = {{"/var/lib/shop", Json::object()}};
    config["WorkingDir"] = "/srv/shop";
    config["Labels"] = {
        {"org.opencontainers.image.title", "Stone shop"},
        {"org.opencontainers.image.version", "1.4.2"},
        {"org.opencontainers.image.description",
         "A made-up web shop that shows what images waste."},
        {"org.opencontainers.image.authors", "Cutaway contributors"},
        {"org.opencontainers.image.licenses", "Apache-2.0"},
    };
    config["StopSignal"] = "SIGINT";
    return config;
}

Json imageConfig(const std::vector<Step> &steps, const std::vector<std::string> &diffIds)
{
    Json history = Json::array();
    for (const Step &step : steps) {
        Json line = {{"created", step.created},
                     {"created_by", step.createdBy},
                     {"comment", "buildkit.dockerfile.v0"}};
        if (step.layer.empty()) {
            line["empty_layer"] = true;
        }
        history.push_back(line);
    }
    return {{"architecture", "amd64"},
            {"os", "linux"},
            {"created", steps.back().created},
            {"config", containerConfig()},
            {"rootfs", {{"type", "layers"}, {"diff_ids", diffIds}}},
            {"history", history}};
}

std::string sampleArchive()
{
    const std::vector<Step> steps = cutaway::sample::buildSteps();
    Blobs blobs;
    Json layers = Json::array();
    std::vector<std::string> diffIds;
    std::vector<std::string> layerPaths;
    for (const Step &step : steps) {
        if (!step.layer.empty()) {
            layers.push_back(blobs.add(step.layer, "application/vnd.oci.image.layer.v1.tar"));
            diffIds.push_back(layers.back().at("digest"));
            layerPaths.push_back(pathOf(layers.back()));
        }
    }
    const Json config =
        blobs.add(imageConfig(steps, diffIds).dump(), "application/vnd.oci.image.config.v1+json");
    constexpr const char *kManifestType = "application/vnd.oci.image.manifest.v1+json";
    const Json manifest = {
        {"schemaVersion", 2}, {"mediaType", kManifestType}, {"config", config}, {"layers", layers}};
    Json entry = blobs.add(manifest.dump(), kManifestType);
    entry["annotations"] = {{"io.containerd.image.name", std::string("docker.io/library/") + kTag},
                            {"org.opencontainers.image.ref.name", "1.4.2"}};
    entry["platform"] = {{"architecture", "amd64"}, {"os", "linux"}};
    const Json index = {{"schemaVersion", 2},
                        {"mediaType", "application/vnd.oci.image.index.v1+json"},
                        {"manifests", Json::array({entry})}};
    const Json dockerManifest = Json::array({Json{
        {"Config", pathOf(config)}, {"RepoTags", Json::array({kTag})}, {"Layers", layerPaths}}});

    cutaway::sample::Ustar archive;
    archive.directory("blobs");
    archive.directory("blobs/sha256");
    for (const auto &[hex, bytes] : blobs.all()) {
        archive.file("blobs/sha256/" + hex, bytes);
    }
    archive.file("index.json", index.dump());
    archive.file("manifest.json", dockerManifest.dump());
    archive.file("oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
    return archive.finish();
}

int writeTo(const char *path)
{
    const std::string bytes = sampleArchive();
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) {
        std::fprintf(stderr, "%s: cannot be written\n", path);
        return 1;
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fputs("usage: makesample FILE\n", stderr);
        return 2;
    }
    try {
        return writeTo(argv[1]);
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 1;
    }
}
