// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/layerreader.h"
#include "core/base/text.h"
#include "core/tree/filter.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/treechecks.h"
#include "tests/support/chunkstream.h"

#include <algorithm>
#include <vector>

using namespace cutaway;
using namespace cutaway::fuzz;

namespace {

constexpr std::size_t kBlock = 512;
constexpr std::uint32_t kMostLayers = 3;

/// The input cut into layers at blocks that the choices name.
std::vector<std::string_view> cut(std::string_view input, Choices &choices)
{
    std::vector<std::size_t> cuts = {0, input.size()};
    for (std::uint32_t i = choices.below(kMostLayers); i > 0; --i) {
        const std::size_t blocks = input.size() / kBlock;
        cuts.push_back(blocks == 0 ? 0 : choices.word() % blocks * kBlock);
    }
    std::ranges::sort(cuts);
    std::vector<std::string_view> layers;
    for (std::size_t i = 1; i < cuts.size(); ++i) {
        layers.push_back(input.substr(cuts[i - 1], cuts[i] - cuts[i - 1]));
    }
    return layers;
}

/// However the bytes come, the answer is the same.
void compare(const Result<LayerReading> &whole, const Result<LayerReading> &chunked)
{
    if (!chunked && whole && whole->compression != Compression::None) {
        return; // a library's quick way for what it has in one piece may pass what is broken
    }
    require(whole.has_value() == chunked.has_value(), "one piece and chunks are read alike");
    if (!whole) {
        requireEqual(displayText(whole.error().message), whole.error().message, "safe message");
        return;
    }
    requireEqual(whole->diffSha256, chunked->diffSha256, "diff ID");
    requireEqual(whole->blobSha256, chunked->blobSha256, "digest");
    requireEqual(whole->unpackedBytes, chunked->unpackedBytes, "bytes");
    requireEqual(whole->tree.entries().size(), chunked->tree.entries().size(), "entries");
    for (std::size_t i = 0; i < whole->tree.entries().size(); ++i) {
        require(whole->tree.hash(whole->tree.entries()[i])
                    == chunked->tree.hash(chunked->tree.entries()[i]),
                "content hashes");
    }
    require(whole->remarks == chunked->remarks, "remarks");
    for (const std::string &remark : whole->remarks) {
        requireEqual(displayText(remark), remark, "safe remark");
    }
}

Result<LayerReading> read(std::string_view layer, Choices &choices)
{
    Monitor monitor;
    LayerReadOptions options;
    options.wantSha512 = choices.below(2) == 1;
    Result<LayerReading> whole = readLayer(memorySource(layer), options, monitor);
    const std::uint32_t chunk = choices.below(3) * 509;
    compare(whole,
            readLayer(
                std::make_unique<test::ChunkStream>(std::string(layer), chunk), options, monitor));
    return whole;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Choices choices(textOf(data, size));
    const std::uint32_t filter = choices.byte();
    // Before the layers are told apart: so the cuts do not depend on what is chosen later.
    std::string_view tail = choices.rest();
    Choices reading(tail.substr(0, std::min<std::size_t>(tail.size(), 8)));
    PathTreeBuilder builder;
    std::vector<std::uint64_t> bytes;
    const std::vector<std::string_view> layers = cut(choices.rest(), choices);
    for (const std::string_view layer : layers) {
        Result<LayerReading> result = read(layer, reading);
        bytes.push_back(result ? result->tree.counts().fileBytes : 0);
        builder.add(result ? std::move(result->tree) : LayerTree());
    }
    checkTree(builder.finish(Monitor()).value(), bytes, filter);
    return 0;
}
