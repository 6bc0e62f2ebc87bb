// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/pathfinder.h"

#include "core/base/ascii.h"
#include "ui/models/text.h"

#include <algorithm>
#include <ranges>
#include <string_view>
#include <utility>

namespace cutaway {

namespace {

constexpr NodeId kSlice = 20'000; ///< names looked at between two turns of the event loop
constexpr qsizetype kShortest = 2;

/// `part` is in small letters.
bool has(std::string_view name, std::string_view part)
{
    const auto equal = [](char a, char b) { return asciiLower(a) == b; };
    return !std::ranges::search(name, part, equal).empty();
}

} // namespace

PathFinder::PathFinder(ImagePtr image, QObject *parent)
    : QObject(parent)
    , m_image(std::move(image))
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &PathFinder::lookFurther);
}

void PathFinder::look(const QString &question)
{
    m_timer.stop();
    m_found.clear();
    if (m_image == nullptr || m_image->tree == nullptr) {
        return;
    }
    const QByteArray bytes = question.toUtf8();
    if (bytes.startsWith('/')) {
        lookBelow(viewOf(bytes));
        emit foundMore();
        return;
    }
    if (question.size() < kShortest) {
        return;
    }
    m_part = lowered(viewOf(bytes));
    m_next = 0;
    m_timer.start();
}

void PathFinder::lookBelow(std::string_view path)
{
    const PathTree &tree = *m_image->tree;
    const std::size_t slash = path.rfind('/');
    const NodeId directory = slash == 0 ? kRoot : tree.find(path.substr(0, slash));
    if (directory == kNone) {
        return;
    }
    const std::string_view start = path.substr(slash + 1);
    const auto node = tree.node(directory);
    const auto children = std::views::iota(node.firstChild, node.firstChild + node.childCount);
    const auto first = std::ranges::partition_point(
        children, [&](NodeId child) { return tree.name(child) < start; });
    for (const NodeId child : std::ranges::subrange(first, children.end())) {
        if (!tree.name(child).starts_with(start) || m_found.size() == kMostFound) {
            return;
        }
        m_found.push_back(child);
    }
}

void PathFinder::lookFurther()
{
    const PathTree &tree = *m_image->tree;
    const std::size_t before = m_found.size();
    const NodeId end = tree.nodeCount() - m_next > kSlice ? m_next + kSlice : tree.nodeCount();
    for (; m_next < end && m_found.size() < kMostFound; ++m_next) {
        if (has(tree.name(m_next), m_part)) {
            m_found.push_back(m_next);
        }
    }
    const bool isOver = m_next >= tree.nodeCount() || m_found.size() == kMostFound;
    if (isOver) {
        m_timer.stop();
    }
    if (isOver || m_found.size() > before) {
        emit foundMore();
    }
}

} // namespace cutaway
