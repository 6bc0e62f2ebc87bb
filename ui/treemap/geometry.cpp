// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/treemap/geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace cutaway::treemap {

namespace {

/// How far the worst of a row is from a square, 1 at the best: the row holds `sum`, its lightest
/// and heaviest are known, and it lies along `side`; areas are in the unit of the weights.
double worst(double sum, double lightest, double heaviest, double side)
{
    const double square = sum * sum;
    const double edge = side * side;
    return std::max(edge * heaviest / square, square / (edge * lightest));
}

/// The next weights that make a row together, as long as the row gets better by each.
std::size_t rowEnd(std::span<const double> weights, std::size_t first, double side)
{
    double sum = weights[first];
    double lightest = sum;
    double heaviest = sum;
    double now = worst(sum, lightest, heaviest, side);
    std::size_t end = first + 1;
    for (; end < weights.size(); ++end) {
        const double next = weights[end];
        const double then =
            worst(sum + next, std::min(lightest, next), std::max(heaviest, next), side);
        if (then > now) {
            break;
        }
        now = then;
        sum += next;
        lightest = std::min(lightest, next);
        heaviest = std::max(heaviest, next);
    }
    return end;
}

/// Places a row: a strip of `strip`, its parts one after the other along the longer way.
void placeRow(std::span<const double> row,
              double sum,
              const QRectF &strip,
              bool isColumn,
              std::vector<QRectF> &rects)
{
    const double start = isColumn ? strip.top() : strip.left();
    const double length = isColumn ? strip.height() : strip.width();
    double before = 0;
    double at = start;
    for (std::size_t i = 0; i < row.size(); ++i) {
        before += row[i];
        const double end =
            i + 1 == row.size() ? start + length : start + length * std::min(before / sum, 1.0);
        rects.push_back(isColumn ? QRectF(QPointF(strip.left(), at), QPointF(strip.right(), end))
                                 : QRectF(QPointF(at, strip.top()), QPointF(end, strip.bottom())));
        at = end;
    }
}

/// What is looked for: how far beyond the edge, and how far beside the middle.
double distance(const QRectF &from, const QRectF &to, Direction direction)
{
    constexpr double kSlack = 0.01; ///< edges that meet may be a rounding apart
    double beyond = 0;
    switch (direction) {
    case Direction::Left: beyond = from.left() - to.right(); break;
    case Direction::Right: beyond = to.left() - from.right(); break;
    case Direction::Up: beyond = from.top() - to.bottom(); break;
    case Direction::Down: beyond = to.top() - from.bottom(); break;
    }
    if (beyond < -kSlack) {
        return std::numeric_limits<double>::infinity();
    }
    const bool isSideways = direction == Direction::Left || direction == Direction::Right;
    const double middle = isSideways ? from.center().y() : from.center().x();
    const double low = isSideways ? to.top() : to.left();
    const double high = isSideways ? to.bottom() : to.right();
    const double beside = std::max({low - middle, middle - high, 0.0});
    return std::max(beyond, 0.0) + 2.0 * beside;
}

} // namespace

std::vector<QRectF> squarify(std::span<const double> weights, const QRectF &area)
{
    std::vector<QRectF> rects;
    rects.reserve(weights.size());
    double left = std::accumulate(weights.begin(), weights.end(), 0.0);
    QRectF free = area;
    for (std::size_t first = 0; first < weights.size();) {
        // The row lies along the shorter side of what is free; lengths in the unit of the weights.
        const bool isColumn = free.width() >= free.height();
        const double side = isColumn ? free.height() : free.width();
        const double perArea = left / std::max(free.width() * free.height(), 1e-9);
        const std::size_t end = rowEnd(weights, first, side * std::sqrt(perArea));
        const std::span<const double> row = weights.subspan(first, end - first);
        const double sum = std::accumulate(row.begin(), row.end(), 0.0);
        const double share = end == weights.size() ? 1.0 : std::min(sum / left, 1.0);
        QRectF strip = free;
        if (isColumn) {
            strip.setRight(share == 1.0 ? free.right() : free.left() + free.width() * share);
            free.setLeft(strip.right());
        } else {
            strip.setBottom(share == 1.0 ? free.bottom() : free.top() + free.height() * share);
            free.setTop(strip.bottom());
        }
        placeRow(row, sum, strip, isColumn, rects);
        left -= sum;
        first = end;
    }
    return rects;
}

int neighbour(std::span<const QRectF> rects, const QRectF &from, Direction direction)
{
    int found = -1;
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < rects.size(); ++i) {
        const double here = distance(from, rects[i], direction);
        if (here < nearest) {
            nearest = here;
            found = static_cast<int>(i);
        }
    }
    return found;
}

} // namespace cutaway::treemap
