// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tree/names.h"

#include <string>
#include <string_view>
#include <vector>

namespace cutaway {

/// A path taken apart: no empty, "." or ".." components. Views into the text it came from.
struct NormalPath
{
    std::vector<std::string_view> components;
    bool leftRoot = false; ///< a ".." tried to leave the root and was dropped
};

[[nodiscard]] NormalPath normalisePath(std::string_view path);
/// "a/b", without a leading slash; empty for the root.
[[nodiscard]] std::string joinPath(const std::vector<std::string_view> &components);
/// What follows the last slash.
[[nodiscard]] std::string_view baseName(std::string_view path);

/// Absolute path of a node among records that have `parent` and `name`; walks up twice, no
/// recursion.
template<typename Nodes>
[[nodiscard]] std::string pathOf(const Nodes &nodes, const Names &names, NodeId id)
{
    if (id == kRoot) {
        return "/";
    }
    std::size_t length = 0;
    for (NodeId at = id; at != kRoot; at = nodes[at].parent) {
        length += names[nodes[at].name].size() + 1;
    }
    std::string path(length, '/');
    std::size_t end = length;
    for (NodeId at = id; at != kRoot; at = nodes[at].parent) {
        const std::string_view name = names[nodes[at].name];
        end -= name.size();
        path.replace(end, name.size(), name);
        --end;
    }
    return path;
}

} // namespace cutaway
