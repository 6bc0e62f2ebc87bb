// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/monitor.h"
#include "core/tree/layertree.h"
#include "core/tree/pathtree.h"

#include <memory>

namespace cutaway {

/// Builds the path tree: add the layers in order, the lowest first, then finish once.
/// Linear in entries and path lengths, whatever the number of layers.
class PathTreeBuilder
{
public:
    PathTreeBuilder();
    ~PathTreeBuilder();
    PathTreeBuilder(const PathTreeBuilder &) = delete;
    PathTreeBuilder &operator=(const PathTreeBuilder &) = delete;

    /// Adds the next layer and frees it. A layer that could not be read is added as an empty one,
    /// so that indices stay those of the manifest.
    void add(LayerTree &&given);

    /// Sorts, settles what hides what, binds hard links. Fails only when cancelled.
    [[nodiscard]] Result<PathTreePtr> finish(const Monitor &monitor);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace cutaway
