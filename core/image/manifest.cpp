// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/manifest.h"

#include "core/base/limits.h"
#include "core/base/text.h"

#include <algorithm>

namespace cutaway {

namespace {

constexpr std::string_view kOciManifest = "application/vnd.oci.image.manifest.v1+json";
constexpr std::string_view kDockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
constexpr std::string_view kOciIndex = "application/vnd.oci.image.index.v1+json";
constexpr std::string_view kDockerList =
    "application/vnd.docker.distribution.manifest.list.v2+json";
constexpr std::string_view kDockerFamily = "application/vnd.docker.";

std::unexpected<Error> refuse(std::string message)
{
    return fail(ErrorCode::InvalidInput, std::move(message));
}

bool isSchema1(const Json &object)
{
    const auto version = object.anyCase("schemaVersion").toInteger();
    return version == 1
           || object.anyCase("mediaType")
                  .toString()
                  .starts_with("application/vnd.docker.distribution.manifest.v1+")
           || (!version && !object.anyCase("fsLayers").isNull());
}

/// What both kinds of document share: an object of schema version 2, not both kinds at once.
Result<> checkDocument(const Json &object, std::string_view what)
{
    if (!object.isObject()) {
        return refuse(std::string(what) + " is no JSON object");
    }
    if (isSchema1(object)) {
        return fail(
            ErrorCode::Unsupported,
            std::string(what)
                + " is of Docker's schema 1, which is not supported: pull and save the image"
                  " again with a current docker, podman or skopeo");
    }
    const Json &version = object.anyCase("schemaVersion");
    const auto number = version.toInteger();
    if (!version.isNull() && !number) {
        return refuse(std::string(what) + ": schemaVersion is no whole number");
    }
    if (number && *number != 2) {
        return fail(ErrorCode::Unsupported,
                    std::string(what) + " is of schema version " + std::to_string(*number)
                        + ", which is not supported; 2 is");
    }
    if (object.anyCase("mediaType").toString() == "application/vnd.oci.artifact.manifest.v1+json") {
        return fail(ErrorCode::Unsupported,
                    std::string(what)
                        + " is an OCI artifact manifest, which image-spec 1.1 has withdrawn");
    }
    // A document that reads as both could show one image to us and another to a registry
    // (CVE-2021-41190).
    const bool hasImage = !object.anyCase("config").isNull() || !object.anyCase("layers").isNull();
    if (hasImage && !object.anyCase("manifests").isNull()) {
        return refuse(std::string(what)
                      + " is ambiguous: it has members of an image manifest and "
                        "of an index");
    }
    return {};
}

Result<std::string> readText(const Json &object, std::string_view member)
{
    const Json &value = object.anyCase(member);
    if (!value.isNull() && !value.isString()) {
        return refuse(std::string(member) + " is no text");
    }
    return value.toString();
}

Result<std::map<std::string, std::string>> readAnnotations(const Json &object)
{
    const Json &value = object.anyCase("annotations");
    if (!value.isNull() && !value.isObject()) {
        return refuse("annotations is no object");
    }
    std::map<std::string, std::string> annotations;
    for (const auto &[key, text] : value.members()) {
        if (!text.isString()) {
            return refuse("annotation “" + displayText(key) + "” is no text");
        }
        annotations.insert_or_assign(key, text.toString());
    }
    return annotations;
}

Result<std::optional<Descriptor>> readOptional(const Json &object, std::string_view member)
{
    const Json &value = object.anyCase(member);
    if (value.isNull()) {
        return std::optional<Descriptor>();
    }
    auto descriptor = Descriptor::ofJson(value);
    if (!descriptor) {
        return failIn(member, descriptor.error());
    }
    return std::optional(std::move(*descriptor));
}

Result<std::vector<Descriptor>> readList(const Json &object,
                                         std::string_view member,
                                         std::size_t limit)
{
    const Json &list = object.anyCase(member);
    if (!list.isNull() && !list.isArray()) {
        return refuse(std::string(member) + " is no list");
    }
    if (list.elements().size() > limit) {
        return fail(ErrorCode::LimitExceeded,
                    std::string(member) + " has " + formatNumber(list.elements().size())
                        + " entries; at most " + formatNumber(limit) + " are read");
    }
    std::vector<Descriptor> descriptors;
    descriptors.reserve(list.elements().size());
    for (const Json &element : list.elements()) {
        auto descriptor = Descriptor::ofJson(element);
        if (!descriptor) {
            return failIn(std::string(member) + "[" + std::to_string(descriptors.size()) + "]",
                          descriptor.error());
        }
        descriptors.push_back(std::move(*descriptor));
    }
    return descriptors;
}

Result<Manifest> readManifest(const Json &object)
{
    Manifest manifest;
    auto mediaType = readText(object, "mediaType");
    auto artifactType = readText(object, "artifactType");
    auto annotations = readAnnotations(object);
    auto config = readOptional(object, "config");
    auto layers = readList(object, "layers", limits::kMostLayers);
    auto subject = readOptional(object, "subject");
    if (!mediaType || !artifactType) {
        return std::unexpected(!mediaType ? mediaType.error() : artifactType.error());
    }
    if (!annotations) {
        return std::unexpected(annotations.error());
    }
    if (!config || !layers || !subject) {
        return std::unexpected(!config   ? config.error()
                               : !layers ? layers.error()
                                         : subject.error());
    }
    if (!*config) {
        return refuse(object.anyCase("manifests").isNull()
                          ? "config is missing"
                          : "config is missing; this is an index, not an image manifest");
    }
    manifest.config = std::move(**config);
    manifest.layers = std::move(*layers);
    manifest.subject = std::move(*subject);
    manifest.annotations = std::move(*annotations);
    manifest.artifactType = std::move(*artifactType);
    manifest.mediaType = std::move(*mediaType);
    if (manifest.mediaType.empty()) {
        const bool isDocker = manifest.config.mediaType.starts_with(kDockerFamily);
        manifest.mediaType = isDocker ? kDockerManifest : kOciManifest;
    }
    return manifest;
}

Result<ImageIndex> readIndex(const Json &object)
{
    auto mediaType = readText(object, "mediaType");
    auto annotations = readAnnotations(object);
    auto manifests = readList(object, "manifests", limits::kImages);
    const auto subject = readOptional(object, "subject");
    if (!mediaType) {
        return std::unexpected(mediaType.error());
    }
    if (!annotations) {
        return std::unexpected(annotations.error());
    }
    if (!manifests || !subject) {
        return std::unexpected(!manifests ? manifests.error() : subject.error());
    }
    if (!object.anyCase("config").isNull() || !object.anyCase("layers").isNull()) {
        return refuse("manifests is missing; this is an image manifest, not an index");
    }
    if (object.anyCase("manifests").isNull() && !object.contains("manifests")) {
        return refuse("manifests is missing");
    }
    ImageIndex index;
    index.manifests = std::move(*manifests);
    index.annotations = std::move(*annotations);
    index.mediaType = std::move(*mediaType);
    if (index.mediaType.empty()) {
        const bool isDocker = std::ranges::any_of(index.manifests, [](const Descriptor &entry) {
            return entry.mediaType.starts_with(kDockerFamily);
        });
        index.mediaType = isDocker ? kDockerList : kOciIndex;
    }
    return index;
}

Result<Json> parseDocument(std::string_view text, std::string_view what)
{
    auto parsed = parseJson(text, what);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    if (const auto checked = checkDocument(parsed->value, what); !checked) {
        return std::unexpected(checked.error());
    }
    return std::move(parsed->value);
}

} // namespace

bool Manifest::isImage() const
{
    if (!config.mediaType.empty() && !isConfigType(config.mediaType)) {
        return false;
    }
    if (!artifactType.empty() && !isConfigType(artifactType)) {
        return false;
    }
    // Signatures and older attestations borrow the config type of images; their layers tell.
    return layers.empty() || std::ranges::any_of(layers, [](const Descriptor &layer) {
               return layer.mediaType.empty() || isLayerType(layer.mediaType);
           });
}

Result<Manifest> parseManifest(std::string_view text)
{
    const auto document = parseDocument(text, "the manifest");
    if (!document) {
        return std::unexpected(document.error());
    }
    auto manifest = readManifest(*document);
    if (!manifest) {
        return failIn("the manifest", manifest.error());
    }
    return manifest;
}

Result<ImageIndex> parseIndex(std::string_view text)
{
    const auto document = parseDocument(text, "the index");
    if (!document) {
        return std::unexpected(document.error());
    }
    auto index = readIndex(*document);
    if (!index) {
        return failIn("the index", index.error());
    }
    return index;
}

Result<bool> isIndexText(std::string_view text, std::string_view declaredMediaType)
{
    const auto document = parseDocument(text, "the manifest");
    if (!document) {
        return std::unexpected(document.error());
    }
    const std::string &own = document->anyCase("mediaType").toString();
    const std::string_view mediaType = own.empty() ? declaredMediaType : std::string_view(own);
    if (isIndexType(mediaType)) {
        return true;
    }
    if (isManifestType(mediaType)) {
        return false;
    }
    return !document->anyCase("manifests").isNull();
}

} // namespace cutaway
