// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/images.h"

#include "core/base/hash.h"
#include "tests/support/stack.h"

namespace cutaway::test {

Image imageOf(const std::vector<std::string> &layers, const std::vector<std::string> &steps)
{
    Image image;
    image.reference = "test";
    image.sourceName = "docker-archive";
    for (const std::string &text : layers) {
        Layer layer;
        layer.digest = Digest::ofSha256(sha256Hex("blob " + text));
        layer.diffId = Digest::ofSha256(sha256Hex("tar " + text));
        layer.state = Layer::State::Read;
        layer.wireBytes = 1000;
        layer.unpackedBytes = 3000;
        layer.counts = layerOf(text).counts();
        image.layers.push_back(std::move(layer));
    }
    image.tree = treeOf(layers);
    for (const std::string &step : steps) {
        HistoryEntry entry;
        entry.createdBy = step;
        image.config.history.push_back(std::move(entry));
    }
    const auto count = static_cast<std::uint32_t>(layers.size());
    image.historyAligned = alignHistory(image.config.history, count);
    return image;
}

} // namespace cutaway::test
