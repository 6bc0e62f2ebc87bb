// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/loader.h"

#include "core/base/text.h"
#include "core/source/baseimage.h"
#include "core/source/layerloading.h"
#include "core/source/treenotes.h"
#include "core/source/verify.h"

#include <algorithm>

namespace cutaway {

namespace {

void alignLayers(Image &image)
{
    const auto &diffIds = image.config.diffIds;
    for (std::size_t i = 0; i < image.layers.size() && i < diffIds.size(); ++i) {
        image.layers[i].diffId = diffIds[i];
    }
    const auto count = static_cast<std::uint32_t>(image.layers.size());
    image.historyAligned = alignHistory(image.config.history, count);
}

void noteCounts(Image &image, bool hasDiffIds)
{
    const std::size_t layers = image.layers.size();
    const std::size_t diffIds = image.config.diffIds.size();
    if (hasDiffIds && diffIds != layers) {
        image.notes.add("diff-id-count-mismatch",
                        "Mismatch: the config lists " + formatCount(diffIds, "diff ID", "diff IDs")
                            + ", the manifest " + formatCount(layers, "layer", "layers") + ".");
    }
    if (!image.historyAligned && !image.config.history.empty()) {
        const auto steps = static_cast<std::uint64_t>(std::ranges::count_if(
            image.config.history, [](const HistoryEntry &entry) { return !entry.emptyLayer; }));
        image.notes.add("history-unaligned",
                        "Mismatch: the history speaks of " + formatCount(steps, "step", "steps")
                            + " that made a layer, but there " + (layers == 1 ? "is " : "are ")
                            + formatCount(layers, "layer", "layers")
                            + "; which step made which layer is unknown.");
    }
}

/// What image-spec forbids in a descriptor that could be read all the same.
void noteFaults(Image &image, const Manifest &manifest)
{
    for (const std::string &fault : manifest.config.faults) {
        image.notes.add("descriptor-fault", "The config's descriptor is at fault: " + fault + ".");
    }
    for (std::uint32_t i = 0; i < manifest.layers.size(); ++i) {
        for (const std::string &fault : manifest.layers[i].faults) {
            if (fault.starts_with("size ")) {
                continue; // said where sizes are checked
            }
            image.notes.add(
                Note{"descriptor-fault",
                     layerName(image, i) + ": its descriptor is at fault: " + fault + ".",
                     i});
        }
    }
}

Result<> readConfig(Image &image, const ImageStatement &statement)
{
    if (!image.artifactType.empty()) {
        image.notes.add("artifact",
                        "This is an artifact (" + displayText(image.artifactType)
                            + "), not a container image to be run.");
    }
    if (statement.configText.empty()) {
        return {};
    }
    verifyConfig(statement.configText, statement.configDigest, image.notes);
    auto config = parseConfig(statement.configText, image.notes);
    if (!config) {
        if (!image.artifactType.empty()) {
            return {};
        }
        return failIn("config", config.error());
    }
    image.config = std::move(*config);
    return {};
}

Result<Image> describe(ImageSource &source, const LoadOptions &options)
{
    auto statement = source.statement(options.index);
    if (!statement) {
        return std::unexpected(statement.error());
    }
    const Manifest &manifest = statement->manifest;
    if (manifest.layers.size() > options.limits.layers) {
        return failLimit("the image has more than " + formatNumber(options.limits.layers)
                             + " layers",
                         &Limits::layers);
    }
    Image image;
    image.reference = options.reference;
    image.sourceName = source.name();
    image.digest = statement->digest;
    image.configDigest = statement->configDigest;
    image.mediaType = statement->mediaType;
    image.tags = statement->tags;
    image.annotations = manifest.annotations;
    image.platforms = statement->platforms;
    image.attestations = statement->attestations;
    image.signatures = statement->signatures;
    image.keepsSignatures = statement->keepsSignatures;
    image.registry = statement->registry;
    image.notes = std::move(statement->notes);
    const bool isRootfs = statement->configText.empty() && manifest.config.digest.isEmpty();
    if (!isRootfs && isManifestType(image.mediaType) && !manifest.isImage()) {
        image.artifactType =
            manifest.artifactType.empty() ? manifest.config.mediaType : manifest.artifactType;
    }
    for (const Descriptor &descriptor : manifest.layers) {
        Layer layer;
        layer.descriptor = descriptor;
        layer.digest = descriptor.digest;
        image.layers.push_back(std::move(layer));
    }
    if (auto read = readConfig(image, *statement); !read) {
        return std::unexpected(read.error());
    }
    alignLayers(image);
    const bool isLegacy = statement->manifest.config.digest.isEmpty();
    noteCounts(image, image.artifactType.empty() && !isLegacy);
    noteFaults(image, manifest);
    return image;
}

/// Nothing of the image could be read, because everything is broken: then there is nothing to show.
Result<> refuseIfAllDamaged(const Image &image)
{
    const auto isDamaged = [](const Layer &layer) { return layer.state == Layer::State::Damaged; };
    const auto firstDamaged = std::ranges::find_if(image.layers, isDamaged);
    if (firstDamaged == image.layers.end()
        || std::ranges::any_of(image.layers, [](const Layer &layer) { return layer.isRead(); })) {
        return {};
    }
    const auto index = static_cast<std::uint32_t>(firstDamaged - image.layers.begin());
    return fail(ErrorCode::Corrupt, layerName(image, index) + ": " + firstDamaged->problem);
}

} // namespace

Result<ImagePtr> loadImage(ImageSource &source, const LoadOptions &options, Monitor &monitor)
{
    auto described = describe(source, options);
    if (!described) {
        return std::unexpected(described.error());
    }
    Image image = std::move(*described);
    if (options.observer != nullptr && options.observer->onConfig) {
        auto early = std::make_shared<Image>(image);
        findBaseImage(*early, options.base);
        options.observer->onConfig(std::move(early));
    }
    LayerLoading loading(source, image, options, monitor);
    if (auto read = loading.run(); !read) {
        return std::unexpected(read.error());
    }
    if (auto readable = refuseIfAllDamaged(image); !readable) {
        return std::unexpected(readable.error());
    }
    if (options.facts != nullptr) {
        *options.facts = loading.takeFacts();
    }
    auto tree = loading.merge();
    if (!tree) {
        return std::unexpected(tree.error());
    }
    image.tree = std::move(*tree);
    findBaseImage(image, options.base);
    addTreeNotes(image);
    return std::make_shared<const Image>(std::move(image));
}

} // namespace cutaway
