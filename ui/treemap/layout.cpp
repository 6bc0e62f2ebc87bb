// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/treemap/layout.h"

#include <algorithm>
#include <utility>

namespace cutaway::treemap {

/// Makes a layout, directory by directory from the outermost.
class Arranger
{
public:
    Arranger(const PathTree &tree, const Sizes &sizes, const Measures &measures, Layout &layout)
        : m_tree(tree)
        , m_sizes(sizes)
        , m_measures(measures)
        , m_layout(layout)
    {}

    void run(NodeId root, const QRectF &area)
    {
        std::vector<Cell> &cells = m_layout.m_cells;
        if (root >= m_sizes.bytes.size() || m_sizes.bytes[root] == 0 || area.isEmpty()) {
            return;
        }
        Cell first = cellOf(root);
        first.rect = area;
        cells.push_back(first);
        m_layout.m_cellOf.emplace(root, 0);
        for (std::size_t at = 0; at < cells.size() && cells.size() < limits::kTreemapCells; ++at) {
            if (isLargeEnough(cells[at])) {
                open(at);
            }
        }
    }

private:
    Cell cellOf(NodeId node) const
    {
        Cell cell;
        cell.bytes = m_sizes.bytes[node];
        cell.node = node;
        cell.top = node;
        cell.lead = m_sizes.lead[node];
        cell.kind = hasBytesBelow(node) ? Cell::Kind::Closed : Cell::Kind::File;
        return cell;
    }

    bool hasBytesBelow(NodeId id) const
    {
        if (m_sizes.lead[id] != id) {
            return true;
        }
        const PathTree::Node node = m_tree.node(id);
        const auto first = m_sizes.bytes.begin() + node.firstChild;
        return std::any_of(
            first, first + node.childCount, [](std::uint64_t bytes) { return bytes > 0; });
    }

    bool isLargeEnough(const Cell &cell) const
    {
        return cell.kind == Cell::Kind::Closed && cell.depth < limits::kTreemapDepth
               && std::min(cell.rect.width(), cell.rect.height()) >= m_measures.opened;
    }

    /// Follows directories that hold nothing but one other: they are drawn as one.
    void followChain(Cell &cell)
    {
        for (int i = 0; i < limits::kTreemapChain && cell.kind == Cell::Kind::Closed; ++i) {
            const NodeId child = onlyChild(cell.node);
            if (child == kNone) {
                return;
            }
            cell.node = child;
            cell.lead = m_sizes.lead[child];
        }
    }

    /// The child directory that weighs all that this one does, else kNone.
    NodeId onlyChild(NodeId directory)
    {
        const PathTree::Node node = m_tree.node(directory);
        for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
            ++m_layout.m_visited;
            if (m_sizes.bytes[child] > 0) {
                const bool isAll = m_sizes.bytes[child] == m_sizes.bytes[directory];
                return isAll && hasBytesBelow(child) ? child : kNone;
            }
        }
        return kNone;
    }

    QRectF inside(Cell &cell, bool isRoot) const
    {
        if (isRoot) {
            return cell.rect; // its name stands above the map
        }
        cell.isTitled =
            cell.rect.width() >= m_measures.titled && cell.rect.height() >= 3.0 * m_measures.title;
        const double frame = cell.isTitled ? m_measures.frame : 1.0;
        return cell.rect.adjusted(frame, cell.isTitled ? m_measures.title : frame, -frame, -frame);
    }

