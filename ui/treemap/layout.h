// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/treemap/geometry.h"
#include "ui/treemap/sizes.h"
#include "ui/treemap/treemaplimits.h"

#include <QPointF>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace cutaway::treemap {

/// All lengths in logical pixels.
struct Measures
{
    double title = 16.0;   ///< height of the strip that names a directory
    double frame = 2.0;    ///< around what is in a directory with a strip; 1 without
    double smallest = 3.0; ///< side of the smallest square that is a cell of its own
    double opened = 14.0;  ///< sides that a directory has at the least to show what is in it
    double titled = 48.0;  ///< width, and three strips of height, that it has to be named
};

struct Cell
{
    enum class Kind : std::uint8_t {
        Open,   ///< a directory that shows what is in it
        Closed, ///< a directory too small for that
        File,   ///< whatever has no children; also what a directory weighs by itself
        Rest,   ///< children of a directory too small to be cells: `node` is that directory
    };

    QRectF rect;
    std::uint64_t bytes = 0;
    NodeId node = kNone;
    NodeId top = kNone;  ///< of directories with one child each, drawn as one: the first of them
    NodeId lead = kNone; ///< the file that gives the cell its colour
    std::int32_t parent = -1;
    std::int32_t firstChild = 0; ///< children lie side by side
    std::int32_t childCount = 0;
    std::uint32_t count = 1; ///< Rest: how many it stands for
    std::int16_t depth = 0;
    Kind kind = Kind::File;
    bool isTitled = false; ///< Open: has a strip that names it

    bool isLeaf() const { return kind != Kind::Open; }
};

/// Cells, parents before their children; the first is the root. Immutable once made.
class Layout
{
public:
    const std::vector<Cell> &cells() const { return m_cells; }
    const Cell &cell(int at) const { return m_cells[static_cast<std::size_t>(at)]; }
    int count() const { return static_cast<int>(m_cells.size()); }
    /// The directory that fills it; kNone where there is nothing.
    NodeId root() const { return m_cells.empty() ? kNone : m_cells.front().node; }
    /// Paths that were looked at to make it.
    std::size_t visited() const { return m_visited; }

    /// The innermost cell there; -1 outside.
    int cellAt(const QPointF &point) const;
    /// The cell of the path, else the innermost that holds it; -1 where it lies elsewhere.
    int cellOf(const PathTree &tree, NodeId node) const;
    bool isExactly(int at, NodeId node) const;
    /// The leaf next to a cell in that direction; -1 at the edge.
    int neighbour(int from, Direction direction) const;

private:
    friend class Arranger;

    std::vector<Cell> m_cells;
    std::unordered_map<NodeId, std::int32_t> m_cellOf;
    std::size_t m_visited = 0;
};

/// Draws `root` and what is below it to size. What it costs goes with the children of the
/// directories that are large enough to show them; no recursion.
[[nodiscard]] Layout layOut(const PathTree &tree,
                            const Sizes &sizes,
                            NodeId root,
                            const QRectF &area,
                            const Measures &measures);

} // namespace cutaway::treemap
