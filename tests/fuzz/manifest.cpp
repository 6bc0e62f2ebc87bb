// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/image/manifest.h"

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/image/builders.h"
#include "core/image/config.h"
#include "core/source/dockermanifest.h"
#include "tests/fuzz/fuzz.h"

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

template<typename T>
void checkError(const Result<T> &result)
{
    if (!result) {
        const std::string &message = result.error().message;
        requireEqual(displayText(message), message, "a refusal can be shown");
    }
}

void checkDescriptor(const Descriptor &descriptor)
{
    const std::string &digest = descriptor.digest.text();
    require(digest.empty() || Digest::parse(digest).has_value(), "a digest is one");
    require(!descriptor.size || *descriptor.size >= 0, "a size is a size");
    for (const std::string &fault : descriptor.faults) {
        requireEqual(displayText(fault), fault, "a fault can be shown");
    }
}

void checkConfig(std::string_view input)
{
    Notes notes;
    Result<ImageConfig> config = parseConfig(input, notes);
    checkError(config);
    for (const Note &note : notes.list()) {
        requireEqual(displayText(note.message), note.message, "a note can be shown");
    }
    if (!config) {
        return;
    }
    for (const HistoryEntry &entry : config->history) {
        require(isUtf8(entry.createdBy), "history is UTF-8");
        require(isUtf8(normaliseHistory(entry).text()), "a build step is UTF-8");
    }
    (void)builderWithoutDockerfile(config->history);
    const auto layers = static_cast<std::uint32_t>(config->diffIds.size());
    std::uint32_t aligned = 0;
    if (alignHistory(config->history, layers)) {
        for (const HistoryEntry &entry : config->history) {
            aligned += entry.layer ? 1 : 0;
            require(!entry.layer || *entry.layer < layers, "a step made a layer that there is");
        }
        requireEqual(aligned, layers, "every layer has its step");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input = textOf(data, size);
    const Result<Manifest> manifest = parseManifest(input);
    checkError(manifest);
    if (manifest) {
        checkDescriptor(manifest->config);
        for (const Descriptor &layer : manifest->layers) {
            checkDescriptor(layer);
        }
        (void)manifest->isImage();
    }
    const Result<ImageIndex> index = parseIndex(input);
    checkError(index);
    if (index) {
        for (const Descriptor &entry : index->manifests) {
            checkDescriptor(entry);
        }
    }
    checkError(isIndexText(input, ""));
    const auto docker = parseDockerManifest(input);
    checkError(docker);
    if (docker) {
        for (const DockerEntry &entry : *docker) {
            for (const auto &[diffId, source] : entry.layerSources) {
                checkDescriptor(source);
            }
        }
    }
    checkConfig(input);
    return 0;
}
