// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/dockermanifest.h"

#include "core/base/text.h"

#include <algorithm>
#include <map>

namespace cutaway {

namespace {

DockerEntry readEntry(const Json &object)
{
    DockerEntry entry;
    if (!object.isObject()) {
        entry.problem = Error{ErrorCode::Corrupt, "is no object"};
        return entry;
    }
    const Json &config = object.anyCase("Config");
    entry.config = config.toString();
    for (const Json &layer : object.anyCase("Layers").elements()) {
        entry.layers.push_back(layer.toString());
    }
    for (const Json &tag : object.anyCase("RepoTags").elements()) {
        if (!tag.toString().empty()) {
            entry.tags.push_back(tag.toString());
        }
    }
    for (const auto &[diffId, source] : object.anyCase("LayerSources").members()) {
        if (auto descriptor = Descriptor::ofJson(source)) {
            entry.layerSources.emplace(diffId, std::move(*descriptor));
        }
    }
    if (entry.config.empty()) {
        entry.problem = Error{ErrorCode::Corrupt, "names no config"};
    } else if (entry.layers.size() > limits::kMostLayers) {
        entry.problem = Error{ErrorCode::LimitExceeded,
                              "lists more than " + formatNumber(limits::kMostLayers) + " layers"};
    }
    return entry;
}

std::string identityOf(const DockerEntry &entry)
{
    std::string identity = entry.config;
    for (const std::string &layer : entry.layers) {
        identity += '\n';
        identity += layer;
    }
    return identity;
}

void addTags(DockerEntry &entry, const std::vector<std::string> &tags)
{
    for (const std::string &tag : tags) {
        if (entry.tags.empty() || entry.tags.back() != tag) {
            entry.tags.push_back(tag);
        }
    }
}

} // namespace

bool isDockerManifest(const Json &value)
{
    return std::ranges::any_of(value.elements(), [](const Json &entry) {
        return entry.isObject()
               && (!entry.anyCase("Config").isNull() || !entry.anyCase("Layers").isNull());
    });
}

Result<std::vector<DockerEntry>> parseDockerManifest(std::string_view text)
{
    const auto parsed = parseJson(text, "manifest.json");
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    if (!parsed->value.isArray()) {
        return fail(ErrorCode::Corrupt, "manifest.json: not a list of images");
    }
    if (parsed->value.elements().empty()) {
        return fail(ErrorCode::Corrupt, "manifest.json: the list of images is empty");
    }
    if (parsed->value.elements().size() > limits::kImages) {
        return fail(ErrorCode::LimitExceeded,
                    "manifest.json: more than " + formatNumber(limits::kImages) + " images");
    }
    std::vector<DockerEntry> entries;
    std::map<std::string, std::size_t> places;
    std::optional<Error> problem;
    for (std::size_t i = 0; i < parsed->value.elements().size(); ++i) {
        DockerEntry entry = readEntry(parsed->value.elements()[i]);
        if (entry.problem) {
            entry.problem->message =
                "manifest.json: entry " + std::to_string(i) + " " + entry.problem->message;
            problem = entry.problem;
        }
        const auto [place, isNew] = places.try_emplace(identityOf(entry), entries.size());
        if (isNew || entry.problem) {
            entries.push_back(std::move(entry));
        } else {
            addTags(entries[place->second], entry.tags);
        }
    }
    if (std::ranges::all_of(entries, [](const DockerEntry &entry) { return !!entry.problem; })) {
        return std::unexpected(*problem);
    }
    return entries;
}

} // namespace cutaway