    /// The children that are large enough to be cells, and one for the others, heaviest first.
    std::vector<Cell> childrenOf(const Cell &parent, double area)
    {
        const PathTree::Node node = m_tree.node(parent.node);
        const double least = m_measures.smallest * m_measures.smallest;
        const double areaOfByte = area / static_cast<double>(parent.bytes);
        std::vector<Cell> children;
        Cell rest;
        rest.node = parent.node;
        rest.top = parent.node;
        rest.count = 0;
        rest.kind = Cell::Kind::Rest;
        NodeId heaviest = kNone;
        std::uint64_t own = parent.bytes;
        for (NodeId child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
            const std::uint64_t bytes = m_sizes.bytes[child];
            own -= bytes;
            if (static_cast<double>(bytes) * areaOfByte >= least) {
                children.push_back(cellOf(child));
            } else if (bytes > 0) {
                rest.bytes += bytes;
                ++rest.count;
                heaviest = heaviest == kNone || bytes > m_sizes.bytes[heaviest] ? child : heaviest;
            }
        }
        m_layout.m_visited += node.childCount;
        if (own > 0) {
            children.push_back(cellOf(parent.node));
            children.back().bytes = own;
            children.back().kind = Cell::Kind::File;
            children.back().lead = parent.node;
        }
        if (rest.count == 1) {
            children.push_back(cellOf(heaviest));
        } else if (rest.count > 1) {
            rest.lead = m_sizes.lead[heaviest];
            children.push_back(rest);
        }
        std::ranges::sort(children, [](const Cell &a, const Cell &b) {
            return a.bytes != b.bytes ? a.bytes > b.bytes
                                      : std::pair(a.node, a.kind) < std::pair(b.node, b.kind);
        });
        return children;
    }

    void open(std::size_t at)
    {
        std::vector<Cell> &cells = m_layout.m_cells;
        Cell &parent = cells[at];
        parent.kind = Cell::Kind::Open;
        const QRectF content = inside(parent, at == 0);
        std::vector<Cell> children = childrenOf(parent, content.width() * content.height());
        std::vector<double> weights;
        weights.reserve(children.size());
        for (const Cell &child : children) {
            weights.push_back(static_cast<double>(child.bytes));
        }
        const std::vector<QRectF> rects = squarify(weights, content);
        parent.firstChild = static_cast<std::int32_t>(cells.size());
        parent.childCount = static_cast<std::int32_t>(children.size());
        const auto depth = static_cast<std::int16_t>(parent.depth + 1);
        for (std::size_t i = 0; i < children.size(); ++i) {
            Cell &child = children[i];
            child.rect = rects[i];
            child.parent = static_cast<std::int32_t>(at);
            child.depth = depth;
            if (isLargeEnough(child)) {
                followChain(child);
            }
            if (child.kind != Cell::Kind::Rest) {
                remember(child, static_cast<std::int32_t>(cells.size()));
            }
            cells.push_back(child);
        }
    }

    /// Every directory of a chain leads to its cell.
    void remember(const Cell &cell, std::int32_t at)
    {
        for (NodeId node = cell.node; node != cell.top; node = m_tree.node(node).parent) {
            m_layout.m_cellOf.emplace(node, at);
        }
        m_layout.m_cellOf.emplace(cell.top, at);
    }

    const PathTree &m_tree;
    const Sizes &m_sizes;
    const Measures &m_measures;
    Layout &m_layout;
};

int Layout::cellAt(const QPointF &point) const
{
    if (m_cells.empty() || !m_cells.front().rect.contains(point)) {
        return -1;
    }
    int found = 0;
    for (bool isDeeper = true; isDeeper;) {
        const Cell &here = cell(found);
        isDeeper = false;
        for (int child = here.firstChild; child < here.firstChild + here.childCount; ++child) {
            if (cell(child).rect.contains(point)) {
                found = child;
                isDeeper = true;
                break;
            }
        }
    }
    return found;
}

int Layout::cellOf(const PathTree &tree, NodeId node) const
{
    for (; node != kNone; node = tree.node(node).parent) {
        const auto known = m_cellOf.find(node);
        if (known != m_cellOf.end()) {
            return known->second;
        }
    }
    return -1;
}

bool Layout::isExactly(int at, NodeId node) const
{
    const auto known = m_cellOf.find(node);
    return known != m_cellOf.end() && known->second == at;
}

int Layout::neighbour(int from, Direction direction) const
{
    std::vector<QRectF> rects;
    std::vector<int> leaves;
    for (int at = 0; at < count(); ++at) {
        if (cell(at).isLeaf() && at != from) {
            rects.push_back(cell(at).rect);
            leaves.push_back(at);
        }
    }
    const int found = treemap::neighbour(rects, cell(from).rect, direction);
    return found < 0 ? -1 : leaves[static_cast<std::size_t>(found)];
}

Layout layOut(const PathTree &tree,
              const Sizes &sizes,
              NodeId root,
              const QRectF &area,
              const Measures &measures)
{
    Layout layout;
    Arranger(tree, sizes, measures, layout).run(root, area);
    return layout;
}

} // namespace cutaway::treemap
