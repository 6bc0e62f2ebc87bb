// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/archive/layerreader.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

namespace cutaway {

struct LayerJob
{
    std::size_t index = 0; ///< row in the layer list
    ByteSourcePtr blob;
    LayerReadOptions options;
};

enum class LayerOrder : std::uint8_t {
    BiggestFirst,  ///< done soonest
    SmallestFirst, ///< something to be seen soonest, where bytes are slow to come
};

/// Reads layers in parallel: the one asked for in `priority` next (kNoPriority: none), else as
/// `order` says, as many at a time as there are cores. `onDone` is called from a reading thread,
/// once for each job. All threads are joined before this returns. When cancelled, jobs not begun
/// are reported as cancelled.
inline constexpr std::size_t kNoPriority = static_cast<std::size_t>(-1);
void readLayers(std::vector<LayerJob> jobs,
                const std::atomic<std::size_t> *priority,
                const std::function<void(std::size_t index, Result<LayerReading>)> &onDone,
                const Monitor &monitor,
                LayerOrder order = LayerOrder::BiggestFirst);

} // namespace cutaway
