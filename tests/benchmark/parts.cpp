// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/archive/decoder.h"
#include "core/archive/layerreader.h"
#include "core/archive/tarcursor.h"
#include "core/base/hash.h"
#include "core/tree/builder.h"
#include "core/tree/filter.h"
#include "core/tree/view.h"
#include "tests/benchmark/images.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <filesystem>
#include <unistd.h>

using namespace cutaway;
using namespace cutaway::benchmark;

namespace {

constexpr std::uint64_t kLayerBytes = 16'000'000;

/// A layer of mixed files, packed, in memory.
std::string packedLayer(Packing packing, const LayerRecipe &recipe)
{
    const std::string path = (std::filesystem::temp_directory_path()
                              / ("cutaway-benchmark-" + std::to_string(::getpid())))
                                 .string();
    {
        BlobWriter blob(path, packing);
        TarStream tar(blob);
        recipe(tar);
        tar.end();
        if (!blob.finish()) {
            std::abort(); // nothing can be measured without
        }
    }
    const auto file = openFile(path);
    std::string bytes = readAll(**file, kLayerBytes * 100, "layer").value();
    std::filesystem::remove(path);
    return bytes;
}

const std::string &mixedLayer(Packing packing)
{
    static const std::array<std::string, 4> kLayers = {
        packedLayer(Packing::None, mixedFiles(1, kLayerBytes)),
        packedLayer(Packing::Gzip, mixedFiles(1, kLayerBytes)),
        std::string(),
        packedLayer(Packing::Zstd, mixedFiles(1, kLayerBytes)),
    };
    return kLayers[static_cast<std::size_t>(packing)];
}

void countBytes(::benchmark::State &state, std::size_t bytes)
{
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void decode(::benchmark::State &state, Packing packing, Compression compression)
{
    const ByteSourcePtr blob = memorySource(mixedLayer(packing));
    for (auto each : state) {
        DecodedStream stream(makeDecoder(streamOf(blob), compression));
        while (!stream.next().value().empty()) {
        }
    }
    countBytes(state, mixedLayer(Packing::None).size());
}

void inflateGzip(::benchmark::State &state)
{
    decode(state, Packing::Gzip, Compression::Gzip);
}
BENCHMARK(inflateGzip);

void decodeZstd(::benchmark::State &state)
{
    decode(state, Packing::Zstd, Compression::Zstd);
}
BENCHMARK(decodeZstd);

void sha256(::benchmark::State &state)
{
    const std::string &bytes = mixedLayer(Packing::None);
    for (auto each : state) {
        ::benchmark::DoNotOptimize(sha256Hex(bytes));
    }
    countBytes(state, bytes.size());
}
BENCHMARK(sha256);

void contentHash(::benchmark::State &state)
{
    const std::string &bytes = mixedLayer(Packing::None);
    ContentHasher hasher;
    for (auto each : state) {
        hasher.reset();
        hasher.update(std::as_bytes(std::span(bytes)));
        ::benchmark::DoNotOptimize(hasher.finish());
    }
    countBytes(state, bytes.size());
}
BENCHMARK(contentHash);

void tarWalk(::benchmark::State &state)
{
    const ByteSourcePtr blob = memorySource(mixedLayer(Packing::None));
    for (auto each : state) {
        const auto stream = streamOf(blob);
        TarCursor cursor(*stream);
        while (cursor.next() != nullptr) {
        }
    }
    countBytes(state, mixedLayer(Packing::None).size());
}
BENCHMARK(tarWalk);

/// So many empty files in ten layers, and in each but the first a hundred whiteouts.
std::vector<LayerTree> layerTrees(std::uint32_t files)
{
    constexpr std::uint32_t kLayers = 10;
    std::vector<LayerTree> layers(kLayers);
    Entry entry;
    for (std::uint32_t number = 0; number < files; ++number) {
        const std::uint32_t layer = number / (files / kLayers);
        (void)layers[layer].append(emptyFilePath(number), entry).has_value();
        if (layer > 0 && number % (files / kLayers) < 100) {
            std::string hidden = emptyFilePath(number - files / kLayers);
            hidden.insert(hidden.rfind('/') + 1, ".wh.");
            (void)layers[layer].append(hidden, entry).has_value();
        }
    }
    return layers;
}

PathTreePtr pathTree(std::uint32_t files)
{
    PathTreeBuilder builder;
    for (LayerTree &layer : layerTrees(files)) {
        builder.add(std::move(layer));
    }
    return builder.finish(Monitor()).value();
}

void growLayerTree(::benchmark::State &state)
{
    for (auto each : state) {
        ::benchmark::DoNotOptimize(layerTrees(static_cast<std::uint32_t>(state.range(0))));
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(growLayerTree)->Arg(10'000)->Arg(1'000'000)->Unit(::benchmark::kMillisecond);

void mergeAndOverlay(::benchmark::State &state)
{
    const auto layers = layerTrees(static_cast<std::uint32_t>(state.range(0)));
    for (auto each : state) {
        PathTreeBuilder builder;
        for (const LayerTree &layer : layers) {
            builder.add(layer);
        }
        ::benchmark::DoNotOptimize(builder.finish(Monitor()).value());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(mergeAndOverlay)->Arg(10'000)->Arg(1'000'000)->Unit(::benchmark::kMillisecond);

void switchView(::benchmark::State &state)
{
    const PathTreePtr tree = pathTree(static_cast<std::uint32_t>(state.range(0)));
    LayerIndex layer = 0;
    for (auto each : state) {
        layer = static_cast<LayerIndex>((layer + 1) % 10);
        ::benchmark::DoNotOptimize(TreeView(tree, {ViewSpec::Kind::At, layer}).shownCount());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(switchView)->Arg(10'000)->Arg(1'000'000)->Unit(::benchmark::kMillisecond);

void filter(::benchmark::State &state)
{
    const TreeView view(pathTree(static_cast<std::uint32_t>(state.range(0))), {});
    const FileFilter wanted = parseFileFilter("79").value();
    for (auto each : state) {
        ::benchmark::DoNotOptimize(applyFilter(view, wanted, Monitor()).value().matches);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(filter)->Arg(10'000)->Arg(1'000'000)->Unit(::benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
