// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"
#include "core/tree/layertree.h"
#include "core/tree/pathtree.h"

#include <memory>

namespace cutaway {

struct TreeGrowth;

/// Builds the path tree: add the layers in order, the lowest first, then finish once.
/// Linear in entries and path lengths, whatever the number of layers.
class PathTreeBuilder
{
public:
    PathTreeBuilder();
    ~PathTreeBuilder();
    PathTreeBuilder(const PathTreeBuilder &) = delete;
    PathTreeBuilder &operator=(const PathTreeBuilder &) = delete;

    /// Adds the next layer and frees it while it is read. A layer that could not be read is added
    /// as an empty one, so that indices stay those of the manifest.
    void add(LayerTree &&given);
    /// Adds a layer that somebody else looks at as well.
    void add(const LayerTree &layer);

    /// Sorts, settles what hides what, binds hard links. Fails only when cancelled.
    [[nodiscard]] Result<PathTreePtr> finish(const Monitor &monitor);

private:
    std::unique_ptr<TreeGrowth> m_growth;
};

} // namespace cutaway
