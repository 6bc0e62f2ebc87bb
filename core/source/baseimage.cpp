// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/baseimage.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace cutaway {

namespace {

constexpr std::string_view kBaseName = "org.opencontainers.image.base.name";
constexpr std::string_view kBaseDigest = "org.opencontainers.image.base.digest";

std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> list;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of(", \t\n");
        if (end != 0) {
            list.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return list;
}

bool names(const Layer &layer, std::string_view digest)
{
    const auto isPrefix = [&](const Digest &own) {
        return !own.isEmpty() && (own.text().starts_with(digest) || own.hex().starts_with(digest));
    };
    return isPrefix(layer.diffId) || isPrefix(layer.digest);
}

/// image-spec config.md, "Layer ChainID": of each layer and all below it.
std::vector<std::string> chainIds(const Image &image)
{
    std::vector<std::string> chain;
    for (const Layer &layer : image.layers) {
        if (layer.diffId.isEmpty()) {
            break;
        }
        chain.push_back(chain.empty()
                            ? layer.diffId.text()
                            : "sha256:" + sha256Hex(chain.back() + " " + layer.diffId.text()));
    }
    return chain;
}

std::optional<std::uint32_t> layersByNumber(const Image &image, std::string_view wish)
{
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(wish.data(), wish.data() + wish.size(), count);
    if (error != std::errc() || end != wish.data() + wish.size() || count > image.layers.size()) {
        return std::nullopt;
    }
    return count;
}

std::optional<std::uint32_t> layersByDigests(const Image &image, std::string_view wish)
{
    const std::vector<std::string> digests = words(wish);
    if (digests.size() > 1) {
        if (digests.size() > image.layers.size()
            || !std::ranges::equal(digests,
                                   std::span(image.layers).first(digests.size()),
                                   [](const std::string &digest, const Layer &layer) {
                                       return names(layer, digest);
                                   })) {
            return std::nullopt;
        }
        return static_cast<std::uint32_t>(digests.size());
    }
    if (digests.empty() || digests.front().size() < 6) {
        return std::nullopt;
    }
    const std::vector<std::string> chain = chainIds(image);
    for (std::uint32_t i = 0; i < image.layers.size(); ++i) {
        const bool isChain = i < chain.size()
                             && (chain[i].starts_with(digests.front())
                                 || chain[i].substr(7).starts_with(digests.front()));
        if (isChain || names(image.layers[i], digests.front())) {
            return i + 1;
        }
    }
    return std::nullopt;
}

std::string value(const std::map<std::string, std::string> &map, std::string_view key)
{
    const auto found = map.find(std::string(key));
    return found == map.end() ? std::string() : found->second;
}

bool isBareId(std::string_view reference)
{
    return reference.size() >= 12
           && reference.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// buildah says "FROM <reference>" in the comment of the first step upon a base; in a build kept
/// layer by layer later steps name the image before by its bare id.
BaseImage byHistory(const Image &image)
{
    BaseImage base;
    std::uint32_t layers = 0;
    for (const HistoryEntry &entry : image.config.history) {
        constexpr std::string_view kFrom = "FROM ";
        const std::size_t from =
            entry.comment.starts_with(kFrom) ? 0 : entry.comment.find("\nFROM ");
        if (from != std::string::npos) {
            std::string reference = entry.comment.substr(from + kFrom.size() + (from == 0 ? 0 : 1));
            reference.resize(std::min(reference.size(), reference.find_first_of(" \n")));
            if (!reference.empty() && !isBareId(reference)) {
                base.reference = std::move(reference);
                base.layers = image.historyAligned ? layers : 0;
                base.by = BaseImage::By::History;
            }
        }
        layers += entry.emptyLayer ? 0 : 1;
    }
    return base;
}

} // namespace

void findBaseImage(Image &image, std::string_view wish)
{
    image.base = {};
    if (!wish.empty()) {
        auto layers = layersByNumber(image, wish);
        const bool byNumber = layers.has_value();
        layers = byNumber ? layers : layersByDigests(image, wish);
        if (layers) {
            image.base = BaseImage{std::string(wish), *layers, BaseImage::By::User};
            if (byNumber) {
                image.base.reference = "the first " + formatCount(*layers, "layer", "layers");
            }
            return;
        }
        image.notes.add("base-not-found",
                        "The base image \"" + displayText(wish)
                            + "\" is unknown to this image: no such number or digest of layers.");
    }
    image.base = byHistory(image);
    for (const auto *map : {&image.annotations, &image.config.labels}) {
        const std::string name = value(*map, kBaseName);
        const std::string digest = value(*map, kBaseDigest);
        if (!name.empty() || !digest.empty()) {
            image.base.reference = name.empty()     ? digest
                                   : digest.empty() ? name
                                                    : name + "@" + digest;
            image.base.by = BaseImage::By::Annotation;
            return;
        }
    }
}

} // namespace cutaway
